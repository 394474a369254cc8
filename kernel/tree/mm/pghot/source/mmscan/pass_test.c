// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests of pass.c: that who sleeps is left alone and watched when it wakes up, what a
 * process can reach by asking, and how often the TLBs are flushed.
 */
#include <kunit/test.h>
#include <linux/jiffies.h>
#include <linux/mm_types.h>
#include <linux/pghot.h>

#include "source/mmscan/mmscan.h"
#include "source/mmscan/schedule.h"

/* Notes on an address space whose latest pass began so long ago. */
static struct pghot_mm noted(u32 ago_ms)
{
	struct pghot_mm pm = {};

	mmscan_note(&pm);
	pm.period_ms = mmscan_params.period_max_ms;
	pm.passes = 5;
	pm.began = jiffies - msecs_to_jiffies(ago_ms);
	pm.due = jiffies + msecs_to_jiffies(mmscan_params.period_max_ms);
	return pm;
}

static void mmscan_sleepers_are_left_alone(struct kunit *test)
{
	u32 max = 16000, sleep = 0, before;
	int passes = 0;

	/* Not who has run, nor while the period itself can still grow. */
	KUNIT_EXPECT_EQ(test, mmscan_sleep_ms(0, max, max, true), 0U);
	KUNIT_EXPECT_EQ(test, mmscan_sleep_ms(128000, max, max, true), 0U);
	KUNIT_EXPECT_EQ(test, mmscan_sleep_ms(0, max - 1, max, false), 0U);

	do {
		before = sleep;
		sleep = mmscan_sleep_ms(sleep, max, max, false);
		KUNIT_ASSERT_GE(test, sleep, min(2 * max(before, max),
						 (u32)MMSCAN_SLEEP_MAX_MS));
		passes++;
	} while (sleep > before && passes < 100);
	KUNIT_EXPECT_EQ(test, sleep, (u32)MMSCAN_SLEEP_MAX_MS);
	KUNIT_EXPECT_LE(test, passes, 8);

	/* A longest period that is as long is not cut short. */
	max = PGHOT_MMSCAN_SCAN_PERIOD_MAX_MS_MAX;
	KUNIT_EXPECT_EQ(test, mmscan_sleep_ms(0, max, max, false), max);
}

static void mmscan_sleepers_wake_up(struct kunit *test)
{
	struct pghot_mm pm = noted(300000);
	unsigned long far = pm.due + msecs_to_jiffies(MMSCAN_SLEEP_MAX_MS);

	pm.sleep_ms = MMSCAN_SLEEP_MAX_MS;
	pm.due = far;
	pm.visit.always = true;
	pm.interval_ms = 500000;
	pm.round_ms = 500000;
	mmscan_heed(&pm);
	KUNIT_EXPECT_EQ(test, pm.sleep_ms, (u32)MMSCAN_SLEEP_MAX_MS);

	mmscan_ran(&pm);
	KUNIT_EXPECT_FALSE(test, time_after(pm.due, jiffies));
	KUNIT_EXPECT_EQ(test, pm.sleep_ms, 0U);
	KUNIT_EXPECT_TRUE(test, pm.ran);
	/* Watched closely, and compared with nothing of long ago. */
	KUNIT_EXPECT_LE(test, pm.period_ms, max(mmscan_params.period_max_ms / 4,
						mmscan_params.period_min_ms));
	KUNIT_EXPECT_FALSE(test, pm.visit.always);
	KUNIT_EXPECT_EQ(test, pm.interval_ms, 0U);
	KUNIT_EXPECT_EQ(test, pm.round_ms, 0U);

	/* Who does not sleep is not hurried. */
	pm = noted(300000);
	far = pm.due;
	mmscan_ran(&pm);
	KUNIT_EXPECT_EQ(test, pm.due, far);
	KUNIT_EXPECT_EQ(test, pm.passes, 5U);

	/* Nor is one who wakes up again and again looked at more often than others. */
	pm = noted(0);
	pm.sleep_ms = 32000;
	mmscan_ran(&pm);
	KUNIT_EXPECT_EQ(test, pm.due,
			pm.began + msecs_to_jiffies(mmscan_params.period_min_ms));
}

/* However often a process asks, and whatever for. */
static void mmscan_asking_is_no_look(struct kunit *test)
{
	struct pghot_mm pm = noted(0);
	unsigned long least = pm.began + msecs_to_jiffies(mmscan_params.period_min_ms);
	unsigned int i;

	for (i = 0; i < 100; i++) {
		pm.scale = i % (PGHOT_SCAN_SCALE_MAX + 1) + 1;
		pm.asked = 1;
		mmscan_heed(&pm);
		KUNIT_EXPECT_EQ(test, pm.asked, 0);
		KUNIT_ASSERT_FALSE(test, time_before(pm.due, least));
	}
	/* It takes effect, though. */
	KUNIT_EXPECT_EQ(test, pm.due, least);

	/* A pass that is under way is not hurried. */
	pm = noted(300000);
	pm.in_pass = true;
	least = pm.due;
	pm.asked = 1;
	mmscan_heed(&pm);
	KUNIT_EXPECT_EQ(test, pm.due, least);

	/* Who has waited for long already does not wait any longer. */
	pm = noted(300000);
	pm.asked = 1;
	KUNIT_EXPECT_EQ(test, mmscan_has_turn(&pm, jiffies - 1), 0);

	/* Nobody is looked at who does not want to be. */
	pm.scale = 0 + 1;
	KUNIT_EXPECT_EQ(test, mmscan_has_turn(&pm, jiffies - 1),
			PGHOT_MMSCAN_SKIP_SCALE + 1);
	KUNIT_EXPECT_LT(test, mmscan_has_turn(&pm, jiffies - 1), 0);
}

