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
#ifndef _MM_PGHOT_RECORD_H
#define _MM_PGHOT_RECORD_H

#include <linux/bitfield.h>
#include <linux/jiffies.h>
#include <linux/log2.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/types.h>
#include <uapi/linux/pghot.h>

#define PGHOT_REC_FREQ		GENMASK(5, 0)
#define PGHOT_REC_START		GENMASK(17, 6)
#define PGHOT_REC_LAST		GENMASK(19, 18)
#define PGHOT_REC_TARGET	GENMASK(24, 20)
#define PGHOT_REC_LEAD		GENMASK(26, 25)
#define PGHOT_REC_OTHERS	GENMASK(29, 27)
#define PGHOT_REC_LATE		BIT(30)
#define PGHOT_REC_QUEUED	BIT(31)

#define PGHOT_FREQ_MAX		63U
#define PGHOT_BUCKET_SHIFT	8	/* 256 ms */
#define PGHOT_BUCKET_MS		BIT(PGHOT_BUCKET_SHIFT)
#define PGHOT_BUCKET_MASK	FIELD_MAX(PGHOT_REC_START)
#define PGHOT_MAX_TARGETS	31	/* indices 1 to 31 */
#define PGHOT_MAX_SOURCES	4	/* that a record can tell apart */
#define PGHOT_WINDOW_PARTS	4

/* The weight of one hint fault is bounded so that it cannot saturate alone. */
#define PGHOT_HINT_WEIGHT_MAX	8U

/* Looks within which a page that is accessed all the time has to become hot. */
#define PGHOT_SCAN_LOOKS	8

/**
 * pghot_bucket - the time bucket that a moment falls into
 * @when: jiffies
 *
 * jiffies_to_msecs() wraps at 2^32 ms, a multiple of the period of buckets.
 *
 * Return: 0 to PGHOT_BUCKET_MASK.
 */
static inline u32 pghot_bucket(unsigned long when)
{
	return (jiffies_to_msecs(when) >> PGHOT_BUCKET_SHIFT) &
	       PGHOT_BUCKET_MASK;
}

/**
 * pghot_window_buckets - length of the window in time buckets
 * @window_ms: PGHOT_WINDOW_MS_MIN to PGHOT_WINDOW_MS_MAX
 *
 * Return: at least 1.
 */
static inline u32 pghot_window_buckets(u32 window_ms)
{
	return max((window_ms + PGHOT_BUCKET_MS / 2) >> PGHOT_BUCKET_SHIFT, 1U);
}

/* Buckets from @then to @now, across the wrap. */
static inline u32 pghot_bucket_diff(u32 now, u32 then)
{
	return (now - then) & PGHOT_BUCKET_MASK;
}

/* Halve @freq once for each of @windows. */
static inline u32 pghot_decay(u32 freq, u32 windows)
{
	return windows < 32 ? freq >> windows : 0;
}

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

/**
 * pghot_record_access_at - what a record becomes by an access
 * @rec: the record so far, 0 for a page not seen before
 * @now: bucket of the access
 * @window: length of the window in buckets
 * @src: number of the source that noticed it
 * @weight: how many accesses the report stands for, at least 1
 * @target: compact index of the target node, 0 keeps the one known
 *
 * Return: the new record, never 0.
 */
