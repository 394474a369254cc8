// SPDX-License-Identifier: GPL-2.0-only
/* KUnit tests of schedule.h: when passes are due, and what rounds look at. */
#include <kunit/test.h>

#include "source/lruscan/schedule.h"

static void lruscan_passes_are_on_time(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, lruscan_next_pass(1000, 1010, 125, 10), 1125UL);
	KUNIT_EXPECT_EQ(test, lruscan_next_pass(1000, 1013, 125, 10), 1125UL);
	/* Those that were missed are not made up for. */
	KUNIT_EXPECT_EQ(test, lruscan_next_pass(1000, 5010, 125, 10), 5020UL);
	/* Across the end of the clock. */
	KUNIT_EXPECT_EQ(test, lruscan_next_pass(-10UL, -5UL, 125, 5), 115UL);
}

static void lruscan_rests_after_work(struct kunit *test)
{
	/* What is left of the interval is rest enough. */
	KUNIT_EXPECT_EQ(test, lruscan_next_pass(1000, 1062, 125, 62), 1125UL);
	KUNIT_EXPECT_EQ(test, lruscan_next_pass(1000, 1100, 125, 100), 1200UL);
	/* A pass that is longer than the interval is no reason to rest less. */
	KUNIT_EXPECT_EQ(test, lruscan_next_pass(1000, 2000, 125, 1000), 3000UL);
	/* And one that took no time is not followed at once. */
	KUNIT_EXPECT_EQ(test, lruscan_next_pass(1000, 2000, 125, 0), 2001UL);

	KUNIT_EXPECT_EQ(test, lruscan_rest_ns(1000000, 50), 1000000ULL);
	KUNIT_EXPECT_EQ(test, lruscan_rest_ns(1000000, 1), 99000000ULL);
	KUNIT_EXPECT_EQ(test, lruscan_rest_ns(1000000, 100), 0ULL);
	/* A pass of minutes. */
	KUNIT_EXPECT_EQ(test, lruscan_rest_ns(600 * NSEC_PER_SEC, 1),
			59400 * NSEC_PER_SEC);
}

static void lruscan_pays_what_it_owes(struct kunit *test)
{
	static const struct {
		u64 unpaid, rested;
		u32 percent;
		u64 left;
	} cases[] = {
		{ 1000, 1000, 50, 0 },
		{ 1000, 900, 50, 100 },
		{ 1000, 9000, 10, 0 },
		{ 1000, 900, 10, 900 },
		/* Nothing is owed by who may work all the time, and nothing is saved up. */
		{ 1000, 0, 100, 0 },
		{ 1000, 5000, 50, 0 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		KUNIT_EXPECT_EQ(test, cases[i].left,
				lruscan_unpaid_ns(cases[i].unpaid, cases[i].rested,
						  cases[i].percent));
	}
}

/* Passes of @busy_ns each, always late, for a minute; the share that they have. */
static u64 lruscan_share(u64 busy_ns, u32 percent, unsigned int hz)
{
	u64 now = 0, busy = 0, unpaid = 0, jiffy = NSEC_PER_SEC / hz;

	while (now < 60 * NSEC_PER_SEC) {
		u64 rest;

		now += busy_ns;
		busy += busy_ns;
		unpaid += busy_ns;
		rest = max(div64_u64(lruscan_rest_ns(unpaid, percent), jiffy), 1ULL);
		/* From here to the tick at which that many jiffies are over. */
		rest = (div64_u64(now, jiffy) + rest) * jiffy - now;
		unpaid = lruscan_unpaid_ns(unpaid, rest, percent);
		now += rest;
	}
	return div64_u64(busy * 1000, now);
}

static void lruscan_keeps_its_share(struct kunit *test)
{
	static const unsigned int hz[] = { 100, 250, 1000 };
	static const u32 percent[] = { 1, 10, 33, 50, 90 };
	static const u64 busy_us[] = { 30, 700, 5300, 61000 };
	unsigned int h, p, b;

	for (h = 0; h < ARRAY_SIZE(hz); h++) {
		for (p = 0; p < ARRAY_SIZE(percent); p++) {
			for (b = 0; b < ARRAY_SIZE(busy_us); b++) {
				u64 share = lruscan_share(busy_us[b] * NSEC_PER_USEC,
							  percent[p], hz[h]);

				/* In thousandths, a little more for the last pass. */
				KUNIT_EXPECT_LE(test, share, percent[p] * 10 + percent[p] / 2 + 1);
				/* And no less where passes are longer than jiffies. */
				if (busy_us[b] >= 2 * USEC_PER_SEC / hz[h])
					KUNIT_EXPECT_GE(test, share, percent[p] * 9);
			}
		}
	}
}

static void lruscan_follows_a_shorter_interval(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, lruscan_next_pass(16000, 1010, 125, 10), 1135UL);
}

