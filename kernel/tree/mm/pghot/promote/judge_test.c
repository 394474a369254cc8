// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests of judge.c: what a full node exchanges while its users do this or that,
 * whatever its size.
 *
 * The world of these tests is a node of some size, what comes up, which is accessed at
 * one rate, and what goes down, accessed at another. Time goes on in steps of 100 ms; in
 * each everything that is allowed is exchanged, and 64 pages of each kind are looked at
 * when it is time to. What a look finds is up to chance.
 */
#include <kunit/test.h>
#include <linux/math64.h>
#include <linux/prandom.h>
#include <linux/time64.h>

#include "promote/judge.h"

#define STEP_MS		100
#define GIB(n)		((unsigned long)(n) << (30 - PAGE_SHIFT))

static const unsigned long sizes[] = { GIB(1), GIB(64), GIB(6UL << 10) };

/**
 * struct world - what happens to a node
 * @judge: that of the node
 * @size: of the node, in base pages
 * @rnd: chance
 * @now_ms: time
 * @looked_ms: when the pages were looked at last
 * @waiting: pages that are candidates
 * @up_rate: accesses per 1000 s to a page that comes up
 * @down_rate: to a page that goes down
 * @exchanged: pages that have been
 */
struct world {
	struct pghot_judge judge;
	unsigned long size;
	struct rnd_state rnd;
	u64 now_ms;
	u64 looked_ms;
	u64 waiting;
	u32 up_rate;
	u32 down_rate;
	u64 exchanged;
};

static void begin(struct world *w, unsigned long size)
{
	*w = (struct world){ .size = size, .now_ms = 1000, .looked_ms = 1000 };
	prandom_seed_state(&w->rnd, size);
	pghot_judge_init(&w->judge, w->now_ms, size);
}

/* Was a page accessed within some time? 1 - exp(-x), in steps of 1/16 of the exponent. */
static bool accessed(struct world *w, u32 rate, u64 ms)
{
	u64 sixteenths = div_u64((u64)rate * ms * 16, 1000 * 1000);
	u64 rest = (u64)rate * ms * 16 % (1000 * 1000);
	u32 quiet = 1U << 30;

	sixteenths = min(sixteenths, 200ULL);
	while (sixteenths--)
		quiet -= quiet / 16;
	quiet -= div_u64((u64)quiet / 16 * rest, 1000 * 1000);
	return (prandom_u32_state(&w->rnd) >> 2) >= quiet;
}

static void look(struct world *w)
{
	u64 ms = w->now_ms - w->looked_ms;
	unsigned int i;

	if (ms < w->judge.look_ms)
		return;
	/* kpromoted comes back in time for short intervals. */
	ms = min_t(u64, ms, max(w->judge.look_ms, 1U));
	for (i = 0; w->exchanged && i < 64; i++) {
		w->judge.up.nr++;
		w->judge.up.young += accessed(w, w->up_rate, ms);
		w->judge.down.nr++;
		w->judge.down.young += accessed(w, w->down_rate, ms);
	}
	w->looked_ms = w->now_ms;
}

/* Let some time pass; what was exchanged in it. */
static u64 live(struct world *w, u64 ms)
{
	u64 end = w->now_ms + ms, before = w->exchanged;

	for (; w->now_ms < end; w->now_ms += STEP_MS) {
		u64 nr = pghot_judge_allowance(&w->judge, w->now_ms);

		nr = min(nr, w->waiting);
		w->waiting -= nr;
		w->exchanged += nr;
		pghot_judge_charge(&w->judge, nr);
		look(w);
		pghot_judge_step(&w->judge, w->now_ms, w->size);
	}
	return w->exchanged - before;
}

/* Everything is accessed alike, and everything wants up: from rarely to all the time. */
static void judge_leaves_equals_alone(struct kunit *test)
{
	static const u32 rates[] = { 200, 3000, 50000, 1000000 };
	struct world *w = kunit_kzalloc(test, sizeof(*w), GFP_KERNEL);
	unsigned int i, r;

	KUNIT_ASSERT_NOT_NULL(test, w);
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		for (r = 0; r < ARRAY_SIZE(rates); r++) {
			u64 first;

			begin(w, sizes[i]);
			w->waiting = U64_MAX;
			w->up_rate = rates[r];
			w->down_rate = rates[r];
			first = live(w, 90 * MSEC_PER_SEC);
			KUNIT_EXPECT_LE_MSG(test, first, sizes[i] / 40 +
					    92 * PGHOT_PROBE_PER_SEC,
					    "size %lu, rate %u", sizes[i],
					    rates[r]);
			/* And so it remains, but for what chance makes of looks. */
			KUNIT_EXPECT_LE(test, live(w, 600 * MSEC_PER_SEC),
					sizes[i] / 32 +
					602ULL * PGHOT_PROBE_PER_SEC);
		}
	}
}