static inline u32 pghot_record_access_at(u32 rec, u32 now, u32 window,
					 unsigned int src, unsigned int weight,
					 unsigned int target)
{
	u32 freq = FIELD_GET(PGHOT_REC_FREQ, rec);
	u32 lead = FIELD_GET(PGHOT_REC_LEAD, rec);
	u32 start = FIELD_GET(PGHOT_REC_START, rec);
	u32 pos = pghot_bucket_diff(now, start);
	u32 late = 0;

	weight = min(weight, PGHOT_FREQ_MAX);
	freq = pghot_decay(freq, pos / window);
	if (freq) {
		start += pos - pos % window;
		pos %= window;
	} else {
		start = now;
		pos = 0;
	}

	if (!freq || src == lead || (rec & PGHOT_REC_LATE)) {
		lead = src;
		freq = min(freq + weight, PGHOT_FREQ_MAX);
	} else {
		freq = max(freq, weight);
		late = PGHOT_REC_LATE;
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

/**
 * pghot_hint_weight - how many accesses a hint fault stands for
 * @latency_ms: time from unmapping the page for the hint to the fault
 * @hot_ms: latency below which the fault is evidence of more than itself
 *
 * A page that is accessed at a rate r is hit within a time x after an
 * arbitrary moment with probability 1 - exp(-r x): always, if it is hot, and
 * about r x if it is cold. Each halving of the latency halves the odds that
 * the page is a cold one after all. Evidence of independent faults multiplies,
 * so its logarithm adds up, as frequencies do: a fault within @hot_ms counts as
 * two accesses, and as one more for each halving of the latency below it.
 *
 * Return: 1 to PGHOT_HINT_WEIGHT_MAX.
 */
static inline unsigned int pghot_hint_weight(u32 latency_ms, u32 hot_ms)
{
	if (latency_ms >= hot_ms)
		return 1;

	return min(2 + ilog2(hot_ms / (latency_ms + 1)),
		   (int)PGHOT_HINT_WEIGHT_MAX);
}

/*
 * Does a page become hot, at the default threshold, that is found accessed at
 * every look? The first one comes @phase ms after the beginning of a bucket.
 */
static inline bool pghot_scan_finds(u32 interval_ms, u32 window,
				    unsigned int weight, u32 phase)
{
	u32 look, rec = 0;
	u64 ms = phase;

	for (look = 0; look < PGHOT_SCAN_LOOKS; look++, ms += interval_ms) {
		rec = pghot_record_access_at(rec, (ms >> PGHOT_BUCKET_SHIFT) &
					     PGHOT_BUCKET_MASK, window, 0,
					     weight, 0);
		if (FIELD_GET(PGHOT_REC_FREQ, rec) >=
		    PGHOT_FREQ_THRESHOLD_DEFAULT)
			return true;
	}
	return false;
}

/**
 * pghot_scan_weight - how many accesses an accessed bit stands for
 * @interval_ms: time since the bit was last looked at and cleared
 * @window: length of the window in buckets
 *
 * An accessed bit tells that there was an access in the interval, one or a
 * million. A page that is accessed at a rate r, at random, is found accessed
 * after a time t with the probability 1 - exp(-r t): always if it is hot, and
 * about r t if it is cold. So no weight that is given to a single look can tell
 * the two apart; their number can. Looks are as good as independent, and k of
 * them in succession let a cold page through with the probability (r t)^k.
 *
 * The weight is chosen to have k as large as records allow: it is the least with
 * which a page that is found accessed at every look becomes hot at all, within
 * PGHOT_SCAN_LOOKS of them and wherever these fall into buckets. It is found by
 * trying, with the function that records really use. At the default window of
 * 4 s it is 1 up to an interval of a half second and takes eight looks, 2 up to
 * 1.7 s (four looks), 3 up to 3.4 s, and 5 when the interval is the window, which
 * takes three looks. A page that is found accessed at every other look settles
 * just below the threshold, unless that is eight times per window nevertheless.
 *
 * When looks are more than a window apart a record has forgotten one when the
 * next comes: it could not tell a page that is accessed all the time from any
 * other. Then the weight is 1, which makes no page hot by itself.
 *
 * Return: 1 to PGHOT_FREQ_THRESHOLD_DEFAULT.
 */
static inline unsigned int pghot_scan_weight(u32 interval_ms, u32 window)
{
	unsigned int weight;
	u32 phase;

	if (interval_ms > window << PGHOT_BUCKET_SHIFT)
		return 1;

	for (weight = 1; weight < PGHOT_FREQ_THRESHOLD_DEFAULT; weight++) {
		for (phase = PGHOT_BUCKET_MS / 8; phase <= PGHOT_BUCKET_MS;
		     phase += PGHOT_BUCKET_MS / 8) {
			if (!pghot_scan_finds(interval_ms, window, weight,
					      phase - 1))
				break;
		}
		if (phase > PGHOT_BUCKET_MS)
			break;
	}
	return weight;
}

/**
 * pghot_scan_smooth - time between looks, as it is lately
 * @before: the same until now, in ms; 0 when there was none
 * @last: the last time between two looks, in ms
 *
 * A record adds up several looks. A weight that followed each single time, of a
 * daemon that is late now and then, would fit none of them.
 */
static inline u32 pghot_scan_smooth(u32 before, u32 last)
{
	return before ? ((u64)before * 3 + last) / 4 : last;
}

#endif /* _MM_PGHOT_RECORD_H */
