// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdbool.h>

#include "screen/layout.h"

/*
 * The item that comes next by priority and then by position, after @last
 * (NULL: the first). Quadratic over a few dozen items, and needs no memory.
 */
static struct layout_item *next_by_priority(struct layout_item *items, size_t nr,
					    const struct layout_item *last)
{
	struct layout_item *next = NULL;

	for (struct layout_item *it = items; it < items + nr; it++) {
		if (last && (it->priority < last->priority ||
			     (it->priority == last->priority && it <= last)))
			continue;
		if (!next || it->priority < next->priority)
			next = it;
	}
	return next;
}

static void share_out(struct layout_item *items, size_t nr, int room)
{
	int weights = 0;

	for (size_t i = 0; i < nr; i++)
		if (items[i].size)
			weights += items[i].weight;

	/* Exact: each takes its part of what is still there. */
	for (size_t i = 0; i < nr && weights; i++) {
		int part;

		if (!items[i].size || !items[i].weight)
			continue;
		part = room * items[i].weight / weights;
		items[i].size += part;
		room -= part;
		weights -= items[i].weight;
	}
}

int layout_solve(struct layout_item *items, size_t nr, int space, int gap)
{
	struct layout_item *it;
	bool any = false;
	int room = space;
	int pos = 0;

	for (size_t i = 0; i < nr; i++)
		items[i].size = items[i].pos = 0;

	for (it = NULL; (it = next_by_priority(items, nr, it));) {
		int need = it->min + (any ? gap : 0);

		if (it->min <= 0)
			continue;
		if (need > room) {
			if (any || room <= 0)
				continue;
			need = room;
		}
		it->size = need - (any ? gap : 0);
		room -= need;
		any = true;
	}

	for (it = NULL; (it = next_by_priority(items, nr, it));) {
		int grow = it->want - it->size;

		if (!it->size || grow <= 0)
			continue;
		if (grow > room)
			grow = room;
		it->size += grow;
		room -= grow;
	}
	share_out(items, nr, room);

	for (size_t i = 0; i < nr; i++) {
		if (!items[i].size)
			continue;
		if (pos)
			pos += gap;
		items[i].pos = pos;
		pos += items[i].size;
	}
	return pos;
}
