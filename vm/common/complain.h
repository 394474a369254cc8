/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * complain - the ways in which a program ends: 0 done, 1 failed, 2 wrong usage
 *
 * Messages begin with the name by which the program was started.
 */
#ifndef PGHOT_VM_COMPLAIN_H
#define PGHOT_VM_COMPLAIN_H

#include <stddef.h>

__attribute__((format(printf, 1, 2), noreturn)) void die(const char *fmt, ...);
__attribute__((format(printf, 1, 2), noreturn)) void wrong_usage(const char *fmt, ...);
__attribute__((noreturn)) void refer_to_help(void);
void *allocate(size_t n, size_t size);
int finish_output(void);

#endif /* PGHOT_VM_COMPLAIN_H */
