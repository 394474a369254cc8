// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>

#include <linux/pghot.h>

#include "data/entry.h"

unsigned int entry_score(const struct pghot_entry *e, uint32_t window_ms)
{
	double recency = 0, score;

	/* Below 1, so that recency never outweighs an access. */
	if (window_ms && e->age_ms < window_ms)
		recency = 1 - (e->age_ms + 1.0) / (window_ms + 1.0);
	score = 1000 * log2(1 + e->freq + recency) / log2(2 + PGHOT_FREQ_THRESHOLD_MAX);
	return score < 1000 ? (unsigned int)score : 1000;
}

int entry_hotter(const struct pghot_entry *a, const struct pghot_entry *b)
{
	if (a->freq != b->freq)
		return a->freq > b->freq ? -1 : 1;
	if (a->age_ms != b->age_ms)
		return a->age_ms < b->age_ms ? -1 : 1;
	return a->pfn < b->pfn ? -1 : a->pfn > b->pfn;
}
