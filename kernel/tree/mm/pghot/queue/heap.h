/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: the order of promotion. */
#ifndef _MM_PGHOT_QUEUE_HEAP_H
#define _MM_PGHOT_QUEUE_HEAP_H

#include <linux/min_heap.h>
#include <linux/types.h>

/**
 * struct pghot_heap_entry - one candidate for promotion
 * @pfn: first page frame of the folio
 * @time: bucket of its last access when the key was taken, see base/heat.h; of its
 *	arrival if nobody knows more
 * @freq: its decayed frequency when the key was taken
 * @tries: how often its promotion failed for a reason that may pass
 * @waits: how often a user of the page could not be asked
 * @heat: frequency when it arrived
 * @origin: enum pghot_origin_id
 */
struct pghot_heap_entry {
	unsigned long pfn;
	u16 time;
	u8 freq;
	u8 tries;
	u8 waits;
	u8 heat;
	u8 origin;
};

/**
 * struct pghot_place - a candidate in a heap
 * @entry: the candidate
 * @hotter: how many are hotter, and so come before it
 * @as_hot: how many others are as hot, and come before or after it
 */
struct pghot_place {
	struct pghot_heap_entry entry;
	u32 hotter;
	u32 as_hot;
};

DEFINE_MIN_HEAP(struct pghot_heap_entry, pghot_heap);

/* Called for every entry that a full heap gives up. */
typedef void (*pghot_evict_fn)(const struct pghot_heap_entry *e, void *arg);

int pghot_heap_alloc(struct pghot_heap *heap, u32 capacity);
void pghot_heap_free(struct pghot_heap *heap);
bool pghot_heap_move(struct pghot_heap *to, struct pghot_heap *from, int most,
		     u32 now, pghot_evict_fn evict, void *arg);
void pghot_heap_push(struct pghot_heap *heap, const struct pghot_heap_entry *e,
		     u32 now, pghot_evict_fn evict, void *arg);
bool pghot_heap_pop(struct pghot_heap *heap, struct pghot_heap_entry *e,
		    u32 now);
bool pghot_heap_find(const struct pghot_heap *heap, unsigned long pfn, u32 now,
		     struct pghot_place *place);
void pghot_heap_reorder(struct pghot_heap *heap, u32 now);
void pghot_heap_sort(struct pghot_heap_entry *entries, size_t nr, u32 now);
u64 pghot_heap_bytes(const struct pghot_heap *heap);

#endif /* _MM_PGHOT_QUEUE_HEAP_H */
