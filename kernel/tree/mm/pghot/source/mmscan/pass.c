// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot source mmscan: when an address space is looked at, and how far. What is known of it
 * is in its struct pghot_mm, which belongs to kmmscand but for what processes ask for.
 *
 * Nothing here knows processes or page tables: bench/scale runs it as it is.
 */
#include <linux/jiffies.h>
#include <linux/math64.h>
#include <linux/string.h>

#include "base/config.h"
#include "base/heat.h"
#include "base/window.h"
#include "record/weight.h"
#include "source/mmscan/mmscan.h"
#include "source/mmscan/schedule.h"

/* Of the present enabling of the source, never 0. */
static u32 epoch;

/* Time between two looks at the address space that is looked at least. */
static struct mmscan_pace pace;

static unsigned long after_ms(u32 ms)
{
	return jiffies + msecs_to_jiffies(ms);
}

/**
 * mmscan_period_ms - time between the beginnings of two passes over an address space
 * @pm: notes on it
 *
 * As the process wishes, if that is enough.
 */
u32 mmscan_period_ms(const struct pghot_mm *pm)
{
	return mmscan_scaled(pm->period_ms, max(mmscan_scale(pm), 1U),
			     READ_ONCE(mmscan_params.period_min_ms));
}

/* The same of two passes that are to be made. */
static u32 next_round_ms(const struct pghot_mm *pm)
{
	u32 window = pghot_window(PGHOT_SOURCE_ID_MMSCAN) << PGHOT_BUCKET_SHIFT;

	return max(mmscan_round_ms(pm->look_ms, mmscan_period_ms(pm), window),
		   pm->sleep_ms);
}

/* Time between the beginnings of two looks at a stretch of it. */
static u32 interval_of(const struct pghot_mm *pm)
{
	return mmscan_interval(pm->look_ms, mmscan_period_ms(pm));
}

/* ---- whose turn it is ---------------------------------------------------------- */

/**
 * mmscan_begin_epoch - the source is being enabled
 *
 * Context: pghot_lock held, no daemon running.
 */
void mmscan_begin_epoch(void)
{
	if (!++epoch)
		epoch++;
	pace = (struct mmscan_pace){};
}

/* Are @pm of the present enabling of the source? Context: any. */
bool mmscan_is_noted(const struct pghot_mm *pm)
{
	return pm->epoch == READ_ONCE(epoch);
}

/**
 * mmscan_note - begin notes on an address space, unless there are some
 * @pm: the notes; forgotten if an earlier enabling of the source has left them
 */
void mmscan_note(struct pghot_mm *pm)
{
	u32 min = READ_ONCE(mmscan_params.period_min_ms);

	if (mmscan_is_noted(pm))
		return;

	/*
	 * But for what prctl(2) may set at any time: a copy that is put back would undo
	 * that.
	 */
	memset_after(pm, 0, asked);
	pm->epoch = epoch;
	pm->period_ms = min;
	pm->look_ms = U32_MAX;
	pm->ran_on = NUMA_NO_NODE;
	pm->target = NUMA_NO_NODE;
	pm->began = jiffies - msecs_to_jiffies(min);
	pm->flushed = jiffies;
	pm->due = jiffies;
}

/* Now, but no sooner after the latest pass than passes may be, whoever asks for it. */
static void be_due(struct pghot_mm *pm)
{
	unsigned long due = pm->began +
			    msecs_to_jiffies(READ_ONCE(mmscan_params.period_min_ms));

	/* A pass that is under way goes on at its own pace. */
	if (pm->in_pass)
		return;
	if (time_before(due, jiffies))
		due = jiffies;
	if (time_before(due, pm->due))
		pm->due = due;
}

/* What the next walk would be compared with is too old. */
static void begin_anew(struct pghot_mm *pm)
{
	pm->passes = 0;
	pm->in_pass = false;
	pm->look_ms = U32_MAX;
	pm->interval_ms = 0;
	pm->round_ms = 0;
	pm->visit.always = false;
	pm->visit.in_walk = false;
}

/**
 * mmscan_ran - a process has run since it was asked last
 * @pm: notes on its address space
 *
 * As if accesses had been found: one that slept is watched closely from now on.
 */
void mmscan_ran(struct pghot_mm *pm)
{
	pm->ran = true;
	if (!pm->sleep_ms)
		return;

	begin_anew(pm);
	pm->sleep_ms = 0;
	pm->period_ms = mmscan_shorter(pm->period_ms, 1, 1,
				       READ_ONCE(mmscan_params.period_min_ms));
	be_due(pm);
}

/**
 * mmscan_heed - do what a process has asked for, and what parameters say
 * @pm: notes on its address space
 */
