// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: what is kept per node that is promoted to, and its lifetime.
 */
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/vmstat.h>

#include "base/config.h"
#include "base/node.h"
#include "promote/batch.h"
#include "promote/demand.h"
#include "promote/room.h"
#include "promote/target.h"

/* By compact index; set once, under pghot_lock, and never taken back. */
static struct pghot_target *targets[PGHOT_MAX_TARGETS + 1];

/**
 * pghot_target - a node that pages can be promoted to
 * @nid: any number
 *
 * Context: any.
 * Return: the target; NULL when the node is not in a top tier or came after all
 * indices had been given out.
 */
struct pghot_target *pghot_target(int nid)
{
	u8 idx = pghot_target_idx(nid);

	return idx ? READ_ONCE(targets[idx]) : NULL;
}

/**
 * pghot_target_by_idx - a node that pages can be, or once could be, promoted to
 * @idx: compact index, any number
 *
 * Context: any.
 * Return: the target; NULL for indices that were not given out.
 */
struct pghot_target *pghot_target_by_idx(u8 idx)
{
	return idx <= PGHOT_MAX_TARGETS ? READ_ONCE(targets[idx]) : NULL;
}

static struct pghot_target *create_target(int nid, u8 idx)
{
	struct pghot_target *t = kzalloc(sizeof(*t), GFP_KERNEL);

	if (!t)
		return NULL;

	t->nid = nid;
	mutex_init(&t->lock);
	pghot_watch_init(&t->watch, nid);
	pghot_queue_init(&t->queue, nid, idx);
	/* Whoever finds it finds it ready. */
	smp_store_release(&targets[idx], t);
	return t;
}

/**
 * pghot_update_targets - make targets of top-tier nodes that are not yet
 *
 * Context: pghot_lock held, after pghot_update_nodes(); may sleep.
 * Return: 0 or -ENOMEM.
 */
int pghot_update_targets(void)
{
	int nid;

	lockdep_assert_held(&pghot_lock);

	for_each_node_state(nid, N_MEMORY) {
		u8 idx = pghot_target_idx(nid);

		if (idx && !targets[idx] && !create_target(nid, idx))
			return -ENOMEM;
	}
	return 0;
}

/* ---- lifetime --------------------------------------------------------------- */

static void free_scratch(struct pghot_target *t)
{
	pghot_log_free(&t->log);
	pghot_failures_free(&t->failures);
	kvfree(t->batch);
	t->batch = NULL;
	t->limited = false;
}

static int alloc_scratch(struct pghot_target *t)
{
	t->batch = kvmalloc(sizeof(*t->batch), GFP_KERNEL);
	if (!t->batch || pghot_log_alloc(&t->log) ||
	    pghot_failures_alloc(&t->failures)) {
		free_scratch(t);
		return -ENOMEM;
	}

	pghot_threshold_init(&t->threshold);
	pghot_target_forget_full(t->nid);
	pghot_demand_tell(t->nid, PGHOT_DEMAND_USUAL, 0);
	pghot_ratelimit_init(&t->limit, ktime_get_ns());
	t->limited = false;
	return 0;
}

/**
 * pghot_target_open - allocate what a running target needs, and take candidates
 * @t: the target, not running
 *
 * Context: pghot_lock held; may sleep.
 * Return: 0 or -ENOMEM, with nothing left behind.
 */
int pghot_target_open(struct pghot_target *t)
{
	int err;

	lockdep_assert_held(&pghot_lock);

	mutex_lock(&t->lock);
	err = alloc_scratch(t);
	if (!err) {
		err = pghot_queue_open(&t->queue, pghot_params.heap_capacity,
				       t->threshold.value);
		if (err)
			free_scratch(t);
		else
			pghot_threshold_start(&t->threshold,
					      t->queue.idx);
	}
	mutex_unlock(&t->lock);
	return err;
}

/**
 * pghot_target_close - take no more candidates and free what the target needed
 * @t: the target; may not be open
 *
 * The one way in which a target ends: no more candidates come, those that wait are
 * given back to their origins, and its memory is freed. Promotion by hand may be
 * under way and ends as it would have otherwise.
 *
 * Context: pghot_lock held, its thread has stopped; may sleep.
 */
void pghot_target_close(struct pghot_target *t)
{
	lockdep_assert_held(&pghot_lock);

	pghot_queue_close(&t->queue);
	mutex_lock(&t->lock);
	free_scratch(t);
	mutex_unlock(&t->lock);
}

/**
 * pghot_targets_resize - give the heaps of all open targets another capacity
 * @capacity: PGHOT_HEAP_CAPACITY_MIN to PGHOT_HEAP_CAPACITY_MAX
 *
 * Context: pghot_lock held; may sleep.
 * Return: 0, or -ENOMEM with nothing changed.
 */
