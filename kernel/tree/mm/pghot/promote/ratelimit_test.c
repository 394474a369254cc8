// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests of ratelimit.c: the rate in the long run, bursts, and debts.
 */
#include <kunit/test.h>
#include <linux/math64.h>
#include <linux/prandom.h>
#include <uapi/linux/pghot.h>

#include "promote/ratelimit.h"

#define START	(123456789ULL * NSEC_PER_MSEC)
#define RATE	1000ULL		/* base pages per second */
#define BURST	200U		/* ms */

static u64 ms(u64 n)
{
	return START + n * NSEC_PER_MSEC;
}

static void ratelimit_starts_empty(struct kunit *test)
{
	struct pghot_ratelimit rl;

	pghot_ratelimit_init(&rl, START);
	KUNIT_EXPECT_EQ(test, pghot_ratelimit_fill(&rl, START, RATE, BURST),
			0ULL);
	/* No time, no allowance, however often one asks. */
	KUNIT_EXPECT_EQ(test, pghot_ratelimit_fill(&rl, START, RATE, BURST),
			0ULL);
}

static void ratelimit_earns_the_rate(struct kunit *test)
{
	struct pghot_ratelimit rl;

	pghot_ratelimit_init(&rl, START);
	KUNIT_EXPECT_EQ(test, pghot_ratelimit_fill(&rl, ms(50), RATE, BURST),
			50ULL);
	/* What was not used is still there. */
	KUNIT_EXPECT_EQ(test, pghot_ratelimit_fill(&rl, ms(51), RATE, BURST),
			51ULL);
	pghot_ratelimit_charge(&rl, 40);
	KUNIT_EXPECT_EQ(test, pghot_ratelimit_fill(&rl, ms(60), RATE, BURST),
			20ULL);
	/* Another rate holds from now on. */
	KUNIT_EXPECT_EQ(test,
			pghot_ratelimit_fill(&rl, ms(70), 2 * RATE, BURST),
			40ULL);
}

/* Unused allowance is kept for so long and no longer. */
static void ratelimit_burst_is_bounded(struct kunit *test)
{
	struct pghot_ratelimit rl;

	pghot_ratelimit_init(&rl, START);
	KUNIT_EXPECT_EQ(test,
			pghot_ratelimit_fill(&rl, ms(BURST), RATE, BURST),
			200ULL);
	KUNIT_EXPECT_EQ(test,
			pghot_ratelimit_fill(&rl, ms(BURST + 1), RATE, BURST),
			200ULL);
	KUNIT_EXPECT_EQ(test,
			pghot_ratelimit_fill(&rl, ms(3600 * 1000), RATE, BURST),
			200ULL);
	pghot_ratelimit_charge(&rl, 200);
	KUNIT_EXPECT_EQ(test,
			pghot_ratelimit_fill(&rl, ms(3600 * 1000), RATE, BURST),
			0ULL);
	/* A smaller burst takes back what is more. */
	pghot_ratelimit_fill(&rl, ms(3601 * 1000), RATE, BURST);
	KUNIT_EXPECT_EQ(test,
			pghot_ratelimit_fill(&rl, ms(3601 * 1000), RATE, 10),
			10ULL);
}

/* A folio goes whole or not at all; what it took too much is paid back. */
static void ratelimit_debt(struct kunit *test)
{
	struct pghot_ratelimit rl;

	pghot_ratelimit_init(&rl, START);
	KUNIT_EXPECT_EQ(test, pghot_ratelimit_fill(&rl, ms(1), RATE, BURST),
			1ULL);
	pghot_ratelimit_charge(&rl, 512);

	/* 511 pages of debt are 511 ms; one page more may be promoted then. */
	KUNIT_EXPECT_EQ(test, pghot_ratelimit_fill(&rl, ms(2), RATE, BURST),
			0ULL);
	KUNIT_EXPECT_EQ(test, pghot_ratelimit_fill(&rl, ms(400), RATE, BURST),
			0ULL);
	KUNIT_EXPECT_EQ(test, pghot_ratelimit_fill(&rl, ms(512), RATE, BURST),
			0ULL);
	KUNIT_EXPECT_EQ(test, pghot_ratelimit_fill(&rl, ms(513), RATE, BURST),
			1ULL);

	/* A long time pays any debt, and leaves no more than a burst. */
	pghot_ratelimit_charge(&rl, 5000);
	KUNIT_EXPECT_EQ(test, pghot_ratelimit_fill(&rl, ms(9000), RATE, BURST),
			200ULL);
}