void mmscan_heed(struct pghot_mm *pm)
{
	u32 max_ms = READ_ONCE(mmscan_params.period_max_ms);
	u32 delay_ms = READ_ONCE(mmscan_params.delay_ms);
	unsigned long most = after_ms(max3(max_ms, delay_ms, pm->sleep_ms));

	if (READ_ONCE(pm->asked)) {
		WRITE_ONCE(pm->asked, 0);
		be_due(pm);
	}
	if (time_after(pm->due, most))
		pm->due = most;
}

/**
 * mmscan_has_turn - is it an address space's turn?
 * @pm: notes on it; if not, they say when to ask again
 * @born: jiffies when its process was made
 *
 * Return: 0 if it is, else why not, enum pghot_mmscan_skip plus 1, or less than 0 for it is not
 * due.
 */
int mmscan_has_turn(struct pghot_mm *pm, unsigned long born)
{
	u32 max = READ_ONCE(mmscan_params.period_max_ms), scale = mmscan_scale(pm);
	unsigned long old_enough;

	mmscan_note(pm);
	/* Parameters change; notes follow. */
	pm->period_ms = clamp(pm->period_ms,
			      READ_ONCE(mmscan_params.period_min_ms), max);
	mmscan_heed(pm);
	if (!mmscan_is_due(pm->due, jiffies))
		return -1;

	if (!scale) {
		/* Whenever that ends. */
		begin_anew(pm);
		pm->due = after_ms(max);
		return PGHOT_MMSCAN_SKIP_SCALE + 1;
	}
	old_enough = born + msecs_to_jiffies(READ_ONCE(mmscan_params.delay_ms) / scale);
	if (!pm->passes && !pm->in_pass && !mmscan_is_due(old_enough, jiffies)) {
		pm->due = old_enough;
		return PGHOT_MMSCAN_SKIP_DELAY + 1;
	}
	return 0;
}

/* ---- passes ----------------------------------------------------------------------- */

/* A pass goes over the whole address space, a stretch after the other. */
static void begin_pass(struct pghot_mm *pm)
{
	if (pm->sleep_ms)
		begin_anew(pm);
	else if (pm->passes)
		pm->round_ms = pghot_scan_smooth(pm->round_ms,
						 jiffies_to_msecs(jiffies - pm->began));
	pm->began = jiffies;
	pm->in_pass = true;
	pm->cursor = 0;
	pm->chunks = 0;
	pm->lower = 0;
	pm->accessed = 0;
	pm->visit.from = 0;
	/* What is looked at always goes on with another look. */
	if (!pm->visit.always)
		mmscan_visit_begin(&pm->visit, pm->look_ms);
}

/* Time between two visits to a stretch, as long as that is known to be. */
static u32 round_ms(const struct pghot_mm *pm)
{
	return max(pm->round_ms, jiffies_to_msecs(jiffies - pm->began));
}

static void begin_walk(struct pghot_mm *pm)
{
	struct pghot_visit *v = &pm->visit;
	bool lower = v->lower;
	u32 last = mmscan_walk_begin(v, jiffies);

	/* The first one only clears what is of no particular time. */
	pm->weight = 0;
	if (!v->walk)
		return;

	/* Clearing is slow: the first look of a visit tells little of the others. */
	if (v->always || v->walk > 1 || !pm->interval_ms)
		pm->interval_ms = pghot_scan_smooth(pm->interval_ms, last);
	/* The window follows before a weight is chosen by it. */
	if (lower)
		pghot_window_follow(PGHOT_SOURCE_ID_MMSCAN,
				    mmscan_pace_add(&pace,
						    mmscan_told_ms(v, pm->interval_ms,
								   round_ms(pm)),
						    jiffies));
	pm->weight = pghot_scan_weight_in(pm->interval_ms,
					  pghot_window(PGHOT_SOURCE_ID_MMSCAN),
					  READ_ONCE(pghot_params.freq_threshold),
					  v->always ? PGHOT_SCAN_LOOKS : v->looks);
}

static void end_pass(struct pghot_mm *pm)
{
	u32 max = READ_ONCE(mmscan_params.period_max_ms);

	if (pm->passes)
		pm->period_ms = mmscan_longer(pm->period_ms, pm->accessed, max);
	if (!pm->lower)
		pm->period_ms = max;
	pm->sleep_ms = mmscan_sleep_ms(pm->sleep_ms, pm->period_ms, max,
				       pm->ran || pm->accessed);
	pm->ran = false;
	pm->passes++;
	pm->in_pass = false;
	pm->last_lower = pm->lower;
	pm->last_accessed = pm->accessed;
	pm->due = pm->began + msecs_to_jiffies(next_round_ms(pm));
}

/* True when the pass ends with the visit. */
static bool end_visit(struct pghot_mm *pm, unsigned int sharing)
{
	struct pghot_visit *v = &pm->visit;
	u32 interval = interval_of(pm);

	pm->lower += v->lower;
	pm->accessed += v->accessed;
	if (v->walk)
		pm->look_ms = mmscan_sparser(pm->look_ms, mmscan_period_ms(pm),
					     v->lower, v->accessed);
	if (!v->always)
		v->quota = mmscan_next_quota(v, interval, interval_of(pm),
					     READ_ONCE(mmscan_params.cpu_percent),
					     sharing);
	if (v->to == ULONG_MAX) {
		end_pass(pm);
		return true;
	}
	v->from = v->to;
	mmscan_visit_begin(v, pm->look_ms);
	pm->cursor = v->from;
	pm->due = jiffies;
	return false;
}

