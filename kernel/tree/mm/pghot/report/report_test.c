// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests of report.c: a page that becomes hot and finds no room is found again.
 */
#include <kunit/test.h>
#include <linux/bitfield.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/pghot.h>

#include "base/config.h"
#include "base/node.h"
#include "queue/heap.h"
#include "record/map.h"
#include "record/record.h"

#define CAPACITY	64
#define NOW		1000U

struct report_test {
	struct pghot_heap heap;
	/* What the heap gave up. */
	size_t evicted;
	/* A search offered a page that waits already. */
	bool offered_queued;
};

static int report_test_init(struct kunit *test)
{
	struct report_test *t = kunit_kzalloc(test, sizeof(*t), GFP_KERNEL);

	if (!t)
		return -ENOMEM;

	test->priv = t;
	return pghot_heap_alloc(&t->heap, CAPACITY);
}

static void report_test_exit(struct kunit *test)
{
	struct report_test *t = test->priv;

	if (t)
		pghot_heap_free(&t->heap);
}

static void evict(const struct pghot_heap_entry *e, void *arg)
{
	struct report_test *t = arg;

	t->evicted++;
}

static void push(struct report_test *t, unsigned long pfn, u8 freq)
{
	struct pghot_heap_entry e = { .pfn = pfn, .freq = freq };

	pghot_heap_push(&t->heap, &e, NOW, evict, t);
}

/*
 * The map is borrowed: one section of memory that is online is tracked for the
 * time of a test, with reports switched on and no kpromoted to receive them.
 * Then every hot page meets a target without rings, as it would a full one.
 * Only records are touched, no pages.
 */
struct borrowed_map {
	unsigned long pfn;
	u8 idx;
	unsigned int threshold;
};

static int borrow_section(struct borrowed_map *map, unsigned long start, int nid)
{
	int err = -ENODEV;

	pghot_config_lock();
	if (!pghot_active() && pfn_to_online_page(start))
		err = pghot_map_add_range(start, PAGES_PER_SECTION, nid);
	if (!err)
		static_branch_enable_cpuslocked(&pghot_enabled);
	pghot_config_unlock();

	map->threshold = pghot_params.freq_threshold;
	map->pfn = start;
	map->idx = pghot_target_idx(pghot_nearest_toptier(nid, NULL));
	return err;
}

static int borrow_map(struct borrowed_map *map)
{
	int nid = first_memory_node;

	return borrow_section(map, ALIGN(node_start_pfn(nid), PAGES_PER_SECTION),
			      nid);
}

static void return_map(void)
{
	pghot_config_lock();
	static_branch_disable_cpuslocked(&pghot_enabled);
	pghot_map_del_node(NUMA_NO_NODE);
	pghot_config_unlock();
}

/* Report accesses to a page; the answer to the last one. */
static int report(unsigned long pfn, unsigned int accesses)
{
	int ret = 0;

	while (accesses--)
		ret = pghot_record_access(pfn, NUMA_NO_NODE,
					  PGHOT_SOURCE_ID_HINTFAULT, 1, jiffies);
	return ret;
}

/* What kpromoted does with what a search finds, with a heap of our own. */
static enum pghot_map_found put_into_heap(unsigned long pfn, u32 rec,
					  void *arg)
{
	struct report_test *t = arg;

	if (rec & PGHOT_REC_QUEUED)
		t->offered_queued = true;
	if (FIELD_GET(PGHOT_REC_FREQ, rec) < pghot_params.freq_threshold)
		return PGHOT_MAP_DONE;
	if (t->heap.nr >= t->heap.size - t->heap.size / 4)
		return PGHOT_MAP_FULL;
	if (pghot_map_queue(pfn))
		push(t, pfn, FIELD_GET(PGHOT_REC_FREQ, rec));
	return PGHOT_MAP_DONE;
}

