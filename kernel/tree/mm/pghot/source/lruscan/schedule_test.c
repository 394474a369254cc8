// SPDX-License-Identifier: GPL-2.0-only
/* KUnit tests of schedule.h: when passes are due, and what rounds look at. */
#include <kunit/test.h>

#include "source/lruscan/schedule.h"

static void lruscan_passes_are_on_time(struct kunit *test)
{
	/* As if the last one had begun when it was due. */
	KUNIT_EXPECT_EQ(test, lruscan_next_pass(1000, 1000, 1010, 125), 1125UL);
	KUNIT_EXPECT_EQ(test, lruscan_next_pass(1000, 1003, 1013, 125), 1125UL);
	/* Those that were missed are not made up for. */
	KUNIT_EXPECT_EQ(test, lruscan_next_pass(1000, 5000, 5010, 125), 5020UL);
	/* Across the end of the clock. */
	KUNIT_EXPECT_EQ(test, lruscan_next_pass(-10UL, -10UL, -5UL, 125), 115UL);
}

static void lruscan_rests_as_long_as_it_worked(struct kunit *test)
{
	/* Up to half of the interval there is rest enough. */
	KUNIT_EXPECT_EQ(test, lruscan_next_pass(1000, 1000, 1062, 125), 1125UL);
	KUNIT_EXPECT_EQ(test, lruscan_next_pass(1000, 1000, 1100, 125), 1200UL);
	/* A pass that is longer than the interval is no reason to rest less. */
	KUNIT_EXPECT_EQ(test, lruscan_next_pass(1000, 1000, 2000, 125), 3000UL);
	/* And one that took no time is not followed at once. */
	KUNIT_EXPECT_EQ(test, lruscan_next_pass(1000, 2000, 2000, 125), 2001UL);
}

static void lruscan_follows_a_shorter_interval(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, lruscan_next_pass(16000, 1000, 1010, 125), 1135UL);
}

static void lruscan_rounds_come_back_to_all(struct kunit *test)
{
	unsigned long round;

	/* The first round has no filter to go by. */
	KUNIT_EXPECT_TRUE(test, lruscan_is_full_round(1));
	KUNIT_EXPECT_TRUE(test, lruscan_meets_all(1));
	for (round = 2; round <= 64; round++) {
		/* Who meets all looks into all. */
		if (lruscan_meets_all(round))
			KUNIT_EXPECT_TRUE(test, lruscan_is_full_round(round));
	}
	KUNIT_EXPECT_FALSE(test, lruscan_is_full_round(2));
	KUNIT_EXPECT_TRUE(test, lruscan_is_full_round(5));
	KUNIT_EXPECT_FALSE(test, lruscan_meets_all(5));
	KUNIT_EXPECT_TRUE(test, lruscan_meets_all(17));
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
	KUNIT_CASE(lruscan_rests_as_long_as_it_worked),
	KUNIT_CASE(lruscan_follows_a_shorter_interval),
	KUNIT_CASE(lruscan_rounds_come_back_to_all),
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
