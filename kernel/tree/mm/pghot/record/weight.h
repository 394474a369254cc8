/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot: how many accesses a report stands for.
 *
 * A hint fault and an accessed bit say different things about how often a page is
 * accessed. What each adds to a record is derived here, in one place. The functions
 * are pure, and may be called from any context.
 */
#ifndef _MM_PGHOT_RECORD_WEIGHT_H
#define _MM_PGHOT_RECORD_WEIGHT_H

#include <linux/log2.h>
#include <linux/minmax.h>
#include <uapi/linux/pghot.h>

#include "record/record.h"

/* The weight of one hint fault is bounded so that it cannot saturate alone. */
#define PGHOT_HINT_WEIGHT_MAX	8U

/* Looks within which a page that is accessed all the time has to become hot. */
#define PGHOT_SCAN_LOOKS	8

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

#endif /* _MM_PGHOT_RECORD_WEIGHT_H */
