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
