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
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/pghot_mm.h>
#include <linux/types.h>

#include "base/window.h"
#include "source/mmscan/queue.h"

/*
 * Looks of a visit: what is found accessed at each of them becomes hot. Where memory is
 * accessed densely cold pages are as well, now and then, and it takes more looks to tell.
 */
#define MMSCAN_LOOKS		4
#define MMSCAN_LOOKS_DENSE	8

/* Looks at a stretch begin at least so many ms after one another. */
#define MMSCAN_LOOK_MIN_MS	100

/* Clearing meets more bits that are set than looking: it may take so many intervals. */
#define MMSCAN_CLEAR_INTERVALS	3

/* Base pages of a stretch, at least. */
#define MMSCAN_STRETCH_LEAST	8192UL

/* Of fewer pages of lower tiers nothing is said about how densely they are accessed. */
#define MMSCAN_CROWD		512

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
 * mmscan_owe - kmmscand has worked, and owes the CPU a rest
 * @owed_ns: rest that it owed before
 * @busy_ns: time that it worked
 * @percent: share of a CPU that it may use, 1 to 100
 *
 * Return: ns that it owes now. It rests for whole jiffies, however long these are, and
 * what is less than one is owed on: many short rounds must not go without.
 */
static inline u64 mmscan_owe(u64 owed_ns, u64 busy_ns, u32 percent)
{
	return owed_ns + div_u64(busy_ns * (100 - percent), percent);
}

/**
 * mmscan_rested - kmmscand has not worked
 * @owed_ns: rest that it owed
 * @rest_ns: for so long, whatever it waited for
 *
 * Return: ns that it still owes. Nobody has rests on account.
 */
static inline u64 mmscan_rested(u64 owed_ns, u64 rest_ns)
{
	return owed_ns - min(owed_ns, rest_ns);
}

/**
 * mmscan_chunk_ms - when the next chunk of a walk is due
 * @interval_ms: time between the beginnings of two walks
 * @done: chunks that the walk has had
 * @all: chunks that it is going to have, as far as that is known
 *
 * The rest of the walk is spread over what is left of the interval.
 *
 * Return: ms after the beginning of the walk.
 */
static inline u64 mmscan_chunk_ms(u32 interval_ms, u32 done, u64 all)
{
	return div64_u64((u64)interval_ms * done, max(all, 1ULL));
}

/* ---- translations in the TLBs --------------------------------------------------- */

/* An address space is flushed from the TLBs so often in the interval of its looks, at most. */
#define MMSCAN_FLUSHES		8

/* What a flush takes of each other CPU that has run the address space: an interrupt. */
#define MMSCAN_FLUSH_CPU_NS	2000

/**
 * mmscan_must_flush - is an address space to be flushed from the TLBs now?
 * @pm: notes on it; when it is due next is known already
 * @interval_ms: time between two looks
 * @now: jiffies
 *
 * Once for each walk, at its end, if that is soon. What was cleared before is seen for the rest
 * of the interval only, so that a long walk is interrupted: no later than a part of the
 * interval after the flush before. A page that stays in a TLB is seen for the most of
 * each interval, and flushes do not get more with the size of the address space.
 */
static inline bool mmscan_must_flush(const struct pghot_mm *pm, u32 interval_ms,
				     unsigned long now)
{
	unsigned long most = pm->flushed +
			     msecs_to_jiffies(interval_ms / MMSCAN_FLUSHES);

	if (!pm->unflushed)
		return false;
	return !pm->visit.in_walk || !time_before(now, most) ||
	       time_after(pm->due, most);
}

/* ---- how long to wait between looks ------------------------------------------ */

/**
 * mmscan_interval - time between two looks at a stretch
 * @look_ms: bound by how densely memory is accessed, U32_MAX for none
 * @period_ms: time between two passes
 */
static inline u32 mmscan_interval(u32 look_ms, u32 period_ms)
{
	return clamp(look_ms, min(period_ms, MMSCAN_LOOK_MIN_MS), period_ms);
}