/* More hot pages than a heap can hold: all get their turn, each once. */
static void refill_in_turns(struct kunit *test, struct borrowed_map *map,
			    unsigned int hot)
{
	const unsigned int room = CAPACITY - CAPACITY / 4;
	struct report_test *t = test->priv;
	struct pghot_heap_entry e;
	unsigned int taken = 0, turns = 0;

	while (pghot_map_needs_refill(map->idx)) {
		pghot_map_refill(map->idx, put_into_heap, t);
		KUNIT_ASSERT_LE(test, t->heap.nr, (int)room);
		while (pghot_heap_pop(&t->heap, &e, NOW)) {
			/* Ours are the even ones. */
			KUNIT_EXPECT_EQ(test, (e.pfn - map->pfn) % 2, 0UL);
			KUNIT_EXPECT_TRUE(test, pghot_map_get(e.pfn) &
						PGHOT_REC_QUEUED);
			/* Promoted. */
			pghot_map_forget(e.pfn);
			taken++;
		}
		KUNIT_ASSERT_LE(test, ++turns, hot);
	}
	KUNIT_EXPECT_EQ(test, taken, hot);
	KUNIT_EXPECT_GE(test, turns, DIV_ROUND_UP(hot, room));
	KUNIT_EXPECT_EQ(test, t->evicted, (size_t)0);
}

static void report_refill(struct kunit *test)
{
	const unsigned int hot = 5 * CAPACITY;
	struct borrowed_map map;
	unsigned int i;

	if (pghot_active())
		kunit_skip(test, "pghot is in use");
	KUNIT_ASSERT_EQ(test, borrow_map(&map), 0);
	KUNIT_EXPECT_NE(test, map.idx, (u8)0);
	KUNIT_EXPECT_FALSE(test, pghot_map_needs_refill(map.idx));

	/* Hot, cold, hot, cold, ... */
	for (i = 0; i < hot; i++) {
		KUNIT_EXPECT_EQ(test, report(map.pfn + 2 * i,
					     map.threshold), 1);
		KUNIT_EXPECT_EQ(test, report(map.pfn + 2 * i + 1,
					     map.threshold - 1), 0);
		/* It found no place, so it must not say that it waits. */
		KUNIT_EXPECT_FALSE(test, pghot_map_get(map.pfn + 2 * i) &
					 PGHOT_REC_QUEUED);
	}
	KUNIT_EXPECT_TRUE(test, pghot_map_needs_refill(map.idx));
	/* Another target's search leaves the flag alone. */
	pghot_map_refill(map.idx + 1, put_into_heap, test->priv);
	KUNIT_EXPECT_TRUE(test, pghot_map_needs_refill(map.idx));

	refill_in_turns(test, &map, hot);
	return_map();
}

static unsigned int heat_at(const struct borrowed_map *map, unsigned int i)
{
	return map->threshold + i * 7 % (PGHOT_FREQ_MAX + 1 - map->threshold);
}

/*
 * The hottest first, wherever they are: what is fetched in a turn is at most an eighth, and
 * what cools in the meantime, colder than what is left behind.
 */
static void report_refill_hottest_first(struct kunit *test)
{
	const unsigned int hot = 8 * CAPACITY;
	struct report_test *t = test->priv;
	unsigned int i, freq, coldest = 0, left = 0, turns = 0;
	struct pghot_heap_entry e;
	struct borrowed_map map;

	if (pghot_active())
		kunit_skip(test, "pghot is in use");
	KUNIT_ASSERT_EQ(test, borrow_map(&map), 0);

	/* Over several blocks, no neighbours equally hot. */
	for (i = 0; i < hot; i++)
		pghot_record_access(map.pfn + i * 5, NUMA_NO_NODE,
				    PGHOT_SOURCE_ID_HINTFAULT, heat_at(&map, i),
				    jiffies);
	while (pghot_map_needs_refill(map.idx) && turns++ < hot) {
		pghot_map_refill(map.idx, put_into_heap, t);
		coldest = PGHOT_FREQ_MAX;
		while (pghot_heap_pop(&t->heap, &e, NOW)) {
			coldest = min_t(unsigned int, coldest, e.freq);
			pghot_map_forget(e.pfn);
		}
		for (i = 0, left = 0; i < hot; i++) {
			freq = FIELD_GET(PGHOT_REC_FREQ,
					 pghot_map_get(map.pfn + i * 5));
			left = max(left, freq);
		}
		KUNIT_EXPECT_GE(test, coldest, left - left / 8);
	}
	KUNIT_EXPECT_EQ(test, left, 0U);
	KUNIT_EXPECT_GT(test, turns, 8U);
	return_map();
}