/* A hot set of an eighth of the node comes up within seconds, whatever the node. */
static void judge_lets_a_hot_set_up(struct kunit *test)
{
	struct world *w = kunit_kzalloc(test, sizeof(*w), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, w);
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		begin(w, sizes[i]);
		w->waiting = sizes[i] / 8;
		w->up_rate = 20000;
		w->down_rate = 100;
		KUNIT_EXPECT_EQ_MSG(test, live(w, 12 * MSEC_PER_SEC),
				    (u64)sizes[i] / 8, "size %lu", sizes[i]);
	}
}

/*
 * The hot set is another one every 40 s: when all that was hot has come up what is left
 * is alike, and a minute of that must not keep the next one from coming up soon.
 */
static void judge_notices_a_shift(struct kunit *test)
{
	struct world *w = kunit_kzalloc(test, sizeof(*w), GFP_KERNEL);
	unsigned int i, shift;

	KUNIT_ASSERT_NOT_NULL(test, w);
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		begin(w, sizes[i]);
		for (shift = 0; shift < 4; shift++) {
			u64 before = w->exchanged, moved;

			w->waiting = sizes[i] / 16;
			w->up_rate = 20000;
			w->down_rate = 100;
			moved = live(w, 20 * MSEC_PER_SEC);
			KUNIT_EXPECT_EQ_MSG(test, moved, (u64)sizes[i] / 16,
					    "size %lu, shift %u", sizes[i],
					    shift);
			w->waiting = U64_MAX;
			w->up_rate = 500;
			w->down_rate = 500;
			live(w, 60 * MSEC_PER_SEC);
			/* What was granted last, and probes. */
			KUNIT_EXPECT_LE(test, w->exchanged - before,
					(u64)sizes[i] * 3 / 8);
		}
	}
}

/*
 * More is hot than fits: what comes up is not much hotter than what goes down, and what
 * is exchanged of it becomes less and less.
 */
static void judge_does_not_thrash(struct kunit *test)
{
	struct world *w = kunit_kzalloc(test, sizeof(*w), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, w);
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		begin(w, sizes[i]);
		w->waiting = U64_MAX;
		w->up_rate = 4000;
		w->down_rate = 3000;
		KUNIT_EXPECT_LE(test, live(w, 300 * MSEC_PER_SEC),
				(u64)sizes[i] / 16 + 302 * PGHOT_PROBE_PER_SEC);
	}
}

/* Until the verdict that begins a span; false when there is none. */
static bool live_to_verdict(struct world *w)
{
	u64 began = w->judge.began_ms;
	unsigned int i;

	for (i = 0; i < 1000 && w->judge.began_ms == began; i++)
		live(w, STEP_MS);
	return w->judge.began_ms != began;
}

/* What was good becomes bad: of a large budget that was granted little is spent. */
static void judge_stops_at_bad_news(struct kunit *test)
{
	struct world *w = kunit_kzalloc(test, sizeof(*w), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, w);
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		begin(w, sizes[i]);
		w->waiting = U64_MAX;
		w->up_rate = 3000;
		w->down_rate = 30;
		while (w->judge.budget < sizes[i] / PGHOT_BUDGET_MOST)
			KUNIT_ASSERT_TRUE(test, live_to_verdict(w));
		w->down_rate = w->up_rate;
		KUNIT_EXPECT_LE_MSG(test, live(w, 60 * MSEC_PER_SEC),
				    (u64)sizes[i] / 32 + 62 * PGHOT_PROBE_PER_SEC,
				    "size %lu", sizes[i]);
	}
}

