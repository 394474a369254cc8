/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: how long what a source reports is remembered. */
#ifndef _MM_PGHOT_BASE_WINDOW_H
#define _MM_PGHOT_BASE_WINDOW_H

#include <linux/build_bug.h>
#include <linux/compiler.h>
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

u32 pghot_window_tell(unsigned int src, u32 *pace_ms);
void pghot_window_follow(enum pghot_source_id src, u32 pace_ms);
void pghot_window_wish(enum pghot_source_id src, u32 window_ms);
void pghot_window_update(void);
u32 pghot_slowest_pace(void);

#endif /* _MM_PGHOT_BASE_WINDOW_H */