/* A search for the hottest that counts what it is shown. */
struct counted_search {
	struct pghot_hottest search;
	unsigned long first;
	unsigned int blocks;
	unsigned int records;
};

static bool always_ready(struct pghot_hottest *search)
{
	return true;
}

static void count_block(struct pghot_hottest *search,
			const struct pghot_block *block)
{
	struct counted_search *s = container_of(search, struct counted_search,
						search);
	unsigned int i;

	if (!s->blocks++)
		s->first = block->pfn;
	for (i = 0; i < block->nr; i++)
		s->records += !!READ_ONCE(block->records[i]);
}

static struct counted_search search_hottest(struct kunit *test, u32 least)
{
	struct counted_search s = {
		.search = {
			.least = least,
			.ready = always_ready,
			.visit = count_block,
		},
	};

	KUNIT_EXPECT_EQ(test, pghot_map_hottest(&s.search), 0);
	return s;
}

static bool count_record(unsigned long pfn, int nid, u32 rec, void *arg)
{
	return true;
}

/* What is not hot enough is not even looked at; nothing that is hot is passed over. */
static void report_summaries(struct kunit *test)
{
	struct borrowed_map map;
	struct counted_search s;
	unsigned long at, hot;

	if (pghot_active())
		kunit_skip(test, "pghot is in use");
	KUNIT_ASSERT_EQ(test, borrow_map(&map), 0);

	s = search_hottest(test, 1);
	KUNIT_EXPECT_EQ(test, s.blocks, 0U);

	/* A page in the middle, and one that is less hot in the first block. */
	hot = map.pfn + PAGES_PER_SECTION / 2 + 3;
	report(map.pfn, 2);
	report(hot, map.threshold);
	s = search_hottest(test, 1);
	KUNIT_EXPECT_EQ(test, s.blocks, 2U);
	KUNIT_EXPECT_EQ(test, s.records, 2U);
	s = search_hottest(test, map.threshold);
	KUNIT_EXPECT_EQ(test, s.blocks, 1U);
	KUNIT_EXPECT_LE(test, s.first, hot);
	KUNIT_EXPECT_EQ(test, s.records, 1U);
	s = search_hottest(test, map.threshold + 1);
	KUNIT_EXPECT_EQ(test, s.blocks, 0U);

	/* So for a walk, wherever it begins. */
	at = 0;
	KUNIT_EXPECT_EQ(test, pghot_map_walk(&at, ULONG_MAX - 1, map.threshold,
					     count_record, NULL), (size_t)1);
	at = hot;
	KUNIT_EXPECT_EQ(test, pghot_map_walk(&at, hot, map.threshold,
					     count_record, NULL), (size_t)1);
	KUNIT_EXPECT_EQ(test, at, hot + 1);
	at = 0;
	KUNIT_EXPECT_EQ(test, pghot_map_walk(&at, ULONG_MAX - 1,
					     map.threshold + 1, count_record,
					     NULL), (size_t)0);
	at = 0;
	KUNIT_EXPECT_EQ(test, pghot_map_walk(&at, ULONG_MAX - 1, 0, count_record,
					     NULL), (size_t)2);

	/* Who forgets a page tells nobody; who resets, or takes the memory, does. */
	pghot_map_forget(hot);
	s = search_hottest(test, 1);
	KUNIT_EXPECT_GE(test, s.blocks, 1U);
	KUNIT_EXPECT_EQ(test, s.records, 1U);
	pghot_map_reset();
	s = search_hottest(test, 1);
	KUNIT_EXPECT_EQ(test, s.blocks, 0U);
	report(hot, 1);
	s = search_hottest(test, 1);
	KUNIT_EXPECT_EQ(test, s.records, 1U);
	return_map();
	s = search_hottest(test, 0);
	KUNIT_EXPECT_EQ(test, s.blocks, 0U);
	KUNIT_ASSERT_EQ(test, borrow_map(&map), 0);
	s = search_hottest(test, 1);
	KUNIT_EXPECT_EQ(test, s.blocks, 0U);
	return_map();
}

