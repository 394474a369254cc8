// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests of watch.c: who is left alone, and for how long. What comes of the looks is
 * tested with judge.c.
 */
#include <kunit/test.h>
#include <linux/delay.h>

#include "promote/watch.h"

/* No page frames that there are, so that nobody else claims them. */
#define PFN(n)	((1UL << 40) + (n))

static void watch_claims_for_a_time(struct kunit *test)
{
	unsigned long n, claimed = 0;

	KUNIT_EXPECT_FALSE(test, pghot_watch_claims(PFN(1)));
	pghot_watch_claim(PFN(1), PGHOT_LOOK_MS_MAX);
	for (n = 0; n < 1 << 16; n++)
		claimed += pghot_watch_claims(PFN(n));
	KUNIT_EXPECT_EQ(test, claimed, 1UL);
	KUNIT_EXPECT_TRUE(test, pghot_watch_claims(PFN(1)));

	/* Claimed anew, for less time. */
	pghot_watch_claim(PFN(1), 10);
	msleep(100);
	KUNIT_EXPECT_FALSE(test, pghot_watch_claims(PFN(1)));
}

/* As many as ten nodes watch: nearly all of them are left alone. */
static void watch_claims_many(struct kunit *test)
{
	unsigned long n, claimed = 0, nr = 10 * PGHOT_WATCHED;

	for (n = 0; n < nr; n++)
		pghot_watch_claim(PFN(n * 977), PGHOT_LOOK_MS_MAX);
	for (n = 0; n < nr; n++)
		claimed += pghot_watch_claims(PFN(n * 977));
	KUNIT_EXPECT_GE(test, claimed, nr * 3 / 4);
	for (n = 0; n < nr; n++)
		pghot_watch_claim(PFN(n * 977), 0);
	for (n = 0; n < nr; n++)
		KUNIT_ASSERT_FALSE(test, pghot_watch_claims(PFN(n * 977)));
}

static struct kunit_case pghot_watch_cases[] = {
	KUNIT_CASE(watch_claims_for_a_time),
	KUNIT_CASE(watch_claims_many),
	{}
};

static struct kunit_suite pghot_watch_suite = {
	.name = "pghot_watch",
	.test_cases = pghot_watch_cases,
};

kunit_test_suite(pghot_watch_suite);

MODULE_DESCRIPTION("KUnit tests of who is watched by pghot");
MODULE_LICENSE("GPL");
