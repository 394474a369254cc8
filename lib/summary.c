// SPDX-License-Identifier: GPL-2.0-or-later

#include "summary.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int pghot_summary_compare(const struct pghot_summary_part *a, const struct pghot_summary_part *b)
{
	if (a->nid != b->nid)
		return a->nid < b->nid ? -1 : 1;
	if (a->cgroup_ino != b->cgroup_ino)
		return a->cgroup_ino < b->cgroup_ino ? -1 : 1;
	return (a->type > b->type) - (a->type < b->type);
}

static int cmp_parts(const void *lhs, const void *rhs)
{
	return pghot_summary_compare(lhs, rhs);
}

static void add_part(struct pghot_summary_part *to, const struct pghot_summary_part *from)
{
	to->folios += from->folios;
	for (size_t f = 0; f < PGHOT_SUMMARY_FREQ_CLASSES; f++) {
		for (size_t a = 0; a < PGHOT_SUMMARY_AGE_CLASSES; a++)
			to->pages[f][a] += from->pages[f][a];
	}
}

void pghot_summary_merge(struct pghot_summary *sum)
{
	size_t nr = 0;

	if (!sum->nr)
		return;
	qsort(sum->at, sum->nr, sizeof(*sum->at), cmp_parts);
	for (size_t i = 1; i < sum->nr; i++) {
		if (!cmp_parts(&sum->at[nr], &sum->at[i]))
			add_part(&sum->at[nr], &sum->at[i]);
		else
			sum->at[++nr] = sum->at[i];
	}
	sum->nr = nr + 1;
}

int pghot_summary_add(struct pghot_summary *sum, const struct pghot_summary_part *part)
{
	bool merged = sum->nr == sum->room;
	struct pghot_summary_part *at;

	if (merged)
		pghot_summary_merge(sum);
	/* What has no more than half of it free would have to be merged again soon. */
	if (merged && sum->nr * 2 >= sum->room) {
		size_t room = sum->room ? sum->room * 2 : 256;

		at = reallocarray(sum->at, room, sizeof(*at));
		if (!at)
			return -ENOMEM;
		sum->at = at;
		sum->room = room;
	}
	sum->at[sum->nr++] = *part;
	return 0;
}

void pghot_summary_release(struct pghot_summary *sum)
{
	free(sum->at);
	memset(sum, 0, sizeof(*sum));
}

uint64_t pghot_summary_pages(const struct pghot_summary_part *part, size_t class)
{
	uint64_t pages = 0;

	for (; class < PGHOT_SUMMARY_FREQ_CLASSES; class ++) {
		for (size_t a = 0; a < PGHOT_SUMMARY_AGE_CLASSES; a++)
			pages += part->pages[class][a];
	}
	return pages;
}
