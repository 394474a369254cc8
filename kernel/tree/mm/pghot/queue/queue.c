// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: what waits for a target node.
 *
 * The heap holds copies of what the hotness map knows. Before it is used it is
 * brought up to date:
 *
 *	drain	candidates from the rings into the heap
 *	refresh	keys from the map; what went cold or found another target leaves
 *	refill	from flagged sections, when the heap has become half empty
 *
 * Nothing hot is lost on the way: a page that leaves without having been
 * promoted or having gone cold has its section flagged, by give_up().
 */
#include <linux/mm.h>
#include <linux/vmstat.h>
#include <trace/events/pghot.h>

#include "internal.h"

static u32 window_now(void)
{
	return pghot_window_buckets(READ_ONCE(pghot_params.window_ms));
}

static void give_up(const struct pghot_heap_entry *e, void *arg)
{
	struct pghot_node *node = arg;

	/* In this order: a search that starts in between finds it unqueued. */
	pghot_map_clear_queued(e->pfn);
	pghot_map_flag_refill(e->pfn, node->target_idx);
	count_vm_event(PGHOT_DROPPED_HEAP);
	atomic64_inc(&node->dropped);
	if (!node->overflowed) {
		node->overflowed = true;
		pghot_notify_promotion(PGHOT_PROMOTION_KIND_OVERFLOW,
				       node->nid, NULL, node->threshold,
				       node->heap.nr);
	}
}

static void set_key(struct pghot_heap_entry *e, u32 rec, u32 now, u32 window)
{
	e->time = pghot_record_time(rec, window);
	e->freq = pghot_record_freq(rec, now, window);
}

/* A page enters the queue. */
static void count_candidate(struct pghot_node *node, unsigned long pfn, u32 freq)
{
	unsigned int nr = pghot_pfn_pages(pfn);

	node->hot += nr;
	if (freq >= node->threshold)
		node->flow += nr;
	mod_node_page_state(NODE_DATA(node->nid), PGPROMOTE_CANDIDATE, nr);
}

/* A candidate has arrived in a ring. */
static void admit(struct pghot_node *node, unsigned long pfn)
{
	struct pghot_heap_entry e = { .pfn = pfn };
	u32 now = pghot_bucket(jiffies);
	u32 rec = pghot_map_get(pfn);

	/* Reset, or offline, while it was on its way. */
	if (!(rec & PGHOT_REC_QUEUED))
		return;

	set_key(&e, rec, now, window_now());
	count_candidate(node, pfn, e.freq);
	pghot_heap_push(&node->heap, &e, now, give_up, node);
}

/* Take the key of an entry from the map; false when it must leave the heap. */
static bool refresh_entry(struct pghot_node *node, struct pghot_heap_entry *e,
			  u32 now, u32 window)
{
	u32 rec = pghot_map_get(e->pfn);
	u32 before = e->freq;
	u8 idx = FIELD_GET(PGHOT_REC_TARGET, rec);

	if (!(rec & PGHOT_REC_QUEUED))
		return false;

	if (idx && idx != node->target_idx &&
	    pghot_map_retarget(e->pfn, idx))
		return false;

	set_key(e, rec, now, window);
	if (e->freq < READ_ONCE(pghot_params.freq_threshold)) {
		pghot_map_clear_queued(e->pfn);
		count_vm_event(PGHOT_PRUNED);
		return false;
	}
	if (before < node->threshold && e->freq >= node->threshold)
		node->flow += pghot_pfn_pages(e->pfn);

	return true;
}

static void refresh(struct pghot_node *node)
{
	u32 now = pghot_bucket(jiffies);
	u32 window = window_now();
	struct pghot_heap *heap = &node->heap;
	int i = 0;

	/* Ages have no finer resolution, and a full heap is long. */
	if (pghot_bucket_diff(now, node->keys_at) <
	    max(window / PGHOT_WINDOW_PARTS, 1U))
		return;

	while (i < heap->nr) {
		if (refresh_entry(node, &heap->data[i], now, window))
			i++;
		else
			heap->data[i] = heap->data[--heap->nr];
		if (!(i % 1024))
			cond_resched();
	}
	pghot_heap_reorder(heap, now);
	node->keys_at = now;
}

