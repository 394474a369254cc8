// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests of heap.c: order, bound, and keys that change.
 */
#include <kunit/test.h>
#include <linux/mm.h>
#include <linux/prandom.h>

#include "base/heat.h"
#include "queue/heap.h"

#define CAPACITY	64
#define NOW		1000U

/* What a heap gave up. */
struct evicted {
	struct pghot_heap_entry entries[16 * CAPACITY];
	size_t nr;
};

static void evict(const struct pghot_heap_entry *e, void *arg)
{
	struct evicted *out = arg;

	if (out->nr < ARRAY_SIZE(out->entries))
		out->entries[out->nr] = *e;
	out->nr++;
}

/* The order by which candidates are to be promoted, said once more. */
static bool not_colder(const struct pghot_heap_entry *l,
		       const struct pghot_heap_entry *r, u32 now)
{
	if (l->freq != r->freq)
		return l->freq > r->freq;

	return pghot_bucket_diff(now, l->time) <= pghot_bucket_diff(now, r->time);
}

struct heap_test {
	struct pghot_heap heap;
	struct evicted out;
	struct rnd_state rnd;
};

static int heap_test_init(struct kunit *test)
{
	struct heap_test *t = kunit_kzalloc(test, sizeof(*t), GFP_KERNEL);

	if (!t)
		return -ENOMEM;

	test->priv = t;
	prandom_seed_state(&t->rnd, 1234);
	return pghot_heap_alloc(&t->heap, CAPACITY);
}

static void heap_test_exit(struct kunit *test)
{
	struct heap_test *t = test->priv;

	if (t)
		pghot_heap_free(&t->heap);
}

static void push(struct heap_test *t, unsigned long pfn, u8 freq, u16 time)
{
	struct pghot_heap_entry e = { .pfn = pfn, .freq = freq, .time = time };

	pghot_heap_push(&t->heap, &e, NOW, evict, &t->out);
}

static void push_random(struct heap_test *t, unsigned long pfn)
{
	push(t, pfn, prandom_u32_state(&t->rnd) % 8,
	     prandom_u32_state(&t->rnd) & PGHOT_BUCKET_MASK);
}

/* Take everything out; it has to come hottest first. Returns how many. */
static int drain(struct kunit *test, u32 now)
{
	struct heap_test *t = test->priv;
	struct pghot_heap_entry e, before;
	int nr;

	for (nr = 0; pghot_heap_pop(&t->heap, &e, now); nr++) {
		if (nr)
			KUNIT_EXPECT_TRUE(test, not_colder(&before, &e, now));
		before = e;
	}
	return nr;
}

/* ---- order --------------------------------------------------------------- */

static void heap_empty(struct kunit *test)
{
	struct heap_test *t = test->priv;
	struct pghot_heap_entry e = { .pfn = 77 };

	KUNIT_EXPECT_FALSE(test, pghot_heap_pop(&t->heap, &e, NOW));
	KUNIT_EXPECT_EQ(test, e.pfn, 77UL);
	pghot_heap_reorder(&t->heap, NOW);
	pghot_heap_sort(t->heap.data, 0, NOW);

	push(t, 5, 1, 1);
	KUNIT_EXPECT_TRUE(test, pghot_heap_pop(&t->heap, &e, NOW));
	KUNIT_EXPECT_EQ(test, e.pfn, 5UL);
	KUNIT_EXPECT_FALSE(test, pghot_heap_pop(&t->heap, &e, NOW));
}

static void heap_hottest_first(struct kunit *test)
{
	struct heap_test *t = test->priv;
	int round, i;

	for (round = 1; round <= CAPACITY; round++) {
		for (i = 0; i < round; i++)
			push_random(t, i);
		KUNIT_EXPECT_EQ(test, drain(test, NOW), round);
	}
	KUNIT_EXPECT_EQ(test, t->out.nr, (size_t)0);
}

