// SPDX-License-Identifier: GPL-2.0-only
/* KUnit tests of window.h: how long what a source reports is remembered. */
#include <kunit/test.h>

#include "base/window.h"

/* A window is the parameter, or two looks, or as long as it may get. */
static void window_follows_the_pace(struct kunit *test)
{
	static const struct {
		u32 window_ms, max_ms, pace_ms, ms, buckets;
	} cases[] = {
		/* No pace, fast ones, and slow ones. */
		{ 4000, 64000, 0, 4000, 16 },
		{ 4000, 64000, 1, 4000, 16 },
		{ 4000, 64000, 2000, 4000, 16 },
		{ 4000, 64000, 2001, 4002, 16 },
		{ 4000, 64000, 10000, 20000, 78 },
		{ 4000, 64000, 31999, 63998, 250 },
		{ 4000, 64000, 32000, 64000, 250 },
		{ 4000, 64000, 32001, 64000, 250 },
		{ 4000, 64000, U32_MAX, 64000, 250 },
		/* Fixed, by a maximum that is equal or less. */
		{ 4000, 4000, 60000, 4000, 16 },
		{ 4000, 500, 60000, 4000, 16 },
		{ 60000, 500, U32_MAX, 60000, 234 },
		/* The ends of the ranges. */
		{ PGHOT_WINDOW_MS_MIN, PGHOT_WINDOW_MAX_MS_MIN, 0, 500, 2 },
		{ PGHOT_WINDOW_MS_MIN, PGHOT_WINDOW_MAX_MS_MIN, U32_MAX, 500, 2 },
		{ PGHOT_WINDOW_MS_MIN, PGHOT_WINDOW_MAX_MS_MAX, 60000, 120000, 469 },
		{ PGHOT_WINDOW_MS_MIN, PGHOT_WINDOW_MAX_MS_MAX, U32_MAX, 260000, 1016 },
		{ PGHOT_WINDOW_MS_MAX, PGHOT_WINDOW_MAX_MS_MAX, 0, 60000, 234 },
		{ PGHOT_WINDOW_MS_MAX, PGHOT_WINDOW_MAX_MS_MAX, U32_MAX, 260000, 1016 },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		KUNIT_EXPECT_EQ_MSG(test,
				    pghot_window_ms_for(cases[i].window_ms,
							cases[i].max_ms,
							cases[i].pace_ms),
				    cases[i].ms, "case %d", i);
		KUNIT_EXPECT_EQ_MSG(test,
				    pghot_window_for(cases[i].window_ms,
						     cases[i].max_ms,
						     cases[i].pace_ms),
				    cases[i].buckets, "case %d", i);
	}
}

static struct kunit_case pghot_window_cases[] = {
	KUNIT_CASE(window_follows_the_pace),
	{}
};

static struct kunit_suite pghot_window_suite = {
	.name = "pghot_window",
	.test_cases = pghot_window_cases,
};

kunit_test_suite(pghot_window_suite);

MODULE_DESCRIPTION("KUnit tests of the windows of pghot's sources");
MODULE_LICENSE("GPL");
