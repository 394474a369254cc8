// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/heat.h"
#include "units.h"

static uint64_t min_u64(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static uint64_t max_u64(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* From the first to the last page frame, whatever lies between. */
static bool node_hull(const struct pghot_span *spans, size_t nr, int nid, uint64_t *start,
		      uint64_t *end)
{
	*start = UINT64_MAX;
	*end = 0;
	for (size_t i = 0; i < nr; i++) {
		if ((int)spans[i].nid != nid)
			continue;
		*start = min_u64(*start, spans[i].start);
		*end = max_u64(*end, spans[i].end);
	}
	return *end > *start;
}

int heat_prepare(struct heat *h, const struct heat_range *want, const struct pghot_span *spans,
		 size_t nr)
{
	uint64_t start, end, pages;

	heat_clear(h);
	h->range.nid = want->nid;
	if (!node_hull(spans, nr, want->nid, &h->node_start, &h->node_end))
		return -ENOENT;
	start = want->end ? max_u64(want->start, h->node_start) : h->node_start;
	end = want->end ? min_u64(want->end, h->node_end) : h->node_end;
	if (start >= end)
		return -ENOENT;

	/* Bins lie at multiples of their size, so one more may be needed. */
	for (h->shift = 0; (end - 1) >> h->shift >= (start >> h->shift) + HEAT_BINS_MAX;)
		h->shift++;
	start = start >> h->shift << h->shift;
	pages = ((end - 1) >> h->shift) - (start >> h->shift) + 1;
	if (pages > h->max) {
		struct heat_bin *bins = reallocarray(h->bins, pages, sizeof(*bins));

		if (!bins)
			return -ENOMEM;
		h->bins = bins;
		h->max = pages;
	}
	h->nr = pages;
	memset(h->bins, 0, h->nr * sizeof(*h->bins));
	h->range.start = start;
	h->range.end = end;
	return 0;
}

void heat_add(struct heat *h, const struct pghot_entry *e)
{
	/* No folio is larger; what says so is no folio. */
	unsigned int order = e->order < 32 ? e->order : 0;
	uint64_t pfn = e->pfn, end = e->pfn + (1ULL << order);

	if (!h->nr || e->nid != h->range.nid || pfn >= h->range.end || end <= h->range.start)
		return;
	h->records++;
	pfn = max_u64(pfn, h->range.start);
	end = min_u64(end, h->range.end);
	while (pfn < end) {
		size_t i = (pfn - h->range.start) >> h->shift;
		uint64_t next = min_u64(end, h->range.start + ((uint64_t)(i + 1) << h->shift));
		struct heat_bin *bin = &h->bins[i];

		bin->tracked += next - pfn;
		if (e->state & PGHOT_ENTRY_STATE_HOT)
			bin->hot += next - pfn;
		if (e->freq > bin->freq)
			bin->freq = e->freq;
		pfn = next;
	}
}

struct heat_bin heat_sum(const struct heat *h, uint64_t start, uint64_t end)
{
	struct heat_bin sum = { 0 };

	start = max_u64(start, h->range.start);
	end = min_u64(end, h->range.end);
	if (!h->nr || start >= end)
		return sum;
	for (size_t i = (start - h->range.start) >> h->shift;
	     i < h->nr && h->range.start + ((uint64_t)i << h->shift) < end; i++) {
		sum.tracked += h->bins[i].tracked;
		sum.hot += h->bins[i].hot;
		if (h->bins[i].freq > sum.freq)
			sum.freq = h->bins[i].freq;
	}
	return sum;
}

void heat_clear(struct heat *h)
{
	struct heat_bin *bins = h->bins;
	size_t max = h->max;

	*h = (struct heat){ .bins = bins, .max = max };
}

void heat_release(struct heat *h)
{
	free(h->bins);
	*h = (struct heat){ 0 };
}

uint64_t spans_overlap(const struct pghot_span *spans, size_t nr, int nid, uint64_t start,
		       uint64_t end)
{
	uint64_t pages = 0;

	for (size_t i = 0; i < nr; i++) {
		uint64_t from = max_u64(start, spans[i].start), to = min_u64(end, spans[i].end);

		if ((int)spans[i].nid == nid && from < to)
			pages += to - from;
	}
	return pages;
}

/* clang-format off */
static const struct heat_scale scales[NR_HEAT_METRICS] = {
	[HEAT_FREQ] = { "freq", "highest frequency, accesses", "most accesses",
			{ "1", "2-3", "4-7", "8-15", "16-31", "32-63" } },
	[HEAT_HOT] = { "hot", "hot pages, %", "% hot",
		       { "<2", "<10", "<25", "<50", "<75", "75-100" } },
	[HEAT_TRACKED] = { "tracked", "tracked pages, %", "% tracked",
			   { "<2", "<10", "<25", "<50", "<75", "75-100" } },
};
/* clang-format on */

const struct heat_scale *heat_scale(enum heat_metric metric)
{
	return &scales[metric];
}

static unsigned int share_level(uint64_t part, uint64_t pages)
{
	static const unsigned int bounds[NR_HEAT_LEVELS - 1] = { 2, 10, 25, 50, 75 };
	unsigned int level = 1;

	if (!part || !pages)
		return 0;
	/* In doubles, whose range no number of pages exceeds. */
	while (level < NR_HEAT_LEVELS &&
	       (double)part * 100 >= (double)bounds[level - 1] * (double)pages)
		level++;
	return level;
}

static unsigned int freq_level(uint32_t freq)
{
	unsigned int level = 0;

	for (; freq && level < NR_HEAT_LEVELS; freq >>= 1)
		level++;
	return level;
}

unsigned int heat_level(enum heat_metric metric, const struct heat_bin *bin, uint64_t pages)
{
	switch (metric) {
	case HEAT_HOT:
		return share_level(bin->hot, pages);
	case HEAT_TRACKED:
		return share_level(bin->tracked, pages);
	default:
		return freq_level(bin->freq);
	}
}

char *heat_cell_size(char *buf, size_t size, uint64_t pages, uint32_t page_size)
{
	if (page_size)
		return pghot_format_size(buf, size, pages * page_size);
	snprintf(buf, size, "%" PRIu64 " page%s", pages, pages == 1 ? "" : "s");
	return buf;
}
