/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot source mmscan, what its files know of each other: source.c is the source
 * and its daemon, mm.c decides what becomes of an address space and shows it, walk.c
 * walks it, scale.c is what processes ask for.
 *
 * The functions with a body are pure.
 */
#ifndef _MM_PGHOT_MMSCAN_H
#define _MM_PGHOT_MMSCAN_H

#include <linux/minmax.h>
#include <linux/nodemask.h>
#include <linux/pghot_mm.h>
#include <linux/types.h>

struct mm_struct;
struct seq_file;
struct task_struct;

/* ---- parameters (source.c) ----------------------------------------------- */

/**
 * struct mmscan_params - what an administrator can tune
 * @size_mib: mapped memory per chunk
 * @period_min_ms: shortest time between two passes over an address space
 * @period_max_ms: longest
 * @delay_ms: age before which an address space is left alone
 * @cpu_percent: share of a CPU that the daemon may use
 *
 * Written under pghot_lock, one READ_ONCE()-able word each.
 */
struct mmscan_params {
	u32 size_mib;
	u32 period_min_ms;
	u32 period_max_ms;
	u32 delay_ms;
	u32 cpu_percent;
};

extern struct mmscan_params mmscan_params;

/* ---- address spaces (mm.c) ------------------------------------------ */

/* Less than one page in so many accessed is no reason to look more often. */
#define MMSCAN_NOTABLE		256

/**
 * mmscan_shorter - the period after a chunk
 * @period: before, in ms
 * @lower: pages of lower tiers in the chunk
 * @accessed: those that had been accessed
 * @min: shortest period
 *
 * By a factor of four, so that a process that wakes up is watched closely after
 * two passes, whatever the longest period is.
 */
static inline u32 mmscan_shorter(u32 period, unsigned long lower,
				 unsigned long accessed, u32 min)
{
	if (!accessed || accessed < lower / MMSCAN_NOTABLE)
		return period;

	return max(period / 4, min);
}

/**
 * mmscan_longer - the period after a whole pass
 * @period: before, in ms
 * @accessed: pages of lower tiers that had been accessed
 * @max: longest period
 */
static inline u32 mmscan_longer(u32 period, unsigned long accessed, u32 max)
{
	if (accessed)
		return min(period, max);

	return min(period + period / 2 + 1, max);
}

/**
 * mmscan_scaled - a time after the wish of a process
 * @ms: time by default, in ms
 * @scale: scan scale, at least 1
 * @least: bound that no process can go below, unless the default does
 */
static inline u32 mmscan_scaled(u32 ms, u32 scale, u32 least)
{
	return max(ms / scale, min(ms, least));
}

void mmscan_begin_epoch(void);
unsigned long mmscan_round(void);
int mmscan_show(struct seq_file *m, void *unused);

/* ---- walking (walk.c) ------------------------------------------------- */

/**
 * struct mmscan_chunk - one go at an address space
 * @mm: the address space; the caller holds a reference to its users
 * @pos: where to begin, and then where the next chunk has to
 * @limit: address where the stretch ends
 * @pages: mapped base pages to look at
 * @weight: of a report, 0 to report nothing and only clear
 * @target: node to promote to
 * @by_cpuset: nodes that the cpusets of its threads allow
 * @by_policy: nodes that their mempolicies allow, where a mapping has none
 * @end: the limit, or the end of the address space, was reached
 * @skipped: 0, or why the chunk ended early, enum pghot_mmscan_skip plus 1
 * @lower: pages of lower tiers that it met
 * @accessed: those of them that had been accessed
 * @vmas: mappings that it left out
 * @protnone: pages of lower tiers that it left out, unmapped for a hint fault
 */
struct mmscan_chunk {
	struct mm_struct *mm;
	unsigned long pos;
	unsigned long limit;
	long pages;
	u32 weight;
	int target;
	nodemask_t by_cpuset;
	nodemask_t by_policy;

	bool end;
	u8 skipped;
	unsigned long lower;
	unsigned long accessed;
	unsigned long vmas;
	unsigned long protnone;
};

void mmscan_walk(struct mmscan_chunk *c);

/* ---- what processes ask for (scale.c) ---------------------------------- */

u32 mmscan_scale(const struct mm_struct *mm);

#endif /* _MM_PGHOT_MMSCAN_H */
