/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SHIM_LINUX_LOG2_H
#define SHIM_LINUX_LOG2_H

#include <linux/types.h>

#define const_ilog2(n) (63 - __builtin_clzll(n))

/* Of 1 and more. */
static inline int ilog2(u64 n)
{
	return 63 - __builtin_clzll(n);
}

/* The least order of a power of two that is no less. */
static inline int order_base_2(u64 n)
{
	return n > 1 ? ilog2(n - 1) + 1 : 0;
}

#endif
