// SPDX-License-Identifier: GPL-2.0-only
/* KUnit tests of failures.c: what is remembered, and what it is forgotten for. */
#include <kunit/test.h>
#include <linux/hash.h>
#include <linux/limits.h>

#include "promote/failures.h"

static struct pghot_failures failures;

static int failures_test_init(struct kunit *test)
{
	return pghot_failures_alloc(&failures);
}

static void failures_test_exit(struct kunit *test)
{
	pghot_failures_free(&failures);
}

static void failures_in_succession(struct kunit *test)
{
	struct pghot_failure f;
	int i;

	KUNIT_EXPECT_FALSE(test, pghot_failures_find(&failures, 0, &f));
	KUNIT_EXPECT_FALSE(test, pghot_failures_find(&failures, 7, &f));
	pghot_failures_note(&failures, 7, PGHOT_FAIL_REASON_BUSY, 100);
	pghot_failures_note(&failures, 7, PGHOT_FAIL_REASON_CPUSET, 200);
	KUNIT_ASSERT_TRUE(test, pghot_failures_find(&failures, 7, &f));
	KUNIT_EXPECT_EQ(test, f.reason, PGHOT_FAIL_REASON_CPUSET);
	KUNIT_EXPECT_EQ(test, f.when, 200);
	KUNIT_EXPECT_EQ(test, f.count, 2);
	for (i = 0; i <= U16_MAX; i++)
		pghot_failures_note(&failures, 7, PGHOT_FAIL_REASON_BUSY, i);
	KUNIT_ASSERT_TRUE(test, pghot_failures_find(&failures, 7, &f));
	KUNIT_EXPECT_EQ(test, f.count, U16_MAX);

	/* Its promotion ends that. */
	pghot_failures_forget(&failures, 7);
	KUNIT_EXPECT_FALSE(test, pghot_failures_find(&failures, 7, &f));
	pghot_failures_note(&failures, 7, PGHOT_FAIL_REASON_PINNED, 300);
	KUNIT_ASSERT_TRUE(test, pghot_failures_find(&failures, 7, &f));
	KUNIT_EXPECT_EQ(test, f.count, 1);
}

/* Of two that share a slot there is the later one, and never one for the other. */
static void failures_that_share_a_slot(struct kunit *test)
{
	u32 slot = hash_long(7, PGHOT_FAILURES_SHIFT);
	struct pghot_failure f;
	unsigned long other;

	for (other = 8; hash_long(other, PGHOT_FAILURES_SHIFT) != slot; other++)
		;
	pghot_failures_note(&failures, 7, PGHOT_FAIL_REASON_BUSY, 100);
	KUNIT_EXPECT_FALSE(test, pghot_failures_find(&failures, other, &f));
	pghot_failures_forget(&failures, other);
	KUNIT_EXPECT_TRUE(test, pghot_failures_find(&failures, 7, &f));
	pghot_failures_note(&failures, other, PGHOT_FAIL_REASON_POLICY, 200);
	KUNIT_EXPECT_FALSE(test, pghot_failures_find(&failures, 7, &f));
	KUNIT_ASSERT_TRUE(test, pghot_failures_find(&failures, other, &f));
	KUNIT_EXPECT_EQ(test, f.count, 1);
	KUNIT_EXPECT_EQ(test, f.reason, PGHOT_FAIL_REASON_POLICY);
}

/* A target that is not open remembers nothing, and asking it does no harm. */
static void failures_of_a_closed_target(struct kunit *test)
{
	struct pghot_failures closed = {};
	struct pghot_failure f;

	pghot_failures_note(&closed, 7, PGHOT_FAIL_REASON_BUSY, 100);
	pghot_failures_forget(&closed, 7);
	KUNIT_EXPECT_FALSE(test, pghot_failures_find(&closed, 7, &f));
}

static struct kunit_case pghot_failures_cases[] = {
	KUNIT_CASE(failures_in_succession),
	KUNIT_CASE(failures_that_share_a_slot),
	KUNIT_CASE(failures_of_a_closed_target),
	{}
};

static struct kunit_suite pghot_failures_suite = {
	.name = "pghot_failures",
	.init = failures_test_init,
	.exit = failures_test_exit,
	.test_cases = pghot_failures_cases,
};

kunit_test_suite(pghot_failures_suite);

MODULE_DESCRIPTION("KUnit tests of what pghot remembers of failed promotions");
MODULE_LICENSE("GPL");
