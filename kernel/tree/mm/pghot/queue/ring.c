// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: from whoever noticed that a page is hot to whoever promotes it.
 *
 * One ring per CPU and target node. Its CPU writes with interrupts off, so a
 * task and an irq_work that nests inside it cannot meet; kpromoted of the
 * target is the one reader. Neither side waits for the other. NMIs do not come
 * here: a source that samples in NMI context defers to an irq_work first.
 *
 * Waking a thread takes a runqueue lock, which the record path, under a page
 * table lock, must not. So the first candidate after a drain queues the ring's
 * irq_work, and that wakes kpromoted once interrupts are possible again.
 */
#include <linux/percpu.h>
#include <linux/slab.h>

#include "internal.h"

static void ring_kick(struct irq_work *work)
{
	struct pghot_ring *ring = container_of(work, struct pghot_ring, kick);

	wake_up(&ring->node->wait);
}

/**
 * pghot_inbox_alloc - rings to a node
 * @node: the target
 *
 * Context: may sleep.
 * Return: an inbox to publish in @node, or NULL.
 */
struct pghot_inbox *pghot_inbox_alloc(struct pghot_node *node)
{
	struct pghot_inbox *inbox = kzalloc(sizeof(*inbox), GFP_KERNEL);
	int cpu;

	if (!inbox)
		return NULL;

	inbox->rings = alloc_percpu(struct pghot_ring);
	if (!inbox->rings) {
		kfree(inbox);
		return NULL;
	}

	for_each_possible_cpu(cpu) {
		struct pghot_ring *ring = per_cpu_ptr(inbox->rings, cpu);

		init_irq_work(&ring->kick, ring_kick);
		ring->node = node;
	}
	return inbox;
}

/**
 * pghot_inbox_free - free rings that nobody can find any more
 * @inbox: the inbox, after an RCU grace period; may be NULL
 *
 * Context: may sleep.
 */
void pghot_inbox_free(struct pghot_inbox *inbox)
{
	int cpu;

	if (!inbox)
		return;

	for_each_possible_cpu(cpu)
		irq_work_sync(&per_cpu_ptr(inbox->rings, cpu)->kick);
	free_percpu(inbox->rings);
	kfree(inbox);
}

/* Bytes that the rings to one node take. */
u64 pghot_inbox_bytes(void)
{
	return (u64)num_possible_cpus() * sizeof(struct pghot_ring);
}

/**
 * pghot_ring_push - send a candidate to its target
 * @idx: compact index of the target
 * @pfn: head page frame of the folio, whose record says queued
 *
 * Context: any but NMI; RCU read side held. Never waits.
 * Return: false when the target does not run or this CPU's ring to it is full.
 */
bool pghot_ring_push(u8 idx, unsigned long pfn)
{
	struct pghot_node *node = pghot_target(idx);
	struct pghot_inbox *inbox = node ? rcu_dereference(node->inbox) : NULL;
	struct pghot_ring *ring;
	unsigned long flags;
	unsigned int head;
	bool ok = false;

	if (!inbox)
		return false;

	local_irq_save(flags);
	ring = this_cpu_ptr(inbox->rings);
	head = ring->head;
	/* Pairs with the release of slots in pghot_ring_drain(). */
	if (head - smp_load_acquire(&ring->tail) < PGHOT_RING_SIZE) {
		ring->pfn[head % PGHOT_RING_SIZE] = pfn;
		/* Publish the slot before the head that covers it. */
		smp_store_release(&ring->head, head + 1);
		ok = true;
	}
	/* A full ring needs its reader too. */
	if (!test_bit(0, &node->work) && !test_and_set_bit(0, &node->work))
		irq_work_queue(&ring->kick);
	local_irq_restore(flags);

	return ok;
}

/**
 * pghot_ring_drain - take what has arrived for a node
 * @node: the target
 * @take: called for every candidate
 *
 * Context: @node's lock held.
 * Return: candidates taken.
 */
unsigned int pghot_ring_drain(struct pghot_node *node,
			      void (*take)(struct pghot_node *node,
					   unsigned long pfn))
{
	struct pghot_inbox *inbox;
	unsigned int taken = 0;
	int cpu;

	inbox = rcu_dereference_protected(node->inbox,
					  lockdep_is_held(&node->lock));
	if (!inbox)
		return 0;

	for_each_possible_cpu(cpu) {
		struct pghot_ring *ring = per_cpu_ptr(inbox->rings, cpu);
		unsigned int tail = ring->tail;
		/* Pairs with the publication of slots in pghot_ring_push(). */
		unsigned int head = smp_load_acquire(&ring->head);

		for (; tail != head; tail++, taken++)
			take(node, ring->pfn[tail % PGHOT_RING_SIZE]);

		/* The slots have been read. */
		smp_store_release(&ring->tail, tail);
	}
	return taken;
}
