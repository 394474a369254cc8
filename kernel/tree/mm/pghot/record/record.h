/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot records: what is remembered of a page, in 32 bits.
 *
 *	 31      30    29    27 26  25 24    20 19  18 17        6 5      0
 *	+--------+------+--------+------+--------+------+-----------+-------+
 *	| queued | late | others | lead | target | last |   start   | freq  |
 *	+--------+------+--------+------+--------+------+-----------+-------+
 *
 * freq	   accesses seen, saturating
 * start   time bucket in which the current window began
 * last    quarters of a window from start to the most recent access
 * target  compact index of the node to promote to, 0 when not known
 * lead    the source whose reports count
 * others  what other sources saw the page, in the order of their numbers from
 *	   lead on, around the end
 * late    another source has reported since lead did
 * queued  the page waits in a candidate ring or a heap
 *
 * A window begins with the first access after a quiet time. Accesses within it
 * add up; an access after it first halves what was counted, once for every
 * window elapsed, and moves start on by whole windows. So two accesses less
 * than a window apart always make two, and a page that is accessed r times in
 * every window settles near 2r instead of growing without bound. Reading a
 * record decays it by the time since the last access in the same way, without
 * writing anything.
 *
 * Keeping start and deriving the last access from it, not the reverse, matters:
 * start moves by whole windows and so loses nothing, while a last access that
 * was stored and a start derived from it in quarters would slip with every
 * access of a busy page, whose window would then never end. The price is that
 * ages have a resolution of a quarter of the window.
 *
 * Time is counted in buckets of 256 ms, 12 bits of them: it wraps around after
 * 1048 s. A page that nobody touched for longer looks as if it had been
 * accessed within the present window with a probability of window / 1048 s,
 * 0.4 % for the default window of 4 s. What such a page wrongly keeps is its
 * old frequency, for one window; it can be promoted early only if it is
 * accessed again at that moment, or was already waiting in a heap.
 *
 * Several sources see the same accesses, and a page is not hotter for being
 * watched by two. When a report comes cannot tell whether it is about an access
 * that has been reported already: a scan reports what happened at any time since
 * the scan before. So only one source counts at a time, the lead. Reports of
 * others are noted and keep the page from cooling, and raise the frequency to
 * their own weight if it was below, for that much they would have said alone,
 * but they add nothing. The lead goes to who reports faster: to a source whose
 * report is the second in succession that did not come from the lead. Of two
 * that report equally often the first one keeps it, and the frequency is what it
 * would be without the other; one that reports more often loses a report in
 * taking over, and then makes of the page what it would make of it alone. With
 * more than two sources of the same pace every second report counts, at most,
 * whoever made it.
 *
 * The functions here are pure: the caller passes the time and stores the
 * result. They may be called from any context.
 */
#ifndef _MM_PGHOT_RECORD_RECORD_H
#define _MM_PGHOT_RECORD_RECORD_H

#include <linux/bitfield.h>
#include <linux/build_bug.h>
#include <linux/minmax.h>
#include <linux/types.h>

#include "base/heat.h"
#include "base/node.h"

#define PGHOT_REC_FREQ		GENMASK(5, 0)
#define PGHOT_REC_START		GENMASK(17, 6)
#define PGHOT_REC_LAST		GENMASK(19, 18)
#define PGHOT_REC_TARGET	GENMASK(24, 20)
#define PGHOT_REC_LEAD		GENMASK(26, 25)
#define PGHOT_REC_OTHERS	GENMASK(29, 27)
#define PGHOT_REC_LATE		BIT(30)
#define PGHOT_REC_QUEUED	BIT(31)

#define PGHOT_MAX_SOURCES	4	/* that a record can tell apart */

/* What base/ counts in fits into the fields. */
static_assert(FIELD_PREP_CONST(PGHOT_REC_FREQ, PGHOT_FREQ_MAX) ==
	      PGHOT_REC_FREQ);
static_assert(FIELD_PREP_CONST(PGHOT_REC_START, PGHOT_BUCKET_MASK) ==
	      PGHOT_REC_START);
static_assert(FIELD_PREP_CONST(PGHOT_REC_TARGET, PGHOT_MAX_TARGETS) ==
	      PGHOT_REC_TARGET);

/* Bucket of the most recent access that @rec knows of; see above for its error. */
static inline u32 pghot_record_time(u32 rec, u32 window)
{
	u32 off = FIELD_GET(PGHOT_REC_LAST, rec) * window / PGHOT_WINDOW_PARTS;

	return (FIELD_GET(PGHOT_REC_START, rec) + off) & PGHOT_BUCKET_MASK;
}

/**
 * pghot_record_freq - frequency of a page at present
 * @rec: its record
 * @now: bucket of the present
 * @window: length of the window in buckets
 *
 * Return: 0 to PGHOT_FREQ_MAX, halved for each window since the last access.
 */