/* The same when it ends with the walk. */
static bool end_walk(struct pghot_mm *pm, bool end, unsigned int sharing)
{
	struct pghot_visit *v = &pm->visit;
	u32 interval = interval_of(pm);

	if (!mmscan_walk_end(v, pm->cursor, end, interval, mmscan_period_ms(pm), jiffies))
		return end_visit(pm, sharing);

	pm->cursor = v->from;
	pm->due = v->began + msecs_to_jiffies(interval);
	return false;
}

/* ---- chunks ----------------------------------------------------------------------- */

/**
 * mmscan_chunk_begin - begin the next chunk of an address space, whose turn it is
 * @pm: notes on it
 * @c: the chunk; what is to be walked, and what a report weighs
 */
void mmscan_chunk_begin(struct pghot_mm *pm, struct mmscan_chunk *c)
{
	if (!pm->in_pass)
		begin_pass(pm);
	if (!pm->visit.in_walk)
		begin_walk(pm);
	c->pos = pm->cursor;
	c->limit = pm->visit.to;
	c->pages = mmscan_chunk_pages(&pm->visit, mmscan_size_pages(), pm->passes,
				      interval_of(pm), jiffies);
	c->weight = pm->weight;
}

/*
 * What may be the whole address space is spread over the interval; clearing it has
 * as many chunks as pages that are mapped fill. A stretch is as long as it can be, so that
 * its chunks follow each other at once.
 */
static unsigned long next_chunk_due(const struct pghot_mm *pm, unsigned long mapped)
{
	const struct pghot_visit *v = &pm->visit;
	u64 all = v->last_chunks ?: mapped / mmscan_size_pages();

	if (!mmscan_is_whole(v))
		return jiffies;
	return v->began + msecs_to_jiffies(mmscan_chunk_ms(interval_of(pm),
							   v->chunks, all));
}

/**
 * mmscan_chunk_end - a chunk has been walked
 * @pm: notes on its address space; when it is due next is known then
 * @c: what was found
 * @pages: mapped base pages that it has met
 * @mapped: that the address space has
 * @ns: CPU time that it took
 * @sharing: address spaces that are walked in stretches, it may be one of them
 *
 * Return: true when the pass ends with it.
 */
bool mmscan_chunk_end(struct pghot_mm *pm, const struct mmscan_chunk *c,
		      unsigned long pages, unsigned long mapped, u64 ns,
		      unsigned int sharing)
{
	struct pghot_visit *v = &pm->visit;

	sharing = max(sharing, 1U);
	pm->chunks++;
	v->chunks++;
	v->pages += pages;
	v->ns += ns;
	v->lower += c->lower;
	v->accessed += c->accessed;
	pm->unflushed |= c->cleared;
	pm->cursor = c->pos;
	if (v->walk) {
		/* What a look has found: is it to be looked at sooner? */
		pm->period_ms = mmscan_shorter(pm->period_ms, c->lower, c->accessed,
					       READ_ONCE(mmscan_params.period_min_ms));
		mmscan_adapt(pm, interval_of(pm), c->lower, c->accessed,
			     READ_ONCE(mmscan_params.cpu_percent), sharing);
	}

	if (v->in_walk && (c->end || !mmscan_room(v, interval_of(pm), jiffies)))
		return end_walk(pm, c->end, sharing);

	if (c->skipped)
		pm->due = after_ms(interval_of(pm) / MMSCAN_RETRY_PART);
	else
		pm->due = next_chunk_due(pm, mapped);
	return false;
}

/**
 * mmscan_flushes - is an address space to be flushed from the TLBs, after a chunk?
 * @pm: notes on it, which then say that it was
 */
bool mmscan_flushes(struct pghot_mm *pm)
{
	if (!mmscan_must_flush(pm, interval_of(pm), jiffies))
		return false;

	pm->unflushed = false;
	pm->flushed = jiffies;
	return true;
}

/**
 * mmscan_shares - does an address space share in the time for walks in stretches?
 * @pm: notes on it
 *
 * Who is looked at always, or waits for the next pass, takes what it takes.
 */
bool mmscan_shares(const struct pghot_mm *pm)
{
	return !pm->visit.always && (pm->in_pass || mmscan_is_due(pm->due, jiffies));
}

/* The window follows the slowest address space, and forgets one that has gone. */
void mmscan_follow_pace(void)
{
	pghot_window_follow(PGHOT_SOURCE_ID_MMSCAN, mmscan_pace_fade(&pace, jiffies));
}