static void heap_keeps_what_it_is_given(struct kunit *test)
{
	struct pghot_heap_entry in = {
		.pfn = 0x123456789abcUL, .freq = PGHOT_FREQ_MAX,
		.time = PGHOT_BUCKET_MASK, .tries = 2,
	};
	struct heap_test *t = test->priv;
	struct pghot_heap_entry e;

	pghot_heap_push(&t->heap, &in, NOW, evict, &t->out);
	KUNIT_ASSERT_TRUE(test, pghot_heap_pop(&t->heap, &e, NOW));
	KUNIT_EXPECT_EQ(test, e.pfn, in.pfn);
	KUNIT_EXPECT_EQ(test, e.freq, in.freq);
	KUNIT_EXPECT_EQ(test, e.time, in.time);
	KUNIT_EXPECT_EQ(test, e.tries, in.tries);
}

static void heap_equals_by_recency(struct kunit *test)
{
	const u32 now = 3;	/* just after time wrapped around */
	struct heap_test *t = test->priv;
	struct pghot_heap_entry e = { .freq = 4 };
	const u16 times[] = {
		PGHOT_BUCKET_MASK - 5, 3, 100, 0, PGHOT_BUCKET_MASK, 4, 2,
	};
	const u16 latest_first[] = {
		3, 2, 0, PGHOT_BUCKET_MASK, PGHOT_BUCKET_MASK - 5, 100, 4,
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(times); i++) {
		e.time = times[i];
		pghot_heap_push(&t->heap, &e, now, evict, &t->out);
	}
	for (i = 0; i < ARRAY_SIZE(latest_first); i++) {
		KUNIT_ASSERT_TRUE(test, pghot_heap_pop(&t->heap, &e, now));
		KUNIT_EXPECT_EQ(test, e.time, latest_first[i]);
	}

	/* Frequency comes first, however old. */
	e.freq = 5;
	e.time = 4;
	pghot_heap_push(&t->heap, &e, now, evict, &t->out);
	e.freq = 4;
	e.time = 3;
	pghot_heap_push(&t->heap, &e, now, evict, &t->out);
	KUNIT_ASSERT_TRUE(test, pghot_heap_pop(&t->heap, &e, now));
	KUNIT_EXPECT_EQ(test, e.freq, (u8)5);
}

static void heap_sorted_is_a_heap(struct kunit *test)
{
	struct heap_test *t = test->priv;
	int i;

	for (i = 0; i < CAPACITY; i++)
		push_random(t, i);
	pghot_heap_sort(t->heap.data, t->heap.nr, NOW);
	for (i = 1; i < CAPACITY; i++)
		KUNIT_EXPECT_TRUE(test, not_colder(&t->heap.data[i - 1],
						   &t->heap.data[i], NOW));
	KUNIT_EXPECT_EQ(test, drain(test, NOW), CAPACITY);
}

/* ---- bound --------------------------------------------------------------- */

/* Full, it gives up the coldest, never one that is hotter than one it keeps. */
static void heap_full_gives_up_the_coldest(struct kunit *test)
{
	struct heap_test *t = test->priv;
	struct pghot_heap_entry coldest;
	int pushed = 0, i;

	while (pushed < CAPACITY)
		push_random(t, pushed++);
	KUNIT_EXPECT_EQ(test, t->out.nr, (size_t)0);

	push(t, pushed++, 63, NOW);
	KUNIT_ASSERT_EQ(test, t->out.nr, (size_t)(CAPACITY / 4));
	KUNIT_EXPECT_EQ(test, t->heap.nr, CAPACITY - CAPACITY / 4 + 1);

	pghot_heap_sort(t->heap.data, t->heap.nr, NOW);
	KUNIT_EXPECT_EQ(test, t->heap.data[0].pfn, (unsigned long)pushed - 1);
	coldest = t->heap.data[t->heap.nr - 1];
	for (i = 0; i < t->out.nr; i++)
		KUNIT_EXPECT_TRUE(test, not_colder(&coldest, &t->out.entries[i],
						   NOW));
}

