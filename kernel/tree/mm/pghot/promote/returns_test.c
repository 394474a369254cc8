// SPDX-License-Identifier: GPL-2.0-only
/* KUnit tests of returns.c: who comes back, once, and is not taken for another. */
#include <kunit/test.h>
#include <linux/bits.h>
#include <linux/hash.h>

#include "base/config.h"
#include "promote/returns.h"

/* Whether a source is enabled already; then it is the table of that. */
static bool was_there;

static int returns_test_init(struct kunit *test)
{
	int err;

	pghot_config_lock();
	was_there = pghot_returns_bytes();
	err = pghot_returns_start();
	pghot_config_unlock();
	return err;
}

static void returns_test_exit(struct kunit *test)
{
	pghot_config_lock();
	if (!was_there)
		pghot_returns_stop();
	pghot_config_unlock();
}

/* Beyond what there is of memory, and not those that a machine demotes to. */
#define A_PFN	BIT(40)

static void returns_once(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, pghot_returns_claim(A_PFN, 7));
	pghot_returns_note(A_PFN, 7);
	KUNIT_EXPECT_FALSE(test, pghot_returns_claim(A_PFN + 1, 7));
	/* It was freed, and is somebody else's. */
	KUNIT_EXPECT_FALSE(test, pghot_returns_claim(A_PFN, 8));
	KUNIT_EXPECT_TRUE(test, pghot_returns_claim(A_PFN, 7));
	KUNIT_EXPECT_FALSE(test, pghot_returns_claim(A_PFN, 7));
}

/* Of two in one place there is the later one. */
static void returns_in_one_place(struct kunit *test)
{
	unsigned long place = hash_long(A_PFN, PGHOT_RETURNS_SHIFT), other;

	for (other = A_PFN + 1; hash_long(other, PGHOT_RETURNS_SHIFT) != place;
	     other++)
		;
	pghot_returns_note(A_PFN, 7);
	pghot_returns_note(other, 7);
	KUNIT_EXPECT_FALSE(test, pghot_returns_claim(A_PFN, 7));
	KUNIT_EXPECT_TRUE(test, pghot_returns_claim(other, 7));
}

static struct kunit_case pghot_returns_cases[] = {
	KUNIT_CASE(returns_once),
	KUNIT_CASE(returns_in_one_place),
	{}
};

static struct kunit_suite pghot_returns_suite = {
	.name = "pghot_returns",
	.init = returns_test_init,
	.exit = returns_test_exit,
	.test_cases = pghot_returns_cases,
};

kunit_test_suite(pghot_returns_suite);

MODULE_DESCRIPTION("KUnit tests of which demoted pages return to fast memory");
MODULE_LICENSE("GPL");
