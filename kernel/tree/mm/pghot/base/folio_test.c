// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests of folio.c: what others learn of an access whose accessed bit was cleared.
 */
#include <kunit/test.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/gfp.h>
#include <linux/memcontrol.h>
#include <linux/mm.h>
#include <linux/mm_inline.h>
#include <linux/page_idle.h>
#include <linux/pagemap.h>
#include <linux/swap.h>

#include "base/folio.h"
#include "base/series.h"

static void put_folio(void *folio)
{
	folio_put(folio);
}

/* A folio that is in no generation, nor anywhere else, gets the flag. */
static void accessed_without_generation(struct kunit *test)
{
	struct folio *folio = folio_alloc(GFP_KERNEL, 0);

	KUNIT_ASSERT_NOT_NULL(test, folio);
	KUNIT_ASSERT_EQ(test, 0,
			kunit_add_action_or_reset(test, put_folio, folio));
	if (!IS_ENABLED(CONFIG_PAGE_IDLE_FLAG))
		kunit_skip(test, "there is no such flag");

	folio_set_idle(folio);
	pghot_folio_accessed(folio);
	KUNIT_EXPECT_FALSE(test, folio_test_idle(folio));
	KUNIT_EXPECT_TRUE(test, folio_test_young(folio));
}

#ifdef CONFIG_LRU_GEN

static void put_file(void *file)
{
	fput(file);
}

/* Is @folio in the youngest generation? */
static bool is_youngest(struct folio *folio)
{
	unsigned long seq;

	rcu_read_lock();
	seq = READ_ONCE(folio_lruvec(folio)->lrugen.max_seq);
	rcu_read_unlock();
	return folio_lru_gen(folio) == lru_gen_from_seq(seq);
}

/* Another one goes to the youngest, and gets no flag besides. */
static void accessed_with_generation(struct kunit *test)
{
	struct file *file = pghot_shmem_file("pghot-test", PAGE_SIZE);
	struct folio *folio;
	int i;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, file);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, put_file, file));
	folio = shmem_read_folio(file->f_mapping, 0);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, folio);
	KUNIT_ASSERT_EQ(test, 0,
			kunit_add_action_or_reset(test, put_folio, folio));
	lru_add_drain_all();
	if (folio_lru_gen(folio) < 0)
		kunit_skip(test, "the multi-gen LRU is off");
	/* It came by no page fault. */
	KUNIT_ASSERT_FALSE(test, is_youngest(folio));

	for (i = 1; i <= PGHOT_ACCESSES_OF_YOUNGEST; i++) {
		folio_set_idle(folio);
		pghot_folio_accessed(folio);
		lru_add_drain_all();
		KUNIT_EXPECT_EQ(test, is_youngest(folio), i == PGHOT_ACCESSES_OF_YOUNGEST);
	}
	KUNIT_EXPECT_FALSE(test, folio_test_idle(folio));
	KUNIT_EXPECT_FALSE(test, folio_test_young(folio));
}

#endif /* CONFIG_LRU_GEN */

static struct kunit_case pghot_folio_cases[] = {
	KUNIT_CASE(accessed_without_generation),
#ifdef CONFIG_LRU_GEN
	KUNIT_CASE(accessed_with_generation),
#endif
	{}
};

static struct kunit_suite pghot_folio_suite = {
	.name = "pghot_folio",
	.test_cases = pghot_folio_cases,
};

kunit_test_suite(pghot_folio_suite);

MODULE_DESCRIPTION("KUnit tests of what pghot tells others of folios");
MODULE_LICENSE("GPL");