int pghot_targets_resize(u32 capacity)
{
	struct pghot_heap *fresh;
	int idx, err = 0;

	lockdep_assert_held(&pghot_lock);

	fresh = kcalloc(PGHOT_MAX_TARGETS + 1, sizeof(*fresh), GFP_KERNEL);
	if (!fresh)
		return -ENOMEM;

	for (idx = 1; idx <= PGHOT_MAX_TARGETS && !err; idx++) {
		if (targets[idx] && targets[idx]->thread)
			err = pghot_heap_alloc(&fresh[idx], capacity);
	}
	for (idx = 1; idx <= PGHOT_MAX_TARGETS; idx++) {
		if (!err && fresh[idx].size)
			pghot_queue_swap_heap(&targets[idx]->queue,
					      &fresh[idx]);
		pghot_heap_free(&fresh[idx]);
	}
	kfree(fresh);
	return err;
}

/* Bytes of memory that all open targets take. Context: may sleep. */
u64 pghot_targets_bytes(void)
{
	u64 bytes = 0;
	int idx;

	for (idx = 1; idx <= PGHOT_MAX_TARGETS; idx++) {
		struct pghot_target *t = READ_ONCE(targets[idx]);
		u64 queue = t ? pghot_queue_bytes(&t->queue) : 0;

		if (queue)
			bytes += queue + sizeof(struct pghot_batch) +
				 PGHOT_PROMOTED_LOG *
				 sizeof(struct pghot_promoted) +
				 PGHOT_FAILURES * sizeof(struct pghot_failure);
	}
	return bytes;
}

/**
 * pghot_target_last_failure - what promotion of a page frame to a target failed for last
 * @t: the target
 * @pfn: head page frame
 * @failure: set to it
 *
 * Context: may sleep.
 * Return: false when it did not fail, or that is forgotten.
 */
bool pghot_target_last_failure(struct pghot_target *t, unsigned long pfn,
			       struct pghot_failure *failure)
{
	bool found;

	mutex_lock(&t->lock);
	found = pghot_failures_find(&t->failures, pfn, failure);
	mutex_unlock(&t->lock);
	return found;
}

/* ---- what came of it -------------------------------------------------------- */

/* Called at least once per second while pages are promoted, or asked for. */
static void roll_second(struct pghot_tally *tally, u64 promoted)
{
	unsigned long elapsed = jiffies - tally->second_at;

	if (elapsed >= HZ) {
		tally->last_second = elapsed < 2 * HZ ? tally->this_second : 0;
		tally->this_second = 0;
		tally->second_at = jiffies;
	}
	tally->this_second += promoted;
}

/**
 * pghot_tally_add - count the outcome of a batch
 * @tally: of the target; its lock is held
 * @res: the outcome
 */
void pghot_tally_add(struct pghot_tally *tally, const struct pghot_result *res)
{
	int i;

	count_vm_event(PGHOT_BATCHES);
	count_vm_events(PGHOT_PROMOTED, res->promoted);
	for (i = 0; i < PGHOT_NR_FAIL_REASONS; i++) {
		if (res->failed[i])
			count_vm_events(PGHOT_FAILED_GONE + i, res->failed[i]);
	}
	pghot_result_add(&tally->result, res);
	roll_second(tally, res->promoted);
}

/**
 * pghot_target_get_stats - what a target looks like now
 * @t: the target
 * @stats: where to put it
 *
 * Context: may sleep.
 */
void pghot_target_get_stats(struct pghot_target *t,
			    struct pghot_target_stats *stats)
{
	pghot_queue_get_stats(&t->queue, &stats->queue);
	pghot_watch_get_stats(&t->watch, &stats->watch);

	mutex_lock(&t->lock);
	roll_second(&t->tally, 0);
	stats->limited = t->limited;
	stats->full = t->threshold.full;
	/* What it was when the target last ran says nothing. */
	stats->threshold = READ_ONCE(pghot_params.freq_threshold);
	if (stats->queue.capacity)
		stats->threshold = max(stats->threshold, t->threshold.value);
	stats->promoted_per_sec = t->tally.last_second;
	stats->result = t->tally.result;
	mutex_unlock(&t->lock);
}

/* Count from zero again. Context: may sleep. */
void pghot_target_reset_stats(struct pghot_target *t)
{
	pghot_queue_reset_stats(&t->queue);
	mutex_lock(&t->lock);
	memset(&t->tally.result, 0, sizeof(t->tally.result));
	mutex_unlock(&t->lock);
}
