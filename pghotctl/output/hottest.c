// SPDX-License-Identifier: GPL-2.0-or-later

#include "output/hottest.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

static bool colder(const struct pghot_entry *a, const struct pghot_entry *b)
{
	if (a->freq != b->freq)
		return a->freq < b->freq;
	if (a->age_ms != b->age_ms)
		return a->age_ms > b->age_ms;
	return a->pfn > b->pfn;
}

static void swap(struct pghot_entry *a, struct pghot_entry *b)
{
	struct pghot_entry c = *a;

	*a = *b;
	*b = c;
}

static void sift_down(struct hottest *h, size_t i)
{
	for (;;) {
		size_t child = 2 * i + 1;

		if (child >= h->nr)
			return;
		if (child + 1 < h->nr && colder(&h->at[child + 1], &h->at[child]))
			child++;
		if (!colder(&h->at[child], &h->at[i]))
			return;
		swap(&h->at[child], &h->at[i]);
		i = child;
	}
}

static void sift_up(struct hottest *h, size_t i)
{
	while (i && colder(&h->at[i], &h->at[(i - 1) / 2])) {
		swap(&h->at[i], &h->at[(i - 1) / 2]);
		i = (i - 1) / 2;
	}
}

int hottest_add(struct hottest *h, const struct pghot_entry *e)
{
	if (h->nr == h->limit) {
		if (!h->nr || !colder(&h->at[0], e))
			return 0;
		h->at[0] = *e;
		sift_down(h, 0);
		return 0;
	}
	if (h->nr == h->alloc) {
		size_t alloc = h->alloc ? 2 * h->alloc : 64;
		void *at = reallocarray(h->at, alloc, sizeof(*h->at));

		if (!at)
			return -ENOMEM;
		h->at = at;
		h->alloc = alloc;
	}
	h->at[h->nr] = *e;
	sift_up(h, h->nr++);
	return 0;
}

static int compare(const void *a, const void *b)
{
	if (colder(a, b))
		return 1;
	return colder(b, a) ? -1 : 0;
}

void hottest_sort(struct hottest *h)
{
	if (h->nr)
		qsort(h->at, h->nr, sizeof(*h->at), compare);
}

void hottest_free(struct hottest *h)
{
	free(h->at);
	h->at = NULL;
	h->nr = h->alloc = 0;
}