static void ratelimit_refund(struct kunit *test)
{
	struct pghot_ratelimit rl;

	pghot_ratelimit_init(&rl, START);
	pghot_ratelimit_fill(&rl, ms(100), RATE, BURST);
	pghot_ratelimit_charge(&rl, 100);
	/* Thirty of them could not be promoted after all. */
	pghot_ratelimit_charge(&rl, -30);
	KUNIT_EXPECT_EQ(test, pghot_ratelimit_fill(&rl, ms(100), RATE, BURST),
			30ULL);
	/* Not even a refund exceeds the burst. */
	pghot_ratelimit_charge(&rl, -1000);
	KUNIT_EXPECT_EQ(test, pghot_ratelimit_fill(&rl, ms(100), RATE, BURST),
			200ULL);
}

/* Whoever wakes at odd times and takes all there is gets the rate, exactly. */
static void ratelimit_sustained(struct kunit *test)
{
	const u64 rates[] = { 256, RATE, 256000, 16777216 };
	struct rnd_state rnd;
	int i;

	prandom_seed_state(&rnd, 4711);
	for (i = 0; i < ARRAY_SIZE(rates); i++) {
		u64 now = START, taken = 0, expected;
		struct pghot_ratelimit rl;

		pghot_ratelimit_init(&rl, now);
		while (now < ms(60 * 1000)) {
			u64 pages;

			now += prandom_u32_state(&rnd) % (150 * NSEC_PER_MSEC);
			pages = pghot_ratelimit_fill(&rl, now, rates[i], BURST);
			pghot_ratelimit_charge(&rl, pages);
			taken += pages;
		}
		expected = mul_u64_u64_div_u64(now - START, rates[i],
					       NSEC_PER_SEC);
		KUNIT_EXPECT_EQ(test, taken, expected);
	}
}

/* Rounding would lose a rate that is slow and a clock that is asked often. */
static void ratelimit_slow_rate(struct kunit *test)
{
	struct pghot_ratelimit rl;
	u64 taken = 0, n;

	pghot_ratelimit_init(&rl, START);
	for (n = 1; n <= 10 * 1000; n++) {
		u64 pages = pghot_ratelimit_fill(&rl, ms(n), 1, 10);

		KUNIT_ASSERT_EQ(test, pages, n % 1000 ? 0ULL : 1ULL);
		pghot_ratelimit_charge(&rl, pages);
		taken += pages;
	}
	KUNIT_EXPECT_EQ(test, taken, 10ULL);
}

/* Huge pages at less than one per second are rare, not impossible. */
static void ratelimit_huge_pages_at_a_low_rate(struct kunit *test)
{
	struct pghot_ratelimit rl;
	u64 n, folios = 0;

	pghot_ratelimit_init(&rl, START);
	for (n = 0; n < 60 * 1000; n += 100) {
		while (pghot_ratelimit_fill(&rl, ms(n), 256, BURST)) {
			pghot_ratelimit_charge(&rl, 512);
			folios++;
		}
	}
	KUNIT_EXPECT_GE(test, folios, 29ULL);
	KUNIT_EXPECT_LE(test, folios, 31ULL);
}

static void ratelimit_extremes(struct kunit *test)
{
	const u64 most = (u64)PGHOT_RATE_LIMIT_MBPS_MAX << (20 - PAGE_SHIFT);
	struct pghot_ratelimit rl;

	/* A day of sleep at the largest rate and burst. */
	pghot_ratelimit_init(&rl, START);
	KUNIT_EXPECT_EQ(test,
			pghot_ratelimit_fill(&rl, ms(86400ULL * 1000), most,
					     60000),
			most * 60);

	/* Just as long, but for a debt. */
	pghot_ratelimit_init(&rl, START);
	pghot_ratelimit_charge(&rl, 512);
	KUNIT_EXPECT_EQ(test,
			pghot_ratelimit_fill(&rl, ms(86400ULL * 1000), most,
					     60000),
			most * 60);

	/* The first nanosecond of a clock. */
	pghot_ratelimit_init(&rl, 0);
	KUNIT_EXPECT_EQ(test, pghot_ratelimit_fill(&rl, 1, most, 1), 0ULL);
}

static struct kunit_case pghot_ratelimit_cases[] = {
	KUNIT_CASE(ratelimit_starts_empty),
	KUNIT_CASE(ratelimit_earns_the_rate),
	KUNIT_CASE(ratelimit_burst_is_bounded),
	KUNIT_CASE(ratelimit_debt),
	KUNIT_CASE(ratelimit_refund),
	KUNIT_CASE(ratelimit_sustained),
	KUNIT_CASE(ratelimit_slow_rate),
	KUNIT_CASE(ratelimit_huge_pages_at_a_low_rate),
	KUNIT_CASE(ratelimit_extremes),
	{}
};

static struct kunit_suite pghot_ratelimit_suite = {
	.name = "pghot_ratelimit",
	.test_cases = pghot_ratelimit_cases,
};

kunit_test_suite(pghot_ratelimit_suite);

MODULE_DESCRIPTION("KUnit tests of pghot's rate limiter");
MODULE_LICENSE("GPL");
