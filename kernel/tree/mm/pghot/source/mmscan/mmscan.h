/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot source mmscan, what its files know of each other: source.c is the source
 * and its daemon, mm.c finds address spaces and shows what is known of them, pass.c decides
 * when each is looked at, and how far, walk.c walks it, scale.c is what processes ask for.
 *
 * The functions with a body are pure.
 */
#ifndef _MM_PGHOT_MMSCAN_H
#define _MM_PGHOT_MMSCAN_H

#include <linux/compiler.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/nodemask.h>
#include <linux/pghot_mm.h>
#include <linux/types.h>
#include <uapi/linux/pghot_prctl.h>

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

/* ---- passes (pass.c) ------------------------------------------------- */

/* Less than one page in so many accessed is no reason to look more often. */
#define MMSCAN_NOTABLE		256

/* Who sleeps is looked at after so long in any case, for others may access what it has. */
#define MMSCAN_SLEEP_MAX_MS	600000

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
 * mmscan_sleep_ms - the period after a pass over an address space that sleeps
 * @sleep_ms: before, in ms; 0 if it did not sleep
 * @period_ms: the period without that
 * @max: longest period of those that are awake
 * @awake: a process of it has run, or some of its pages had been accessed
 *
 * Doubled, from the longest period on: it is looked at ten times in the first hour or so,
 * and then six times in each. Nothing is lost by it, for what makes it awake is noticed
 * without a look.
 *
 * Return: ms, 0 if it does not sleep.
 */
static inline u32 mmscan_sleep_ms(u32 sleep_ms, u32 period_ms, u32 max, bool awake)
{
	if (awake || period_ms < max)
		return 0;

	return min(2 * max(sleep_ms, period_ms), max(max, MMSCAN_SLEEP_MAX_MS));
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

/**
 * mmscan_scale - scan scale of an address space
 * @pm: notes on it
 *
 * Return: 0 to PGHOT_SCAN_SCALE_MAX; 0 is never.
 */
static inline u32 mmscan_scale(const struct pghot_mm *pm)
{
	return (READ_ONCE(pm->scale) ?: PGHOT_SCAN_SCALE_DEFAULT + 1) - 1;
}

/* Mapped base pages of a chunk. */
static inline unsigned long mmscan_size_pages(void)
{
	return (unsigned long)READ_ONCE(mmscan_params.size_mib) << (20 - PAGE_SHIFT);
}

struct mmscan_chunk;

void mmscan_begin_epoch(void);
bool mmscan_is_noted(const struct pghot_mm *pm);
void mmscan_note(struct pghot_mm *pm);
void mmscan_ran(struct pghot_mm *pm);
void mmscan_heed(struct pghot_mm *pm);
int mmscan_has_turn(struct pghot_mm *pm, unsigned long born);
void mmscan_chunk_begin(struct pghot_mm *pm, struct mmscan_chunk *c);
bool mmscan_chunk_end(struct pghot_mm *pm, const struct mmscan_chunk *c,
		      unsigned long pages, unsigned long mapped, u64 ns,
		      unsigned int sharing);
bool mmscan_shares(const struct pghot_mm *pm);
bool mmscan_flushes(struct pghot_mm *pm);
u32 mmscan_period_ms(const struct pghot_mm *pm);
void mmscan_follow_pace(void);

/* ---- address spaces (mm.c) ------------------------------------------ */

u64 mmscan_work(unsigned long *due);
void mmscan_reconsider(void);
void mmscan_forget_all(void);
int mmscan_show(struct seq_file *m, void *unused);
u64 mmscan_bytes(void);

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
 * @cleared: an accessed bit was cleared
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
	bool cleared;
};

void mmscan_walk(struct mmscan_chunk *c);

#endif /* _MM_PGHOT_MMSCAN_H */