static inline u32 pghot_record_freq(u32 rec, u32 now, u32 window)
{
	u32 age = pghot_bucket_diff(now, pghot_record_time(rec, window));

	return pghot_decay(FIELD_GET(PGHOT_REC_FREQ, rec), age / window);
}

/**
 * pghot_record_sources - who saw a page
 * @rec: its record
 *
 * Return: mask of BIT(enum pghot_source_id), 0 when there is no record.
 */
static inline u32 pghot_record_sources(u32 rec)
{
	u32 mask = FIELD_GET(PGHOT_REC_OTHERS, rec) << 1 | 1;

	/* Around the end of a mask of PGHOT_MAX_SOURCES bits. */
	mask <<= FIELD_GET(PGHOT_REC_LEAD, rec);
	mask |= mask >> PGHOT_MAX_SOURCES;

	return rec ? mask & GENMASK(PGHOT_MAX_SOURCES - 1, 0) : 0;
}

/* The fields for the lead @lead and the sources in @mask, itself among them. */
static inline u32 pghot_record_put_sources(u32 mask, u32 lead)
{
	mask |= mask << PGHOT_MAX_SOURCES;
	mask >>= lead + 1;

	return FIELD_PREP(PGHOT_REC_LEAD, lead) |
	       FIELD_PREP(PGHOT_REC_OTHERS,
			  mask & FIELD_MAX(PGHOT_REC_OTHERS));
}

/* How hot a page is by the first look at it, see below. */
static inline u32 pghot_record_first_look(u32 heat)
{
	return heat > PGHOT_FIRST_LOOK ? heat - PGHOT_FIRST_LOOK : 1;
}

/**
 * pghot_record_report_at - what a record becomes by a report
 * @rec: the record so far, 0 for a page not seen before
 * @now: bucket of the access
 * @window: length of the window in buckets, of the source that leads @rec
 * @own_window: that of @src
 * @src: number of the source that noticed it
 * @weight: how many accesses the report stands for, at least 1
 * @target: compact index of the target node, 0 keeps the one known
 * @single: reports do not add up: @weight is how hot a page is as a single look tells
 *
 * Single looks do not add up, for each tells all by itself, if not reliably: what counts
 * is their mean. There are many more cold pages than hot ones, and of those that a first
 * look finds hot some are there by chance: it counts PGHOT_FIRST_LOOK less, so that only
 * what is very hot is believed at once.
 *
 * Return: the new record, never 0.
 */
static inline u32 pghot_record_report_at(u32 rec, u32 now, u32 window,
					 u32 own_window, unsigned int src,
					 unsigned int weight, unsigned int target,
					 bool single)
{
	u32 freq = FIELD_GET(PGHOT_REC_FREQ, rec);
	u32 lead = FIELD_GET(PGHOT_REC_LEAD, rec);
	u32 start = FIELD_GET(PGHOT_REC_START, rec);
	u32 pos = pghot_bucket_diff(now, start);
	u32 seen = freq;
	u32 late = 0;

	weight = min(weight, PGHOT_FREQ_MAX);
	/* Most accesses are the first or come within the window: no division. */
	if (freq && pos >= window) {
		freq = pghot_decay(freq, pos / window);
		start += pos - pos % window;
		pos %= window;
	}
	if (!freq) {
		start = now;
		pos = 0;
	}

	if (single && (!freq || src == lead)) {
		freq = freq ? (seen + weight + 1) / 2 :
			      pghot_record_first_look(weight);
		lead = src;
	} else if (single) {
		freq = max(freq, pghot_record_first_look(weight));
		late = rec & PGHOT_REC_LATE;
	} else if (!freq || src == lead || (rec & PGHOT_REC_LATE)) {
		lead = src;
		freq = min(freq + weight, PGHOT_FREQ_MAX);
	} else {
		freq = max(freq, weight);
		late = PGHOT_REC_LATE;
	}

	/* A window of another length has to begin anew. */
	if (lead == src && own_window != window) {
		window = own_window;
		start = now;
		pos = 0;
	}
	if (!target)
		target = FIELD_GET(PGHOT_REC_TARGET, rec);

	return FIELD_PREP(PGHOT_REC_FREQ, freq) |
	       FIELD_PREP(PGHOT_REC_START, start & PGHOT_BUCKET_MASK) |
	       FIELD_PREP(PGHOT_REC_LAST, pos * PGHOT_WINDOW_PARTS / window) |
	       FIELD_PREP(PGHOT_REC_TARGET, target) |
	       pghot_record_put_sources(pghot_record_sources(rec) | BIT(src),
					lead) |
	       late | (rec & PGHOT_REC_QUEUED);
}

/* The same for a report that adds up with others. */
static inline u32 pghot_record_access_at(u32 rec, u32 now, u32 window,
					 unsigned int src, unsigned int weight,
					 unsigned int target)
{
	return pghot_record_report_at(rec, now, window, window, src, weight,
				      target, false);
}

#endif /* _MM_PGHOT_RECORD_RECORD_H */
