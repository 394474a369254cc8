/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot: in what time and heat are counted.
 *
 * Time is counted in buckets of 256 ms, 12 bits of them: it wraps around after
 * 1048 s. Heat is a frequency, the accesses within a window, and is halved for
 * each window that has passed.
 *
 * The functions here are pure, and may be called from any context.
 */
#ifndef _MM_PGHOT_BASE_HEAT_H
#define _MM_PGHOT_BASE_HEAT_H

#include <linux/bits.h>
#include <linux/jiffies.h>
#include <linux/minmax.h>
#include <linux/types.h>

#define PGHOT_FREQ_MAX		63U
#define PGHOT_BUCKET_SHIFT	8	/* 256 ms */
#define PGHOT_BUCKET_MS		BIT(PGHOT_BUCKET_SHIFT)
#define PGHOT_BUCKET_MASK	GENMASK(11, 0)
#define PGHOT_TIME_MASK		GENMASK(31 - PGHOT_BUCKET_SHIFT, 0)
#define PGHOT_WINDOW_PARTS	4

/* What a first look counts less, where looks do not add up: see record/record.h. */
#define PGHOT_FIRST_LOOK	12U

/**
 * pghot_time - the same buckets counted on, for what has more bits to remember them
 * @when: jiffies
 *
 * Return: 0 to PGHOT_TIME_MASK; wraps around after 49 days.
 */
static inline u32 pghot_time(unsigned long when)
{
	return jiffies_to_msecs(when) >> PGHOT_BUCKET_SHIFT;
}

/**
 * pghot_bucket - the time bucket that a moment falls into
 * @when: jiffies
 *
 * jiffies_to_msecs() wraps at 2^32 ms, a multiple of the period of buckets.
 *
 * Return: 0 to PGHOT_BUCKET_MASK.
 */
static inline u32 pghot_bucket(unsigned long when)
{
	return pghot_time(when) & PGHOT_BUCKET_MASK;
}

/**
 * pghot_window_buckets - length of a window in time buckets
 * @window_ms: PGHOT_WINDOW_MS_MIN to PGHOT_WINDOW_MAX_MS_MAX
 *
 * Return: at least 1.
 */
static inline u32 pghot_window_buckets(u32 window_ms)
{
	return max((window_ms + PGHOT_BUCKET_MS / 2) >> PGHOT_BUCKET_SHIFT, 1U);
}

/* Buckets from @then to @now, across the wrap. */
static inline u32 pghot_bucket_diff(u32 now, u32 then)
{
	return (now - then) & PGHOT_BUCKET_MASK;
}

/* Halve @freq once for each of @windows. */
static inline u32 pghot_decay(u32 freq, u32 windows)
{
	return windows < 32 ? freq >> windows : 0;
}

#endif /* _MM_PGHOT_BASE_HEAT_H */