static void lruscan_rounds_come_back_to_all(struct kunit *test)
{
	unsigned long round;

	/* The first round has no filter to go by. */
	KUNIT_EXPECT_TRUE(test, lruscan_is_full_round(1));
	KUNIT_EXPECT_TRUE(test, lruscan_meets_all(1, 0));
	/* And finds what was ever accessed. */
	KUNIT_EXPECT_FALSE(test, lruscan_tells(1));
	KUNIT_EXPECT_TRUE(test, lruscan_tells(2));
	for (round = 2; round <= 64; round++) {
		KUNIT_EXPECT_FALSE(test, lruscan_meets_all(round, LRUSCAN_ALL_MS - 1));
		/* Who meets all looks into all, and that is not for long in coming. */
		KUNIT_EXPECT_EQ(test, lruscan_meets_all(round, LRUSCAN_ALL_MS),
				lruscan_is_full_round(round));
		KUNIT_EXPECT_EQ(test, lruscan_is_full_round(round), round % 4 == 1);
	}
}

/* An hour of rounds of @ms each: how often all are met. */
static unsigned int lruscan_hourly(u32 ms)
{
	unsigned int nr = 0;
	u32 now, last = 0;
	unsigned long round = 1;

	for (now = 0; now < 3600000; now += ms, round++) {
		if (!lruscan_meets_all(round, now - last))
			continue;
		last = now;
		nr++;
	}
	return nr;
}

static void lruscan_lets_sleepers_sleep(struct kunit *test)
{
	/* Whatever the interval is, but not sooner than four rounds. */
	KUNIT_EXPECT_EQ(test, lruscan_hourly(50), 20U);
	KUNIT_EXPECT_EQ(test, lruscan_hourly(500), 20U);
	KUNIT_EXPECT_EQ(test, lruscan_hourly(60000), 15U);

	/* As many as a machine has are asked at each pass, and more of them later. */
	KUNIT_EXPECT_EQ(test, lruscan_interval_ms(500, 0), 500U);
	KUNIT_EXPECT_EQ(test, lruscan_interval_ms(500, 10000), 500U);
	KUNIT_EXPECT_EQ(test, lruscan_interval_ms(500, 100000), 5000U);
	KUNIT_EXPECT_EQ(test, lruscan_interval_ms(50, 1000), 50U);
	KUNIT_EXPECT_EQ(test, lruscan_interval_ms(60000, 100000), 60000U);
}

static void lruscan_filters_have_bounds(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, lruscan_filter_shift(0), 15U);
	/* 2 GiB have 1024 tables, a TiB 512 times as many. */
	KUNIT_EXPECT_EQ(test, lruscan_filter_shift(1024), 15U);
	KUNIT_EXPECT_EQ(test, lruscan_filter_shift(1024 * 512), 22U);
	KUNIT_EXPECT_EQ(test, lruscan_filter_shift(1ULL << 40), 27U);
}

static struct kunit_case pghot_lruscan_cases[] = {
	KUNIT_CASE(lruscan_passes_are_on_time),
	KUNIT_CASE(lruscan_rests_after_work),
	KUNIT_CASE(lruscan_pays_what_it_owes),
	KUNIT_CASE(lruscan_keeps_its_share),
	KUNIT_CASE(lruscan_follows_a_shorter_interval),
	KUNIT_CASE(lruscan_rounds_come_back_to_all),
	KUNIT_CASE(lruscan_lets_sleepers_sleep),
	KUNIT_CASE(lruscan_filters_have_bounds),
	{}
};

static struct kunit_suite pghot_lruscan_suite = {
	.name = "pghot_lruscan",
	.test_cases = pghot_lruscan_cases,
};

kunit_test_suite(pghot_lruscan_suite);

MODULE_DESCRIPTION("KUnit tests of when pghot's lruscan looks at what");
MODULE_LICENSE("GPL");
