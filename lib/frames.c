// SPDX-License-Identifier: GPL-2.0-or-later

#include "frames.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Pages of a block, and blocks of a region, as powers of two. */
#define BLOCK_BITS  9
#define BLOCK_PAGES (1U << BLOCK_BITS)
#define REGION_BITS 9
#define REGION_SIZE (1U << REGION_BITS)

/* A folio is no larger than a region. */
#define ORDER_MAX (BLOCK_BITS + REGION_BITS)

/* What is kept of a page: frequency and order; 0 without a record. */
#define FREQ_BITS 6
#define FREQ_MASK ((1U << FREQ_BITS) - 1)

/* What is known of a node. */
#define NODE_KNOWN   1
#define NODE_FAST    2
#define NODE_TRACKED 4

/**
 * struct region - records of 2^(BLOCK_BITS + REGION_BITS) page frames
 * @number: from which on, divided by that
 * @pages: of each block its pages, NULL while all are alike
 * @alike: what they are then
 */
struct region {
	uint64_t number;
	uint16_t *pages[REGION_SIZE];
	uint16_t alike[REGION_SIZE];
};

/**
 * struct pghot_frames - what is known
 * @hot_from: frequency from which pages are hot
 * @records: that were added
 * @bytes: that they take
 * @node: NODE_… by number
 * @spans: where nodes are; in the order of page frames once @sorted
 * @last_span: where the last page frame was found
 * @regions: in the order of their numbers
 * @last_region: likewise
 */
struct pghot_frames {
	uint32_t hot_from;
	uint64_t records;
	size_t bytes;
	uint8_t node[PGHOT_NODES_MAX];

	struct pghot_span *spans;
	size_t nr_spans, max_spans;
	bool sorted;
	const struct pghot_span *last_span;

	struct region **regions;
	size_t nr_regions, max_regions;
	struct region *last_region;
};

struct pghot_frames *pghot_frames_new(uint32_t hot_from)
{
	struct pghot_frames *f = calloc(1, sizeof(*f));

	if (f)
		f->hot_from = hot_from;
	return f;
}

void pghot_frames_free(struct pghot_frames *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < f->nr_regions; i++) {
		for (size_t b = 0; b < REGION_SIZE; b++)
			free(f->regions[i]->pages[b]);
		free(f->regions[i]);
	}
	free(f->regions);
	free(f->spans);
	free(f);
}

uint64_t pghot_frames_records(const struct pghot_frames *f)
{
	return f->records;
}

size_t pghot_frames_bytes(const struct pghot_frames *f)
{
	return f->bytes;
}

/* ---- nodes ------------------------------------------------------------------- */

int pghot_frames_node(const struct pghot_node *node, void *frames)
{
	struct pghot_frames *f = frames;

	if (node->nid < PGHOT_NODES_MAX)
		f->node[node->nid] = (uint8_t)(NODE_KNOWN | (node->toptier ? NODE_FAST : 0) |
					       (node->tracked_pages ? NODE_TRACKED : 0));
	return 0;
}

bool pghot_frames_tracked(const struct pghot_frames *f, enum pghot_side side)
{
	for (size_t i = 0; i < PGHOT_NODES_MAX; i++) {
		if ((f->node[i] & NODE_TRACKED) &&
		    !(f->node[i] & NODE_FAST) == (side == PGHOT_SIDE_SLOW))
			return true;
	}
	return false;
}

int pghot_frames_span(const struct pghot_span *span, void *frames)
{
	struct pghot_frames *f = frames;

	if (span->start >= span->end)
		return 0;
	if (f->nr_spans == f->max_spans) {
		size_t max = f->max_spans ? 2 * f->max_spans : 16;
		struct pghot_span *spans = reallocarray(f->spans, max, sizeof(*spans));

		if (!spans)
			return -ENOMEM;
		f->spans = spans;
		f->max_spans = max;
	}
	f->spans[f->nr_spans++] = *span;
	f->sorted = false;
	f->last_span = NULL;
	return 0;
}

