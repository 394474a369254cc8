/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: how long what a source reports is remembered. */
#ifndef _MM_PGHOT_BASE_WINDOW_H
#define _MM_PGHOT_BASE_WINDOW_H

#include <linux/bitfield.h>
#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/log2.h>
#include <linux/minmax.h>
#include <linux/types.h>

#include "base/config.h"
#include "base/heat.h"

/* Looks that fall into a window. */
#define PGHOT_WINDOW_LOOKS	2

/* No window takes more than a quarter of the time that a record can tell. */
static_assert(PGHOT_WINDOW_MAX_MS_MAX >> PGHOT_BUCKET_SHIFT <
	      PGHOT_BUCKET_MASK / 4);
static_assert(PGHOT_WINDOW_MS_MAX <= PGHOT_WINDOW_MAX_MS_MAX);

/* By source: length of its window in time buckets. See window.c. */
extern u16 pghot_windows[PGHOT_NR_SOURCES];

/**
 * pghot_window - the window of a source
 * @src: number of the source
 *
 * Context: any.
 * Return: its length in time buckets, at least 1.
 */
static inline u32 pghot_window(unsigned int src)
{
	return READ_ONCE(pghot_windows[src]);
}

/**
 * pghot_window_ms_for - the window that fits a pace
 * @window_ms: the parameter window-ms
 * @max_ms: the parameter window-max-ms
 * @pace_ms: time between two looks at a page, 0 when it is not known
 *
 * Context: any.
 * Return: milliseconds.
 */
static inline u32 pghot_window_ms_for(u32 window_ms, u32 max_ms, u32 pace_ms)
{
	u64 ms = (u64)pace_ms * PGHOT_WINDOW_LOOKS;

	return clamp_t(u64, ms, window_ms, max(window_ms, max_ms));
}

/**
 * pghot_window_for - the same in time buckets
 * @window_ms: the parameter window-ms
 * @max_ms: the parameter window-max-ms
 * @pace_ms: time between two looks at a page, 0 when it is not known
 *
 * Context: any.
 * Return: time buckets, at least 1.
 */
static inline u32 pghot_window_for(u32 window_ms, u32 max_ms, u32 pace_ms)
{
	return pghot_window_buckets(pghot_window_ms_for(window_ms, max_ms,
							pace_ms));
}

/*
 * Epochs, in which record/summary.h counts: 2^n buckets, twice the longest window and
 * more, for all that is counted in them. Where windows leave that behind epochs of another
 * length begin; those of before are told from them by their run.
 */
#define PGHOT_EPOCHS_SHIFT	GENMASK(3, 0)	/* n */
#define PGHOT_EPOCHS_RUN	GENMASK(7, 4)
#define PGHOT_EPOCHS_SINCE	GENMASK(31, 8)	/* pghot_time() at which the run began */

/* Of the longest window that there may be. */
#define PGHOT_EPOCHS_SHIFT_MAX	11

static_assert(2 * (PGHOT_WINDOW_MAX_MS_MAX >> PGHOT_BUCKET_SHIFT) + 2 <=
	      1 << PGHOT_EPOCHS_SHIFT_MAX);

/* Epochs that a run has to last before one of shorter epochs follows. */
#define PGHOT_EPOCHS_LEAST	8

static_assert(FIELD_PREP_CONST(PGHOT_EPOCHS_SINCE, PGHOT_TIME_MASK) ==
	      PGHOT_EPOCHS_SINCE);

extern u32 pghot_epochs;

/**
 * pghot_epochs_for - epochs that fit the windows
 * @epochs: epochs so far
 * @widest: the longest window, in buckets
 * @now: pghot_time() of the present
 *
 * Longer ones at once, for what is counted in them relies on it. Shorter ones only if it is
 * by a factor of four, for whatever was counted is as good as lost, and late enough for
 * that to have become cold before runs have the same number again.
 *
 * Context: any.
 * Return: @epochs, or the first ones of another run.
 */
static inline u32 pghot_epochs_for(u32 epochs, u32 widest, u32 now)
{
	u32 shift = FIELD_GET(PGHOT_EPOCHS_SHIFT, epochs);
	u32 want = order_base_2(2 * widest);
	u32 lasted = (now - FIELD_GET(PGHOT_EPOCHS_SINCE, epochs)) &
		     PGHOT_TIME_MASK;

	if (want == shift)
		return epochs;
	if (want < shift &&
	    (shift - want < 2 || lasted < PGHOT_EPOCHS_LEAST << shift))
		return epochs;

	return FIELD_PREP(PGHOT_EPOCHS_SHIFT, want) |
	       FIELD_PREP(PGHOT_EPOCHS_RUN,
			  (FIELD_GET(PGHOT_EPOCHS_RUN, epochs) + 1) &
			  FIELD_MAX(PGHOT_EPOCHS_RUN)) |
	       FIELD_PREP(PGHOT_EPOCHS_SINCE, now);
}

u32 pghot_window_tell(unsigned int src, u32 *pace_ms);
void pghot_window_follow(enum pghot_source_id src, u32 pace_ms);
void pghot_window_wish(enum pghot_source_id src, u32 window_ms);
void pghot_window_update(void);
u32 pghot_slowest_pace(void);

#endif /* _MM_PGHOT_BASE_WINDOW_H */
