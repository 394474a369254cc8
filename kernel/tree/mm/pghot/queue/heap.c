// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: the order of promotion.
 *
 * A bounded binary heap per target node, hottest page on top: the kernel's
 * min_heap with "hotter" in place of "less". Keys are copies of what the
 * hotness map knew when they were taken; whoever owns the heap refreshes them
 * from the map and restores the order at once, in linear time.
 *
 * A max-heap cannot tell its coldest entry cheaply. When it is full it gives
 * up the coldest quarter in one go: sorted hottest first it still is a heap,
 * and the cost of sorting is shared by as many insertions as there is room
 * for afterwards.
 */
#include <linux/mm.h>
#include <linux/sort.h>

#include "base/heat.h"
#include "queue/heap.h"

struct pghot_order {
	u32 now;
};

/* Frequency first; of equals, the one that was accessed more recently. */
static bool hotter(const void *lhs, const void *rhs, void *args)
{
	const struct pghot_heap_entry *l = lhs, *r = rhs;
	const struct pghot_order *o = args;

	if (l->freq != r->freq)
		return l->freq > r->freq;

	return pghot_bucket_diff(o->now, l->time) <
	       pghot_bucket_diff(o->now, r->time);
}

static void swap_entries(void *lhs, void *rhs, void *args)
{
	swap(*(struct pghot_heap_entry *)lhs, *(struct pghot_heap_entry *)rhs);
}

static const struct min_heap_callbacks hottest_first = {
	.less = hotter,
	.swp = swap_entries,
};

static int cmp_hotter(const void *lhs, const void *rhs, const void *priv)
{
	if (hotter(lhs, rhs, (void *)priv))
		return -1;

	return hotter(rhs, lhs, (void *)priv);
}

/**
 * pghot_heap_sort - sort entries, hottest first
 * @entries: the array; a sorted array is a heap
 * @nr: its length
 * @now: time bucket of the present, by which ages are compared
 */
void pghot_heap_sort(struct pghot_heap_entry *entries, size_t nr, u32 now)
{
	struct pghot_order order = { .now = now };

	sort_r(entries, nr, sizeof(*entries), cmp_hotter, NULL, &order);
}

/**
 * pghot_heap_alloc - give a heap its storage
 * @heap: an empty heap
 * @capacity: entries, PGHOT_HEAP_CAPACITY_MIN to PGHOT_HEAP_CAPACITY_MAX
 *
 * Context: may sleep.
 * Return: 0 or -ENOMEM.
 */
int pghot_heap_alloc(struct pghot_heap *heap, u32 capacity)
{
	struct pghot_heap_entry *data;

	data = kvmalloc_array(capacity, sizeof(*data), GFP_KERNEL);
	if (!data)
		return -ENOMEM;

	min_heap_init(heap, data, capacity);
	return 0;
}

/**
 * pghot_heap_free - forget the entries of a heap and free its storage
 * @heap: the heap; may have no storage
 */
void pghot_heap_free(struct pghot_heap *heap)
{
	/* An empty min_heap points at its preallocated part, of length 0 here. */
	if (heap->size)
		kvfree(heap->data);
	heap->data = NULL;
	heap->nr = 0;
	heap->size = 0;
}

/* Bytes of storage that @heap holds. */
u64 pghot_heap_bytes(const struct pghot_heap *heap)
{
	return (u64)heap->size * sizeof(*heap->data);
}

static void evict_from(struct pghot_heap *heap, int keep, u32 now,
		       pghot_evict_fn evict, void *arg)
{
	pghot_heap_sort(heap->data, heap->nr, now);
	while (heap->nr > keep)
		evict(&heap->data[--heap->nr], arg);
}

/**
 * pghot_heap_push - add a candidate
 * @heap: the heap, with storage
 * @e: the candidate
 * @now: time bucket of the present
 * @evict: takes what a full heap gives up: its coldest quarter, or @e itself
 *	when nothing in the heap is colder
 * @arg: passed to @evict
 */
void pghot_heap_push(struct pghot_heap *heap, const struct pghot_heap_entry *e,
		     u32 now, pghot_evict_fn evict, void *arg)
{
	struct pghot_order order = { .now = now };

	if (min_heap_full(heap)) {
		evict_from(heap, heap->size - heap->size / 4, now, evict, arg);
		if (!hotter(e, &heap->data[heap->nr - 1], &order)) {
			evict(e, arg);
			return;
		}
	}
	min_heap_push(heap, e, &hottest_first, &order);
}

/**
 * pghot_heap_pop - take the hottest candidate
 * @heap: the heap
 * @e: where to put it
 * @now: time bucket of the present
 *
 * Return: false when the heap is empty.
 */
bool pghot_heap_pop(struct pghot_heap *heap, struct pghot_heap_entry *e,
		    u32 now)
{
	struct pghot_order order = { .now = now };

	if (!heap->nr)
		return false;

	*e = *min_heap_peek(heap);
	return min_heap_pop(heap, &hottest_first, &order);
}

/**
 * pghot_heap_find - the place of a candidate
 * @heap: the heap; looked at from end to end
 * @pfn: first page frame of its folio
 * @now: time bucket of the present
 * @place: set to it
 *
 * Return: false when there is no such candidate.
 */
bool pghot_heap_find(const struct pghot_heap *heap, unsigned long pfn, u32 now,
		     struct pghot_place *place)
{
	struct pghot_order order = { .now = now };
	const struct pghot_heap_entry *e = heap->data;
	const struct pghot_heap_entry *end = e + heap->nr;

	while (e < end && e->pfn != pfn)
		e++;
	if (e == end)
		return false;

	*place = (struct pghot_place) { .entry = *e };
	for (e = heap->data; e < end; e++) {
		if (hotter(e, &place->entry, &order))
			place->hotter++;
		else if (e->pfn != pfn && !hotter(&place->entry, e, &order))
			place->as_hot++;
	}
	return true;
}

/**
 * pghot_heap_reorder - restore the order after keys were changed in place
 * @heap: the heap
 * @now: time bucket of the present
 */
void pghot_heap_reorder(struct pghot_heap *heap, u32 now)
{
	struct pghot_order order = { .now = now };

	min_heapify_all(heap, &hottest_first, &order);
}

/**
 * pghot_heap_move - move entries of one heap to another, hottest first
 * @to: a heap with storage, which may hold others already
 * @from: the heap to empty; its storage stays
 * @most: entries to go through at once
 * @now: time bucket of the present
 * @evict: takes what @to has no room for, the coldest
 * @arg: passed to @evict
 *
 * Return: true when @from is not empty yet.
 */
bool pghot_heap_move(struct pghot_heap *to, struct pghot_heap *from, int most,
		     u32 now, pghot_evict_fn evict, void *arg)
{
	struct pghot_heap_entry e;

	for (; most && from->nr; most--) {
		if (min_heap_full(to)) {
			evict(&from->data[--from->nr], arg);
			continue;
		}
		pghot_heap_pop(from, &e, now);
		pghot_heap_push(to, &e, now, evict, arg);
	}
	return from->nr;
}
