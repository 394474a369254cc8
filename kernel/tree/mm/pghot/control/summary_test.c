// SPDX-License-Identifier: GPL-2.0-only
/* KUnit tests of summary.c: classes, and rows that fill up. */
#include <kunit/test.h>
#include <linux/slab.h>

#include "base/heat.h"
#include "control/summary.h"

static void summary_classes(struct kunit *test)
{
	/* Every frequency that there is has a class of its own power of two. */
	KUNIT_EXPECT_EQ(test, pghot_summary_freq_class(1), 0);
	KUNIT_EXPECT_EQ(test, pghot_summary_freq_class(2), 1);
	KUNIT_EXPECT_EQ(test, pghot_summary_freq_class(3), 1);
	KUNIT_EXPECT_EQ(test, pghot_summary_freq_class(32), 5);
	KUNIT_EXPECT_EQ(test, pghot_summary_freq_class(PGHOT_FREQ_MAX),
			PGHOT_SUMMARY_FREQ_CLASSES - 1);
	KUNIT_EXPECT_EQ(test, pghot_summary_age_class(0), 0);
	KUNIT_EXPECT_EQ(test, pghot_summary_age_class(999), 0);
	KUNIT_EXPECT_EQ(test, pghot_summary_age_class(1000), 1);
	KUNIT_EXPECT_EQ(test, pghot_summary_age_class(3999), 1);
	KUNIT_EXPECT_EQ(test, pghot_summary_age_class(4000), 2);
	KUNIT_EXPECT_EQ(test, pghot_summary_age_class(16000), 3);
	KUNIT_EXPECT_EQ(test, pghot_summary_age_class(64000), 4);
	KUNIT_EXPECT_EQ(test, pghot_summary_age_class(255999), 4);
	KUNIT_EXPECT_EQ(test, pghot_summary_age_class(256000), 5);
	KUNIT_EXPECT_EQ(test, pghot_summary_age_class(U32_MAX), 5);
}

static void summary_types(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, pghot_summary_type(PGHOT_PAGE_FLAG_ANON),
			PGHOT_PAGE_TYPE_ANON);
	KUNIT_EXPECT_EQ(test, pghot_summary_type(PGHOT_PAGE_FLAG_ANON |
						 PGHOT_PAGE_FLAG_LARGE),
			PGHOT_PAGE_TYPE_THP);
	KUNIT_EXPECT_EQ(test, pghot_summary_type(PGHOT_PAGE_FLAG_ANON |
						 PGHOT_PAGE_FLAG_KSM),
			PGHOT_PAGE_TYPE_KSM);
	KUNIT_EXPECT_EQ(test, pghot_summary_type(PGHOT_PAGE_FLAG_FILE |
						 PGHOT_PAGE_FLAG_LARGE),
			PGHOT_PAGE_TYPE_FILE);
	KUNIT_EXPECT_EQ(test, pghot_summary_type(PGHOT_PAGE_FLAG_SHMEM),
			PGHOT_PAGE_TYPE_SHMEM);
	KUNIT_EXPECT_EQ(test, pghot_summary_type(PGHOT_PAGE_FLAG_HUGETLB),
			PGHOT_PAGE_TYPE_HUGETLB);
	KUNIT_EXPECT_EQ(test, pghot_summary_type(0), PGHOT_PAGE_TYPE_OTHER);
}

/* Each key has a row; one that finds no room changes nothing. */
static void summary_rows(struct kunit *test)
{
	struct pghot_summary *s = kunit_kzalloc(test, sizeof(*s), GFP_KERNEL);
	struct pghot_summary_row key = { .nid = 1 };
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, s);
	for (i = 0; i < PGHOT_SUMMARY_ROWS; i++) {
		key.cgroup_ino = i / 2;
		key.type = i % 2;
		KUNIT_EXPECT_TRUE(test, pghot_summary_add(s, &key, 4, 2000, 1));
	}
	KUNIT_EXPECT_EQ(test, s->nr, PGHOT_SUMMARY_ROWS);
	key.nid = 2;
	KUNIT_EXPECT_FALSE(test, pghot_summary_add(s, &key, 4, 2000, 1));
	KUNIT_EXPECT_EQ(test, s->nr, PGHOT_SUMMARY_ROWS);
	key.nid = 1;
	KUNIT_EXPECT_TRUE(test, pghot_summary_add(s, &key, 63, 0, 512));
	for (i = 0; i < PGHOT_SUMMARY_ROWS; i++) {
		const struct pghot_summary_row *row = &s->rows[i];
		bool is_last = i == PGHOT_SUMMARY_ROWS - 1;

		KUNIT_EXPECT_EQ(test, row->pages[2][1], 1);
		KUNIT_EXPECT_EQ(test, row->pages[5][0], is_last ? 512 : 0);
		KUNIT_EXPECT_EQ(test, row->folios, is_last ? 2 : 1);
	}
}

static struct kunit_case pghot_summaries_cases[] = {
	KUNIT_CASE(summary_classes),
	KUNIT_CASE(summary_types),
	KUNIT_CASE(summary_rows),
	{}
};

static struct kunit_suite pghot_summaries_suite = {
	.name = "pghot_summaries",
	.test_cases = pghot_summaries_cases,
};

kunit_test_suite(pghot_summaries_suite);

MODULE_DESCRIPTION("KUnit tests of pghot's summaries for user space");
MODULE_LICENSE("GPL");