/* When parameters are changed nobody waits longer than they say. */
static void mmscan_heeds_parameters(struct kunit *test)
{
	u32 most = max(mmscan_params.period_max_ms, mmscan_params.delay_ms);
	struct pghot_mm pm = noted(0);

	pm.due = jiffies + msecs_to_jiffies(2 * most + 1000);
	mmscan_heed(&pm);
	KUNIT_EXPECT_FALSE(test, time_after(pm.due, jiffies + msecs_to_jiffies(most)));
	KUNIT_EXPECT_TRUE(test, time_after(pm.due, jiffies));
}

/**
 * struct flushed - what a walk has made of the TLBs
 * @flushes: how many
 * @unseen_ms: longest time that what was cleared has waited for one
 */
struct flushed {
	unsigned int flushes;
	u32 unseen_ms;
};

/* A walk of @chunks chunks at even distances, the last of them @ms after the first. */
static struct flushed walk(u32 interval_ms, unsigned int chunks, u32 ms)
{
	unsigned long begin = 1000000, now, cleared = 0;
	struct pghot_mm pm = { .flushed = begin - msecs_to_jiffies(interval_ms) };
	struct flushed f = {};
	unsigned int i;

	for (i = 0; i < chunks; i++) {
		now = begin + msecs_to_jiffies(ms * i / max(chunks - 1, 1U));
		pm.due = begin + msecs_to_jiffies(ms * (i + 1) / max(chunks - 1, 1U));
		pm.visit.in_walk = i < chunks - 1;
		if (!pm.unflushed)
			cleared = now;
		pm.unflushed = true;
		if (!mmscan_must_flush(&pm, interval_ms, now))
			continue;
		f.unseen_ms = max(f.unseen_ms, jiffies_to_msecs(now - cleared));
		f.flushes++;
		pm.flushed = now;
		pm.unflushed = false;
	}
	return f;
}

static void mmscan_flushes_are_few(struct kunit *test)
{
	struct pghot_mm pm = { .flushed = 0 };
	struct flushed f;

	/* Nothing was cleared: however long ago the last one was. */
	KUNIT_EXPECT_FALSE(test, mmscan_must_flush(&pm, 1000, msecs_to_jiffies(5000)));

	f = walk(1000, 1, 0);
	KUNIT_EXPECT_EQ(test, f.flushes, 1U);
	KUNIT_EXPECT_EQ(test, f.unseen_ms, 0U);

	/* One chunk after the other: as they begin, and as they end. */
	f = walk(1000, 100, 100);
	KUNIT_EXPECT_EQ(test, f.flushes, 2U);

	/* Over the whole interval: no more for a terabyte than for 16 GiB. */
	f = walk(1000, 64, 1000);
	KUNIT_EXPECT_LE(test, f.flushes, MMSCAN_FLUSHES + 2U);
	KUNIT_EXPECT_LE(test, f.unseen_ms, 1000U / MMSCAN_FLUSHES);
	f = walk(1000, 4096, 1000);
	KUNIT_EXPECT_LE(test, f.flushes, MMSCAN_FLUSHES + 2U);
	KUNIT_EXPECT_GE(test, f.flushes, MMSCAN_FLUSHES - 1U);
	KUNIT_EXPECT_LE(test, f.unseen_ms, 1000U / MMSCAN_FLUSHES + 10U);

	/* Chunks that are far apart: nothing waits for the next of them. */
	f = walk(1000, 5, 4000);
	KUNIT_EXPECT_EQ(test, f.flushes, 5U);
	KUNIT_EXPECT_EQ(test, f.unseen_ms, 0U);
}

/* Those who are walked in stretches have equal parts of the time. */
static void mmscan_parts_are_equal(struct kunit *test)
{
	struct pghot_visit v = { .ns = 20000000, .pages = 1000000 };
	unsigned long all = mmscan_fit(&v, 1000, 10, 1), part;
	unsigned int sharing;

	/* A tenth of a second, at 20 ns each. */
	KUNIT_EXPECT_EQ(test, all, 5000000UL);
	for (sharing = 2; sharing < 100; sharing++) {
		part = mmscan_fit(&v, 1000, 10, sharing);
		KUNIT_EXPECT_LE(test, part * sharing, all);
		KUNIT_EXPECT_GE(test, part * sharing, all - sharing);
	}
	KUNIT_EXPECT_EQ(test, mmscan_fit(&v, 1000, 10, 1000000), MMSCAN_STRETCH_LEAST);
}

static struct kunit_case pghot_mmscan_pass_cases[] = {
	KUNIT_CASE(mmscan_sleepers_are_left_alone),
	KUNIT_CASE(mmscan_sleepers_wake_up),
	KUNIT_CASE(mmscan_asking_is_no_look),
	KUNIT_CASE(mmscan_heeds_parameters),
	KUNIT_CASE(mmscan_flushes_are_few),
	KUNIT_CASE(mmscan_parts_are_equal),
	{}
};

static struct kunit_suite pghot_mmscan_pass_suite = {
	.name = "pghot_mmscan_pass",
	.test_cases = pghot_mmscan_pass_cases,
};

kunit_test_suite(pghot_mmscan_pass_suite);

MODULE_DESCRIPTION("KUnit tests of when pghot looks at address spaces");
MODULE_LICENSE("GPL");