/* A page that waits already is nobody else's to queue. */
static void report_refill_leaves_the_queued(struct kunit *test)
{
	struct report_test *t = test->priv;
	struct borrowed_map map;

	if (pghot_active())
		kunit_skip(test, "pghot is in use");
	KUNIT_ASSERT_EQ(test, borrow_map(&map), 0);

	report(map.pfn, map.threshold);
	report(map.pfn + 1, map.threshold + 1);
	KUNIT_EXPECT_TRUE(test, pghot_map_queue(map.pfn));
	KUNIT_EXPECT_FALSE(test, pghot_map_queue(map.pfn));
	pghot_map_refill(map.idx, put_into_heap, t);
	KUNIT_EXPECT_EQ(test, t->heap.nr, 1);
	KUNIT_EXPECT_EQ(test, t->heap.data[0].pfn, map.pfn + 1);
	KUNIT_EXPECT_FALSE(test, t->offered_queued);

	/* Neither is one that nothing is known of, or that is not tracked. */
	KUNIT_EXPECT_FALSE(test, pghot_map_queue(map.pfn + 2));
	KUNIT_EXPECT_FALSE(test, pghot_map_queue(ULONG_MAX));
	KUNIT_EXPECT_EQ(test, report(ULONG_MAX, 1), -ENODEV);

	/* Reports of a page that waits do not make it a candidate again. */
	KUNIT_EXPECT_EQ(test, report(map.pfn + 1, 4), 0);
	/* It is one again when it has been taken out and cooled. */
	pghot_map_cool(map.pfn + 1);
	KUNIT_EXPECT_EQ(test, report(map.pfn + 1, map.threshold - 1), 0);
	KUNIT_EXPECT_EQ(test, report(map.pfn + 1, 1), 1);
	return_map();
}

/* A record that names a target which is none any more is for the nearest one. */
static void report_dead_target(struct kunit *test)
{
	struct report_test *t = test->priv;
	struct borrowed_map map;

	if (pghot_active())
		kunit_skip(test, "pghot is in use");
	KUNIT_ASSERT_EQ(test, borrow_map(&map), 0);

	report(map.pfn, map.threshold - 1);
	/* The last index, which no machine that runs this has given out. */
	KUNIT_EXPECT_FALSE(test, pghot_target_runs(PGHOT_MAX_TARGETS));
	KUNIT_EXPECT_TRUE(test, pghot_map_retarget(map.pfn, PGHOT_MAX_TARGETS));
	pghot_map_clear_queued(map.pfn);
	KUNIT_EXPECT_EQ(test, report(map.pfn, 1), 1);
	KUNIT_EXPECT_FALSE(test, pghot_map_needs_refill(PGHOT_MAX_TARGETS));
	KUNIT_ASSERT_TRUE(test, pghot_map_needs_refill(map.idx));
	pghot_map_refill(map.idx, put_into_heap, t);
	KUNIT_EXPECT_EQ(test, t->heap.nr, 1);
	return_map();
}

