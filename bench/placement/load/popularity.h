/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * popularity - how likely each page is to be accessed next
 */
#ifndef PGHOT_BENCH_LOAD_POPULARITY_H
#define PGHOT_BENCH_LOAD_POPULARITY_H

#include <stddef.h>
#include <stdint.h>

#include "options.h"
#include "common/random.h"

/**
 * struct slot - an entry of the alias table
 * @prob: of 2^32, that it stands for its own page
 * @alias: the page that it stands for otherwise
 */
struct slot {
	uint32_t prob;
	uint32_t alias;
};

/**
 * struct phase - the popularity of the pages, for a while
 * @weight: by page; the sum is 1
 * @table: to draw from it
 */
struct phase {
	float *weight;
	struct slot *table;
};

void popularity_make(struct phase *p, const struct options *o, size_t pages, uint64_t seed);
double popularity_heaviest(const struct phase *p, size_t pages, size_t n);

/**
 * popularity_draw - a page, each as likely as its weight
 * @table: of a phase
 * @pages: its length
 * @random: state of a random sequence
 *
 * Return: the number of the page.
 */
static inline uint32_t popularity_draw(const struct slot *table, uint32_t pages, uint64_t *random)
{
	uint64_t r = next_random(random);
	uint32_t page = pick(r >> 32, pages);

	return (uint32_t)r < table[page].prob ? page : table[page].alias;
}

#endif /* PGHOT_BENCH_LOAD_POPULARITY_H */