/* As long as few pages come up, good news of them is no reason to expect many. */
static void judge_grows_with_what_is_used(struct kunit *test)
{
	struct world *w = kunit_kzalloc(test, sizeof(*w), GFP_KERNEL);
	unsigned int i;
	u64 first;

	KUNIT_ASSERT_NOT_NULL(test, w);
	begin(w, GIB(64));
	first = w->judge.budget;
	w->up_rate = 3000;
	for (i = 0; i < 60; i++) {
		w->waiting = first / 8;
		live(w, MSEC_PER_SEC);
	}
	KUNIT_EXPECT_EQ(test, (int)w->judge.verdict, (int)PGHOT_VERDICT_GOOD);
	KUNIT_EXPECT_EQ(test, w->judge.budget, first);
	w->waiting = U64_MAX;
	KUNIT_EXPECT_TRUE(test, live_to_verdict(w));
	KUNIT_EXPECT_TRUE(test, live_to_verdict(w));
	KUNIT_EXPECT_GT(test, w->judge.budget, first);
}

/* One verdict that is bad, when many were good, is not taken for the end of it. */
static void judge_remembers_good_times(struct kunit *test)
{
	struct world *w = kunit_kzalloc(test, sizeof(*w), GFP_KERNEL);
	u64 budget;

	KUNIT_ASSERT_NOT_NULL(test, w);
	begin(w, GIB(64));
	w->waiting = U64_MAX;
	w->up_rate = 3000;
	w->down_rate = 30;
	while (w->judge.budget < GIB(64) / PGHOT_BUDGET_MOST)
		KUNIT_ASSERT_TRUE(test, live_to_verdict(w));
	budget = w->judge.budget;
	w->down_rate = w->up_rate;
	while (w->judge.verdict != PGHOT_VERDICT_BAD)
		KUNIT_ASSERT_TRUE(test, live_to_verdict(w));
	KUNIT_EXPECT_GE(test, w->judge.budget, budget / 32);
	KUNIT_EXPECT_LE(test, w->judge.budget, budget / 8);
	/* But several are. */
	live(w, 60 * MSEC_PER_SEC);
	KUNIT_EXPECT_LE(test, w->judge.budget, (u64)GIB(64) / PGHOT_BUDGET_PART);
}

static enum pghot_demand demand(struct world *w)
{
	return pghot_judge_demand(&w->judge, w->now_ms, w->waiting);
}

/* While a hot set comes up more of it is wanted; when it has, or is none, no longer. */
static void judge_tells_the_demand(struct kunit *test)
{
	struct world *w = kunit_kzalloc(test, sizeof(*w), GFP_KERNEL);
	unsigned int i, much = 0;

	KUNIT_ASSERT_NOT_NULL(test, w);
	begin(w, GIB(64));
	/* Nothing is known. */
	KUNIT_EXPECT_EQ(test, (int)demand(w), (int)PGHOT_DEMAND_USUAL);
	w->waiting = GIB(64) / 8;
	w->up_rate = 20000;
	w->down_rate = 100;
	while (w->judge.verdict != PGHOT_VERDICT_GOOD)
		KUNIT_ASSERT_TRUE(test, live_to_verdict(w));
	KUNIT_EXPECT_EQ(test, (int)demand(w), (int)PGHOT_DEMAND_MUCH);
	/* Not without end: what is not found in so long a time is not there. */
	w->judge.look_ms = PGHOT_LOOK_MS_MAX;
	w->now_ms += PGHOT_FRESH_MS;
	KUNIT_EXPECT_EQ(test, (int)demand(w), (int)PGHOT_DEMAND_USUAL);

	/* All has come up, but for a trickle, which is good as ever. */
	begin(w, GIB(64));
	w->up_rate = 20000;
	w->down_rate = 100;
	for (i = 0; i < 600; i++) {
		w->waiting = 16;
		live(w, STEP_MS);
		much += i >= 300 && demand(w) == PGHOT_DEMAND_MUCH;
	}
	KUNIT_EXPECT_EQ(test, (int)w->judge.verdict, (int)PGHOT_VERDICT_GOOD);
	KUNIT_EXPECT_EQ(test, much, 0U);

	/* Equals: what waits is not wanted. */
	begin(w, GIB(64));
	w->waiting = U64_MAX;
	w->up_rate = 3000;
	w->down_rate = 3000;
	live(w, 30 * MSEC_PER_SEC);
	KUNIT_ASSERT_EQ(test, (int)w->judge.verdict, (int)PGHOT_VERDICT_BAD);
	KUNIT_EXPECT_EQ(test, (int)demand(w), (int)PGHOT_DEMAND_LITTLE);
	w->waiting = 0;
	KUNIT_EXPECT_EQ(test, (int)demand(w), (int)PGHOT_DEMAND_USUAL);
}