static int by_start(const void *a, const void *b)
{
	const struct pghot_span *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

static bool in_span(const struct pghot_span *span, uint64_t pfn)
{
	return span && pfn >= span->start && pfn < span->end;
}

static uint32_t node_of(struct pghot_frames *f, uint64_t pfn)
{
	size_t first = 0, end = f->nr_spans;

	if (in_span(f->last_span, pfn))
		return f->last_span->nid;
	if (!f->sorted && f->nr_spans) {
		qsort(f->spans, f->nr_spans, sizeof(*f->spans), by_start);
		f->sorted = true;
	}
	/* The last that begins at @pfn or before. */
	while (first < end) {
		size_t mid = first + (end - first) / 2;

		if (f->spans[mid].start <= pfn)
			first = mid + 1;
		else
			end = mid;
	}
	if (!first || !in_span(&f->spans[first - 1], pfn))
		return PGHOT_NODES_MAX;
	f->last_span = &f->spans[first - 1];
	return f->last_span->nid;
}

/* ---- records ----------------------------------------------------------------- */

/* Where a region is, or would be. */
static size_t region_at(const struct pghot_frames *f, uint64_t number)
{
	size_t first = 0, end = f->nr_regions;

	/* Mostly behind all that there are. */
	if (end && f->regions[end - 1]->number < number)
		return end;
	while (first < end) {
		size_t mid = first + (end - first) / 2;

		if (f->regions[mid]->number < number)
			first = mid + 1;
		else
			end = mid;
	}
	return first;
}

static struct region *find_region(struct pghot_frames *f, uint64_t pfn)
{
	uint64_t number = pfn >> (BLOCK_BITS + REGION_BITS);
	size_t i;

	if (f->last_region && f->last_region->number == number)
		return f->last_region;
	i = region_at(f, number);
	if (i == f->nr_regions || f->regions[i]->number != number)
		return NULL;
	f->last_region = f->regions[i];
	return f->last_region;
}

static struct region *make_region(struct pghot_frames *f, uint64_t pfn)
{
	uint64_t number = pfn >> (BLOCK_BITS + REGION_BITS);
	struct region *r = find_region(f, pfn);
	size_t i = region_at(f, number);

	if (r)
		return r;
	if (f->nr_regions == f->max_regions) {
		size_t max = f->max_regions ? 2 * f->max_regions : 16;
		struct region **regions = reallocarray(f->regions, max, sizeof(*regions));

		if (!regions)
			return NULL;
		f->regions = regions;
		f->max_regions = max;
	}
	r = calloc(1, sizeof(*r));
	if (!r)
		return NULL;
	r->number = number;
	memmove(f->regions + i + 1, f->regions + i, (f->nr_regions - i) * sizeof(*f->regions));
	f->regions[i] = r;
	f->nr_regions++;
	f->bytes += sizeof(*r);
	f->last_region = r;
	return r;
}

static uint16_t *make_block(struct pghot_frames *f, struct region *r, size_t b)
{
	if (r->pages[b])
		return r->pages[b];
	r->pages[b] = malloc(BLOCK_PAGES * sizeof(*r->pages[b]));
	if (!r->pages[b])
		return NULL;
	f->bytes += BLOCK_PAGES * sizeof(*r->pages[b]);
	for (size_t i = 0; i < BLOCK_PAGES; i++)
		r->pages[b][i] = r->alike[b];
	return r->pages[b];
}

static void set_block(struct pghot_frames *f, struct region *r, size_t b, uint16_t value)
{
	if (r->pages[b])
		f->bytes -= BLOCK_PAGES * sizeof(*r->pages[b]);
	free(r->pages[b]);
	r->pages[b] = NULL;
	r->alike[b] = value;
}

int pghot_frames_entry(const struct pghot_entry *e, uint32_t nid, void *frames)
{
	unsigned int order = e->order < ORDER_MAX ? e->order : ORDER_MAX;
	struct pghot_frames *f = frames;
	/* Folios are aligned. */
	uint64_t pfn = e->pfn >> order << order, nr = 1ULL << order;
	size_t b = pfn >> BLOCK_BITS & (REGION_SIZE - 1), i = pfn & (BLOCK_PAGES - 1);
	unsigned int freq = e->freq < FREQ_MASK ? e->freq : FREQ_MASK;
	uint16_t value = (uint16_t)(order << FREQ_BITS | freq), *pages;
	struct region *r;

	(void)nid;
	/* One without any flag has been freed since, and what is there now is another one. */
	if (!freq || !e->page_flags)
		return 0;
	r = make_region(f, pfn);
	if (!r)
		return -ENOMEM;
	f->records++;
	for (; nr >= BLOCK_PAGES; nr -= BLOCK_PAGES)
		set_block(f, r, b++, value);
	if (!nr)
		return 0;
	pages = make_block(f, r, b);
	if (!pages)
		return -ENOMEM;
	for (size_t n = 0; n < nr; n++)
		pages[i + n] = value;
	return 0;
}

void pghot_frames_find(struct pghot_frames *f, uint64_t pfn, struct pghot_frame *frame)
{
	const struct region *r = find_region(f, pfn);
	size_t b = pfn >> BLOCK_BITS & (REGION_SIZE - 1);
	unsigned int value = 0, node;

	if (r)
		value = r->pages[b] ? r->pages[b][pfn & (BLOCK_PAGES - 1)] : r->alike[b];
	frame->freq = value & FREQ_MASK;
	frame->order = value >> FREQ_BITS;
	frame->nid = node_of(f, pfn);
	node = frame->nid < PGHOT_NODES_MAX ? f->node[frame->nid] : 0;
	if (node & NODE_KNOWN)
		frame->side = node & NODE_FAST ? PGHOT_SIDE_FAST : PGHOT_SIDE_SLOW;
	else
		frame->side = PGHOT_SIDES;
	if (frame->freq)
		frame->heat = frame->freq >= f->hot_from ? PGHOT_HEAT_HOT : PGHOT_HEAT_WARM;
	else
		frame->heat = node & NODE_TRACKED ? PGHOT_HEAT_COLD : PGHOT_HEAT_UNTRACKED;
}
