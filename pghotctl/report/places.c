// SPDX-License-Identifier: GPL-2.0-or-later

#include "report/places.h"

#include <errno.h>
#include <stdlib.h>

#include "family.h"

static int by_place(const void *a, const void *b)
{
	const struct pghot_span *x = a, *y = b;

	if (x->nid != y->nid)
		return x->nid < y->nid ? -1 : 1;
	return x->start < y->start ? -1 : x->start > y->start;
}

/* Sorted, and joined with what touches. */
static void join(struct places *p)
{
	size_t nr = 0;

	if (!p->nr)
		return;
	qsort(p->at, p->nr, sizeof(*p->at), by_place);
	for (size_t i = 1; i < p->nr; i++) {
		struct pghot_span *last = &p->at[nr];

		if (p->at[i].nid == last->nid && p->at[i].start <= last->end) {
			if (p->at[i].end > last->end)
				last->end = p->at[i].end;
		} else {
			p->at[++nr] = p->at[i];
		}
	}
	p->nr = nr + 1;
	p->settled = p->nr;
}

/* Is it part of one that is known? */
static bool known(const struct places *p, const struct pghot_span *span)
{
	size_t low = 0, high = p->settled;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (by_place(&p->at[mid], span) <= 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low && p->at[low - 1].nid == span->nid && p->at[low - 1].end >= span->end;
}

int places_add(struct places *p, const struct pghot_span *span)
{
	if (span->nid >= PGHOT_NODES_MAX && span->nid != PGHOT_SPAN_NID_UNKNOWN)
		return 0;
	if (known(p, span))
		return 0;
	/* Samples have the same again and again: join them before there are many. */
	if (p->nr == p->max) {
		join(p);
		if (known(p, span))
			return 0;
	}
	if (2 * p->nr >= p->max && p->nr == p->settled) {
		size_t max = p->max ? 2 * p->max : 64;
		struct pghot_span *at = reallocarray(p->at, max, sizeof(*at));

		if (!at)
			return -ENOMEM;
		p->at = at;
		p->max = max;
	}
	p->at[p->nr++] = *span;
	return 0;
}

int places_widen(struct places *p, const struct pghot_span *span)
{
	for (size_t i = 0; i < p->nr; i++) {
		struct pghot_span *s = &p->at[i];

		if (s->nid != span->nid)
			continue;
		if (span->start < s->start)
			s->start = span->start;
		if (span->end > s->end)
			s->end = span->end;
		/* It may be anywhere among the others now. */
		p->settled = 0;
		return 0;
	}
	return places_add(p, span);
}

void places_settle(struct places *p)
{
	join(p);
	for (size_t i = 0; i < p->nr; i++) {
		const struct pghot_span *below = NULL;

		if (p->at[i].nid != PGHOT_SPAN_NID_UNKNOWN)
			continue;
		for (size_t k = 0; k < p->nr; k++) {
			const struct pghot_span *s = &p->at[k];

			if (s->nid < PGHOT_NODES_MAX && s->start <= p->at[i].start &&
			    (!below || s->start > below->start))
				below = s;
		}
		if (below)
			p->at[i].nid = below->nid;
	}
	join(p);
}

void places_free(struct places *p)
{
	free(p->at);
	*p = (struct places){ 0 };
}

/* ---- rows ------------------------------------------------------------------ */

struct cutting {
	struct timeline_row *rows;
	size_t nr, max;
};

static void put_row(struct cutting *c, uint64_t start, uint64_t end, bool hole)
{
	if (c->rows && c->nr < c->max)
		c->rows[c->nr] = (struct timeline_row){ start, end, hole };
	c->nr++;
}

/* Memory in rows of 1 << @shift page frames; no more than @most are made. */
static void put_memory(struct cutting *c, uint64_t start, uint64_t end, unsigned int shift,
		       size_t most)
{
	if ((end - 1) >> shift >= (start >> shift) + most) {
		c->nr += most + 1;
		return;
	}
	while (start < end) {
		uint64_t next = ((start >> shift) + 1) << shift;

		if (next > end)
			next = end;
		put_row(c, start, next, false);
		start = next;
	}
}

static size_t cut(const struct places *p, uint32_t nid, unsigned int shift, size_t most,
		  struct timeline_row *rows, size_t max)
{
	struct cutting c = { .rows = rows, .max = max };
	uint64_t start = 0, end = 0;

	for (size_t i = 0; i < p->nr && c.nr <= most; i++) {
		const struct pghot_span *s = &p->at[i];

		if (s->nid != nid)
			continue;
		if (end && (s->start - end) >> shift) {
			put_memory(&c, start, end, shift, most);
			put_row(&c, end, s->start, true);
			start = s->start;
		} else if (!end) {
			start = s->start;
		}
		end = s->end;
	}
	if (end)
		put_memory(&c, start, end, shift, most);
	return c.nr;
}

size_t places_rows(const struct places *p, uint32_t nid, size_t most, struct timeline_row *rows,
		   size_t max)
{
	unsigned int shift = 0;
	size_t nr;

	/* Page frames have 52 bits. */
	for (nr = cut(p, nid, 0, most, NULL, 0); nr > most && shift < 52;)
		nr = cut(p, nid, ++shift, most, NULL, 0);
	return cut(p, nid, shift, most, rows, max);
}