static bool refill_one(unsigned long pfn, u32 rec, void *arg)
{
	struct pghot_node *node = arg;
	struct pghot_heap_entry e = { .pfn = pfn };
	u32 now = pghot_bucket(jiffies);

	set_key(&e, rec, now, window_now());
	if (e.freq < READ_ONCE(pghot_params.freq_threshold))
		return true;
	/* A full heap would give up as much as it gains. */
	if (node->heap.nr >= node->heap.size - node->heap.size / 4)
		return false;
	if (!pghot_map_queue(pfn))
		return true;

	/*
	 * If a ring was full it has not been counted; if the heap was, it comes
	 * a second time, as more than can be promoted at once does.
	 */
	count_candidate(node, pfn, e.freq);
	pghot_heap_push(&node->heap, &e, now, give_up, node);
	count_vm_event(PGHOT_REFILLED);
	return true;
}

static void refill(struct pghot_node *node)
{
	int before = node->heap.nr;
	bool complete;

	if (node->heap.nr >= node->heap.size / 2 ||
	    !pghot_map_needs_refill(node->target_idx))
		return;

	pghot_map_refill(node->target_idx, refill_one, node);
	complete = !pghot_map_needs_refill(node->target_idx);
	if (complete)
		node->overflowed = false;
	trace_pghot_scan_pass(node->nid, node->heap.nr - before, complete);
}

/**
 * pghot_queue_update - bring the heap of a running target up to date
 * @node: the target
 *
 * Context: @node's lock held; may sleep.
 */
void pghot_queue_update(struct pghot_node *node)
{
	lockdep_assert_held(&node->lock);

	pghot_ring_drain(node, admit);
	refresh(node);
	refill(node);
}

/**
 * pghot_queue_retry - put a candidate back that could not be promoted now
 * @node: the target
 * @e: the candidate; its record still says queued
 *
 * It goes to the bottom until its key is refreshed, an eighth of a window later.
 *
 * Context: @node's lock held; may sleep.
 */
void pghot_queue_retry(struct pghot_node *node,
		       const struct pghot_heap_entry *e)
{
	struct pghot_heap_entry last = *e;

	last.freq = 0;
	pghot_heap_push(&node->heap, &last, pghot_bucket(jiffies), give_up,
			node);
}

static void discard(struct pghot_node *node, unsigned long pfn)
{
	pghot_map_clear_queued(pfn);
}

/**
 * pghot_queue_clear - empty a node's rings and heap
 * @node: the node; may not be running
 *
 * Context: may sleep.
 */
void pghot_queue_clear(struct pghot_node *node)
{
	mutex_lock(&node->lock);
	pghot_ring_drain(node, discard);
	while (node->heap.nr)
		discard(node, node->heap.data[--node->heap.nr].pfn);
	node->overflowed = false;
	mutex_unlock(&node->lock);
}

/**
 * pghot_queue_swap_heap - give a node a heap of another capacity
 * @node: the node, running
 * @heap: an empty heap with storage; on return, the old one
 *
 * Context: pghot_lock held; may sleep.
 */
void pghot_queue_swap_heap(struct pghot_node *node, struct pghot_heap *heap)
{
	mutex_lock(&node->lock);
	pghot_heap_move(heap, &node->heap, pghot_bucket(jiffies), give_up,
			node);
	/* Not by assignment: the type ends in an array of length 0. */
	swap(node->heap.data, heap->data);
	swap(node->heap.size, heap->size);
	swap(node->heap.nr, heap->nr);
	mutex_unlock(&node->lock);
}
