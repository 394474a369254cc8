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
#include <linux/sched.h>
#include <linux/slab.h>

#include "queue/ring.h"

static void ring_kick(struct irq_work *work)
{
	struct pghot_ring *ring = container_of(work, struct pghot_ring, kick);

	wake_up(&ring->bell->wait);
}

/**
 * pghot_inbox_alloc - rings to a node
 * @bell: of who is going to read them
 *
 * Context: may sleep.
 * Return: an inbox to publish, or NULL.
 */
struct pghot_inbox *pghot_inbox_alloc(struct pghot_bell *bell)
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
		ring->bell = bell;
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
 * @inbox: of the target
 * @a: the candidate
 *
 * Context: any but NMI; RCU read side held. Never waits.
 * Return: false when this CPU's ring to it is full.
 */
bool pghot_ring_push(struct pghot_inbox *inbox, const struct pghot_arrival *a)
{
	struct pghot_ring *ring;
	struct pghot_bell *bell;
	unsigned long flags;
	unsigned int head, used;
	bool ok = false;

	local_irq_save(flags);
	ring = this_cpu_ptr(inbox->rings);
	bell = ring->bell;
	head = ring->head;
	/* Pairs with the release of slots in pghot_ring_drain(). */
	used = head - smp_load_acquire(&ring->tail);
	if (used < PGHOT_RING_SIZE) {
		ring->slots[head % PGHOT_RING_SIZE] = *a;
		/* Publish the slot before the head that covers it. */
		smp_store_release(&ring->head, head + 1);
		ok = true;
	}
	/*
	 * The head is there before @work is looked at; pairs with the barrier of
	 * pghot_bell_answer(). Without, both could look before either can be seen:
	 *
	 *	push			answer
	 *	head = 1		work = 0
	 *	smp_mb()		smp_mb()
	 *	r0 = work (1)		r1 = head (0)
	 *
	 * and the candidate would wait for another one to come.
	 */
	smp_mb();
	/* A full ring needs its reader too. */
	if (!test_bit(PGHOT_BELL_WORK, &bell->work) &&
	    !test_and_set_bit(PGHOT_BELL_WORK, &bell->work))
		irq_work_queue(&ring->kick);
	if (used >= PGHOT_RING_SIZE / 2 &&
	    !test_bit(PGHOT_BELL_URGENT, &bell->work) &&
	    !test_and_set_bit(PGHOT_BELL_URGENT, &bell->work))
		irq_work_queue(&ring->kick);
	local_irq_restore(flags);

	return ok;
}

/**
 * pghot_ring_drain - take what has arrived
 * @inbox: the rings
 * @take: called for every candidate
 * @arg: passed to @take
 *
 * Context: may sleep, between rings; one reader at a time.
 */
void pghot_ring_drain(struct pghot_inbox *inbox,
		      void (*take)(const struct pghot_arrival *a, void *arg),
		      void *arg)
{
	int cpu;

	for_each_possible_cpu(cpu) {
		struct pghot_ring *ring = per_cpu_ptr(inbox->rings, cpu);
		unsigned int tail = ring->tail;
		/* Pairs with the publication of slots in pghot_ring_push(). */
		unsigned int head = smp_load_acquire(&ring->head);

		for (; tail != head; tail++)
			take(&ring->slots[tail % PGHOT_RING_SIZE], arg);

		/* The slots have been read. */
		smp_store_release(&ring->tail, tail);
		/* Hundreds of CPUs have hundreds of thousands of candidates. */
		cond_resched();
	}
}

/**
 * pghot_bell_answer - the reader is awake and about to look at its rings
 * @bell: where it slept
 *
 * Context: the reader, before pghot_ring_drain().
 */
void pghot_bell_answer(struct pghot_bell *bell)
{
	clear_bit(PGHOT_BELL_WORK, &bell->work);
	clear_bit(PGHOT_BELL_URGENT, &bell->work);
	/* Candidates whose push saw @work set are seen; pairs with pghot_ring_push(). */
	smp_mb__after_atomic();
}

/* Is a ring half full? Context: any. */
bool pghot_bell_is_urgent(const struct pghot_bell *bell)
{
	return test_bit(PGHOT_BELL_URGENT, &bell->work);
}

/**
 * pghot_bell_answer_urgent - the reader is about to empty rings that fill up
 * @bell: where it sleeps
 *
 * Return: false when none does.
 */
bool pghot_bell_answer_urgent(struct pghot_bell *bell)
{
	bool urgent = test_and_clear_bit(PGHOT_BELL_URGENT, &bell->work);

	/* As in pghot_bell_answer(). */
	smp_mb__after_atomic();
	return urgent;
}
