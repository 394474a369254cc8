// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests of queue.h: whose turn it is, that everybody has turns, and how long sweeps
 * take.
 */
#include <kunit/test.h>
#include <linux/jiffies.h>

#include "source/mmscan/queue.h"

#define NOW	(ULONG_MAX - 1000)	/* jiffies wrap around soon */
#define NR	50

/* The queue, and those who wait in it. */
struct waiting {
	struct mmscan_queue q;
	struct mmscan_waiter w[NR];
};

static struct waiting *new_waiting(struct kunit *test)
{
	struct waiting *s = kunit_kzalloc(test, sizeof(*s), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, s);
	s->q.waiters = RB_ROOT_CACHED;
	return s;
}

static unsigned long ms(unsigned int ms)
{
	return msecs_to_jiffies(ms);
}

static void mmscan_queue_is_in_order(struct kunit *test)
{
	struct waiting *s = new_waiting(test);
	struct mmscan_waiter *w;
	int i;

	KUNIT_EXPECT_NULL(test, mmscan_queue_take(&s->q, NOW));
	/* 7 and NR have no divisor in common: each second once, in disorder. */
	for (i = 0; i < NR; i++)
		mmscan_queue_add(&s->q, &s->w[i], NOW + ms(i * 7 % NR * 1000), NOW);
	for (i = 0; i < NR; i++) {
		w = mmscan_queue_take(&s->q, NOW + ms(NR * 1000));
		KUNIT_ASSERT_NOT_NULL(test, w);
		KUNIT_EXPECT_EQ(test, (w - s->w) * 7 % NR, i);
	}
	KUNIT_EXPECT_NULL(test, mmscan_queue_first(&s->q));

	/* Those who are due at the same time: who came first. */
	for (i = 0; i < NR; i++)
		mmscan_queue_add(&s->q, &s->w[i], NOW + 5, NOW);
	for (i = 0; i < NR; i++)
		KUNIT_EXPECT_PTR_EQ(test, mmscan_queue_take(&s->q, NOW + 5), &s->w[i]);
}

static void mmscan_queue_waits_until_due(struct kunit *test)
{
	struct waiting *s = new_waiting(test);
	unsigned long due = NOW + ms(5000);

	KUNIT_EXPECT_EQ(test, mmscan_queue_due(&s->q, NOW + 7), NOW + 7);
	mmscan_queue_add(&s->q, &s->w[0], due, NOW);
	mmscan_queue_add(&s->q, &s->w[1], due + 1, NOW);
	KUNIT_EXPECT_EQ(test, mmscan_queue_due(&s->q, due + 7), due);
	KUNIT_EXPECT_EQ(test, mmscan_queue_due(&s->q, NOW + 7), NOW + 7);
	KUNIT_EXPECT_NULL(test, mmscan_queue_take(&s->q, NOW));
	KUNIT_EXPECT_NULL(test, mmscan_queue_take(&s->q,
						  due - ms(MMSCAN_SLACK_MS) - 1));
	KUNIT_EXPECT_PTR_EQ(test, mmscan_queue_take(&s->q, due - ms(MMSCAN_SLACK_MS)),
			    &s->w[0]);
	mmscan_queue_del(&s->q, &s->w[1]);
	KUNIT_EXPECT_NULL(test, mmscan_queue_take(&s->q, due + ms(1000)));
}

/* Some are always late, by ever more: the others have as many turns. */
static void mmscan_queue_starves_nobody(struct kunit *test)
{
	struct waiting *s = new_waiting(test);
	unsigned int turns[NR] = {}, turn;
	unsigned long now = NOW;
	struct mmscan_waiter *w;
	int i;

	for (i = 0; i < NR; i++)
		mmscan_queue_add(&s->q, &s->w[i], now, now);
	for (turn = 0; turn < 20 * NR; turn++) {
		w = mmscan_queue_take(&s->q, now);
		KUNIT_ASSERT_NOT_NULL(test, w);
		turns[w - s->w]++;
		now += turn % 2;
		mmscan_queue_add(&s->q, w, w < &s->w[3] ? now - ms(turn * 100) : now, now);
	}
	for (i = 0; i < NR; i++)
		KUNIT_EXPECT_EQ(test, turns[i], 20U);
}