/* Flags are counted, so that nobody has to look for them. */
static void report_counts_flags(struct kunit *test)
{
	struct borrowed_map map;
	int nid = first_memory_node;

	if (pghot_active())
		kunit_skip(test, "pghot is in use");
	KUNIT_ASSERT_EQ(test, borrow_map(&map), 0);

	KUNIT_EXPECT_EQ(test, pghot_map_refill_sections(nid), 0U);
	pghot_map_flag_refill(map.pfn, map.idx);
	pghot_map_flag_refill(map.pfn + 1, map.idx);
	KUNIT_EXPECT_TRUE(test, pghot_map_needs_refill(map.idx));
	KUNIT_EXPECT_EQ(test, pghot_map_refill_sections(nid), 1U);
	pghot_map_flag_refill(map.pfn, map.idx + 1);
	KUNIT_EXPECT_EQ(test, pghot_map_refill_sections(nid), 1U);
	/* A search that finds all it flagged has nothing left to look for. */
	pghot_map_refill(map.idx, put_into_heap, test->priv);
	KUNIT_EXPECT_FALSE(test, pghot_map_needs_refill(map.idx));
	KUNIT_EXPECT_TRUE(test, pghot_map_needs_refill(map.idx + 1));
	KUNIT_EXPECT_EQ(test, pghot_map_refill_sections(nid), 1U);
	/* Sections take their flags with them. */
	return_map();
	KUNIT_EXPECT_FALSE(test, pghot_map_needs_refill(map.idx + 1));
	KUNIT_EXPECT_EQ(test, pghot_map_refill_sections(nid), 0U);
}

/* What the records of all nodes take, wherever they lie. */
static u64 record_bytes(void)
{
	u64 bytes = 0;
	int nid;

	for_each_node(nid)
		bytes += pghot_map_bytes_on(nid);
	return bytes;
}

/* Maps are filled in steps, each as large as it was asked to be, and none twice. */
static void report_map_in_steps(struct kunit *test)
{
	const u64 each = PAGES_PER_SECTION * sizeof(u32);
	int nid = first_memory_node;
	unsigned long start = ALIGN(node_start_pfn(nid), PAGES_PER_SECTION);
	unsigned long end = start + 2 * PAGES_PER_SECTION;
	unsigned long pfn = start;

	if (pghot_active())
		kunit_skip(test, "pghot is in use");
	if (!pfn_to_online_page(end - 1) || pfn_to_nid(end - 1) != nid)
		kunit_skip(test, "the first node has less than two sections");

	pghot_config_lock();
	KUNIT_EXPECT_EQ(test, record_bytes(), 0ULL);
	KUNIT_EXPECT_EQ(test, pghot_map_add_some(&pfn, end, nid, 1), 0);
	KUNIT_EXPECT_EQ(test, pfn, start + PAGES_PER_SECTION);
	KUNIT_EXPECT_EQ(test, pghot_map_tracked_pages(nid), PAGES_PER_SECTION);
	KUNIT_EXPECT_EQ(test, record_bytes(), each);
	KUNIT_EXPECT_EQ(test, pghot_map_add_some(&pfn, end, nid, 1), 0);
	KUNIT_EXPECT_EQ(test, pfn, end);
	KUNIT_EXPECT_EQ(test, record_bytes(), 2 * each);
	/* It is all there: looked at, and nothing allocated. */
	pfn = start;
	KUNIT_EXPECT_EQ(test, pghot_map_add_some(&pfn, end, nid, 1), 0);
	KUNIT_EXPECT_EQ(test, pfn, end);
	KUNIT_EXPECT_EQ(test, record_bytes(), 2 * each);
	pghot_map_del_node(nid);
	KUNIT_EXPECT_EQ(test, record_bytes(), 0ULL);
	KUNIT_EXPECT_EQ(test, pghot_map_tracked_pages(nid), 0UL);
	pghot_config_unlock();
}

/* ---- ranges ------------------------------------------------------------------ */

#define RANGE_ORDER	5
#define RANGE_PAGES	BIT(RANGE_ORDER)

