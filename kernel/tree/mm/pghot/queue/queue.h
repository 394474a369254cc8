/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: the queue of a target node, that is its rings and its heap in step. */
#ifndef _MM_PGHOT_QUEUE_QUEUE_H
#define _MM_PGHOT_QUEUE_QUEUE_H

#include <linux/mutex.h>
#include <linux/types.h>

#include "queue/heap.h"
#include "queue/ring.h"

/**
 * struct pghot_queue - what waits for a target node
 * @nid: the node
 * @idx: its compact index
 * @bell: where its reader sleeps
 * @inbox: of an open queue, where candidates arrive; written under pghot_lock and
 *	@lock, read under RCU or @lock
 * @dropped: candidates that met a full ring or heap
 * @lock: protects everything below; may be taken under pghot_lock and
 *	pghot_target.lock
 * @heap: candidates, hottest first; no storage unless open
 * @keys_at: bucket in which the heap's keys were last taken from the origins
 * @threshold: heat that promotion asks for at present, told by who promotes
 * @searched: the same when the origins were last searched for more, and all was found
 * @search_at: jiffies at which they may be again
 * @dropped_before: @dropped at that time
 * @overflowed: candidates were dropped since the heap last had room
 * @hot: base pages that became candidates
 *
 * Exists from when the node first is a target, and for good; found by index. Open
 * while the target runs. An owner opens and closes it under pghot_lock.
 */
struct pghot_queue {
	int nid;
	u8 idx;
	struct pghot_bell bell;
	struct pghot_inbox __rcu *inbox;
	atomic64_t dropped;

	struct mutex lock;	/* see above */
	struct pghot_heap heap;
	u32 keys_at;
	u32 threshold;
	u32 searched;
	unsigned long search_at;
	s64 dropped_before;
	bool overflowed;
	u64 hot;
};

/**
 * struct pghot_queue_stats - what a queue looks like
 * @length: candidates in its heap
 * @capacity: of the heap; 0 unless open
 * @hot: base pages that became candidates
 * @dropped: candidates that met a full ring or heap
 */
struct pghot_queue_stats {
	u32 length;
	u32 capacity;
	u64 hot;
	u64 dropped;
};

struct pghot_queue *pghot_queue_by_idx(u8 idx);
void pghot_queue_init(struct pghot_queue *q, int nid, u8 idx);
int pghot_queue_open(struct pghot_queue *q, u32 capacity, u32 threshold);
void pghot_queue_close(struct pghot_queue *q);
u64 pghot_queue_bytes(struct pghot_queue *q);

void pghot_queue_give_up(const struct pghot_heap_entry *e, void *arg);
bool pghot_queue_top(struct pghot_queue *q, struct pghot_heap_entry *e);
bool pghot_queue_pop(struct pghot_queue *q, u32 least, u64 room,
		     struct pghot_heap_entry *e, unsigned int *nr_pages);
void pghot_queue_retry(struct pghot_queue *q, const struct pghot_heap_entry *e);
void pghot_queue_clear(struct pghot_queue *q);
void pghot_queue_swap_heap(struct pghot_queue *q, struct pghot_heap *heap);

bool pghot_queue_is_idle(struct pghot_queue *q);
u32 pghot_queue_length(struct pghot_queue *q);
void pghot_queue_set_threshold(struct pghot_queue *q, u32 threshold);
void pghot_queue_kick(struct pghot_queue *q);

void pghot_queue_get_stats(struct pghot_queue *q,
			   struct pghot_queue_stats *stats);
void pghot_queue_reset_stats(struct pghot_queue *q);
bool pghot_queue_find(struct pghot_queue *q, unsigned long pfn,
		      struct pghot_place *place);
int pghot_queue_copy(struct pghot_queue *q, struct pghot_heap_entry **copy,
		     size_t *nr);

#endif /* _MM_PGHOT_QUEUE_QUEUE_H */