/**
 * mmscan_denser - the interval after a chunk in which much was accessed
 * @interval_ms: before
 * @lower: pages of lower tiers in the chunk
 * @accessed: those that had been accessed
 *
 * Where most pages are accessed between two looks these tell nothing. The margin
 * between hot and cold is at pages that are found accessed at every other look, see
 * pghot_scan_weight_in(): there most pages should not be. Shortened so that a
 * quarter of them is, at most to a quarter at once.
 *
 * Return: ms; @interval_ms when it will do.
 */
static inline u32 mmscan_denser(u32 interval_ms, unsigned long lower,
				unsigned long accessed)
{
	if (lower < MMSCAN_CROWD || accessed <= lower * 3 / 8)
		return interval_ms;

	return max_t(u64, div64_u64((u64)interval_ms * lower,
				    max(accessed, 1UL) * 4ULL),
		     min(interval_ms, MMSCAN_LOOK_MIN_MS));
}

/**
 * mmscan_sparser - the bound of the interval after a visit
 * @look_ms: before
 * @period_ms: time between two passes
 * @lower: pages of lower tiers in the stretch
 * @accessed: those that had been accessed, by the last look
 *
 * Longer by half where few were: not the quarter that mmscan_denser() aims at, and after
 * that still less than what it asks for.
 */
static inline u32 mmscan_sparser(u32 look_ms, u32 period_ms, unsigned long lower,
				 unsigned long accessed)
{
	if (look_ms >= period_ms)
		return U32_MAX;
	if (accessed >= lower / 6)
		return look_ms;

	return look_ms + look_ms / 2;
}

/* ---- visits --------------------------------------------------------------------- */

/* Is an address space accessed so densely that it bounds the interval, @look_ms? */
static inline bool mmscan_is_dense(u32 look_ms)
{
	return look_ms != U32_MAX;
}

/**
 * mmscan_visit_begin - begin a visit to the stretch at @v->from
 * @v: the visit
 * @look_ms: bound of the interval by how densely memory is accessed, U32_MAX for none
 */
static inline void mmscan_visit_begin(struct pghot_visit *v, u32 look_ms)
{
	v->looks = mmscan_is_dense(look_ms) ? MMSCAN_LOOKS_DENSE : MMSCAN_LOOKS;
	v->to = ULONG_MAX;
	v->walk = 0;
	v->always = false;
	v->in_walk = false;
	v->gap_ms = 0;
	v->last_chunks = 0;
}

/**
 * mmscan_walk_begin - begin the next walk of a visit
 * @v: the visit
 * @now: jiffies
 *
 * Return: ms since the walk before began, with which the accessed bits are to be
 * compared.
 */
static inline u32 mmscan_walk_begin(struct pghot_visit *v, unsigned long now)
{
	u32 last = jiffies_to_msecs(now - v->began);

	if (v->walk <= 1) {
		v->looks_began = now;
		v->gap_ms = v->walk ? last : 0;
	} else {
		v->gap_ms = jiffies_to_msecs(now - v->looks_began) /
			    (v->walk - 1);
	}
	v->began = now;
	v->in_walk = true;
	v->chunks = 0;
	v->pages = 0;
	v->lower = 0;
	v->accessed = 0;
	v->ns = 0;
	return last;
}

/* It is, or may turn out to be, the whole address space. */
static inline bool mmscan_is_whole(const struct pghot_visit *v)
{
	return !v->from && v->to == ULONG_MAX && (v->walk || !v->quota);
}

/**
 * mmscan_room - mapped base pages that a walk may still meet
 * @v: the visit
 * @interval_ms: time between two looks
 * @now: jiffies
 *
 * The walk that clears decides how long the stretch is: as @v->quota says, or while
 * nothing is known as far as it comes in a time.
 *
 * Return: 0 when the stretch ends here.
 */
