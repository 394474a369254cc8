// SPDX-License-Identifier: GPL-2.0-only
/* KUnit tests of hintfault.h: at what pace is looked at pages, and what is hot by it. */
#include <kunit/test.h>

#include "source/hintfault.h"

#define MIB(gib)	((u64)(gib) << 10)

static const u32 sizes_gib[] = { 1, 16, 256, 1024, 6144 };

/* Pass over @gib with the period that @demand makes of one of @period ms. */
static u32 pass(u32 gib, u32 period, enum pghot_demand demand)
{
	/* As task_scan_max() has it. */
	u32 most = max(60000 / (4 * gib), 100U);

	return pghot_hint_pass_ms(MIB(gib),
				  pghot_hint_period_for(period, most, MIB(gib),
							demand));
}

/* A pass takes seconds when that pays, or as long as it must, and a minute when not. */
static void hintfault_follows_demand(struct kunit *test)
{
	unsigned int i;
	u32 period;

	for (i = 0; i < ARRAY_SIZE(sizes_gib); i++) {
		u32 gib = sizes_gib[i];
		u32 least = gib * 4 * PGHOT_HINT_PERIOD_MS_MIN;

		for (period = 100; period <= 60000; period *= 2) {
			u32 usual = pass(gib, period, PGHOT_DEMAND_USUAL);
			u32 much = pass(gib, period, PGHOT_DEMAND_MUCH);
			u32 little = pass(gib, period, PGHOT_DEMAND_LITTLE);

			KUNIT_EXPECT_EQ(test, usual,
					min(gib * 4 * period, U32_MAX / 16));
			KUNIT_EXPECT_LE(test, much, usual);
			KUNIT_EXPECT_LE(test, much,
					max_t(u32, least, PGHOT_HINT_FRESH_MS));
			/* Never faster than NUMA balancing may be. */
			KUNIT_EXPECT_GE(test, much, min(usual, least));
			KUNIT_EXPECT_GE(test, little, usual);
			/* But for what was rounded. */
			KUNIT_EXPECT_GE(test, little, 59000U);
		}
	}
	/* An address space of nothing at all. */
	KUNIT_EXPECT_EQ(test, pghot_hint_period_for(1000, 60000, 0,
						    PGHOT_DEMAND_MUCH), 1000U);
	/* A task that has had no placement yet has no longest period. */
	KUNIT_EXPECT_EQ(test, pghot_hint_period_for(1000, 0, 1024,
						    PGHOT_DEMAND_LITTLE), 1000U);
}

/* With all the ease there is a first look tells as much as any, of what is hot. */
static void hintfault_is_eased(struct kunit *test)
{
	u32 heat, ease;

	for (heat = 1; heat <= PGHOT_FREQ_MAX; heat++) {
		for (ease = 0; ease <= PGHOT_FIRST_LOOK; ease++) {
			u32 eased = pghot_hint_eased(heat, 8, ease);

			KUNIT_ASSERT_LE(test, eased, PGHOT_FREQ_MAX);
			if (heat < 8)
				KUNIT_ASSERT_EQ(test, eased, heat);
			else
				KUNIT_ASSERT_GE(test, eased, heat);
		}
	}
	heat = pghot_hint_eased(8, 8, PGHOT_FIRST_LOOK);
	KUNIT_EXPECT_EQ(test, pghot_record_first_look(heat), 8U);
	heat = pghot_hint_eased(8, 8, 0);
	KUNIT_EXPECT_EQ(test, pghot_record_first_look(heat), 1U);
}

static struct kunit_case pghot_hintfault_cases[] = {
	KUNIT_CASE(hintfault_follows_demand),
	KUNIT_CASE(hintfault_is_eased),
	{}
};

static struct kunit_suite pghot_hintfault_suite = {
	.name = "pghot_hintfault",
	.test_cases = pghot_hintfault_cases,
};

kunit_test_suite(pghot_hintfault_suite);

MODULE_DESCRIPTION("KUnit tests of the pace of hint faults");
MODULE_LICENSE("GPL");
