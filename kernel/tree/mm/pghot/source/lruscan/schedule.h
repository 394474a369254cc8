/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot source lruscan: when a pass is due, what a round looks at, and how large the
 * filters are that tell. What all that is for is told in scan.c.
 *
 * The functions are pure, and may be called from any context.
 */
#ifndef _MM_PGHOT_LRUSCAN_SCHEDULE_H
#define _MM_PGHOT_LRUSCAN_SCHEDULE_H

#include <linux/jiffies.h>
#include <linux/log2.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/types.h>

/* Every so many rounds, from the first on, no table is skipped. */
#define LRUSCAN_FULL_ROUND		4

/* In the first of them after so long, no address space. */
#define LRUSCAN_ALL_MS			180000

/*
 * Address spaces that may be asked per ms whether they have run, and have not: at some 150 ns
 * each, 3 thousandths of a CPU.
 */
#define LRUSCAN_ASKED_PER_MS		20

/* Bits of a filter per PTE table that could map tracked pages, and its bounds. */
#define LRUSCAN_FILTER_BITS_PER_TABLE	8
#define LRUSCAN_FILTER_SHIFT_MIN	15
#define LRUSCAN_FILTER_SHIFT_MAX	27

/* Does a round look into every PTE table? @round: number of it, 1 for the first. */
static inline bool lruscan_is_full_round(unsigned long round)
{
	return round % LRUSCAN_FULL_ROUND == 1;
}

/* Is what a round finds an access of late? The bits that the first one finds may be old. */
static inline bool lruscan_tells(unsigned long round)
{
	return round > 1;
}

/**
 * lruscan_meets_all - does a round look at every address space, those that sleep, too?
 * @round: number of it, 1 for the first
 * @since_ms: time since the last that did began; any for the first
 *
 * By time and not by rounds: what those have that sleep may be most of the memory. It is
 * a full round, since no filter knows of their tables.
 */
static inline bool lruscan_meets_all(unsigned long round, u32 since_ms)
{
	return round == 1 ||
	       (lruscan_is_full_round(round) && since_ms >= LRUSCAN_ALL_MS);
}

/**
 * lruscan_interval_ms - time from a pass to the next
 * @interval_ms: what it should be
 * @asleep: address spaces that the pass has asked, and that sleep
 *
 * Up to 10,000 of them do not matter at the default interval. Who wakes up among 100,000
 * is noticed after 5 s at most.
 */
static inline u32 lruscan_interval_ms(u32 interval_ms, unsigned long asleep)
{
	return max_t(unsigned long, interval_ms, asleep / LRUSCAN_ASKED_PER_MS);
}

/* log2 of the bits of a filter for @tables PTE tables. */
static inline unsigned int lruscan_filter_shift(u64 tables)
{
	return clamp(order_base_2(tables * LRUSCAN_FILTER_BITS_PER_TABLE),
		     LRUSCAN_FILTER_SHIFT_MIN, LRUSCAN_FILTER_SHIFT_MAX);
}

/**
 * lruscan_rest_ns - how long klruscand has to rest for the work it did
 * @unpaid_ns: CPU time that it took, and has not rested for
 * @percent: share of a CPU that it may use, 1 to 100
 *
 * Return: ns.
 */
static inline u64 lruscan_rest_ns(u64 unpaid_ns, u32 percent)
{
	return div_u64(unpaid_ns * (100 - percent), percent);
}

/**
 * lruscan_unpaid_ns - work that is still to be rested for, after a rest
 * @unpaid_ns: the same before it
 * @rested_ns: how long the rest was
 * @percent: share of a CPU that it may use, 1 to 100
 *
 * Rests are of whole jiffies, and what is missing is carried to the next: over a second
 * or two the share is what it should be whatever HZ is. A rest that was longer than it
 * had to be does not pay for work to come.
 *
 * Return: ns.
 */
static inline u64 lruscan_unpaid_ns(u64 unpaid_ns, u64 rested_ns, u32 percent)
{
	if (rested_ns >= lruscan_rest_ns(unpaid_ns, percent))
		return 0;
	return unpaid_ns - div_u64(rested_ns * percent, 100 - percent);
}

/**
 * lruscan_next_pass - when the next pass is due
 * @due: when this one was, jiffies
 * @end: when it ended, jiffies
 * @interval: from one to the next, in jiffies
 * @rest: least time without work before it, in jiffies; a jiffy in any case
 *
 * On time, but after the rest. Where the interval has been shortened meanwhile it is the
 * new one from now on.
 *
 * Return: jiffies.
 */
static inline unsigned long lruscan_next_pass(unsigned long due,
					      unsigned long end,
					      unsigned long interval,
					      unsigned long rest)
{
	unsigned long rested = end + max(rest, 1UL);

	due += interval;
	if (time_after(due, end + interval))
		due = end + interval;
	return time_before(due, rested) ? rested : due;
}

#endif /* _MM_PGHOT_LRUSCAN_SCHEDULE_H */