static int report_range(unsigned long pfn, unsigned long nr, u64 accesses)
{
	return pghot_record_range(pfn, nr, NUMA_NO_NODE,
				  PGHOT_SOURCE_ID_HWHINT, accesses, jiffies);
}

static u32 recorded(unsigned long pfn)
{
	return FIELD_GET(PGHOT_REC_FREQ, pghot_map_get(pfn));
}

/* A folio of RANGE_PAGES, or as many of one page each; its section is tracked. */
static struct page *borrow_pages(struct kunit *test, struct borrowed_map *map,
				 gfp_t flags)
{
	struct page *page = alloc_pages(GFP_KERNEL | flags, RANGE_ORDER);
	unsigned long pfn;

	KUNIT_ASSERT_NOT_NULL(test, page);
	pfn = page_to_pfn(page);
	if (!(flags & __GFP_COMP))
		split_page(page, RANGE_ORDER);
	KUNIT_ASSERT_EQ(test, 0,
			borrow_section(map,
				       ALIGN_DOWN(pfn, PAGES_PER_SECTION),
				       page_to_nid(page)));
	return page;
}

/* What a device counted is shared by the pages of the range. */
static void report_range_of_pages(struct kunit *test)
{
	struct borrowed_map map;
	struct page *page;
	unsigned long pfn, i;

	if (pghot_active())
		kunit_skip(test, "pghot is in use");
	page = borrow_pages(test, &map, 0);
	pfn = page_to_pfn(page);

	/* Less than half an access for each: it could be any of them. */
	KUNIT_EXPECT_EQ(test, report_range(pfn, RANGE_PAGES,
					   RANGE_PAGES / 2 - 1), 0);
	KUNIT_EXPECT_EQ(test, recorded(pfn), 0U);
	KUNIT_EXPECT_EQ(test, report_range(pfn, RANGE_PAGES, 2 * RANGE_PAGES),
			(int)RANGE_PAGES);
	for (i = 0; i < RANGE_PAGES; i++)
		KUNIT_EXPECT_EQ(test, recorded(pfn + i), 2U);
	/* A part of it adds up with that. */
	KUNIT_EXPECT_EQ(test, report_range(pfn + 1, 2, 3), 2);
	KUNIT_EXPECT_EQ(test, recorded(pfn), 2U);
	KUNIT_EXPECT_EQ(test, recorded(pfn + 1), 4U);
	KUNIT_EXPECT_EQ(test, recorded(pfn + 2), 4U);
	KUNIT_EXPECT_EQ(test, recorded(pfn + 3), 2U);

	return_map();
	for (i = 0; i < RANGE_PAGES; i++)
		__free_page(page + i);
}

/* A folio is one, and credited with the part of it that was counted. */
static void report_range_of_a_folio(struct kunit *test)
{
	struct borrowed_map map;
	struct page *page;
	unsigned long pfn;

	if (pghot_active())
		kunit_skip(test, "pghot is in use");
	page = borrow_pages(test, &map, __GFP_COMP);
	pfn = page_to_pfn(page);

	KUNIT_EXPECT_EQ(test, report_range(pfn, RANGE_PAGES, 3), 1);
	KUNIT_EXPECT_EQ(test, recorded(pfn), 3U);
	KUNIT_EXPECT_EQ(test, report_range(pfn + 8, 8, 2), 1);
	KUNIT_EXPECT_EQ(test, recorded(pfn), 5U);
	KUNIT_EXPECT_EQ(test, recorded(pfn + 8), 0U);
	/* As many as there are: no record holds so many, and nothing wraps. */
	KUNIT_EXPECT_EQ(test, report_range(pfn, RANGE_PAGES, U64_MAX), 1);
	KUNIT_EXPECT_EQ(test, recorded(pfn), PGHOT_FREQ_MAX);

	return_map();
	__free_pages(page, RANGE_ORDER);
}

