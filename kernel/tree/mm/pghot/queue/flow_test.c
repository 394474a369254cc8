// SPDX-License-Identifier: GPL-2.0-only
/* KUnit tests of flow.c: how many pages become how hot. */
#include <kunit/test.h>
#include <linux/jiffies.h>

#include "base/config.h"
#include "base/node.h"
#include "queue/flow.h"

/* An index that no node has: they are given out from 1 on. */
#define IDX	PGHOT_MAX_TARGETS

static struct pghot_flow *begin(struct kunit *test)
{
	struct pghot_flow *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, f);
	mutex_lock(&pghot_lock);
	KUNIT_ASSERT_EQ(test, pghot_flow_open(IDX), 0);
	pghot_flow_start(f, IDX);
	mutex_unlock(&pghot_lock);
	return f;
}

static void end(void)
{
	mutex_lock(&pghot_lock);
	pghot_flow_close(IDX);
	mutex_unlock(&pghot_lock);
}

static void note(unsigned int nr, u32 before, u32 after)
{
	while (nr--)
		pghot_flow_note(IDX, before, after);
}

/* Take in what was noted, as if it had been in one second. */
static void pass_a_second(struct kunit *test, struct pghot_flow *f)
{
	f->at = jiffies - HZ;
	f->since = f->at;
	KUNIT_EXPECT_TRUE(test, pghot_flow_update(f, IDX, 1000));
}

/* What is hot is what fits. */
static void flow_tells_what_fits(struct kunit *test)
{
	struct pghot_flow *f = begin(test);

	note(1000, 0, 8);
	note(200, 0, 12);
	note(50, 0, 20);
	pass_a_second(test, f);
	KUNIT_EXPECT_EQ(test, pghot_flow_heat_for(f, 10000, 8), 8U);
	KUNIT_EXPECT_EQ(test, pghot_flow_heat_for(f, 1000, 4), 8U);
	KUNIT_EXPECT_EQ(test, pghot_flow_heat_for(f, 200, 8), 12U);
	KUNIT_EXPECT_EQ(test, pghot_flow_heat_for(f, 10, 8), 20U);
	/* Not below what is asked for in any case. */
	KUNIT_EXPECT_EQ(test, pghot_flow_heat_for(f, 200, 16), 16U);
	end();
}

/* A page that rises step by step reaches each heat once. */
static void flow_counts_a_page_once(struct kunit *test)
{
	struct pghot_flow *f = begin(test);
	u32 heat;

	for (heat = 0; heat < 16; heat++)
		note(100, heat, heat + 1);
	pass_a_second(test, f);
	KUNIT_EXPECT_EQ(test, pghot_flow_heat_for(f, 90, 1), 16U);
	KUNIT_EXPECT_EQ(test, pghot_flow_heat_for(f, 110, 1), 1U);
	end();
}

/*
 * Sixteen times as many pages become hot in a second as can be promoted in one, of all
 * heats and in no order. Those that are promoted first belong to the hottest quarter.
 */
static void flow_lets_the_hottest_go_first(struct kunit *test)
{
	const unsigned int nr = 65536, room = nr / 16;
	unsigned int i, promoted = 0, hottest = 0;
	struct pghot_flow *f = begin(test);
	u32 least;

	/* From 8 to 39, a multiplicative hash for an order: a quarter is over 31. */
	for (i = 0; i < nr; i++)
		note(1, 0, 8 + (i * 2654435761U) % 32);
	pass_a_second(test, f);
	least = pghot_flow_heat_for(f, room, 8);
	for (i = 0; i < nr && promoted < room; i++) {
		u32 heat = 8 + (i * 2654435761U) % 32;

		if (heat < least)
			continue;
		promoted++;
		hottest += heat >= 32;
	}
	KUNIT_EXPECT_EQ(test, promoted, room);
	KUNIT_EXPECT_GE(test, hottest, promoted * 9 / 10);
	end();
}

/* It forgets; and who is not a target is not counted. */
static void flow_fades(struct kunit *test)
{
	struct pghot_flow *f = begin(test);
	int i;

	note(1000, 0, 30);
	pghot_flow_note(PGHOT_MAX_TARGETS + 1, 0, 30);
	pass_a_second(test, f);
	KUNIT_EXPECT_EQ(test, pghot_flow_heat_for(f, 100, 8), 30U);
	for (i = 0; i < 3; i++)
		pass_a_second(test, f);
	KUNIT_EXPECT_EQ(test, pghot_flow_heat_for(f, 100, 8), 8U);
	/* Not so soon again. */
	KUNIT_EXPECT_FALSE(test, pghot_flow_update(f, IDX, 1000));
	end();
	pghot_flow_note(IDX, 0, 30);
}

static struct kunit_case pghot_flow_cases[] = {
	KUNIT_CASE(flow_tells_what_fits),
	KUNIT_CASE(flow_counts_a_page_once),
	KUNIT_CASE(flow_lets_the_hottest_go_first),
	KUNIT_CASE(flow_fades),
	{}
};

static struct kunit_suite pghot_flow_suite = {
	.name = "pghot_flow",
	.test_cases = pghot_flow_cases,
};

kunit_test_suite(pghot_flow_suite);

MODULE_DESCRIPTION("KUnit tests of pghot's flow of heat");
MODULE_LICENSE("GPL");
