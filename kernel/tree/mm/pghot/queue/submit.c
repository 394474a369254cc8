// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: the way into a queue, from anywhere.
 */
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/pghot.h>
#include <linux/vmstat.h>
#include <trace/events/pghot.h>

#include "base/heat.h"
#include "base/node.h"
#include "queue/flow.h"
#include "queue/origin.h"
#include "queue/queue.h"
#include "queue/submit.h"

static bool push(struct pghot_queue *q, const struct pghot_arrival *a)
{
	struct pghot_inbox *inbox;
	bool ok;

	rcu_read_lock();
	inbox = rcu_dereference(q->inbox);
	ok = inbox && pghot_ring_push(inbox, a);
	rcu_read_unlock();

	return ok;
}

/* The index of a target, or of the one nearest to a page frame. */
static u8 target_for(int nid, unsigned long pfn)
{
	if (nid == NUMA_NO_NODE) {
		struct page *page = pfn_to_online_page(pfn);

		if (page)
			nid = pghot_nearest_toptier(page_to_nid(page), NULL);
	}
	return pghot_target_idx(nid);
}

/**
 * pghot_submit - ask for pages to be promoted
 * @pfn: first page frame number; any number is safe
 * @nr: page frames, 1 to PGHOT_RANGE_PAGES_MAX. With 1 the folio that begins at @pfn is
 *	meant, with more all folios of lower tiers that begin within the range
 * @nid: top-tier node to promote to, NUMA_NO_NODE for the nearest
 * @heat: how hot they are, 0 to PGHOT_FREQ_MAX: accesses within a window. Below
 *	the threshold of the target they wait, and are forgotten when they cool
 * @origin: who asks, and will be asked about them later on if it has registered
 *
 * They are promoted asynchronously, the hottest first, as far as rate limit, room, and
 * their users' mempolicies and cpusets allow. Submitted again while it waits, a page
 * waits twice; an origin that reports often remembers what it has submitted.
 *
 * A call costs the same for a range as for a page: it is the target's thread that looks
 * for folios, with the lock of its queue held. That is why a range is bounded. Who has
 * a larger one submits it in parts, and learns of each if there is room.
 *
 * Context: any but NMI; may be called under a page table lock. Never sleeps, allocates,
 * or takes a lock that anybody waits for.
 * Return: 0 when they wait, -EINVAL when @nr is 0, -E2BIG when it is more than
 * PGHOT_RANGE_PAGES_MAX, -ENODEV when the target does not run, -ENOSPC when there is no
 * room: the origin has to remember them or to forgo it.
 */
int pghot_submit(unsigned long pfn, unsigned long nr, int nid,
		 unsigned int heat, enum pghot_origin_id origin)
{
	struct pghot_arrival a = {
		.pfn = pfn,
		.nr = nr,
		.heat = min(heat, PGHOT_FREQ_MAX),
		.origin = origin,
	};
	struct pghot_queue *q;
	u8 idx;

	if (unlikely(!nr))
		return -EINVAL;
	if (unlikely(nr > PGHOT_RANGE_PAGES_MAX))
		return -E2BIG;

	idx = target_for(nid, pfn);
	q = pghot_queue_by_idx(idx);
	/* The records count all that they know of; others have no more than this. */
	if (a.heat && !pghot_origin(origin)->look)
		pghot_flow_note(idx, 0, a.heat);
	count_vm_event(PGHOT_HOT);
	trace_pghot_hot(pfn, q ? q->nid : NUMA_NO_NODE, heat);
	if (q && push(q, &a))
		return 0;

	count_vm_event(PGHOT_DROPPED_RING);
	if (!q)
		return -ENODEV;

	atomic64_inc(&q->dropped);
	return rcu_access_pointer(q->inbox) ? -ENOSPC : -ENODEV;
}

/**
 * pghot_queue_reroute - send a candidate to the queue of another target
 * @e: the candidate
 * @idx: compact index of the target
 *
 * Its origin is told where it goes, and that it goes nowhere if there is no room.
 *
 * Context: any but NMI; the lock of the queue that it leaves may be held.
 */
void pghot_queue_reroute(const struct pghot_heap_entry *e, u8 idx)
{
	const struct pghot_origin *origin = pghot_origin(e->origin);
	struct pghot_queue *to = pghot_queue_by_idx(idx);
	struct pghot_arrival a = {
		.pfn = e->pfn,
		.nr = 1,
		.heat = e->heat,
		.origin = e->origin,
	};

	if (origin->retarget && !origin->retarget(e->pfn, idx))
		return;
	if (!to || !push(to, &a))
		pghot_origin_leave(e->origin, e->pfn, idx, PGHOT_LEAVE_NO_ROOM);
}
