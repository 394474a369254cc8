/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot: what an address space carries for the source mmscan. Apart from
 * pghot.h, because mm_types.h needs it.
 */
#ifndef _LINUX_PGHOT_MM_H
#define _LINUX_PGHOT_MM_H

#include <linux/types.h>

/**
 * enum pghot_mmscan_skip - why mmscan left something out
 * @PGHOT_MMSCAN_SKIP_SCALE: an address space: its process asked for it
 * @PGHOT_MMSCAN_SKIP_DELAY: an address space: it is too young
 * @PGHOT_MMSCAN_SKIP_POLICY: an address space: cpusets allow no faster memory
 * @PGHOT_MMSCAN_SKIP_NO_LOWER: an address space: none of it is in lower tiers
 * @PGHOT_MMSCAN_SKIP_LOCKED: the rest of a chunk: its mmap lock is taken
 * @PGHOT_MMSCAN_SKIP_EXITING: the rest of a chunk: its users have gone
 * @PGHOT_MMSCAN_SKIP_VMA: a mapping whose pages may or can not move
 * @PGHOT_MMSCAN_SKIP_PROTNONE: a page that is unmapped for a hint fault
 * @PGHOT_MMSCAN_NR_SKIPS: number of reasons
 */
enum pghot_mmscan_skip {
	PGHOT_MMSCAN_SKIP_SCALE,
	PGHOT_MMSCAN_SKIP_DELAY,
	PGHOT_MMSCAN_SKIP_POLICY,
	PGHOT_MMSCAN_SKIP_NO_LOWER,
	PGHOT_MMSCAN_SKIP_LOCKED,
	PGHOT_MMSCAN_SKIP_EXITING,
	PGHOT_MMSCAN_SKIP_VMA,
	PGHOT_MMSCAN_SKIP_PROTNONE,
	PGHOT_MMSCAN_NR_SKIPS,
};

#ifdef CONFIG_PGHOT_MMSCAN
/**
 * struct pghot_visit - a stretch of an address space, and how far its visit is
 * @from: address where the stretch begins
 * @to: address where it ends, ULONG_MAX for the end of the address space; known when it
 *	has been cleared
 * @size: mapped base pages that it had when it was walked last
 * @quota: pages that the next stretch is to have, 0 while nothing is known
 * @walk: the present or next walk over it: 0 clears, others look
 * @looks: that the visit is to have
 * @always: it is all there is, and looks at it go on
 * @in_walk: a walk is under way
 * @began: jiffies when the latest walk began
 * @looks_began: jiffies when the first look of the visit began
 * @gap_ms: time between the beginnings of looks, in this visit
 * @chunks: of the latest walk so far
 * @last_chunks: of the one before
 * @pages: mapped base pages that the latest walk has met
 * @lower: those of lower tiers
 * @accessed: those of them that had been accessed
 * @ns: CPU time that it took
 */
struct pghot_visit {
	unsigned long from;
	unsigned long to;
	unsigned long size;
	unsigned long quota;
	u8 walk;
	u8 looks;
	bool always;
	bool in_walk;
	unsigned long began;
	unsigned long looks_began;
	u32 gap_ms;
	u32 chunks;
	u32 last_chunks;
	unsigned long pages;
	unsigned long lower;
	unsigned long accessed;
	u64 ns;
};

/**
 * struct pghot_mm - mmscan's notes on an address space
 * @scale: scan scale plus 1, 0 for the default; by prctl, inherited by fork
 * @exec_scale: the same for the next execve
 * @asked: the scale has been changed, and the daemon has not noticed yet
 * @in_pass: a pass is under way
 * @ran: a process of it has run since the latest pass ended
 * @unflushed: accessed bits were cleared since the TLBs were flushed last
 * @skipped: enum pghot_mmscan_skip why it was skipped most recently, plus 1
 * @ran_on: node that its threads mostly run on
 * @target: node that its pages are to be promoted to
 * @epoch: the enabling of mmscan that all but the first three belongs to
 * @due: jiffies when it is to be looked at again
 * @period_ms: time from one pass to the next, before the scale
 * @sleep_ms: the same while it sleeps, 0 if it does not
 * @cursor: address where its next chunk begins
 * @began: jiffies when the latest pass began
 * @flushed: jiffies when the TLBs were flushed last
 * @visit: the stretch that is looked at
 * @look_ms: bound of the time between two looks at a stretch, U32_MAX for none
 * @interval_ms: time between the beginnings of looks lately
 * @round_ms: time between the beginnings of passes lately
 * @weight: of what is reported in this walk; 0 while there is nothing to
 *	compare with
 * @passes: completed ones
 * @chunks: of the pass under way so far
 * @lower: pages in lower tiers that this pass has met, by the last look at each stretch
 * @accessed: those of them that had been accessed
 * @last_lower: the same for the pass before
 * @last_accessed: the same for the pass before
 *
 * @scale and @exec_scale belong to the process, and @asked is set by it when it
 * changes them; all else, what comes after them, is only written by the daemon.
 */
struct pghot_mm {
	u8 scale;
	u8 exec_scale;
	u8 asked;

	bool in_pass;
	bool ran;
	bool unflushed;
	u8 skipped;
	s16 ran_on;
	s16 target;
	u32 epoch;
	unsigned long due;
	u32 period_ms;
	u32 sleep_ms;
	unsigned long cursor;
	unsigned long began;
	unsigned long flushed;
	struct pghot_visit visit;
	u32 look_ms;
	u32 interval_ms;
	u32 round_ms;
	u32 weight;
	u32 passes;
	u32 chunks;
	unsigned long lower;
	unsigned long accessed;
	unsigned long last_lower;
	unsigned long last_accessed;
};
#endif /* CONFIG_PGHOT_MMSCAN */

#endif /* _LINUX_PGHOT_MM_H */
