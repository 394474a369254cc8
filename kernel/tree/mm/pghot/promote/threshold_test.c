// SPDX-License-Identifier: GPL-2.0-only
/* KUnit tests of threshold.c: what is asked for while more could be promoted. */
#include <kunit/test.h>

#include "base/heat.h"
#include "promote/threshold.h"

#define FLOOR	8

static void lower(struct pghot_threshold *t, u32 value, u32 slack)
{
	*t = (struct pghot_threshold){ .value = value, .slack = slack };
	pghot_threshold_lower(t, FLOOR);
}

/* First the threshold falls to the parameter, then a first report is believed more. */
static void threshold_is_lowered(struct kunit *test)
{
	struct pghot_threshold t;
	u32 value, slack;

	for (value = FLOOR; value <= PGHOT_FREQ_MAX; value++) {
		for (slack = 0; slack <= PGHOT_FREQ_MAX; slack++) {
			lower(&t, value, slack);
			KUNIT_ASSERT_GE(test, t.value, (u32)FLOOR);
			KUNIT_ASSERT_LE(test, t.ease, PGHOT_FIRST_LOOK);
			/* Neither is there while the other could be. */
			if (t.ease)
				KUNIT_ASSERT_EQ(test, t.value, (u32)FLOOR);
			if (slack <= value - FLOOR + PGHOT_FIRST_LOOK)
				KUNIT_ASSERT_EQ(test, value - t.value + t.ease,
						slack);
		}
	}
}

/* However long nothing was found: once more is, it takes a step for each that was taken. */
static void threshold_slack_has_an_end(struct kunit *test)
{
	struct pghot_threshold t;

	lower(&t, FLOOR, PGHOT_FREQ_MAX);
	KUNIT_EXPECT_EQ(test, t.slack, PGHOT_FIRST_LOOK);
	KUNIT_EXPECT_EQ(test, t.ease, PGHOT_FIRST_LOOK);
	lower(&t, FLOOR, 0);
	KUNIT_EXPECT_EQ(test, t.ease, 0U);
	lower(&t, FLOOR + 5, 5);
	KUNIT_EXPECT_EQ(test, t.ease, 0U);
	KUNIT_EXPECT_EQ(test, t.value, (u32)FLOOR);
}

static struct kunit_case pghot_threshold_cases[] = {
	KUNIT_CASE(threshold_is_lowered),
	KUNIT_CASE(threshold_slack_has_an_end),
	{}
};

static struct kunit_suite pghot_threshold_suite = {
	.name = "pghot_threshold",
	.test_cases = pghot_threshold_cases,
};

kunit_test_suite(pghot_threshold_suite);

MODULE_DESCRIPTION("KUnit tests of what pghot asks of pages for promotion");
MODULE_LICENSE("GPL");
