// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests of mmscan.h: how the period of passes follows what they find, and what
 * a scan scale makes of it.
 */
#include <kunit/test.h>
#include <linux/mm_types.h>
#include <linux/pghot.h>
#include <linux/prctl.h>

#include "source/mmscan/mmscan.h"
#include "source/mmscan/schedule.h"

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

static void mmscan_chunks_fill_the_period(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, mmscan_chunk_ms(1000, 0, 64), 0ULL);
	KUNIT_EXPECT_EQ(test, mmscan_chunk_ms(1000, 32, 64), 500ULL);
	KUNIT_EXPECT_EQ(test, mmscan_chunk_ms(1000, 64, 64), 1000ULL);
	/* More than there were are due when the pass should be over. */
	KUNIT_EXPECT_EQ(test, mmscan_chunk_ms(1000, 65, 64), 1015ULL);
	/* Nobody knows how many: a period for each. */
	KUNIT_EXPECT_EQ(test, mmscan_chunk_ms(1000, 1, 0), 1000ULL);
	/* 6 TiB in the longest period. */
	KUNIT_EXPECT_EQ(test, mmscan_chunk_ms(600000, 24576, 24576), 600000ULL);
}

/* ---- the pace of the slowest -------------------------------------------------- */

static void mmscan_pace_outlasts_rounds(struct kunit *test)
{
	unsigned long now = 1000;
	struct mmscan_pace p = {};
	int round;

	KUNIT_EXPECT_EQ(test, mmscan_pace_fade(&p, now), 0U);
	KUNIT_EXPECT_EQ(test, mmscan_pace_add(&p, 40000, now), 40000U);
	KUNIT_EXPECT_EQ(test, mmscan_pace_add(&p, 1000, now), 40000U);

	/* A pass of 40 s has thousands of rounds: none of them forgets. */
	for (round = 0; round < 1000; round++) {
		now += msecs_to_jiffies(40);
		KUNIT_ASSERT_EQ(test, mmscan_pace_fade(&p, now), 40000U);
	}
	KUNIT_EXPECT_EQ(test, mmscan_pace_add(&p, 40000, now), 40000U);
	now += msecs_to_jiffies(39000);
	KUNIT_EXPECT_EQ(test, mmscan_pace_fade(&p, now), 40000U);

	/* When it has gone it is forgotten, little by little. */
	now += msecs_to_jiffies(2000);
	KUNIT_EXPECT_EQ(test, mmscan_pace_fade(&p, now), 37500U);
	KUNIT_EXPECT_EQ(test, mmscan_pace_fade(&p, now), 37500U);
	for (round = 0; round < 100; round++) {
		now += msecs_to_jiffies(41000);
		mmscan_pace_fade(&p, now);
	}
	KUNIT_EXPECT_LT(test, p.ms, 100U);
	KUNIT_EXPECT_EQ(test, mmscan_pace_add(&p, 1000, now), 1000U);
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
	/* And who is still there, as after vfork(), has none of it left. */
	KUNIT_EXPECT_EQ(test, mm->pghot.exec_scale, 0);
	pghot_mm_exec(mm, next);
	KUNIT_EXPECT_EQ(test, mmscan_scale(mm),
			(u32)PGHOT_SCAN_SCALE_DEFAULT);
	pghot_mm_exec(next, NULL);
	KUNIT_EXPECT_EQ(test, mmscan_scale(next),
			(u32)PGHOT_SCAN_SCALE_DEFAULT);
}

static struct kunit_case pghot_mmscan_cases[] = {
	KUNIT_CASE(mmscan_accesses_shorten_the_period),
	KUNIT_CASE(mmscan_silence_lengthens_the_period),
	KUNIT_CASE(mmscan_chunks_fill_the_period),
	KUNIT_CASE(mmscan_pace_outlasts_rounds),
	KUNIT_CASE(mmscan_scale_divides),
	KUNIT_CASE(mmscan_scale_is_inherited),
	{}
};

static struct kunit_suite pghot_mmscan_suite = {
	.name = "pghot_mmscan",
	.test_cases = pghot_mmscan_cases,
};

kunit_test_suite(pghot_mmscan_suite);

MODULE_DESCRIPTION("KUnit tests of pghot's scans of address spaces");
MODULE_LICENSE("GPL");
