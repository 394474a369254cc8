// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests of hwhint_rate.h: that the rate of samples is held, however fast
 * the CPU makes events, and how soon.
 */
#include <kunit/test.h>
#include <linux/math64.h>

#include "source/hwhint/rate.h"

#define START	(987654321ULL * NSEC_PER_MSEC)

/* A CPU that makes events at a given rate, and its samples. */
struct machine {
	struct pghot_hw_rate rate;
	u64 now_ns;
	u64 period;
	u64 floor;
	u32 wanted;
};

/* Run for @ms at @events per second; the samples that this made. */
static u64 run(struct machine *m, u64 events, u64 ms)
{
	u64 end = m->now_ns + ms * NSEC_PER_MSEC, samples = 0;

	for (;;) {
		/* period events take so long */
		u64 step = mul_u64_u64_div_u64(m->period, NSEC_PER_SEC, events);

		if (m->now_ns + step > end)
			break;
		m->now_ns += max(step, 1ULL);
		m->period = pghot_hw_next_period(&m->rate, m->now_ns,
						 m->period, m->floor,
						 m->wanted);
		samples++;
	}
	m->now_ns = end;
	return samples;
}

/* From a slow clock to a fast one: the rate asked for is met within a quarter. */
static void rate_is_held(struct kunit *test)
{
	static const u64 speeds[] = {
		20000000, 300000000, 1000000000, 8000000000ULL,
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(speeds); i++) {
		struct machine m = {
			.now_ns = START, .period = 4096, .floor = 4096,
			.wanted = 1000,
		};
		u64 samples;

		run(&m, speeds[i], 100);
		samples = run(&m, speeds[i], 10000);
		KUNIT_EXPECT_GT(test, samples, 7500ULL);
		KUNIT_EXPECT_LT(test, samples, 12500ULL);
	}
}

/* What a burst may cost before it is noticed; perf allows 400 in a tick. */
static void rate_stops_bursts(struct kunit *test)
{
	struct machine m = {
		.now_ns = START, .period = 4096, .floor = 4096, .wanted = 4000,
	};

	KUNIT_EXPECT_LT(test, run(&m, 8000000000ULL, 4), 100ULL);
	/* And one out of idleness, with the period down to where it began. */
	run(&m, 1000000, 10000);
	KUNIT_EXPECT_EQ(test, m.period, 4096ULL);
	KUNIT_EXPECT_LT(test, run(&m, 8000000000ULL, 4), 100ULL);
}

/* A slow CPU is sampled as often as it was asked for, not more. */
static void rate_keeps_the_floor(struct kunit *test)
{
	struct machine m = {
		.now_ns = START, .period = 1000, .floor = 1000, .wanted = 100000,
	};

	KUNIT_EXPECT_EQ(test, run(&m, 1000000, 1000), 1000ULL);
	KUNIT_EXPECT_EQ(test, m.period, 1000ULL);
}

/* After a long time asleep the first sample brings the period down again. */
static void rate_recovers(struct kunit *test)
{
	struct machine m = {
		.now_ns = START, .period = 4096, .floor = 4096, .wanted = 1000,
	};
	u64 busy, seen;

	run(&m, 8000000000ULL, 100);
	busy = m.period;
	KUNIT_EXPECT_GT(test, busy, 1000000ULL);
	seen = run(&m, 10000000, 5000);
	KUNIT_EXPECT_LT(test, m.period, 20000ULL);
	KUNIT_EXPECT_GT(test, seen, 2500ULL);
	KUNIT_EXPECT_LT(test, seen, 6000ULL);
}

/* IBS takes multiples of 16 only; and nothing is longer than the longest. */
static void rate_stays_in_range(struct kunit *test)
{
	struct pghot_hw_rate rate = {};
	u64 period = 4096 + 16, now = START;
	int i;

	for (i = 0; i < 1000; i++) {
		now += 100 + i;
		period = pghot_hw_next_period(&rate, now, period, 4096 + 16, 10);
		KUNIT_ASSERT_EQ(test, period % 16, 0ULL);
		KUNIT_ASSERT_LE(test, period, (u64)PGHOT_SAMPLE_PERIOD_MAX);
	}
	KUNIT_EXPECT_EQ(test, period, (u64)PGHOT_SAMPLE_PERIOD_MAX);

	/* A clock that stands still, or goes back, changes nothing. */
	KUNIT_EXPECT_EQ(test,
			pghot_hw_next_period(&rate, now, 64, 16, 10), 64ULL);
	KUNIT_EXPECT_EQ(test,
			pghot_hw_next_period(&rate, now - 1000, 64, 16, 10),
			64ULL);
}

static struct kunit_case rate_cases[] = {
	KUNIT_CASE(rate_is_held),
	KUNIT_CASE(rate_stops_bursts),
	KUNIT_CASE(rate_keeps_the_floor),
	KUNIT_CASE(rate_recovers),
	KUNIT_CASE(rate_stays_in_range),
	{}
};

static struct kunit_suite rate_suite = {
	.name = "pghot_hwhint_rate",
	.test_cases = rate_cases,
};

kunit_test_suite(rate_suite);
