/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SHIM_LINUX_ATOMIC_H
#define SHIM_LINUX_ATOMIC_H

#include <linux/types.h>

#define ATOMIC_INIT(n) \
	{              \
		(n)    \
	}

static inline int atomic_read(const atomic_t *a)
{
	return a->counter;
}

static inline int atomic_inc_return(atomic_t *a)
{
	return ++a->counter;
}

static inline void atomic_inc(atomic_t *a)
{
	a->counter++;
}

static inline void atomic_dec(atomic_t *a)
{
	a->counter--;
}

static inline long atomic_long_read(const atomic_long_t *a)
{
	return a->counter;
}

static inline void atomic_long_inc(atomic_long_t *a)
{
	a->counter++;
}

static inline void atomic_long_dec(atomic_long_t *a)
{
	a->counter--;
}

static inline long atomic_long_fetch_or(long bits, atomic_long_t *a)
{
	long was = a->counter;

	a->counter |= bits;
	return was;
}

static inline long atomic_long_fetch_andnot(long bits, atomic_long_t *a)
{
	long was = a->counter;

	a->counter &= ~bits;
	return was;
}

static inline s64 atomic64_read(const atomic64_t *a)
{
	return a->counter;
}

static inline void atomic64_set(atomic64_t *a, s64 n)
{
	a->counter = n;
}

static inline void atomic64_inc(atomic64_t *a)
{
	a->counter++;
}

#endif
