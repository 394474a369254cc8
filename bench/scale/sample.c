// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdlib.h>

#include <linux/minmax.h>
#include <linux/time64.h>

#include "sample.h"

static void choose_hot(struct sample *s, struct random *rng, const struct machine *m)
{
	unsigned int want = fmax(round(s->nr * m->hot), 1), page;

	for (unsigned int t = 0; t < s->tables; t++) {
		if (random_unit(rng) >= m->idle)
			continue;
		for (page = sample_first(t); page < sample_end(s, t); page++)
			s->page[page] |= SAMPLE_IDLE;
	}
	/* If next to nothing is left, what is hot is not idle. */
	for (unsigned int tries = 0; s->hot < want; tries++) {
		page = random_below(rng, s->nr);
		if (s->page[page] & SAMPLE_HOT ||
		    (s->page[page] & SAMPLE_IDLE && tries < 64 * s->nr))
			continue;
		s->page[page] = SAMPLE_HOT;
		s->hot++;
	}
}

/**
 * sample_init - choose a sample
 * @s: the sample, for sample_free()
 * @m: the machine
 * @tables: as many as it may have
 * @rng: what chooses
 *
 * Return: false when there is no memory.
 */
bool sample_init(struct sample *s, const struct machine *m, unsigned int tables, struct random *rng)
{
	double pages = machine_pages(m) / m->top_nodes;

	*s = (struct sample){ .nr = fmin(pages, (double)tables * SAMPLE_TABLE_PAGES) };
	s->tables = (s->nr + SAMPLE_TABLE_PAGES - 1) / SAMPLE_TABLE_PAGES;
	s->node_scale = pages / s->nr;
	s->scale = machine_pages(m) / s->nr;
	/* Full fast memory is mapped by the same page tables. */
	s->mapped = m->full ? 1 + m->fast_gib / m->slow_gib : 1;
	s->mms = min(m->processes, (unsigned long)s->tables);
	s->mm_scale = (double)m->processes / s->mms;
	s->page = calloc(s->nr, sizeof(*s->page));
	s->looked_ns = calloc(s->tables, sizeof(*s->looked_ns));
	s->seen_ns = calloc(s->nr, sizeof(*s->seen_ns));
	if (!s->page || !s->looked_ns || !s->seen_ns) {
		sample_free(s);
		return false;
	}
	choose_hot(s, rng, m);
	return true;
}

void sample_free(struct sample *s)
{
	free(s->page);
	free(s->looked_ns);
	free(s->seen_ns);
}

double sample_rate(const struct sample *s, const struct machine *m, unsigned int page)
{
	if (m->asleep || s->page[page] & SAMPLE_IDLE)
		return 0;
	return s->page[page] & SAMPLE_HOT ? m->hot_rate : m->cold_rate;
}

void sample_look(struct sample *s, const struct machine *m, struct random *rng, u64 now_ns,
		 unsigned int table, struct sample_look *look)
{
	double apart = (double)(now_ns - s->looked_ns[table]) / NSEC_PER_SEC;
	bool first = !s->looked_ns[table];
	unsigned int begin = sample_first(table), end = sample_end(s, table);
	double hot = first ? 1 : -expm1(-m->hot_rate * apart);
	double cold = first ? 1 : -expm1(-m->cold_rate * apart);

	look->nr = 0;
	look->nr_young = 0;
	for (unsigned int page = begin; page < end; page++) {
		u8 bits = s->page[page];
		double young = bits & SAMPLE_HOT ? hot : cold;

		look->young[page - begin] = false;
		if (bits & SAMPLE_UP)
			continue;
		look->nr++;
		if (!first && (m->asleep || bits & SAMPLE_IDLE))
			continue;
		look->young[page - begin] = young >= 1 || random_unit(rng) < young;
		look->nr_young += look->young[page - begin];
	}
	s->looked_ns[table] = now_ns;
}
