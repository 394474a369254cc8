/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SHIM_LINUX_SORT_H
#define SHIM_LINUX_SORT_H

#include <stdlib.h>

static inline void sort_r(void *base, size_t nr, size_t size,
			  int (*cmp)(const void *a, const void *b, const void *priv), void *swap_fn,
			  const void *priv)
{
	(void)swap_fn;
	/* The last argument of the function is only another kind of pointer. */
	qsort_r(base, nr, size, (int (*)(const void *, const void *, void *))cmp, (void *)priv);
}

#endif
