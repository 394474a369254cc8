// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: the queue of a target node, and its lifetime.
 *
 * Candidates are submitted from any CPU, wait in rings, and are ordered in a heap.
 * Nothing hot is lost on the way: a candidate that leaves without having been
 * promoted or having gone cold is given back to its origin, which is asked for it
 * again when there is room.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/vmstat.h>

#include "base/config.h"
#include "base/event.h"
#include "base/folio.h"
#include "base/heat.h"
#include "base/node.h"
#include "queue/flow.h"
#include "queue/origin.h"
#include "queue/queue.h"

/*
 * Entries that are moved or given back before whoever else waits gets the lock: a heap may
 * have a quarter of a million, and nothing that an administrator does holds promotion up.
 */
#define CHUNK	256

/* By compact index; set once, under pghot_lock, and never taken back. */
static struct pghot_queue *queues[PGHOT_MAX_TARGETS + 1];

/* The queue of a target, %NULL for 0 and for indices that have none. Context: any. */
struct pghot_queue *pghot_queue_by_idx(u8 idx)
{
	return idx <= PGHOT_MAX_TARGETS ? READ_ONCE(queues[idx]) : NULL;
}

static void leave(struct pghot_queue *q, const struct pghot_heap_entry *e,
		  enum pghot_leave why)
{
	pghot_origin_leave(e->origin, e->pfn, q->idx, why);
}

/**
 * pghot_queue_give_up - a heap has no room for a candidate
 * @e: the candidate
 * @arg: the queue; its lock is held
 *
 * A pghot_evict_fn. Its origin is told, and will be asked for it again.
 */
void pghot_queue_give_up(const struct pghot_heap_entry *e, void *arg)
{
	struct pghot_queue *q = arg;

	leave(q, e, PGHOT_LEAVE_NO_ROOM);
	count_vm_event(PGHOT_DROPPED_HEAP);
	atomic64_inc(&q->dropped);
	if (!q->overflowed) {
		q->overflowed = true;
		pghot_tell(PGHOT_PROMOTION_KIND_OVERFLOW, q->nid, NULL,
			   q->threshold, q->heap.nr);
	}
}

/* ---- for who promotes ------------------------------------------------------- */

/**
 * pghot_queue_top - the hottest candidate
 * @q: the queue
 * @e: set to a copy
 *
 * Context: may sleep.
 * Return: false when there is none.
 */
bool pghot_queue_top(struct pghot_queue *q, struct pghot_heap_entry *e)
{
	bool any;

	mutex_lock(&q->lock);
	any = q->heap.nr;
	if (any)
		*e = q->heap.data[0];
	mutex_unlock(&q->lock);
	return any;
}

/**
 * pghot_queue_pop - take the hottest candidate
 * @q: the queue
 * @least: leave it if it is colder
 * @room: leave it if it has more base pages
 * @e: where to put it; its origin still has it as queued, until it is told
 * @nr_pages: base pages of its folio
 *
 * Context: may sleep.
 * Return: false when it was left, or there is none.
 */
bool pghot_queue_pop(struct pghot_queue *q, u32 least, u64 room,
		     struct pghot_heap_entry *e, unsigned int *nr_pages)
{
	bool taken = false;

	mutex_lock(&q->lock);
	if (q->heap.nr && q->heap.data[0].freq >= least) {
		*nr_pages = pghot_pfn_pages(q->heap.data[0].pfn);
		taken = *nr_pages <= room &&
			pghot_heap_pop(&q->heap, e, pghot_bucket(jiffies));
	}
	mutex_unlock(&q->lock);
	return taken;
}

/**
 * pghot_queue_retry - put a candidate back that could not be promoted now
 * @q: the queue; may have been closed since
 * @e: the candidate, as it was taken
 *
 * It goes to the bottom until its key is refreshed, an eighth of a window later.
 *
 * Context: may sleep.
 */
void pghot_queue_retry(struct pghot_queue *q, const struct pghot_heap_entry *e)
{
	struct pghot_heap_entry last = *e;

	last.freq = 0;
	mutex_lock(&q->lock);
	if (q->heap.size)
		pghot_heap_push(&q->heap, &last, pghot_bucket(jiffies), pghot_queue_give_up, q);
	else
		leave(q, e, PGHOT_LEAVE_DROPPED);
	mutex_unlock(&q->lock);
}

static void discard_arrival(const struct pghot_arrival *a, void *arg)
{
	struct pghot_queue *q = arg;

	/* Of a range nobody remembers single pages. */
	if (a->nr == 1)
		pghot_origin_leave(a->origin, a->pfn, q->idx,
				   PGHOT_LEAVE_DROPPED);
}

