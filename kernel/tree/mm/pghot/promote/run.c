// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: a batch, from the queue to the verdict on each of its candidates.
 *
 * While a batch is migrated no lock is held: its folios are in nobody else's hands, and
 * their origins have them as queued, so that they are not submitted again.
 */
#include <linux/jiffies.h>
#include <linux/limits.h>
#include <trace/events/pghot.h>

#include "base/node.h"
#include "promote/batch.h"
#include "promote/retry.h"
#include "promote/run.h"
#include "promote/target.h"
#include "queue/origin.h"
#include "queue/submit.h"

/**
 * pghot_fill_batch - take candidates from the queue of a target
 * @t: the target
 * @batch: where to put them
 * @least: leave those that are colder
 * @max_pages: base pages; a first folio that has more comes alone
 * @max_folios: folios
 *
 * Context: may sleep; takes the queue's lock.
 * Return: base pages in the batch.
 */
unsigned int pghot_fill_batch(struct pghot_target *t, struct pghot_batch *batch,
			      u32 least, u64 max_pages, unsigned int max_folios)
{
	unsigned int pages = 0, nr;

	batch->nid = t->nid;
	batch->nr = 0;
	max_folios = min(max_folios, PGHOT_BATCH_MAX);
	while (batch->nr < max_folios) {
		struct pghot_heap_entry *e = &batch->cand[batch->nr].entry;
		u64 room = U64_MAX;

		if (pages)
			room = max_pages > pages ? max_pages - pages : 0;
		if (!pghot_queue_pop(&t->queue, least, room, e, &nr))
			break;
		batch->nr++;
		pages += nr;
	}
	return pages;
}

/* A candidate failed: have it tried again, or tell its origin. */
static void settle_failure(struct pghot_target *t,
			   const struct pghot_candidate *c, bool requeue)
{
	struct pghot_heap_entry e = c->entry;
	bool again = pghot_try_again(&e, c->reason, c->waits);

	trace_pghot_promote_fail(e.pfn, t->nid, c->nr_pages, c->reason,
				 e.tries);
	if (c->reason == PGHOT_FAIL_REASON_GONE)
		pghot_failures_forget(&t->failures, e.pfn);
	else
		pghot_failures_note(&t->failures, e.pfn, c->reason, jiffies);
	if (!requeue)
		return;

	if (again)
		pghot_queue_retry(&t->queue, &e);
	else
		pghot_origin_leave(e.origin, e.pfn, t->queue.idx,
				   c->reason == PGHOT_FAIL_REASON_GONE ?
					PGHOT_LEAVE_GONE : PGHOT_LEAVE_FAILED);
}

static void log_promotion(struct pghot_target *t,
			  const struct pghot_candidate *c,
			  const struct pghot_view *view)
{
	const struct pghot_promoted line = {
		.pfn = c->entry.pfn,
		.cgroup_ino = c->cgroup_ino,
		.when = jiffies,
		.page_flags = c->page_flags,
		.from = c->from,
		.order = c->order,
		.freq = view->freq,
		.sources = view->sources,
	};

	pghot_log_add(&t->log, &line);
}

static void settle_promotion(struct pghot_target *t,
			     const struct pghot_candidate *c)
{
	const struct pghot_heap_entry *e = &c->entry;
	struct pghot_view view;

	if (!pghot_origin_look(e->origin, e->pfn, &view))
		view.freq = e->freq;
	pghot_origin_leave(e->origin, e->pfn, t->queue.idx,
			   PGHOT_LEAVE_PROMOTED);
	log_promotion(t, c, &view);
	pghot_failures_forget(&t->failures, e->pfn);
}

/* Draw the consequences of a batch and add it up in @res. */
static void settle_batch(struct pghot_target *t,
			 const struct pghot_batch *batch, bool requeue,
			 struct pghot_result *res)
{
	unsigned int i;

	lockdep_assert_held(&t->lock);

	for (i = 0; i < batch->nr; i++) {
		const struct pghot_candidate *c = &batch->cand[i];

		res->attempted += c->nr_pages;
		if (c->outcome == PGHOT_OUTCOME_MOVED) {
			/* Of a folio that was split a part may have stayed. */
			res->promoted += c->nr_pages - c->nr_left;
			res->failed[PGHOT_FAIL_REASON_MIGRATE] += c->nr_left;
			settle_promotion(t, c);
		} else if (c->outcome == PGHOT_OUTCOME_REROUTED && requeue) {
			pghot_queue_reroute(&c->entry,
					    pghot_target_idx(c->reroute_nid));
		} else {
			/* By hand it is this target or none. */
			res->failed[c->reason] += c->nr_pages;
			settle_failure(t, c, requeue);
		}
	}
}

/**
 * pghot_run_batch - migrate a batch, and draw the consequences
 * @t: its target
 * @batch: candidates, taken from the queue or made by hand
 * @requeue: what fails for a reason that may pass, or may go to another target, is
 *	queued again
 * @res: takes the outcome
 *
 * Context: no lock of the target held; may sleep.
 */
void pghot_run_batch(struct pghot_target *t, struct pghot_batch *batch,
		     bool requeue, struct pghot_result *res)
{
	u32 threshold, length;

	/* No lock is held. */
	*res = (struct pghot_result) {};
	pghot_migrate_batch(batch);

	/* The target's lock; the queue's within it, for one candidate at a time. */
	mutex_lock(&t->lock);
	settle_batch(t, batch, requeue, res);
	pghot_tally_add(&t->tally, res);
	threshold = t->threshold.value;
	mutex_unlock(&t->lock);

	/* No lock is held. */
	length = pghot_queue_length(&t->queue);
	trace_pghot_promote_batch(t->nid, res->attempted, res->promoted,
				  threshold, length);
	pghot_tell(PGHOT_PROMOTION_KIND_BATCH, t->nid, res, threshold, length);
}
