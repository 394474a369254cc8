/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot: how far apart the samples of one CPU are.
 *
 * The rate at which a CPU makes events varies by orders of magnitude between
 * idle and busy, and so would the rate of samples with a fixed period. The
 * period that was asked for is therefore a lower bound: samples are counted in
 * short stretches, and the period is scaled by how much the rate of a stretch
 * was off. Down again it goes by the same rule, as the CPU calms down.
 *
 * A stretch ends after a number of samples or some time, whichever is sooner:
 * the one bounds how long a burst goes on unnoticed, to 16 samples per step of
 * 16 times the period, far less than what perf allows per tick before it
 * throttles an event; the other how late a slow rate is noticed.
 *
 * All of this happens in the handler of a sample, on the CPU that it is about:
 * there is no timer, and an idle CPU does nothing.
 */
#ifndef _MM_PGHOT_HWHINT_RATE_H
#define _MM_PGHOT_HWHINT_RATE_H

#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/time64.h>
#include <linux/types.h>
#include <uapi/linux/pghot.h>

#define PGHOT_HW_STRETCH_SAMPLES	16
#define PGHOT_HW_STRETCH_NS		(100 * NSEC_PER_MSEC)

/* Samples of one CPU that wait to be looked at, at most; a power of two. */
#define PGHOT_HW_RING_SIZE		512

/* Most that one stretch may lengthen or shorten the period by. */
#define PGHOT_HW_LENGTHEN_MAX		16
#define PGHOT_HW_SHORTEN_MAX		4

/**
 * struct pghot_hw_rate - the rate of samples of one CPU
 * @began_ns: when the present stretch began, 0 before the first sample
 * @samples: in it
 */
struct pghot_hw_rate {
	u64 began_ns;
	u32 samples;
};

/**
 * pghot_hw_next_period - the period after a sample
 * @rate: of the CPU
 * @now_ns: time of the sample, of a clock that does not go backwards much
 * @period: at present
 * @floor: shortest period; results are multiples of 16 if it is one
 * @per_sec: samples per second that are wanted at most, at least 1
 *
 * Context: any, on the CPU that @rate is about.
 * Return: @period, or another one, from @floor to PGHOT_SAMPLE_PERIOD_MAX.
 */
static inline u64 pghot_hw_next_period(struct pghot_hw_rate *rate, u64 now_ns,
				       u64 period, u64 floor, u32 per_sec)
{
	u64 elapsed, scale;

	if (!rate->began_ns || now_ns <= rate->began_ns) {
		rate->began_ns = now_ns;
		rate->samples = 0;
		return period;
	}
	elapsed = now_ns - rate->began_ns;
	if (++rate->samples < PGHOT_HW_STRETCH_SAMPLES &&
	    elapsed < PGHOT_HW_STRETCH_NS)
		return period;

	/* In 64ths: rate seen over rate wanted. A second says all there is. */
	elapsed = min_t(u64, elapsed, NSEC_PER_SEC);
	scale = div64_u64(64ULL * NSEC_PER_SEC * rate->samples,
			  elapsed * per_sec);
	rate->began_ns = now_ns;
	rate->samples = 0;

	/* Noise of a stretch: let it be. */
	if (scale > 48 && scale < 80)
		return period;

	scale = clamp_t(u64, scale, 64 / PGHOT_HW_SHORTEN_MAX,
			64 * PGHOT_HW_LENGTHEN_MAX);
	period = clamp_t(u64, period * scale / 64, floor,
			 PGHOT_SAMPLE_PERIOD_MAX);
	/* IBS has no finer ones. */
	return floor % 16 ? period : period & ~15ULL;
}

#endif /* _MM_PGHOT_HWHINT_RATE_H */
