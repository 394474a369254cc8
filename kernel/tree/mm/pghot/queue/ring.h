/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: from whoever noticed that a page is hot to whoever promotes it. */
#ifndef _MM_PGHOT_QUEUE_RING_H
#define _MM_PGHOT_QUEUE_RING_H

#include <linux/irq_work.h>
#include <linux/types.h>
#include <linux/wait.h>

#define PGHOT_RING_SIZE		512	/* power of two */

/**
 * struct pghot_arrival - candidates on their way to a queue
 * @pfn: first page frame
 * @nr: page frames; 1 for the folio that begins at @pfn
 * @heat: frequency
 * @origin: enum pghot_origin_id
 */
struct pghot_arrival {
	unsigned long pfn;
	u32 nr;
	u8 heat;
	u8 origin;
};

#define PGHOT_BELL_WORK		0
#define PGHOT_BELL_URGENT	1

/**
 * struct pghot_bell - where the reader of rings sleeps
 * @work: bits, set from any context, to have it look at its rings: PGHOT_BELL_WORK when
 *	it likes, PGHOT_BELL_URGENT soon, for one is half full
 * @wait: where it sleeps
 *
 * Belongs to whoever owns the rings, and outlives them.
 */
struct pghot_bell {
	unsigned long work;
	wait_queue_head_t wait;
};

/**
 * struct pghot_ring - candidates from one CPU to one target node
 * @head: next slot to write; only this CPU, with interrupts off
 * @tail: next slot to read; only the reader
 * @kick: rings the bell; on the ring so that the record path of one CPU never
 *	meets another's
 * @bell: whose
 * @slots: candidates
 */
struct pghot_ring {
	unsigned int head;
	unsigned int tail;
	struct irq_work kick;
	struct pghot_bell *bell;
	struct pghot_arrival slots[PGHOT_RING_SIZE];
};

/**
 * struct pghot_inbox - the rings of a running target node
 * @rings: one per possible CPU
 *
 * Published by RCU, and freed after a grace period. One reader at a time.
 */
struct pghot_inbox {
	struct pghot_ring __percpu *rings;
};

struct pghot_inbox *pghot_inbox_alloc(struct pghot_bell *bell);
void pghot_inbox_free(struct pghot_inbox *inbox);
u64 pghot_inbox_bytes(void);
bool pghot_ring_push(struct pghot_inbox *inbox, const struct pghot_arrival *a);
void pghot_ring_drain(struct pghot_inbox *inbox,
		      void (*take)(const struct pghot_arrival *a, void *arg),
		      void *arg);
void pghot_bell_answer(struct pghot_bell *bell);
bool pghot_bell_is_urgent(const struct pghot_bell *bell);
bool pghot_bell_answer_urgent(struct pghot_bell *bell);

#endif /* _MM_PGHOT_QUEUE_RING_H */