static inline unsigned long mmscan_room(const struct pghot_visit *v,
					u32 interval_ms, unsigned long now)
{
	if (v->walk)
		return ULONG_MAX;
	if (v->quota)
		return v->quota > v->pages ? v->quota - v->pages : 0;
	if (v->pages < MMSCAN_STRETCH_LEAST)
		return ULONG_MAX;

	return jiffies_to_msecs(now - v->began) <
	       (u64)interval_ms * MMSCAN_CLEAR_INTERVALS ? ULONG_MAX : 0;
}

/**
 * mmscan_chunk_pages - mapped base pages of the next chunk
 * @v: the visit
 * @size: of a chunk
 * @passes: completed ones; the first of them may have only cleared
 * @interval_ms: time between two looks
 * @now: jiffies
 *
 * While nothing is known a few pages tell whether looks have to be more frequent, so that
 * few have been reported as if they had not.
 */
static inline long mmscan_chunk_pages(const struct pghot_visit *v, unsigned long size,
				      u32 passes, u32 interval_ms, unsigned long now)
{
	if (passes <= 1 && v->walk == 1 && !v->chunks)
		size = min(size, MMSCAN_STRETCH_LEAST);

	return min(size, mmscan_room(v, interval_ms, now));
}

/* Do looks come later than they should, so that the stretch was too long? */
static inline bool mmscan_lags(const struct pghot_visit *v, u32 interval_ms)
{
	return v->gap_ms > interval_ms + interval_ms / 8 + MMSCAN_SLACK_MS;
}

/**
 * mmscan_fit - pages that can be walked in a time
 * @v: a visit, in its latest walk
 * @ms: the time
 * @percent: share of a CPU that may be used
 * @sharing: address spaces that are walked in stretches, at least 1
 *
 * These have equal parts, whoever came first.
 *
 * Return: as many as that takes at the price of those that were walked.
 */
static inline unsigned long mmscan_fit(const struct pghot_visit *v, u32 ms,
				       u32 percent, unsigned int sharing)
{
	u64 each = div64_u64(v->ns * 16, max(v->pages, 1UL));
	u64 fit = div64_u64((u64)ms * percent * 10000, max(each, 1ULL)) * 16;

	if (sharing > 1)
		fit = div_u64(fit, sharing);
	return clamp_t(u64, fit, MMSCAN_STRETCH_LEAST, LONG_MAX);
}

/**
 * mmscan_next_quota - how long the next stretch is to be
 * @v: the visit that ends
 * @interval_ms: time that there should have been between its looks
 * @next_ms: that there is to be between those of the next
 * @percent: share of a CPU that may be used
 * @sharing: address spaces that are walked in stretches, at least 1
 *
 * As long as can be walked in an interval, beside all others that are looked at: shorter
 * if looks came too late, else a little longer, as far as the CPU allows.
 *
 * Return: mapped base pages.
 */
static inline unsigned long mmscan_next_quota(const struct pghot_visit *v,
					      u32 interval_ms, u32 next_ms,
					      u32 percent, unsigned int sharing)
{
	u64 pages = v->size;

	/* It was left early, has been unmapped, or is what remained at the end. */
	if (!v->walk)
		return v->quota ?: max(v->size, MMSCAN_STRETCH_LEAST);
	if (v->to == ULONG_MAX || !v->accessed)
		pages = max(v->size, v->quota);

	if (mmscan_lags(v, interval_ms)) {
		pages = div_u64(pages * next_ms, v->gap_ms);
	} else {
		pages = div_u64((pages + pages / 4) * next_ms, interval_ms);
		pages = min_t(u64, pages,
			      mmscan_fit(v, next_ms, percent, sharing));
	}
	return max_t(u64, pages, MMSCAN_STRETCH_LEAST);
}