/* One turn each, and then a rest. */
static void mmscan_queue_rests_in_between(struct kunit *test)
{
	struct waiting *s = new_waiting(test);
	unsigned int turns = 0, i;
	struct mmscan_waiter *w;

	KUNIT_EXPECT_FALSE(test, mmscan_queue_goes_on(&s->q, NOW));
	for (i = 0; i < NR; i++)
		mmscan_queue_add(&s->q, &s->w[i], NOW - 1, NOW - 1);
	do {
		w = mmscan_queue_take(&s->q, NOW);
		KUNIT_ASSERT_NOT_NULL(test, w);
		mmscan_queue_add(&s->q, w, NOW, NOW);
		turns++;
	} while (mmscan_queue_goes_on(&s->q, NOW) && turns < 2 * NR);
	KUNIT_EXPECT_EQ(test, turns, (u32)NR);

	/* However many they are it is no longer than sweeps can wait, with the rest. */
	for (i = 1; i <= 100; i++)
		KUNIT_EXPECT_EQ(test, mmscan_go_ns(i) * 100 / i,
				(u64)MMSCAN_NOTICE_MS * NSEC_PER_MSEC);
}

static void mmscan_queue_counts_who_shares(struct kunit *test)
{
	struct waiting *s = new_waiting(test);

	mmscan_queue_share(&s->q, &s->w[0], true);
	mmscan_queue_share(&s->q, &s->w[0], true);
	mmscan_queue_share(&s->q, &s->w[1], true);
	mmscan_queue_share(&s->q, &s->w[2], false);
	KUNIT_EXPECT_EQ(test, s->q.sharing, 2U);
	mmscan_queue_share(&s->q, &s->w[0], false);
	mmscan_queue_share(&s->q, &s->w[0], false);
	mmscan_queue_share(&s->q, &s->w[1], false);
	KUNIT_EXPECT_EQ(test, s->q.sharing, 0U);
}

/* Milliseconds from a sweep over so many processes to the next, with or without a reason. */
static unsigned int sweep_ms(struct kunit *test, unsigned int processes, bool awake)
{
	struct mmscan_sweep s = {};
	unsigned long now = NOW;
	unsigned int met;

	mmscan_sweep_now(&s, now);
	do {
		KUNIT_ASSERT_TRUE(test, mmscan_sweep_begin(&s, now));
		met = min(processes + 1 - s.nr, (unsigned int)MMSCAN_SWEEP_STEP);
		s.nr += met;
		if (s.nr > processes)
			s.nr = 0;
		mmscan_sweep_end(&s, met, now);
		KUNIT_ASSERT_FALSE(test, mmscan_sweep_begin(&s, s.due - 1));
		KUNIT_ASSERT_FALSE(test, time_before(s.wake, s.due));
		now = awake ? s.due : s.wake;
	} while (s.nr);
	return jiffies_to_msecs(now - NOW);
}

static void mmscan_sweeps_are_bounded(struct kunit *test)
{
	u32 per_sweep = MMSCAN_NOTICE_MS * MMSCAN_MET_PER_MS;

	/* Few processes are met as often as is worth it, many as often as it may cost. */
	KUNIT_EXPECT_EQ(test, sweep_ms(test, 1, false), (u32)MMSCAN_NOTICE_MS);
	KUNIT_EXPECT_EQ(test, sweep_ms(test, 1000, false), (u32)MMSCAN_NOTICE_MS);
	KUNIT_EXPECT_LE(test, sweep_ms(test, per_sweep, false), MMSCAN_NOTICE_MS + 100U);
	KUNIT_EXPECT_GE(test, sweep_ms(test, 5 * per_sweep, false),
			5U * MMSCAN_NOTICE_MS);
	KUNIT_EXPECT_LE(test, sweep_ms(test, 5 * per_sweep, false),
			5U * MMSCAN_NOTICE_MS * 11 / 10);

	/* Nor does it cost more to do so on the way. */
	KUNIT_EXPECT_EQ(test, sweep_ms(test, 1, true), (u32)MMSCAN_SWEEP_MIN_MS);
	KUNIT_EXPECT_GE(test, sweep_ms(test, 4000, true), 4000U / MMSCAN_MET_PER_MS);
	KUNIT_EXPECT_GE(test, sweep_ms(test, 5 * per_sweep, true),
			5U * MMSCAN_NOTICE_MS);
}

static struct kunit_case pghot_mmscan_queue_cases[] = {
	KUNIT_CASE(mmscan_queue_is_in_order),
	KUNIT_CASE(mmscan_queue_waits_until_due),
	KUNIT_CASE(mmscan_queue_starves_nobody),
	KUNIT_CASE(mmscan_queue_rests_in_between),
	KUNIT_CASE(mmscan_queue_counts_who_shares),
	KUNIT_CASE(mmscan_sweeps_are_bounded),
	{}
};

static struct kunit_suite pghot_mmscan_queue_suite = {
	.name = "pghot_mmscan_queue",
	.test_cases = pghot_mmscan_queue_cases,
};

kunit_test_suite(pghot_mmscan_queue_suite);

MODULE_DESCRIPTION("KUnit tests of whose turn pghot's scans of address spaces are");
MODULE_LICENSE("GPL");