/* Gives back what waits at present; what comes meanwhile may be left. */
static void discard_all(struct pghot_queue *q, struct pghot_inbox *inbox)
{
	int left, n;

	mutex_lock(&q->lock);
	if (inbox)
		pghot_ring_drain(inbox, discard_arrival, q);
	q->overflowed = false;
	for (left = q->heap.nr; left > 0; left -= CHUNK) {
		/* Without its last entries a heap is one. */
		for (n = min(left, CHUNK); n && q->heap.nr; n--)
			leave(q, &q->heap.data[--q->heap.nr], PGHOT_LEAVE_DROPPED);
		mutex_unlock(&q->lock);
		cond_resched();
		mutex_lock(&q->lock);
	}
	mutex_unlock(&q->lock);
}

/**
 * pghot_queue_clear - empty rings and heap
 * @q: the queue; may not be open
 *
 * Context: pghot_lock held; may sleep.
 */
void pghot_queue_clear(struct pghot_queue *q)
{
	lockdep_assert_held(&pghot_lock);

	discard_all(q, rcu_dereference_protected(q->inbox, lockdep_is_held(&pghot_lock)));
}

/**
 * pghot_queue_swap_heap - give a queue a heap of another capacity
 * @q: the queue, open
 * @heap: an empty heap with storage; on return, the old one
 *
 * What waits goes over in steps, hottest first; in between promotion goes on with what
 * is there.
 *
 * Context: pghot_lock held; may sleep.
 */
void pghot_queue_swap_heap(struct pghot_queue *q, struct pghot_heap *heap)
{
	bool more;

	lockdep_assert_held(&pghot_lock);

	mutex_lock(&q->lock);
	/* Not by assignment: the type ends in an array of length 0. */
	swap(q->heap.data, heap->data);
	swap(q->heap.size, heap->size);
	swap(q->heap.nr, heap->nr);
	do {
		more = pghot_heap_move(&q->heap, heap, CHUNK, pghot_bucket(jiffies),
				       pghot_queue_give_up, q);
		mutex_unlock(&q->lock);
		cond_resched();
		mutex_lock(&q->lock);
	} while (more);
	mutex_unlock(&q->lock);
}

/**
 * pghot_queue_is_idle - does nothing wait, not even for room?
 * @q: the queue
 *
 * Context: may sleep.
 */
bool pghot_queue_is_idle(struct pghot_queue *q)
{
	return !pghot_queue_length(q) && !pghot_any_origin_has_more(q->idx);
}

/* Candidates in the heap. Context: may sleep. */
u32 pghot_queue_length(struct pghot_queue *q)
{
	u32 nr;

	mutex_lock(&q->lock);
	nr = q->heap.nr;
	mutex_unlock(&q->lock);
	return nr;
}

/**
 * pghot_queue_set_threshold - tell what promotion asks for
 * @q: the queue
 * @threshold: heat from which on a page is a candidate
 *
 * Context: may sleep.
 */
void pghot_queue_set_threshold(struct pghot_queue *q, u32 threshold)
{
	mutex_lock(&q->lock);
	q->threshold = threshold;
	WRITE_ONCE(pghot_hot_from[q->idx], threshold);
	mutex_unlock(&q->lock);
}

/**
 * pghot_queue_kick - have a queue's reader look at its parameters
 * @q: the queue; may not be open
 *
 * Context: any but NMI.
 */
void pghot_queue_kick(struct pghot_queue *q)
{
	set_bit(PGHOT_BELL_WORK, &q->bell.work);
	wake_up(&q->bell.wait);
}

/* ---- for who looks on ------------------------------------------------------- */

/**
 * pghot_queue_get_stats - what a queue looks like now
 * @q: the queue
 * @stats: where to put it
 *
 * Context: may sleep.
 */
void pghot_queue_get_stats(struct pghot_queue *q,
			   struct pghot_queue_stats *stats)
{
	mutex_lock(&q->lock);
	*stats = (struct pghot_queue_stats) {
		.length = q->heap.nr,
		.capacity = q->heap.size,
		.hot = q->hot,
		.dropped = atomic64_read(&q->dropped),
	};
	mutex_unlock(&q->lock);
}

/* Count from zero again. Context: may sleep. */
void pghot_queue_reset_stats(struct pghot_queue *q)
{
	mutex_lock(&q->lock);
	q->hot = 0;
	atomic64_set(&q->dropped, 0);
	mutex_unlock(&q->lock);
}

/**
 * pghot_queue_find - the place of a candidate in the heap
 * @q: the queue; may not be open
 * @pfn: first page frame of its folio
 * @place: set to it
 *
 * By the keys that the heap has, which are what the next promotions go by.
 *
 * Context: may sleep. The lock is held for as long as it takes to look at all entries.
 * Return: false when it is not in the heap.
 */
bool pghot_queue_find(struct pghot_queue *q, unsigned long pfn,
		      struct pghot_place *place)
{
	bool found;

	mutex_lock(&q->lock);
	found = pghot_heap_find(&q->heap, pfn, pghot_bucket(jiffies), place);
	mutex_unlock(&q->lock);
	return found;
}