static void heap_full_refuses_the_coldest(struct kunit *test)
{
	struct heap_test *t = test->priv;
	int i;

	for (i = 0; i < CAPACITY; i++)
		push(t, i, 10 + i % 50, NOW);
	push(t, 999, 1, NOW);

	/* The newcomer is the last to be given up, and not in the heap. */
	KUNIT_ASSERT_EQ(test, t->out.nr, (size_t)(CAPACITY / 4 + 1));
	KUNIT_EXPECT_EQ(test, t->out.entries[CAPACITY / 4].pfn, 999UL);
	for (i = 0; i < t->heap.nr; i++)
		KUNIT_EXPECT_NE(test, t->heap.data[i].pfn, 999UL);
}

/* However much comes in: never over capacity, and every entry is somewhere. */
static void heap_loses_nothing(struct kunit *test)
{
	const int total = 12 * CAPACITY;
	struct heap_test *t = test->priv;
	struct pghot_heap_entry e;
	unsigned long *seen;
	int pushed, i;

	seen = kunit_kzalloc(test, BITS_TO_LONGS(total) * sizeof(long),
			     GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, seen);

	for (pushed = 0; pushed < total; pushed++) {
		push_random(t, pushed);
		KUNIT_ASSERT_LE(test, t->heap.nr, t->heap.size);
	}
	KUNIT_ASSERT_LE(test, t->out.nr, ARRAY_SIZE(t->out.entries));

	for (i = 0; i < t->out.nr; i++)
		KUNIT_EXPECT_FALSE(test,
				   __test_and_set_bit(t->out.entries[i].pfn,
						      seen));
	while (pghot_heap_pop(&t->heap, &e, NOW))
		KUNIT_EXPECT_FALSE(test, __test_and_set_bit(e.pfn, seen));
	KUNIT_EXPECT_TRUE(test, bitmap_full(seen, total));
}

static void heap_resize(struct kunit *test)
{
	struct heap_test *t = test->priv;
	struct pghot_heap small = {}, large = {};
	int i;

	for (i = 0; i < CAPACITY; i++)
		push(t, i, i, NOW);

	KUNIT_ASSERT_EQ(test, pghot_heap_alloc(&large, 2 * CAPACITY), 0);
	/* In steps: what has gone over first is the hottest. */
	KUNIT_EXPECT_TRUE(test, pghot_heap_move(&large, &t->heap, CAPACITY / 4, NOW,
						evict, &t->out));
	KUNIT_EXPECT_EQ(test, large.nr, CAPACITY / 4);
	for (i = 0; i < large.nr; i++)
		KUNIT_EXPECT_GE(test, large.data[i].pfn,
				(unsigned long)CAPACITY * 3 / 4);
	KUNIT_EXPECT_FALSE(test, pghot_heap_move(&large, &t->heap, CAPACITY, NOW, evict,
						 &t->out));
	KUNIT_EXPECT_EQ(test, t->out.nr, (size_t)0);
	KUNIT_EXPECT_EQ(test, t->heap.nr, 0);
	KUNIT_EXPECT_EQ(test, large.nr, CAPACITY);
	KUNIT_EXPECT_EQ(test, pghot_heap_bytes(&large),
			2ULL * CAPACITY * sizeof(struct pghot_heap_entry));

	/* The smaller one keeps the hottest; freq is the page frame here. */
	KUNIT_ASSERT_EQ(test, pghot_heap_alloc(&small, CAPACITY / 2), 0);
	while (pghot_heap_move(&small, &large, CAPACITY / 8, NOW, evict, &t->out))
		;
	KUNIT_EXPECT_EQ(test, small.nr, CAPACITY / 2);
	KUNIT_EXPECT_EQ(test, t->out.nr, (size_t)(CAPACITY / 2));
	for (i = 0; i < small.nr; i++)
		KUNIT_EXPECT_GE(test, small.data[i].pfn,
				(unsigned long)CAPACITY / 2);
	for (i = 0; i < t->out.nr; i++)
		KUNIT_EXPECT_LT(test, t->out.entries[i].pfn,
				(unsigned long)CAPACITY / 2);

	/* What it holds is a heap. */
	pghot_heap_move(&t->heap, &small, CAPACITY, NOW, evict, &t->out);
	KUNIT_EXPECT_EQ(test, drain(test, NOW), CAPACITY / 2);

	pghot_heap_free(&small);
	pghot_heap_free(&large);
	/* Nothing to free is fine, too. */
	pghot_heap_free(&large);
	KUNIT_EXPECT_EQ(test, pghot_heap_bytes(&large), 0ULL);
}

