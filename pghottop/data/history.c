// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * history.c - a cache of pages, four to a set, the one seen longest ago gives way
 */
#include <stdlib.h>
#include <string.h>

#include "data/history.h"

#define SETS 512
#define WAYS 4

/* Samples of a long scroll have more pages than anybody looks at. */
#define NOTED_MAX (SETS * WAYS / 2)

/* The kernel's ages are that coarse: one promotion has about one time. */
#define SAME_MS 2000

struct history {
	uint64_t last_ms;
	struct page_history page[SETS][WAYS];
};

struct history *history_new(void)
{
	return calloc(1, sizeof(struct history));
}

void history_free(struct history *h)
{
	free(h);
}

static struct page_history *set_of(struct history *h, uint64_t pfn)
{
	/* Fibonacci hashing: neighbouring frames spread. */
	return h->page[pfn * 0x9e3779b97f4a7c15ULL >> 55];
}

_Static_assert(SETS == 1 << (64 - 55), "set_of() is about another number of sets");

static struct page_history *find(struct history *h, uint64_t pfn)
{
	struct page_history *set = set_of(h, pfn);

	for (int i = 0; i < WAYS; i++)
		if (set[i].first_ms && set[i].pfn == pfn)
			return &set[i];
	return NULL;
}

const struct page_history *history_find(const struct history *h, uint64_t pfn)
{
	return h ? find((struct history *)h, pfn) : NULL;
}

static struct page_history *find_or_make(struct history *h, uint64_t pfn, uint64_t real_ms)
{
	struct page_history *set = set_of(h, pfn), *ph = find(h, pfn);

	if (ph)
		return ph;
	ph = set;
	for (int i = 1; i < WAYS; i++)
		if (set[i].last_ms < ph->last_ms)
			ph = &set[i];
	memset(ph, 0, sizeof(*ph));
	ph->pfn = pfn;
	ph->first_ms = real_ms;
	return ph;
}

static const struct history_point *last_point(const struct page_history *ph)
{
	return ph->nr ? &ph->point[(ph->nr - 1) % HISTORY_POINTS] : NULL;
}

static void add_point(struct page_history *ph, struct history_point point)
{
	ph->point[ph->nr++ % HISTORY_POINTS] = point;
}

const struct history_point *history_at(const struct page_history *ph, size_t i)
{
	size_t kept = ph->nr < HISTORY_POINTS ? ph->nr : HISTORY_POINTS;

	return i < kept ? &ph->point[(ph->nr - kept + i) % HISTORY_POINTS] : NULL;
}

static void note_promotion(struct page_history *ph, const struct pghot_entry *e, uint64_t real_ms)
{
	uint64_t when = real_ms > e->age_ms ? real_ms - e->age_ms : 0;

	if (ph->promoted_ms && when < ph->promoted_ms + SAME_MS)
		return;
	ph->promoted_ms = when;
	add_point(ph, (struct history_point){
			      .real_ms = when,
			      .nid = e->nid,
			      .target_nid = e->target_nid,
			      .freq = e->freq,
			      .promoted = true,
		      });
}

static void note_record(struct page_history *ph, const struct pghot_entry *e, uint64_t real_ms)
{
	const struct history_point *last = last_point(ph);

	if (last && !last->promoted && !last->gone && last->freq == e->freq &&
	    last->state == e->state && last->nid == e->nid && last->target_nid == e->target_nid)
		return;
	add_point(ph, (struct history_point){
			      .real_ms = real_ms,
			      .nid = e->nid,
			      .target_nid = e->target_nid,
			      .freq = e->freq,
			      .state = e->state,
		      });
}

static void note(struct history *h, const struct pghot_entry *e, enum view view, uint64_t real_ms)
{
	struct page_history *ph = find_or_make(h, e->pfn, real_ms);

	if (ph->last_ms != real_ms)
		ph->seen++;
	ph->last_ms = real_ms;
	if (e->freq > ph->max_freq)
		ph->max_freq = e->freq;
	if (view == VIEW_PROMOTED)
		note_promotion(ph, e, real_ms);
	else
		note_record(ph, e, real_ms);
}

void history_note(struct history *h, const struct sample *s)
{
	if (s->real_ms < h->last_ms)
		memset(h, 0, sizeof(*h));
	h->last_ms = s->real_ms;
	for (size_t i = 0; i < s->nr_entries && i < NOTED_MAX; i++)
		note(h, &s->entries[i], s->query.view, s->real_ms);
}

void history_gone(struct history *h, uint64_t pfn, uint64_t real_ms)
{
	struct page_history *ph = find(h, pfn);
	const struct history_point *last = ph ? last_point(ph) : NULL;

	/* Once, and that it went by promotion is known better. */
	if (!last || last->gone || last->promoted)
		return;
	ph->last_ms = real_ms;
	add_point(ph, (struct history_point){
			      .real_ms = real_ms,
			      .nid = last->nid,
			      .target_nid = last->target_nid,
			      .gone = true,
		      });
}
