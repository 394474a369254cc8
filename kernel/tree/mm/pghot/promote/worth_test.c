// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests of worth.h and exchange.c: what a full node exchanges when there is a
 * hot set, and when there is none; when there is something to displace.
 */
#include <kunit/test.h>
#include <linux/time64.h>

#include "promote/worth.h"

#define SIZE		262144UL	/* base pages: 1 GiB */
#define WINDOW_MS	4000ULL

/* As kpromoted does it every 100 ms; what is promoted meanwhile. */
static u64 exchange(struct pghot_exchange *x, u64 from_ms, u64 to_ms, u32 hot,
		    bool flat)
{
	u64 ms, promoted = 0;

	for (ms = from_ms; ms < to_ms; ms += 100) {
		u64 now = (1000 + ms) * NSEC_PER_MSEC, nr;
		u32 waiting = flat ? hot : hot - promoted;

		nr = min_t(u64, pghot_exchange_allowance(x, now, SIZE), waiting);
		pghot_exchange_charge(x, nr, nr);
		promoted += nr;
		waiting = flat ? hot : hot - promoted;
		if (ms % WINDOW_MS == 0)
			pghot_exchange_judge(x, now, waiting, SIZE);
	}
	return promoted;
}

/* Pages that are all alike: less than 5 % of the node in the first minute. */
static void exchange_of_equals_is_bounded(struct kunit *test)
{
	struct pghot_exchange x;
	u64 first, more;

	pghot_exchange_init(&x, 1000 * NSEC_PER_MSEC);
	first = exchange(&x, 0, 60000, SIZE, true);
	KUNIT_EXPECT_LE(test, first, SIZE * 41 / 1000);
	KUNIT_EXPECT_GE(test, first, SIZE * 38 / 1000);
	more = exchange(&x, 60000, 720000, SIZE, true);
	KUNIT_EXPECT_LE(test, more, SIZE * 221 / 1000);
}

/* Some pages more or fewer that wait are no reason to go on. */
static void exchange_is_not_misled(struct kunit *test)
{
	struct pghot_exchange x;
	u32 i;

	pghot_exchange_init(&x, 0);
	pghot_exchange_judge(&x, 0, 50000, SIZE);
	pghot_exchange_charge(&x, SIZE / 25, SIZE / 25);
	for (i = 0; i < 100; i++)
		KUNIT_EXPECT_FALSE(test,
				   pghot_exchange_judge(&x, 0, 49000 + i * 17,
							SIZE));
	/* Less than there was, but nothing was promoted: they cooled. */
	pghot_exchange_init(&x, 0);
	pghot_exchange_judge(&x, 0, 50000, SIZE);
	KUNIT_EXPECT_FALSE(test, pghot_exchange_judge(&x, 0, 100, SIZE));
	pghot_exchange_charge(&x, SIZE / 99, SIZE / 99);
	KUNIT_EXPECT_FALSE(test, pghot_exchange_judge(&x, 0, 90, SIZE));
}

/* A hot set comes up at once if it is small, and before long if it is not. */
static void exchange_brings_up_a_hot_set(struct kunit *test)
{
	struct pghot_exchange x;
	u32 hot = SIZE / 51;

	pghot_exchange_init(&x, 1000 * NSEC_PER_MSEC);
	KUNIT_EXPECT_EQ(test, exchange(&x, 0, 1000, hot, false), (u64)hot);

	hot = SIZE / 5;
	pghot_exchange_init(&x, 1000 * NSEC_PER_MSEC);
	KUNIT_EXPECT_EQ(test, exchange(&x, 0, 80000, hot, false), (u64)hot);
}

static void worth_displacing_what_is_colder(struct kunit *test)
{
	/* All hot, or nearly: nothing to gain. */
	KUNIT_EXPECT_FALSE(test, pghot_worth_displacing(0, 1000));
	KUNIT_EXPECT_FALSE(test, pghot_worth_displacing(100, 1000));
	/* A hot set that fits, and one that mostly does. */
	KUNIT_EXPECT_TRUE(test, pghot_worth_displacing(1000, 1000));
	KUNIT_EXPECT_TRUE(test, pghot_worth_displacing(250, 1000));
	/* Nothing is known yet. */
	KUNIT_EXPECT_TRUE(test, pghot_worth_displacing(0, 0));
}

static struct kunit_case pghot_worth_cases[] = {
	KUNIT_CASE(exchange_of_equals_is_bounded),
	KUNIT_CASE(exchange_is_not_misled),
	KUNIT_CASE(exchange_brings_up_a_hot_set),
	KUNIT_CASE(worth_displacing_what_is_colder),
	{}
};

static struct kunit_suite pghot_worth_suite = {
	.name = "pghot_worth",
	.test_cases = pghot_worth_cases,
};

kunit_test_suite(pghot_worth_suite);

MODULE_DESCRIPTION("KUnit tests of pghot's exchange of pages with a full node");
MODULE_LICENSE("GPL");