/* What comes up is not accessed at all: somebody reports nonsense. */
static void judge_wants_what_comes_up_used(struct kunit *test)
{
	struct world *w = kunit_kzalloc(test, sizeof(*w), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, w);
	begin(w, GIB(64));
	w->waiting = U64_MAX;
	live(w, 300 * MSEC_PER_SEC);
	KUNIT_EXPECT_EQ(test, (int)w->judge.verdict, (int)PGHOT_VERDICT_BAD);
	KUNIT_EXPECT_LE(test, w->exchanged,
			(u64)GIB(64) / 64 + 302 * PGHOT_PROBE_PER_SEC);
}

static u32 ratio(u32 up, u32 down)
{
	const struct pghot_looks u = { .nr = 1000, .young = up };
	const struct pghot_looks d = { .nr = 1000, .young = down };

	return pghot_judge_ratio(&u, &d);
}

/* Rates, not shares: 90 % is more than three times as often as 50 %. */
static void judge_compares_rates(struct kunit *test)
{
	u32 share;

	KUNIT_EXPECT_EQ(test, ratio(500, 0), 0U);
	KUNIT_EXPECT_EQ(test, ratio(500, 500), 100U);
	KUNIT_EXPECT_EQ(test, ratio(500, 250), 41U);
	KUNIT_EXPECT_EQ(test, ratio(900, 500), 29U);
	KUNIT_EXPECT_EQ(test, ratio(250, 1000), 1000U);
	KUNIT_EXPECT_EQ(test, ratio(0, 0), 0U);
	/* More that is accessed is never less. */
	for (share = 0; share < 1000; share++) {
		KUNIT_ASSERT_LE(test, ratio(600, share), ratio(600, share + 1));
		KUNIT_ASSERT_GE(test, ratio(share, 100), ratio(share + 1, 100));
	}
}

/* The interval finds what tells most, from milliseconds to seconds. */
static void judge_finds_the_interval(struct kunit *test)
{
	static const struct {
		u32 rate;
		u32 least;
		u32 most;
	} cases[] = {
		{ 100000, PGHOT_LOOK_MS_MIN, PGHOT_LOOK_MS_MIN },
		{ 10000, PGHOT_LOOK_MS_MIN, 32 },
		{ 1000, 64, 256 },
		{ 100, 512, 4096 },
	};
	struct world *w = kunit_kzalloc(test, sizeof(*w), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, w);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		begin(w, GIB(64));
		w->waiting = U64_MAX;
		w->up_rate = cases[i].rate;
		w->down_rate = cases[i].rate / 10;
		live(w, 120 * MSEC_PER_SEC);
		KUNIT_EXPECT_GE(test, w->judge.look_ms, cases[i].least);
		KUNIT_EXPECT_LE(test, w->judge.look_ms, cases[i].most);
	}
}

static struct kunit_case pghot_judge_cases[] = {
	KUNIT_CASE(judge_leaves_equals_alone),
	KUNIT_CASE(judge_lets_a_hot_set_up),
	KUNIT_CASE(judge_notices_a_shift),
	KUNIT_CASE(judge_does_not_thrash),
	KUNIT_CASE(judge_stops_at_bad_news),
	KUNIT_CASE(judge_grows_with_what_is_used),
	KUNIT_CASE(judge_remembers_good_times),
	KUNIT_CASE(judge_tells_the_demand),
	KUNIT_CASE(judge_wants_what_comes_up_used),
	KUNIT_CASE(judge_compares_rates),
	KUNIT_CASE(judge_finds_the_interval),
	{}
};

static struct kunit_suite pghot_judge_suite = {
	.name = "pghot_judge",
	.test_cases = pghot_judge_cases,
};

kunit_test_suite(pghot_judge_suite);

MODULE_DESCRIPTION("KUnit tests of pghot's judgement of exchanges");
MODULE_LICENSE("GPL");