/**
 * pghot_queue_copy - a copy of the entries of the heap at one moment, in no order
 * @q: the queue
 * @copy: set to the copy, for kvfree(); %NULL when there are none
 * @nr: set to their number
 *
 * Context: may sleep. The lock is held for no longer than copying takes.
 * Return: 0 or -ENOMEM.
 */
int pghot_queue_copy(struct pghot_queue *q, struct pghot_heap_entry **copy,
		     size_t *nr)
{
	size_t room = 0;

	*copy = NULL;
	for (;;) {
		mutex_lock(&q->lock);
		*nr = q->heap.nr;
		if (*nr <= room)
			break;
		mutex_unlock(&q->lock);

		/* Allocate without the lock; meanwhile it may grow a little. */
		kvfree(*copy);
		room = *nr + *nr / 8 + 64;
		*copy = kvmalloc_array(room, sizeof(**copy),
				       GFP_KERNEL_ACCOUNT);
		if (!*copy)
			return -ENOMEM;
	}
	if (*nr)
		memcpy(*copy, q->heap.data, *nr * sizeof(**copy));
	mutex_unlock(&q->lock);
	return 0;
}

/* Bytes of memory that the queue takes. Context: may sleep. */
u64 pghot_queue_bytes(struct pghot_queue *q)
{
	u64 bytes = 0;

	mutex_lock(&q->lock);
	if (q->heap.size)
		bytes = pghot_heap_bytes(&q->heap) + pghot_inbox_bytes() +
			pghot_flow_bytes();
	mutex_unlock(&q->lock);
	return bytes;
}

/* ---- lifetime: under pghot_lock --------------------------------------------- */

/**
 * pghot_queue_init - make a queue known
 * @q: a queue that is all zero, and stays for good
 * @nid: target node
 * @idx: its compact index
 *
 * Context: pghot_lock held.
 */
void pghot_queue_init(struct pghot_queue *q, int nid, u8 idx)
{
	lockdep_assert_held(&pghot_lock);

	q->nid = nid;
	q->idx = idx;
	mutex_init(&q->lock);
	init_waitqueue_head(&q->bell.wait);
	/* Whoever finds it finds it ready. */
	smp_store_release(&queues[idx], q);
}

/**
 * pghot_queue_open - begin to take candidates
 * @q: the queue, not open
 * @capacity: of its heap, PGHOT_HEAP_CAPACITY_MIN to PGHOT_HEAP_CAPACITY_MAX
 * @threshold: heat that promotion asks for
 *
 * Context: pghot_lock held; may sleep.
 * Return: 0 or -ENOMEM, with nothing left behind.
 */
int pghot_queue_open(struct pghot_queue *q, u32 capacity, u32 threshold)
{
	struct pghot_inbox *inbox = pghot_inbox_alloc(&q->bell);
	int err = -ENOMEM;

	lockdep_assert_held(&pghot_lock);

	mutex_lock(&q->lock);
	if (inbox)
		err = pghot_heap_alloc(&q->heap, capacity);
	if (!err) {
		err = pghot_flow_open(q->idx);
		if (err)
			pghot_heap_free(&q->heap);
	}
	if (!err) {
		q->keys_at = pghot_bucket(jiffies);
		q->threshold = threshold;
		q->searched = threshold;
		q->search_at = jiffies;
		WRITE_ONCE(pghot_hot_from[q->idx], threshold);
		q->overflowed = false;
		clear_bit(PGHOT_BELL_WORK, &q->bell.work);
		clear_bit(PGHOT_BELL_URGENT, &q->bell.work);
		rcu_assign_pointer(q->inbox, inbox);
	}
	mutex_unlock(&q->lock);
	if (err)
		pghot_inbox_free(inbox);
	return err;
}

/**
 * pghot_queue_close - take no more candidates, give back those that wait
 * @q: the queue; may not be open
 *
 * Unpublishes the rings, waits for who is about to push, gives each candidate back to
 * its origin, and frees what the queue took. Whoever has taken candidates meanwhile
 * and wants to put them back finds it closed, see pghot_queue_retry().
 *
 * Context: pghot_lock held, nobody waits at the bell; may sleep.
 */
void pghot_queue_close(struct pghot_queue *q)
{
	struct pghot_inbox *inbox;

	lockdep_assert_held(&pghot_lock);

	mutex_lock(&q->lock);
	inbox = rcu_replace_pointer(q->inbox, NULL, lockdep_is_held(&q->lock));
	mutex_unlock(&q->lock);
	if (!inbox)
		return;

	synchronize_rcu();

	discard_all(q, inbox);
	mutex_lock(&q->lock);
	WRITE_ONCE(pghot_hot_from[q->idx], 0);
	pghot_heap_free(&q->heap);
	mutex_unlock(&q->lock);
	pghot_flow_close(q->idx);
	pghot_inbox_free(inbox);
}