/**
 * mmscan_walk_end - a walk has come to the end of the stretch
 * @v: the visit
 * @pos: address where it ended
 * @end: that is the end of the address space
 * @interval_ms: time between two looks
 * @period_ms: time between two passes
 * @now: jiffies
 *
 * An address space that is one stretch, and need not be looked at more often than once
 * in a period, is looked at always: nothing is cleared anew. What has nothing in lower tiers,
 * or was not accessed at all, is left early.
 *
 * Return: true when the visit goes on with another walk.
 */
static inline bool mmscan_walk_end(struct pghot_visit *v, unsigned long pos,
				   bool end, u32 interval_ms, u32 period_ms,
				   unsigned long now)
{
	u32 took = jiffies_to_msecs(now - v->began);

	v->in_walk = false;
	v->last_chunks = v->chunks;
	v->size = v->pages;
	if (!v->walk)
		v->to = end ? ULONG_MAX : pos;

	if (v->walk)
		v->gap_ms = max(v->gap_ms, took);

	v->always = !v->from && v->to == ULONG_MAX && interval_ms >= period_ms &&
		    (!v->walk || took <= interval_ms + interval_ms / 2);
	if (v->always) {
		v->walk = 1;
		return false;
	}
	if (v->walk ? v->walk == v->looks || !v->accessed : !v->lower)
		return false;

	v->walk++;
	return true;
}

/**
 * mmscan_told_ms - the pace of an address space, for the window to follow
 * @v: its visit
 * @interval_ms: time between two looks
 * @round_ms: time between two visits to a stretch
 *
 * The window has to be as long as a visit, for its looks to add up, and as the time from one
 * visit to the next. Then what was seen in a stretch is halved once until it is
 * seen again, and compares with what is being seen elsewhere; and visits do not add up to
 * more than twice of one, so that a page that is found accessed at every other
 * look settles just below the threshold, as when looks go on always.
 *
 * Return: ms.
 */
static inline u32 mmscan_told_ms(const struct pghot_visit *v, u32 interval_ms,
				 u32 round_ms)
{
	if (v->always)
		return interval_ms;

	return max(interval_ms * v->looks, round_ms) / PGHOT_WINDOW_LOOKS;
}

/**
 * mmscan_round_ms - time between the beginnings of two passes, at least
 * @look_ms: bound of the interval by how densely memory is accessed, U32_MAX for none
 * @period_ms: the period of the address space
 * @window_ms: window of the source
 *
 * Where cold pages are found accessed at every fourth look, looks of several visits in
 * one window would make them hot, however many looks a visit has: a window has one.
 */
static inline u32 mmscan_round_ms(u32 look_ms, u32 period_ms, u32 window_ms)
{
	return mmscan_is_dense(look_ms) ? max(period_ms, window_ms) : period_ms;
}

/**
 * mmscan_adapt - what a chunk of a look has found: is the stretch to be looked at sooner?
 * @pm: notes on the address space
 * @interval_ms: time between two looks
 * @lower: pages of lower tiers in the chunk
 * @accessed: those that had been accessed
 * @percent: share of a CPU that may be used
 * @sharing: address spaces that are walked in stretches, at least 1
 *
 * If so the visit begins again, to a shorter stretch.
 */
static inline void mmscan_adapt(struct pghot_mm *pm, u32 interval_ms,
				unsigned long lower, unsigned long accessed,
				u32 percent, unsigned int sharing)
{
	u32 denser = mmscan_denser(interval_ms, lower, accessed);
	struct pghot_visit *v = &pm->visit;

	if (denser == interval_ms)
		return;

	v->quota = mmscan_fit(v, denser, percent, sharing);
	if (mmscan_lags(v, interval_ms))
		v->quota = mmscan_next_quota(v, interval_ms, denser, 100,
					     sharing);
	pm->look_ms = denser;
	pm->interval_ms = 0;
	pm->cursor = v->from;
	mmscan_visit_begin(v, pm->look_ms);
}

#endif /* _MM_PGHOT_MMSCAN_SCHEDULE_H */