static void report_range_bounds(struct kunit *test)
{
	struct borrowed_map map;

	if (pghot_active())
		kunit_skip(test, "pghot is in use");
	KUNIT_EXPECT_EQ(test, report_range(0, 1, 1), -ENODEV);
	KUNIT_ASSERT_EQ(test, borrow_map(&map), 0);

	KUNIT_EXPECT_EQ(test, report_range(map.pfn, 0, 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, report_range(ULONG_MAX, 2, 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, report_range(map.pfn, PGHOT_RANGE_PAGES_MAX + 1, 1),
			-E2BIG);
	/* Page frames that no machine has. */
	KUNIT_EXPECT_EQ(test, report_range(ULONG_MAX - PGHOT_RANGE_PAGES_MAX,
					   PGHOT_RANGE_PAGES_MAX, U64_MAX), 0);
	return_map();
}

/* ---- cost ------------------------------------------------------------------ */

/*
 * What a report costs, for bench/record/run: on a CPU whose clock counts instructions
 * a nanosecond is one. The least of some rounds, for interrupts come in between.
 */
#define COST_REPORTS	1000
#define COST_ROUNDS	20

static u64 cost_of(unsigned long first, unsigned long stride,
		   unsigned int weight)
{
	u64 least = U64_MAX, start, took;
	int round, i;

	/* A page that is reported again and again waits all the while. */
	if (!stride) {
		pghot_record_access(first, 0, PGHOT_SOURCE_ID_HINTFAULT,
				    weight, jiffies);
		pghot_map_queue(first);
	}
	for (round = 0; round < COST_ROUNDS; round++) {
		/* Not the time of reading the clock. */
		start = ktime_get_ns();
		took = ktime_get_ns() - start;
		start = ktime_get_ns();
		for (i = 0; i < COST_REPORTS; i++)
			pghot_record_access(first + i * stride, 0,
					    PGHOT_SOURCE_ID_HINTFAULT, weight,
					    jiffies);
		least = min(least, ktime_get_ns() - start - took);
		for (i = 0; stride && i < COST_REPORTS; i++)
			pghot_map_forget(first + i * stride);
	}
	return div_u64(least, COST_REPORTS);
}

static void report_cost(struct kunit *test)
{
	u64 untracked, first, again, hot;
	struct borrowed_map map;

	if (pghot_active())
		kunit_skip(test, "pghot is in use");
	KUNIT_ASSERT_EQ(test, borrow_map(&map), 0);

	untracked = cost_of(ULONG_MAX - COST_REPORTS, 0, 1);
	first = cost_of(map.pfn, 1, 1);
	again = cost_of(map.pfn + COST_REPORTS, 0, 1);
	hot = cost_of(map.pfn, 1, map.threshold);
	kunit_info(test, "ns per report: untracked %llu, first %llu, again %llu, hot %llu\n",
		   untracked, first, again, hot);
	return_map();
}

static struct kunit_case pghot_report_cases[] = {
	KUNIT_CASE(report_refill),
	KUNIT_CASE(report_refill_hottest_first),
	KUNIT_CASE(report_summaries),
	KUNIT_CASE(report_refill_leaves_the_queued),
	KUNIT_CASE(report_dead_target),
	KUNIT_CASE(report_counts_flags),
	KUNIT_CASE(report_map_in_steps),
	KUNIT_CASE(report_range_of_pages),
	KUNIT_CASE(report_range_of_a_folio),
	KUNIT_CASE(report_range_bounds),
	KUNIT_CASE(report_cost),
	{}
};

static struct kunit_suite pghot_report_suite = {
	.name = "pghot_report",
	.init = report_test_init,
	.exit = report_test_exit,
	.test_cases = pghot_report_cases,
};

kunit_test_suite(pghot_report_suite);

MODULE_DESCRIPTION("KUnit tests of pghot's way from reports to candidates");
MODULE_LICENSE("GPL");
