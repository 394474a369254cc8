/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot: how many accesses a report stands for.
 *
 * A hint fault and an accessed bit say different things about how often a page is
 * accessed. What each adds to a record is derived here, in one place; what a sample of
 * the hardware adds is in source/hwhint/evidence.h. The functions are pure, and may be
 * called from any context.
 */
#ifndef _MM_PGHOT_RECORD_WEIGHT_H
#define _MM_PGHOT_RECORD_WEIGHT_H

#include <linux/log2.h>
#include <linux/minmax.h>
#include <uapi/linux/pghot.h>

#include "record/record.h"

/* Looks within which a page that is accessed all the time has to become hot. */
#define PGHOT_SCAN_LOOKS	8

/* Heat that each halving of the latency of a hint fault makes. */
#define PGHOT_HINT_STEPS	2

/**
 * pghot_hint_heat - how hot a page is, as the latency of one hint fault tells
 * @latency_ms: time from unmapping the page for the hint to the fault
 * @hot_ms: latency up to which the page is hot
 * @threshold: heat that makes a page hot
 *
 * The time from an arbitrary moment to the next access of a page that is accessed at a
 * rate r is 1/r on average: the latency is the evidence, and tells the rate up to the
 * chance of a single draw. Each halving of it is a doubling of the rate that is most
 * likely, and makes the page hotter by PGHOT_HINT_STEPS: so heat orders pages by latency,
 * from a millisecond to a second or more, and what promotion asks for is a latency that
 * follows the room there is. NUMA balancing compares the same latency with a threshold
 * that it adjusts to its rate limit.
 *
 * Return: @threshold and more for a latency up to @hot_ms, else 1; PGHOT_FREQ_MAX at
 * most.
 */
static inline unsigned int pghot_hint_heat(u32 latency_ms, u32 hot_ms,
					   u32 threshold)
{
	u32 ratio;

	if (latency_ms > hot_ms)
		return 1;

	/* Steps of a half octave: of the square of the ratio. */
	ratio = hot_ms / (latency_ms + 1);
	return min(threshold + (ratio ? ilog2((u64)ratio * ratio) : 0),
		   PGHOT_FREQ_MAX);
}

/*
 * Does a page become hot that is found accessed at each of @looks? The first one comes
 * @phase ms after the beginning of a bucket.
 */
static inline bool pghot_scan_finds(u32 interval_ms, u32 window, u32 threshold,
				    u32 looks, unsigned int weight, u32 phase)
{
	u32 look, rec = 0;
	u64 ms = phase;

	for (look = 0; look < looks; look++, ms += interval_ms) {
		rec = pghot_record_access_at(rec, (ms >> PGHOT_BUCKET_SHIFT) &
					     PGHOT_BUCKET_MASK, window, 0,
					     weight, 0);
		if (FIELD_GET(PGHOT_REC_FREQ, rec) >= threshold)
			return true;
	}
	return false;
}

/**
 * pghot_scan_weight_in - how many accesses an accessed bit stands for
 * @interval_ms: time since the bit was last looked at and cleared
 * @window: length of the window in buckets
 * @threshold: heat that makes a page hot, 1 to PGHOT_FREQ_MAX
 * @looks: looks within which a page that is accessed all the time has to become hot
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
 * @looks of them and wherever these fall into buckets if the window is as long as
 * the interval, and within half as many more if it is shorter. It is found by trying,
 * with the function that records really use. At the default window of 4 s, and within
 * PGHOT_SCAN_LOOKS, it is 1 up to an interval of a half second and takes eight looks,
 * 2 up to 1.7 s (four looks), and 3 up to 2 s, from where on the window follows the
 * interval, see base/window.c. A page that is found accessed at every other look
 * settles just below the threshold, unless that is eight times per window
 * nevertheless.
 *
 * Where not even a window can be as long as an interval a single look has to do.
 *
 * Return: 1 to @threshold; with that a page becomes hot which is accessed all the time.
 */
static inline unsigned int pghot_scan_weight_in(u32 interval_ms, u32 window,
						u32 threshold, u32 looks)
{
	unsigned int weight;
	u32 phase;

	for (weight = 1; weight < threshold; weight++) {
		for (phase = PGHOT_BUCKET_MS / 8; phase <= PGHOT_BUCKET_MS;
		     phase += PGHOT_BUCKET_MS / 8) {
			if (!pghot_scan_finds(interval_ms, window, threshold,
					      looks, weight, phase - 1))
				break;
		}
		if (phase > PGHOT_BUCKET_MS)
			break;
	}
	return weight;
}

/* The same for looks that go on without end. */
static inline unsigned int pghot_scan_weight(u32 interval_ms, u32 window,
					     u32 threshold)
{
	return pghot_scan_weight_in(interval_ms, window, threshold,
				    PGHOT_SCAN_LOOKS);
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
