/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pointers by small numbers: a plain array that grows. */
#ifndef SHIM_LINUX_XARRAY_H
#define SHIM_LINUX_XARRAY_H

#include <linux/rcupdate.h>
#include <linux/types.h>
#include <stdlib.h>
#include <string.h>

struct xarray {
	void **slot;
	unsigned long nr;
};

struct xa_state {
	struct xarray *xa;
	unsigned long next;
};

#define DEFINE_XARRAY(name)	     struct xarray name
#define XA_STATE(name, array, first) struct xa_state name = { .xa = (array), .next = (first) }

static inline void xa_init(struct xarray *xa)
{
	*xa = (struct xarray){ 0 };
}

static inline void *xa_load(const struct xarray *xa, unsigned long index)
{
	return index < xa->nr ? xa->slot[index] : NULL;
}

static inline void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	(void)gfp;
	if (index >= xa->nr) {
		unsigned long nr = index + index / 2 + 16;
		void **slot = realloc(xa->slot, nr * sizeof(*slot));

		if (!slot)
			return (void *)-1L;
		memset(slot + xa->nr, 0, (nr - xa->nr) * sizeof(*slot));
		xa->slot = slot;
		xa->nr = nr;
	}
	xa->slot[index] = entry;
	return NULL;
}

static inline void xa_erase(struct xarray *xa, unsigned long index)
{
	if (index < xa->nr)
		xa->slot[index] = NULL;
}

static inline int xa_err(const void *entry)
{
	return entry == (void *)-1L ? -12 : 0;
}

static inline void xa_destroy(struct xarray *xa)
{
	free(xa->slot);
	xa_init(xa);
}

/* The entry at @index or the first after it, up to @last; moves @index to it. */
static inline void *shim_xa_find(const struct xarray *xa, unsigned long *index, unsigned long last)
{
	for (; *index < xa->nr && *index <= last; (*index)++) {
		if (xa->slot[*index])
			return xa->slot[*index];
	}
	return NULL;
}

static inline bool xa_empty(const struct xarray *xa)
{
	unsigned long index = 0;

	return !shim_xa_find(xa, &index, ~0UL);
}

#define xa_for_each_range(xa, index, entry, first, last) \
	for ((index) = (first); ((entry) = shim_xa_find(xa, &(index), last)); (index)++)
#define xa_for_each(xa, index, entry) xa_for_each_range(xa, index, entry, 0, ~0UL)

#define xas_for_each(xas, entry, last) \
	for (; ((entry) = shim_xa_find((xas)->xa, &(xas)->next, last)); (xas)->next++)
#define xas_retry(xas, entry) ((void)(xas), (void)(entry), false)
#define xas_pause(xas)	      ((void)(xas))

#endif
