// SPDX-License-Identifier: GPL-2.0-only
/* KUnit tests of retry.h: how often which failure is tried again. */
#include <kunit/test.h>

#include "base/config.h"
#include "promote/retry.h"

/* Attempts until the origin is told, if each one fails like this. */
static unsigned int attempts(enum pghot_fail_reason reason, bool waits)
{
	struct pghot_heap_entry e = {};
	unsigned int nr = 1;

	while (nr < 1000 && pghot_try_again(&e, reason, waits))
		nr++;
	return nr;
}

static void retry_what_may_pass(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, attempts(PGHOT_FAIL_REASON_BUSY, false), 3U);
	KUNIT_EXPECT_EQ(test, attempts(PGHOT_FAIL_REASON_MIGRATE, false), 3U);
	KUNIT_EXPECT_EQ(test, attempts(PGHOT_FAIL_REASON_NO_MEMORY, false), 3U);
}

static void retry_nothing_else(struct kunit *test)
{
	enum pghot_fail_reason reason;

	for (reason = 0; reason < PGHOT_NR_FAIL_REASONS; reason++) {
		if (pghot_may_pass(reason))
			continue;
		KUNIT_EXPECT_EQ_MSG(test, attempts(reason, false), 1U,
				    "reason %d", reason);
	}
}

/* Waiting for a user takes no tries away, and has an end all the same. */
static void retry_what_waits(struct kunit *test)
{
	struct pghot_heap_entry e = {};
	unsigned int i;

	KUNIT_EXPECT_EQ(test, attempts(PGHOT_FAIL_REASON_BUSY, true),
			PGHOT_MAX_WAITS);

	for (i = 1; i < PGHOT_MAX_WAITS; i++)
		KUNIT_ASSERT_TRUE(test, pghot_try_again(&e, PGHOT_FAIL_REASON_BUSY,
							true));
	KUNIT_EXPECT_EQ(test, e.tries, 0);
	KUNIT_EXPECT_TRUE(test, pghot_try_again(&e, PGHOT_FAIL_REASON_MIGRATE,
						false));
	KUNIT_EXPECT_TRUE(test, pghot_try_again(&e, PGHOT_FAIL_REASON_BUSY,
						false));
	KUNIT_EXPECT_FALSE(test, pghot_try_again(&e, PGHOT_FAIL_REASON_BUSY,
						 false));
}

static struct kunit_case pghot_retry_cases[] = {
	KUNIT_CASE(retry_what_may_pass),
	KUNIT_CASE(retry_nothing_else),
	KUNIT_CASE(retry_what_waits),
	{}
};

static struct kunit_suite pghot_retry_suite = {
	.name = "pghot_retry",
	.test_cases = pghot_retry_cases,
};

kunit_test_suite(pghot_retry_suite);

MODULE_DESCRIPTION("KUnit tests of how often pghot tries to promote a page");
MODULE_LICENSE("GPL");
