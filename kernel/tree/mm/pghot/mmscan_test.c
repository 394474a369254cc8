// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests of mmscan.h: how the period of passes follows what they find, what
 * a scan scale makes of it, and what a young page counts.
 */
#include <kunit/test.h>
#include <linux/mm_types.h>
#include <linux/prctl.h>

#include "internal.h"
#include "mmscan.h"

#define MIN_MS	PGHOT_MMSCAN_SCAN_PERIOD_MIN_MS_DEFAULT
#define MAX_MS	PGHOT_MMSCAN_SCAN_PERIOD_MAX_MS_DEFAULT

/* ---- the period ------------------------------------------------------------ */

static void mmscan_accesses_shorten_the_period(struct kunit *test)
{
	/* At once to where a sleeper is watched, within the bound. */
	KUNIT_EXPECT_EQ(test, mmscan_shorter(MAX_MS, 1000, 1000, MIN_MS),
			(u32)MAX_MS / 4);
	KUNIT_EXPECT_EQ(test, mmscan_shorter(3 * MIN_MS, 1000, 1000, MIN_MS),
			(u32)MIN_MS);
	KUNIT_EXPECT_EQ(test, mmscan_shorter(MIN_MS, 1000, 1000, MIN_MS),
			(u32)MIN_MS);

	/* None, or next to none, do not; a single one of few pages does. */
	KUNIT_EXPECT_EQ(test, mmscan_shorter(8000, 65536, 0, MIN_MS), 8000U);
	KUNIT_EXPECT_EQ(test, mmscan_shorter(8000, 0, 0, MIN_MS), 8000U);
	KUNIT_EXPECT_EQ(test, mmscan_shorter(8000, 65536, 255, MIN_MS), 8000U);
	KUNIT_EXPECT_EQ(test, mmscan_shorter(8000, 65536, 256, MIN_MS), 2000U);
	KUNIT_EXPECT_EQ(test, mmscan_shorter(8000, 7, 1, MIN_MS), 2000U);
}

static void mmscan_silence_lengthens_the_period(struct kunit *test)
{
	u32 period = MIN_MS;
	int passes = 0;

	KUNIT_EXPECT_EQ(test, mmscan_longer(1000, 1, MAX_MS), 1000U);
	KUNIT_EXPECT_EQ(test, mmscan_longer(MAX_MS, 0, MAX_MS), (u32)MAX_MS);
	/* Parameters may have been changed meanwhile. */
	KUNIT_EXPECT_EQ(test, mmscan_longer(MAX_MS, 0, 500), 500U);
	KUNIT_EXPECT_EQ(test, mmscan_longer(MAX_MS, 1, 500), 500U);

	while (period < MAX_MS && passes < 100) {
		u32 before = period;

		period = mmscan_longer(period, 0, MAX_MS);
		KUNIT_ASSERT_GT(test, period, before);
		passes++;
	}
	KUNIT_EXPECT_EQ(test, period, (u32)MAX_MS);
	KUNIT_EXPECT_LE(test, passes, 8);
	/* Even from the least there is. */
	KUNIT_EXPECT_EQ(test, mmscan_longer(1, 0, MAX_MS), 2U);
}

static void mmscan_smooth_follows(struct kunit *test)
{
	u32 ms = mmscan_smooth(0, 1000);
	int i;

	KUNIT_EXPECT_EQ(test, ms, 1000U);
	/* Not much, and then all the way. */
	KUNIT_EXPECT_EQ(test, mmscan_smooth(ms, 4000), 1750U);
	for (i = 0; i < 30; i++)
		ms = mmscan_smooth(ms, 4000);
	KUNIT_EXPECT_GE(test, ms, 3990U);
	KUNIT_EXPECT_EQ(test, mmscan_smooth(UINT_MAX, UINT_MAX), UINT_MAX);
}

/* ---- the scale --------------------------------------------------------------- */

static void mmscan_scale_divides(struct kunit *test)
{
	u32 scale, before = UINT_MAX;

	KUNIT_EXPECT_EQ(test, mmscan_scaled(MAX_MS, 1, MIN_MS), (u32)MAX_MS);
	for (scale = 1; scale <= PGHOT_SCAN_SCALE_MAX; scale++) {
		u32 ms = mmscan_scaled(MAX_MS, scale, MIN_MS);

		KUNIT_EXPECT_LT(test, ms, before);
		KUNIT_EXPECT_GE(test, ms, (u32)MIN_MS);
		before = ms;
	}
	/* No process gets below what the administrator allows. */
	KUNIT_EXPECT_EQ(test, mmscan_scaled(4 * MIN_MS, 10, MIN_MS),
			(u32)MIN_MS);
	/* And none is slowed down by the bound. */
	KUNIT_EXPECT_EQ(test, mmscan_scaled(500, 10, MIN_MS), 500U);
	KUNIT_EXPECT_EQ(test, mmscan_scaled(0, 10, MIN_MS), 0U);
}

