/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What every unit test includes: cmocka.h wants some headers before it. */
#ifndef PGHOT_TESTS_UNIT_H
#define PGHOT_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif /* PGHOT_TESTS_UNIT_H */
