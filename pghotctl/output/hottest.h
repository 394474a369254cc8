/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The hottest of many entries, kept while they stream by. */
#ifndef PGHOTCTL_OUTPUT_HOTTEST_H
#define PGHOTCTL_OUTPUT_HOTTEST_H

#include <stddef.h>
#include <stdint.h>

#include "family.h"

/**
 * struct hottest - a selection; zero it but for @limit to start
 * @limit: most entries to keep
 * @nr: entries kept
 * @alloc: entries that there is room for
 * @at: a heap with the coldest on top; from hottest_sort() on sorted, hottest first
 */
struct hottest {
	size_t limit;
	size_t nr;
	size_t alloc;
	struct pghot_entry *at;
};

/**
 * hottest_add() - consider an entry
 * @h: selection
 * @e: entry, copied if it is kept
 *
 * Memory grows with what is kept, up to @h->limit entries.
 *
 * Return: 0 or -ENOMEM.
 */
int hottest_add(struct hottest *h, const struct pghot_entry *e);

/**
 * hottest_sort() - bring them into the order of the kernel's own dumps
 * @h: selection, to which nothing can be added any more
 *
 * Hottest first, by frequency, then recency, then page frame.
 */
void hottest_sort(struct hottest *h);

/**
 * hottest_free() - forget the selection
 * @h: selection
 */
void hottest_free(struct hottest *h);

#endif /* PGHOTCTL_OUTPUT_HOTTEST_H */
