/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_TESTS_CMOCKA_ALL_H
#define PGHOTTOP_TESTS_CMOCKA_ALL_H

/* cmocka.h wants these first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
