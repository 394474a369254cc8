// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: promotion on somebody's order.
 *
 * Rate limit, threshold and the parameter promote do not apply; what the users
 * of the pages allow does.
 */
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "base/folio.h"
#include "base/node.h"
#include "promote/batch.h"
#include "promote/by_hand.h"
#include "promote/run.h"
#include "promote/target.h"
#include "queue/update.h"

/**
 * pghot_promote_pfn - promote one page now
 * @pfn: head page frame of a folio on a lower tier
 * @nid: top-tier node to promote it to, NUMA_NO_NODE for the nearest
 * @origin: who is told when it has moved
 * @res: what became of it
 *
 * Context: may sleep.
 * Return: 0 when it was attempted, -EINVAL when @nid is no top-tier node,
 * -ENOENT when there is no such folio on a lower tier, or -ENOMEM.
 */
int pghot_promote_pfn(unsigned long pfn, int nid, enum pghot_origin_id origin,
		      struct pghot_result *res)
{
	struct folio *folio = pghot_get_folio(pfn);
	struct pghot_batch *batch;
	struct pghot_target *t;
	int from;

	*res = (struct pghot_result) {};
	if (!folio)
		return -ENOENT;
	from = folio_nid(folio);
	folio_put(folio);

	if (!pghot_is_lower_tier(from))
		return -ENOENT;
	if (nid == NUMA_NO_NODE)
		nid = pghot_nearest_toptier(from, NULL);
	t = pghot_target(nid);
	if (!t)
		return -EINVAL;

	batch = kvzalloc(sizeof(*batch), GFP_KERNEL);
	if (!batch)
		return -ENOMEM;

	batch->nid = nid;
	batch->nr = 1;
	batch->cand[0].entry.pfn = pfn;
	batch->cand[0].entry.origin = origin;
	pghot_run_batch(t, batch, false, res);

	kvfree(batch);
	return 0;
}

/**
 * pghot_promote_top - promote the hottest pages that wait for a node now
 * @nid: top-tier node
 * @count: at most so many folios, at least 1
 * @res: what became of them
 *
 * What fails for a reason that may pass stays queued.
 *
 * Context: may sleep.
 * Return: 0, also when nothing waits, -EINVAL when @nid is no top-tier node,
 * -EINTR when a signal ended it early, or -ENOMEM.
 */
int pghot_promote_top(int nid, u32 count, struct pghot_result *res)
{
	struct pghot_target *t = pghot_target(nid);
	struct pghot_result one;
	struct pghot_batch *batch;
	int err = 0;

	*res = (struct pghot_result) {};
	if (!t)
		return -EINVAL;

	batch = kvzalloc(sizeof(*batch), GFP_KERNEL);
	if (!batch)
		return -ENOMEM;

	pghot_queue_update(&t->queue);
	/* What failed goes to the bottom; count what was there to begin with. */
	count = min_t(u32, count, pghot_queue_length(&t->queue));
	while (count) {
		/* Whatever their heat. */
		pghot_fill_batch(t, batch, 0, U64_MAX, count);
		if (!batch->nr)
			break;
		count -= batch->nr;
		pghot_run_batch(t, batch, true, &one);
		pghot_result_add(res, &one);
		if (signal_pending(current)) {
			err = -EINTR;
			break;
		}
	}

	kvfree(batch);
	return err;
}
