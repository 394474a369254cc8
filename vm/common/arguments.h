/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * arguments - the values of options; what is wrong with one ends the program
 */
#ifndef PGHOT_VM_ARGUMENTS_H
#define PGHOT_VM_ARGUMENTS_H

unsigned long parse_number(const char *option, const char *text, unsigned long min,
			   unsigned long max);
double parse_real(const char *option, const char *text, const char *kind, double max);

#endif /* PGHOT_VM_ARGUMENTS_H */
