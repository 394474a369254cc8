/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot source mmscan: how the work of kmmscand is spread over time. What all that is
 * for is told in source.c.
 *
 * The functions are pure, and may be called from any context.
 */
#ifndef _MM_PGHOT_MMSCAN_SCHEDULE_H
#define _MM_PGHOT_MMSCAN_SCHEDULE_H

#include <linux/jiffies.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/types.h>

/* New processes are noticed within this time. */
#define MMSCAN_NOTICE_MS	2000

/* What is due within this time is done now, to wake up less often. */
#define MMSCAN_SLACK_MS		20

/* A mmap lock that was taken is tried again after this part of the period. */
#define MMSCAN_RETRY_PART	8

/* The mmap lock is given back after so many entries ... */
#define MMSCAN_STEP_ENTRIES	8192
/* ... and mappings. */
#define MMSCAN_STEP_VMAS	256

/**
 * struct mmscan_pace - the pace of the slowest address space
 * @ms: time between two looks at it
 * @at: jiffies when it was last told or has last faded
 */
struct mmscan_pace {
	u32 ms;
	unsigned long at;
};

/**
 * mmscan_pace_add - an address space begins a pass
 * @p: the pace
 * @interval_ms: time between two looks at it
 * @now: jiffies
 *
 * Return: the pace of the slowest.
 */
static inline u32 mmscan_pace_add(struct mmscan_pace *p, u32 interval_ms,
				  unsigned long now)
{
	if (interval_ms >= p->ms) {
		p->ms = interval_ms;
		p->at = now;
	}
	return p->ms;
}

/**
 * mmscan_pace_fade - forget an address space that has gone
 * @p: the pace
 * @now: jiffies
 *
 * A large address space has many chunks in a pass, and so as many rounds: the pace fades by
 * time, a little whenever the slowest could have told it again.
 *
 * Return: the pace of the slowest.
 */
static inline u32 mmscan_pace_fade(struct mmscan_pace *p, unsigned long now)
{
	if (jiffies_to_msecs(now - p->at) > p->ms) {
		p->ms -= p->ms / 16;
		p->at = now;
	}
	return p->ms;
}

/**
 * mmscan_rest_ns - how long kmmscand rests after it worked
 * @busy_ns: time that it worked
 * @percent: share of a CPU that it may use, 1 to 100
 */
static inline u64 mmscan_rest_ns(u64 busy_ns, u32 percent)
{
	return div_u64(busy_ns * (100 - percent), percent);
}

/**
 * mmscan_chunk_ms - when the next chunk of a pass is due
 * @period_ms: time between the beginnings of two passes
 * @done: chunks that the pass has had
 * @all: chunks that it is going to have, as far as that is known
 *
 * The rest of the pass is spread over what is left of the period.
 *
 * Return: ms after the beginning of the pass.
 */
static inline u64 mmscan_chunk_ms(u32 period_ms, u32 done, u64 all)
{
	return div64_u64((u64)period_ms * done, max(all, 1ULL));
}

#endif /* _MM_PGHOT_MMSCAN_SCHEDULE_H */