static void mmscan_scale_is_inherited(struct kunit *test)
{
	struct mm_struct *mm = kunit_kzalloc(test, sizeof(*mm), GFP_KERNEL);
	struct mm_struct *next = kunit_kzalloc(test, sizeof(*mm), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, mm);
	KUNIT_ASSERT_NOT_NULL(test, next);

	/* As mm_alloc() does. */
	pghot_mm_init(mm);
	KUNIT_EXPECT_EQ(test, mmscan_scale(mm),
			(u32)PGHOT_SCAN_SCALE_DEFAULT);

	/* As prctl() and then dup_mm() do. */
	mm->pghot.scale = 0 + 1;
	mm->pghot.exec_scale = 7 + 1;
	mm->pghot.passes = 5;
	mm->pghot.period_ms = 77;
	*next = *mm;
	pghot_mm_init(next);
	KUNIT_EXPECT_EQ(test, mmscan_scale(next), 0U);
	KUNIT_EXPECT_EQ(test, next->pghot.exec_scale, 8);
	KUNIT_EXPECT_EQ(test, next->pghot.passes, 0U);
	KUNIT_EXPECT_EQ(test, next->pghot.period_ms, 0U);

	/* As execve() does: what was asked for, for once. */
	memset(next, 0, sizeof(*next));
	pghot_mm_init(next);
	pghot_mm_exec(next, mm);
	KUNIT_EXPECT_EQ(test, mmscan_scale(next), 7U);
	pghot_mm_exec(mm, next);
	KUNIT_EXPECT_EQ(test, mmscan_scale(mm),
			(u32)PGHOT_SCAN_SCALE_DEFAULT);
	pghot_mm_exec(next, NULL);
	KUNIT_EXPECT_EQ(test, mmscan_scale(next),
			(u32)PGHOT_SCAN_SCALE_DEFAULT);
}

/* ---- the weight ---------------------------------------------------------------- */

/* Visits every @interval after which a page is hot that is young at every @nth. */
static u32 visits_until_hot(u32 interval, u32 window, u32 weight, u32 nth)
{
	u32 visit, rec = 0;

	for (visit = 0; visit < 200; visit++) {
		if (visit % nth)
			continue;
		rec = pghot_record_access_at(rec, visit * interval &
						  PGHOT_BUCKET_MASK,
					     window, PGHOT_SOURCE_ID_MMSCAN,
					     weight, 0);
		if (FIELD_GET(PGHOT_REC_FREQ, rec) >=
		    PGHOT_FREQ_THRESHOLD_DEFAULT)
			return visit + 1;
	}
	return UINT_MAX;
}

/* At the default window: four visits a second apart, and what else is promised. */
static void mmscan_weight_at_defaults(struct kunit *test)
{
	u32 window = pghot_window_buckets(PGHOT_WINDOW_MS_DEFAULT);
	u32 second = DIV_ROUND_UP(1000, PGHOT_BUCKET_MS);

	KUNIT_EXPECT_EQ(test, mmscan_weight(second, window), 2U);
	/* The daemon is a little late, at times. */
	KUNIT_EXPECT_EQ(test, mmscan_weight(second + 1, window), 2U);
	KUNIT_EXPECT_EQ(test, visits_until_hot(second, window, 2, 1), 4U);
	KUNIT_EXPECT_EQ(test, visits_until_hot(second, window, 2, 2),
			UINT_MAX);

	KUNIT_EXPECT_EQ(test, mmscan_weight(second / 2, window), 1U);
	KUNIT_EXPECT_EQ(test, mmscan_weight(window, window), 5U);
	KUNIT_EXPECT_EQ(test, mmscan_weight(window + 1, window), 1U);
	KUNIT_EXPECT_EQ(test, mmscan_weight(0, window), 1U);
}

/* Whatever the times are: always young is hot, at every other visit it is not. */
static void mmscan_weight_at_any_times(struct kunit *test)
{
	u32 window, interval;

	for (window = pghot_window_buckets(PGHOT_WINDOW_MS_MIN);
	     window <= pghot_window_buckets(PGHOT_WINDOW_MS_MAX);
	     window += 1 + window / 16) {
		for (interval = 1; interval <= window; interval++) {
			u32 weight = mmscan_weight(interval, window);
			u32 visits = visits_until_hot(interval, window,
						      weight, 1);

			KUNIT_ASSERT_LE(test, visits, (u32)MMSCAN_VISITS);
			KUNIT_ASSERT_GE(test, visits, 2U);
			if (interval * 4 > window)
				continue;
			KUNIT_ASSERT_GE(test, visits, 4U);
		}
		/* Further apart no number of visits makes a page hot. */
		KUNIT_ASSERT_EQ(test,
				visits_until_hot(window + 1, window,
						 mmscan_weight(window + 1,
							       window), 1),
				UINT_MAX);
	}
}

/* ---- what would be displaced ------------------------------------------------------ */

static void mmscan_displaces_what_is_colder(struct kunit *test)
{
	/* All hot, or nearly: nothing to gain. */
	KUNIT_EXPECT_FALSE(test, mmscan_worthwhile(0, 1000));
	KUNIT_EXPECT_FALSE(test, mmscan_worthwhile(100, 1000));
	/* A hot set that fits, and one that mostly does. */
	KUNIT_EXPECT_TRUE(test, mmscan_worthwhile(1000, 1000));
	KUNIT_EXPECT_TRUE(test, mmscan_worthwhile(250, 1000));
	/* Nothing is known yet. */
	KUNIT_EXPECT_TRUE(test, mmscan_worthwhile(0, 0));
}

static struct kunit_case pghot_mmscan_cases[] = {
	KUNIT_CASE(mmscan_accesses_shorten_the_period),
	KUNIT_CASE(mmscan_silence_lengthens_the_period),
	KUNIT_CASE(mmscan_smooth_follows),
	KUNIT_CASE(mmscan_scale_divides),
	KUNIT_CASE(mmscan_scale_is_inherited),
	KUNIT_CASE(mmscan_weight_at_defaults),
	KUNIT_CASE(mmscan_weight_at_any_times),
	KUNIT_CASE(mmscan_displaces_what_is_colder),
	{}
};

static struct kunit_suite pghot_mmscan_suite = {
	.name = "pghot_mmscan",
	.test_cases = pghot_mmscan_cases,
};

kunit_test_suite(pghot_mmscan_suite);

MODULE_DESCRIPTION("KUnit tests of pghot's scans of address spaces");
MODULE_LICENSE("GPL");
