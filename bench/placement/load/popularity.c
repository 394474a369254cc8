// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * popularity - how likely each page is to be accessed next
 *
 * Draws take the alias method (M. D. Vose, 1991): one random number, one look into a
 * table of 8 bytes per page, whatever the distribution.
 */
#include "popularity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/complain.h"
#include "common/pages.h"

/* What rank @rank of @n has, not normalised. */
static double weight_of_rank(const struct options *o, size_t rank, size_t n)
{
	size_t hot;

	switch (o->shape) {
	case SHAPE_ZIPF:
		return pow(rank + 1, -o->exponent);
	case SHAPE_HOT:
		hot = o->hot_mib * PAGES_PER_MIB / o->unit;
		if (rank < hot)
			return o->share / hot;
		return (1.0 - o->share) / (n - hot);
	default:
		return 1.0;
	}
}

/* The alias table of @weight, which adds up to 1. */
static struct slot *make_table(const float *weight, size_t n)
{
	struct slot *table = allocate(n, sizeof(*table));
	uint32_t *small = allocate(n, sizeof(*small)), *large = allocate(n, sizeof(*large));
	double *scaled = allocate(n, sizeof(*scaled));
	size_t smalls = 0, larges = 0, i;

	for (i = 0; i < n; i++) {
		scaled[i] = (double)weight[i] * n;
		if (scaled[i] < 1.0)
			small[smalls++] = i;
		else
			large[larges++] = i;
	}
	while (smalls && larges) {
		uint32_t less = small[--smalls], more = large[larges - 1];

		table[less].prob = scaled[less] * 4294967296.0;
		table[less].alias = more;
		scaled[more] -= 1.0 - scaled[less];
		if (scaled[more] < 1.0) {
			larges--;
			small[smalls++] = more;
		}
	}
	/* What rounding left over is 1. */
	while (larges)
		small[smalls++] = large[--larges];
	while (smalls) {
		i = small[--smalls];
		table[i].prob = UINT32_MAX;
		table[i].alias = i;
	}
	free(scaled);
	free(small);
	free(large);
	return table;
}

/**
 * popularity_make - give each page its weight
 * @p: filled in
 * @o: the distribution over the ranks
 * @pages: how many there are
 * @seed: of the random permutation that decides which page has which rank
 */
void popularity_make(struct phase *p, const struct options *o, size_t pages, uint64_t seed)
{
	size_t units = pages / o->unit, i, k;
	uint32_t *order = allocate(units, sizeof(*order));
	uint64_t random = seed_random(seed);
	double sum = 0;

	for (i = 0; i < units; i++)
		order[i] = i;
	for (i = units - 1; i > 0; i--) {
		uint32_t unit = order[i];

		k = pick(next_random(&random) >> 32, i + 1);
		order[i] = order[k];
		order[k] = unit;
	}
	for (i = 0; i < units; i++)
		sum += weight_of_rank(o, i, units) * o->unit;

	p->weight = allocate(pages, sizeof(*p->weight));
	for (i = 0; i < units; i++)
		for (k = 0; k < o->unit; k++)
			p->weight[order[i] * o->unit + k] = weight_of_rank(o, i, units) / sum;
	free(order);
	p->table = make_table(p->weight, pages);
}

static int heavier_first(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x < y) - (x > y);
}

/**
 * popularity_heaviest - the share of the accesses that the heaviest pages have
 * @p: of this phase
 * @pages: how many there are
 * @n: how many of them count; it may be more than there are
 *
 * Return: 0.0 to 1.0.
 */
double popularity_heaviest(const struct phase *p, size_t pages, size_t n)
{
	float *sorted = allocate(pages, sizeof(*sorted));
	double sum = 0;
	size_t i;

	memcpy(sorted, p->weight, pages * sizeof(*sorted));
	qsort(sorted, pages, sizeof(*sorted), heavier_first);
	for (i = 0; i < n && i < pages; i++)
		sum += sorted[i];
	free(sorted);
	return sum < 1.0 ? sum : 1.0;
}
