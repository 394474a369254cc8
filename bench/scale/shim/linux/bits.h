/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SHIM_LINUX_BITS_H
#define SHIM_LINUX_BITS_H

#include <linux/types.h>

#define BIT(n)		    (1UL << (n))
#define GENMASK(high, low)  ((~0UL >> (63 - (high))) & (~0UL << (low)))
#define BITS_TO_BYTES(bits) (((bits) + 7) / 8)

static inline bool test_bit(unsigned int n, const unsigned long *bits)
{
	return *bits & BIT(n);
}

static inline void set_bit(unsigned int n, unsigned long *bits)
{
	*bits |= BIT(n);
}

static inline void clear_bit(unsigned int n, unsigned long *bits)
{
	*bits &= ~BIT(n);
}

static inline bool test_and_set_bit(unsigned int n, unsigned long *bits)
{
	bool was = test_bit(n, bits);

	set_bit(n, bits);
	return was;
}

static inline bool test_and_clear_bit(unsigned int n, unsigned long *bits)
{
	bool was = test_bit(n, bits);

	clear_bit(n, bits);
	return was;
}

#define for_each_set_bit(n, bits, size)    \
	for ((n) = 0; (n) < (size); (n)++) \
		if (test_bit(n, bits))

#endif
