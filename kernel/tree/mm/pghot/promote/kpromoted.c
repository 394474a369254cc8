// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: kpromotedN, the thread that promotes to node N, and its lifetime.
 *
 * It sleeps until a ring of its node receives a candidate, does a round, rests
 * for sleep-ms however much is left, and goes on while there is something in
 * its heap or a section is flagged. Once a threshold that had risen has come down
 * again, and there is nothing to do, it is not woken at all.
 */
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/topology.h>

#include "internal.h"

/* How long to sleep, at most, when no candidate arrives. */
static long patience(struct pghot_node *node)
{
	bool idle, raised;

	mutex_lock(&node->lock);
	idle = !node->heap.nr && !pghot_map_needs_refill(node->target_idx);
	raised = pghot_threshold_is_raised(node);
	mutex_unlock(&node->lock);

	/* A threshold that has risen falls without candidates, too. */
	if (idle && !raised)
		return MAX_SCHEDULE_TIMEOUT;
	if (idle)
		return msecs_to_jiffies(READ_ONCE(pghot_params.window_ms));
	/* The rest between rounds has already been taken. */
	if (READ_ONCE(pghot_params.promote))
		return 0;
	/* A profiler's heap only needs its cold entries pruned. */
	return msecs_to_jiffies(READ_ONCE(pghot_params.window_ms) / 2);
}

static int kpromoted(void *data)
{
	struct pghot_node *node = data;

	while (!kthread_should_stop()) {
		wait_event_idle_timeout(node->wait,
					test_bit(0, &node->work) ||
					kthread_should_stop(),
					patience(node));
		clear_bit(0, &node->work);
		/* Candidates pushed before the bit was cleared are seen below. */
		smp_mb__after_atomic();

		pghot_promote_round(node);
		wait_event_idle_timeout(node->wait, kthread_should_stop(),
					msecs_to_jiffies(READ_ONCE(pghot_params.sleep_ms)));
	}
	return 0;
}

/* Bytes that a running target needs besides its heap and rings. */
u64 pghot_kpromoted_bytes(void)
{
	return sizeof(struct pghot_batch) +
	       PGHOT_PROMOTED_LOG * sizeof(struct pghot_promoted);
}

static void free_target(struct pghot_node *node)
{
	pghot_heap_free(&node->heap);
	kvfree(node->log);
	node->log = NULL;
	kvfree(node->batch);
	node->batch = NULL;
	node->limited = false;
}

static int alloc_target(struct pghot_node *node)
{
	node->log = kvcalloc(PGHOT_PROMOTED_LOG, sizeof(*node->log),
			     GFP_KERNEL);
	node->batch = kvmalloc(sizeof(*node->batch), GFP_KERNEL);
	if (!node->log || !node->batch ||
	    pghot_heap_alloc(&node->heap, pghot_params.heap_capacity)) {
		free_target(node);
		return -ENOMEM;
	}

	node->log_head = 0;
	node->keys_at = pghot_bucket(jiffies);
	node->threshold = pghot_params.freq_threshold;
	node->adjust_at = jiffies;
	node->flow = 0;
	WRITE_ONCE(node->full, false);
	node->was_full = false;
	node->limited = false;
	node->overflowed = false;
	pghot_ratelimit_init(&node->limit, ktime_get_ns());
	clear_bit(0, &node->work);
	return 0;
}

/**
 * pghot_kpromoted_start - make a top-tier node a target
 * @node: the node
 *
 * Context: pghot_lock held; may sleep.
 * Return: 0, also when it runs already, or a negative errno.
 */
int pghot_kpromoted_start(struct pghot_node *node)
{
	const struct cpumask *cpus = cpumask_of_node(node->nid);
	struct pghot_inbox *inbox;
	struct task_struct *t;
	int err;

	lockdep_assert_held(&pghot_lock);
	if (node->thread)
		return 0;

	inbox = pghot_inbox_alloc(node);
	if (!inbox)
		return -ENOMEM;

	t = kthread_create_on_node(kpromoted, node, node->nid, "kpromoted%d",
				   node->nid);
	if (IS_ERR(t)) {
		pghot_inbox_free(inbox);
		return PTR_ERR(t);
	}
	if (!cpumask_empty(cpus))
		set_cpus_allowed_ptr(t, cpus);

	mutex_lock(&node->lock);
	err = alloc_target(node);
	if (!err)
		rcu_assign_pointer(node->inbox, inbox);
	mutex_unlock(&node->lock);
	if (err) {
		/* It has not run yet, and so never will. */
		kthread_stop(t);
		pghot_inbox_free(inbox);
		return err;
	}

	node->thread = t;
	wake_up_process(t);
	return 0;
}

/**
 * pghot_kpromoted_stop - stop promoting to a node and free what that took
 * @node: the node; may not be running
 *
 * Context: pghot_lock held; may sleep.
 */
void pghot_kpromoted_stop(struct pghot_node *node)
{
	struct pghot_inbox *inbox;

	lockdep_assert_held(&pghot_lock);
	if (!node->thread)
		return;

	kthread_stop(node->thread);
	node->thread = NULL;

	/* A manual promotion may be draining the rings. */
	mutex_lock(&node->lock);
	inbox = rcu_replace_pointer(node->inbox, NULL,
				    lockdep_is_held(&node->lock));
	free_target(node);
	mutex_unlock(&node->lock);

	synchronize_rcu();
	pghot_inbox_free(inbox);
}

/**
 * pghot_kpromoted_kick - have a node's thread look at its parameters
 * @node: the node; may not be running
 */
void pghot_kpromoted_kick(struct pghot_node *node)
{
	set_bit(0, &node->work);
	wake_up(&node->wait);
}