/* ---- refresh ------------------------------------------------------------- */

static void heap_refreshed_keys(struct kunit *test)
{
	struct heap_test *t = test->priv;
	int i, kept = 0;

	for (i = 0; i < CAPACITY; i++)
		push_random(t, i);

	/* As kpromoted does it: new keys, what went cold replaced by the last. */
	for (i = 0; i < t->heap.nr;) {
		struct pghot_heap_entry *e = &t->heap.data[i];

		if (e->pfn % 3 == 0) {
			*e = t->heap.data[--t->heap.nr];
			continue;
		}
		e->freq = prandom_u32_state(&t->rnd) % 64;
		e->time = prandom_u32_state(&t->rnd) & PGHOT_BUCKET_MASK;
		kept++;
		i++;
	}
	pghot_heap_reorder(&t->heap, NOW + 7);
	KUNIT_EXPECT_EQ(test, drain(test, NOW + 7), kept);
}

/* The place of a candidate is how many are taken out before it. */
static void heap_place_of_a_candidate(struct kunit *test)
{
	struct heap_test *t = test->priv;
	struct pghot_heap_entry e;
	struct pghot_place place;
	u32 before = 0, same = 0;
	int i;

	KUNIT_EXPECT_FALSE(test, pghot_heap_find(&t->heap, 1, NOW, &place));
	for (i = 0; i < CAPACITY - 2; i++)
		push(t, 100 + i, prandom_u32_state(&t->rnd) % 8, NOW - i % 3);
	push(t, 1, 4, NOW - 1);
	KUNIT_EXPECT_FALSE(test, pghot_heap_find(&t->heap, 2, NOW, &place));
	KUNIT_ASSERT_TRUE(test, pghot_heap_find(&t->heap, 1, NOW, &place));
	KUNIT_EXPECT_EQ(test, place.entry.pfn, 1);
	KUNIT_EXPECT_EQ(test, place.entry.freq, 4);

	while (pghot_heap_pop(&t->heap, &e, NOW)) {
		if (e.pfn == 1)
			continue;
		if (e.freq == 4 && e.time == NOW - 1)
			same++;
		else if (not_colder(&e, &place.entry, NOW))
			before++;
	}
	KUNIT_EXPECT_EQ(test, place.hotter, before);
	KUNIT_EXPECT_EQ(test, place.as_hot, same);
	/* Else it would have tested nothing. */
	KUNIT_EXPECT_GT(test, before, 0);
	KUNIT_EXPECT_GT(test, same, 0);
}

static struct kunit_case pghot_heap_cases[] = {
	KUNIT_CASE(heap_empty),
	KUNIT_CASE(heap_hottest_first),
	KUNIT_CASE(heap_keeps_what_it_is_given),
	KUNIT_CASE(heap_equals_by_recency),
	KUNIT_CASE(heap_sorted_is_a_heap),
	KUNIT_CASE(heap_full_gives_up_the_coldest),
	KUNIT_CASE(heap_full_refuses_the_coldest),
	KUNIT_CASE(heap_loses_nothing),
	KUNIT_CASE(heap_resize),
	KUNIT_CASE(heap_refreshed_keys),
	KUNIT_CASE(heap_place_of_a_candidate),
	{}
};

static struct kunit_suite pghot_heap_suite = {
	.name = "pghot_heap",
	.init = heap_test_init,
	.exit = heap_test_exit,
	.test_cases = pghot_heap_cases,
};

kunit_test_suite(pghot_heap_suite);

MODULE_DESCRIPTION("KUnit tests of pghot's heaps");
MODULE_LICENSE("GPL");
