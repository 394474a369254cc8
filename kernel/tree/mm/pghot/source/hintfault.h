/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot source hintfault: what is hot, by the pace of NUMA balancing. What the latency of
 * a fault tells is in record/weight.h.
 *
 * The functions are pure, and may be called from any context.
 */
#ifndef _MM_PGHOT_SOURCE_HINTFAULT_H
#define _MM_PGHOT_SOURCE_HINTFAULT_H

#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/types.h>

#include "promote/demand.h"
#include "record/record.h"

/* Default of scan_size_mb, which is known to the scheduler alone. */
#define PGHOT_HINT_SCAN_MIB	256

/*
 * Where a pass takes long and the target is full, a page that is accessed within this part
 * of it is hot, even if that takes longer than hot-latency-ms: more nobody could tell.
 */
#define PGHOT_HINT_HOT_PART	2

/**
 * pghot_hint_pass_ms - time that a pass of NUMA balancing over an address space takes
 * @mib: its size
 * @period_ms: scan period of the task, in which PGHOT_HINT_SCAN_MIB are gone over
 *
 * Return: milliseconds.
 */
static inline u32 pghot_hint_pass_ms(u64 mib, u32 period_ms)
{
	return min_t(u64, div_u64(mib * period_ms, PGHOT_HINT_SCAN_MIB),
		     U32_MAX / 16);
}

/* A pass when there is much demand for what it finds takes so long, or what it may take. */
#define PGHOT_HINT_FRESH_MS	4000

/* And a scan period no less than NUMA balancing's own: 2560 MiB a second. */
#define PGHOT_HINT_PERIOD_MS_MIN	100

/**
 * pghot_hint_period_for - the scan period that suits what becomes of candidates
 * @period_ms: what NUMA balancing makes it
 * @most_ms: the longest it would
 * @mib: size of the address space
 * @demand: for candidates
 *
 * NUMA balancing doubles the period with each pass over the memory of a single thread,
 * whatever the pass has found. So most faults come early, when a few could have done, and
 * none later, when another set of pages has become hot.
 *
 * Return: milliseconds in which PGHOT_HINT_SCAN_MIB are gone over.
 */
static inline u32 pghot_hint_period_for(u32 period_ms, u32 most_ms, u64 mib,
					enum pghot_demand demand)
{
	u64 fresh;

	switch (demand) {
	case PGHOT_DEMAND_LITTLE:
		return max(period_ms, most_ms);
	case PGHOT_DEMAND_MUCH:
		fresh = div64_u64(PGHOT_HINT_SCAN_MIB * PGHOT_HINT_FRESH_MS,
				  max(mib, 1ULL));
		return min_t(u64, period_ms,
			     max_t(u64, fresh, PGHOT_HINT_PERIOD_MS_MIN));
	default:
		return period_ms;
	}
}

/**
 * pghot_hint_eased - heat of a page while less is asked for
 * @heat: as its latency tells
 * @threshold: heat that makes a page hot
 * @ease: how much less would do
 */
static inline u32 pghot_hint_eased(u32 heat, u32 threshold, u32 ease)
{
	return heat < threshold ? heat : min(heat + ease, PGHOT_FREQ_MAX);
}

/**
 * pghot_hint_pace - time between two looks at a page, as it is lately
 * @before: the same until now, in ms; 0 when there was none
 * @pass_ms: that of the task which has a fault
 */
static inline u32 pghot_hint_pace(u32 before, u32 pass_ms)
{
	return before ? ((u64)before * 255 + pass_ms) / 256 : pass_ms;
}

/**
 * pghot_hint_hot_ms - latency up to which a page is hot, if the target is full
 * @hot_ms: the parameter hot-latency-ms
 * @pace_ms: time between two looks at a page
 */
static inline u32 pghot_hint_hot_ms(u32 hot_ms, u32 pace_ms)
{
	return max(hot_ms, pace_ms / PGHOT_HINT_HOT_PART);
}

/**
 * pghot_hint_welcome - heat of a page whose target has plenty of free memory
 * @heat: as its latency tells
 * @threshold: heat that makes a page hot
 *
 * Return: so much that a first look makes the page hot.
 */
static inline u32 pghot_hint_welcome(u32 heat, u32 threshold)
{
	return max(heat, threshold + PGHOT_FIRST_LOOK);
}

#endif /* _MM_PGHOT_SOURCE_HINTFAULT_H */
