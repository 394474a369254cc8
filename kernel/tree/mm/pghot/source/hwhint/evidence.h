/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot: what a sample is evidence of, and how much of it.
 *
 * Of what. A load that a cache has answered did not go to memory, and says nothing of
 * what it costs to have the page where it is. Where the hardware tells who answered
 * it is asked, and what is known to have come from a cache does not count. What is not
 * known does: stores, of which most hardware tells less, and loads that waited for a
 * line that was on its way already.
 *
 * How much. The chance of a page to be sampled is its share of all accesses to
 * memory: of a hundred samples so many hit the hot set as percent of the accesses
 * do. And each sample is one out of thousands of accesses, so that a page that is
 * sampled once per window stands for far more than the eight accesses that the default
 * of freq-threshold asks for. Hence a sample weighs PGHOT_HW_WEIGHT, the default
 * threshold, as long as samples are few: one makes a page hot. That is what finds a
 * hot set soon: for 95 % of N equally hot pages to be sampled once takes 3 N samples,
 * twice 4.7 N, three times 6.3 N. And it errs rarely: of what is promoted so, the
 * share that was cold is the share of accesses that went to cold pages.
 *
 * How many samples there are for each page depends on the machine: ten thousand per
 * second and CPU are many for a gigabyte and few for terabytes. What is asked for
 * follows the span, the time in which the average page gets half a sample. A page
 * that is accessed r times in every window settles near twice r times the weight, see
 * record/record.h. So with a window of a span and the full weight the average page
 * settles at the default threshold, and what is accessed more than the average is
 * above it.
 *
 *	span > window-ms	samples are few: they are remembered for a span, as far
 *				as base/window.c allows
 *	span < window-ms	they are many: each weighs less in proportion, and hot is
 *				what is sampled several times
 *
 * A higher threshold is the way to ask for more evidence: 9 to 16 take two samples
 * within a window where samples are few, 17 to 24 three. The functions here are pure.
 */
#ifndef _MM_PGHOT_HWHINT_EVIDENCE_H
#define _MM_PGHOT_HWHINT_EVIDENCE_H

#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/types.h>
#include <uapi/linux/perf_event.h>

/* Most that a sample weighs: the default of freq-threshold. */
#define PGHOT_HW_WEIGHT		8U

#define PGHOT_HW_LVL_MEMORY	(PERF_MEM_LVL_LOC_RAM | PERF_MEM_LVL_REM_RAM1 | \
				 PERF_MEM_LVL_REM_RAM2)
#define PGHOT_HW_LVL_CACHES	(PERF_MEM_LVL_L1 | PERF_MEM_LVL_L2 | \
				 PERF_MEM_LVL_L3 | PERF_MEM_LVL_REM_CCE1 | \
				 PERF_MEM_LVL_REM_CCE2)

/**
 * pghot_hw_from_cache - is an access known to have been answered by a cache?
 * @src: what the hardware told of it
 *
 * Drivers tell by mem_lvl_num, and older ones by mem_lvl alone. Either can be missing,
 * and where the two disagree memory is right: Intel's "L3 miss, shared" has both.
 *
 * Context: any.
 */
static inline bool pghot_hw_from_cache(union perf_mem_data_src src)
{
	u64 lvl = src.mem_lvl;

	/* A level that was missed is not the one that answered. */
	if (lvl & (PGHOT_HW_LVL_MEMORY | PERF_MEM_LVL_MISS))
		return false;

	switch (src.mem_lvl_num) {
	case PERF_MEM_LVLNUM_L1:
	case PERF_MEM_LVLNUM_L2:
	case PERF_MEM_LVLNUM_L3:
	case PERF_MEM_LVLNUM_ANY_CACHE:
		return true;
	case 0:
	case PERF_MEM_LVLNUM_NA:
		return (lvl & PERF_MEM_LVL_HIT) && (lvl & PGHOT_HW_LVL_CACHES);
	}
	return false;
}

/**
 * struct pghot_hw_pace - how many samples there were lately
 * @pages: base pages of the folios that were sampled, once for each sample
 * @ms: in how much time
 *
 * Both fade by a quarter whenever something is added.
 */
struct pghot_hw_pace {
	u64 pages;
	u64 ms;
};

/**
 * pghot_hw_pace_add - count what was sampled in some time
 * @pace: the pace
 * @pages: base pages of the folios that were sampled
 * @ms: the time
 */
static inline void pghot_hw_pace_add(struct pghot_hw_pace *pace, u64 pages, u32 ms)
{
	pace->pages = pace->pages - pace->pages / 4 + pages;
	pace->ms = pace->ms - pace->ms / 4 + ms;
}

/**
 * pghot_hw_span_ms - time in which the average folio gets half a sample
 * @pace: how many there were lately
 * @pages: base pages that could be sampled
 *
 * There are fewer folios than pages, and those that are sampled are taken to be as
 * large as the rest: their number cancels out.
 *
 * Return: milliseconds; U32_MAX when there were no samples.
 */
static inline u32 pghot_hw_span_ms(const struct pghot_hw_pace *pace, u64 pages)
{
	u64 span;

	if (!pace->pages)
		return U32_MAX;

	span = mul_u64_u64_div_u64(pages, pace->ms, 2 * pace->pages);
	return min_t(u64, span, U32_MAX);
}

/**
 * pghot_hw_weight - how many accesses a sample stands for
 * @span_ms: time in which the average folio gets half a sample
 * @window_ms: the parameter
 *
 * Return: 1 to PGHOT_HW_WEIGHT.
 */
static inline unsigned int pghot_hw_weight(u32 span_ms, u32 window_ms)
{
	u64 weight = div_u64((u64)PGHOT_HW_WEIGHT * span_ms, max(window_ms, 1U));

	return clamp_t(u64, weight, 1, PGHOT_HW_WEIGHT);
}

#endif /* _MM_PGHOT_HWHINT_EVIDENCE_H */
