/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SHIM_LINUX_MINMAX_H
#define SHIM_LINUX_MINMAX_H

/* As the kernel has it: of an unsigned number and a positive constant there is no warning. */
#pragma GCC system_header

#include <linux/types.h>

/* Each argument is evaluated once; names with the line so that they can nest. */
#define shim_pick(op, a, b, x, y)    \
	({                           \
		__auto_type x = (a); \
		__auto_type y = (b); \
		x op y ? x : y;      \
	})
#define shim_name2(a, b)       a##b
#define shim_name(a, b)	       shim_name2(a, b)
#define shim_once(op, a, b, n) shim_pick(op, a, b, shim_name(shim_a, n), shim_name(shim_b, n))

#define min(a, b)		     shim_once(<, a, b, __COUNTER__)
#define max(a, b)		     shim_once(>, a, b, __COUNTER__)
#define min_t(type, a, b)	     min((type)(a), (type)(b))
#define max_t(type, a, b)	     max((type)(a), (type)(b))
#define min3(a, b, c)		     min(min(a, b), c)
#define max3(a, b, c)		     max(max(a, b), c)
#define clamp(value, lo, hi)	     min(max(value, lo), hi)
#define clamp_t(type, value, lo, hi) clamp((type)(value), (type)(lo), (type)(hi))

#define swap(a, b)                              \
	do {                                    \
		__auto_type shim_swapped = (a); \
		(a) = (b);                      \
		(b) = shim_swapped;             \
	} while (0)

#endif
