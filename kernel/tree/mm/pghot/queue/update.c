// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: what keeps the queue of a target in step.
 *
 * The heap holds copies of what the origins of its candidates know. Before it is used
 * it is brought up to date:
 *
 *	drain	candidates from the rings into the heap
 *	refresh	keys from the origins; what went cold or found another target leaves
 *	refill	what had found no room, when the heap has become half empty
 */
#include <linux/memory-tiers.h>
#include <linux/mm.h>
#include <linux/vmstat.h>
#include <trace/events/pghot.h>

#include "base/config.h"
#include "base/folio.h"
#include "base/heat.h"
#include "base/node.h"
#include "queue/origin.h"
#include "queue/queue.h"
#include "queue/submit.h"
#include "queue/update.h"

/* Between two searches, unless the heap ran full. */
#define SEARCH_APART	(HZ / 2)

static u32 window_now(void)
{
	return pghot_window_buckets(READ_ONCE(pghot_params.window_ms));
}

/*
 * Take the key of an entry from its origin, which may know of another target; false
 * when it is no candidate any more.
 */
static bool set_key(struct pghot_heap_entry *e, u32 now, u32 window,
		    u8 *target_idx)
{
	const struct pghot_origin *origin = pghot_origin(e->origin);
	struct pghot_view view;

	*target_idx = 0;
	if (!origin->look) {
		u32 age = pghot_bucket_diff(now, e->time);

		e->freq = pghot_decay(e->heat, age / window);
		return true;
	}
	if (!origin->look(e->pfn, &view) || !view.queued)
		return false;

	e->time = view.time;
	e->freq = view.freq;
	*target_idx = view.target_idx;
	return true;
}

/* A page enters the queue. */
static void count_candidate(struct pghot_queue *q, unsigned long pfn)
{
	unsigned int nr = pghot_pfn_pages(pfn);

	q->hot += nr;
	mod_node_page_state(NODE_DATA(q->nid), PGPROMOTE_CANDIDATE, nr);
}

/* ---- drain ------------------------------------------------------------------ */

static void admit_one(struct pghot_queue *q, unsigned long pfn,
		      const struct pghot_arrival *a, u32 now)
{
	struct pghot_heap_entry e = {
		.pfn = pfn,
		.time = now,
		.heat = a->heat,
		.origin = a->origin,
	};
	u8 elsewhere;

	/* Reset, or offline, while it was on its way? */
	if (!set_key(&e, now, window_now(), &elsewhere))
		return;

	count_candidate(q, pfn);
	pghot_heap_push(&q->heap, &e, now, pghot_queue_give_up, q);
}

/* Pages of the folio of a lower tier that begins at @pfn, 0 when there is none. */
static unsigned int lower_folio_pages(unsigned long pfn)
{
	struct folio *folio = pghot_get_folio(pfn);
	unsigned int nr = 0;

	if (!folio)
		return 0;
	if (!node_is_toptier(folio_nid(folio)))
		nr = folio_nr_pages(folio);
	folio_put(folio);
	return nr;
}

static void admit(const struct pghot_arrival *a, void *arg)
{
	u32 now = pghot_bucket(jiffies);
	unsigned long pfn, end = a->pfn + a->nr;
	struct pghot_queue *q = arg;
	unsigned int nr;

	if (a->nr == 1) {
		admit_one(q, a->pfn, a, now);
		return;
	}
	for (pfn = a->pfn; pfn < end; pfn += max(nr, 1U)) {
		nr = lower_folio_pages(pfn);
		if (nr)
			admit_one(q, pfn, a, now);
		cond_resched();
	}
}

/* ---- refresh ---------------------------------------------------------------- */

/* Take the key of an entry anew; false when it must leave the heap. */
static bool refresh_entry(struct pghot_queue *q, struct pghot_heap_entry *e,
			  u32 now, u32 window)
{
	u32 least = READ_ONCE(pghot_params.freq_threshold);
	u8 elsewhere;

	if (!set_key(e, now, window, &elsewhere))
		return false;

	/* A target that is none any more is no reason to leave this one. */
	if (elsewhere != q->idx && pghot_target_runs(elsewhere)) {
		pghot_queue_reroute(e, elsewhere);
		return false;
	}
	if (e->freq < least) {
		pghot_origin_leave(e->origin, e->pfn, q->idx,
				   PGHOT_LEAVE_COLD);
		count_vm_event(PGHOT_PRUNED);
		return false;
	}
	/* Far below what is asked for it need not be kept in order. */
	if (e->freq < least + (max(q->threshold, least) - least) / 2 &&
	    pghot_origin(e->origin)->look) {
		pghot_origin_leave(e->origin, e->pfn, q->idx,
				   PGHOT_LEAVE_NO_ROOM);
		return false;
	}
	return true;
}

static void refresh(struct pghot_queue *q)
{
	u32 now = pghot_bucket(jiffies);
	u32 window = window_now();
	struct pghot_heap *heap = &q->heap;
	int i = 0;

	/* Ages have no finer resolution, and a full heap is long. */
	if (pghot_bucket_diff(now, q->keys_at) <
	    max(window / PGHOT_WINDOW_PARTS, 1U))
		return;

	while (i < heap->nr) {
		if (refresh_entry(q, &heap->data[i], now, window))
			i++;
		else
			heap->data[i] = heap->data[--heap->nr];
		if (!(i % 1024))
			cond_resched();
	}
	pghot_heap_reorder(heap, now);
	q->keys_at = now;
}

/* ---- refill ----------------------------------------------------------------- */

struct refill {
	struct pghot_queue *q;
	enum pghot_origin_id id;
	bool full;
};

static enum pghot_found refill_one(unsigned long pfn,
				   const struct pghot_view *view, void *arg)
{
	struct refill *r = arg;
	const struct pghot_origin *origin = pghot_origin(r->id);
	struct pghot_queue *q = r->q;
	struct pghot_heap_entry e = {
		.pfn = pfn,
		.time = view->time,
		.freq = view->freq,
		.heat = view->freq,
		.origin = r->id,
	};

	if (e.freq < READ_ONCE(pghot_params.freq_threshold))
		return PGHOT_FOUND_DONE;
	if (e.freq < q->threshold)
		return PGHOT_FOUND_LATER;
	/* A full heap would give up as much as it gains. */
	if (q->heap.nr >= q->heap.size - q->heap.size / 4) {
		r->full = true;
		return PGHOT_FOUND_FULL;
	}
	if (origin->queue && !origin->queue(pfn))
		return PGHOT_FOUND_DONE;

	/*
	 * If a ring was full it has not been counted; if the heap was, it comes
	 * a second time, as more than can be promoted at once does.
	 */
	count_candidate(q, pfn);
	pghot_heap_push(&q->heap, &e, pghot_bucket(jiffies), pghot_queue_give_up, q);
	count_vm_event(PGHOT_REFILLED);
	return PGHOT_FOUND_DONE;
}

/*
 * What is left with the origins is of interest again when there is room for it, and
 * when less heat is asked for.
 */
static bool refill_is_due(struct pghot_queue *q)
{
	s64 dropped;

	if (q->heap.nr >= q->heap.size / 2)
		return false;
	dropped = atomic64_read(&q->dropped);
	if (q->threshold > READ_ONCE(pghot_params.freq_threshold)) {
		/* Most that is left is not hot enough. */
		if (!q->overflowed && q->dropped_before == dropped &&
		    q->threshold >= q->searched) {
			q->searched = q->threshold;
			return false;
		}
		if (time_before(jiffies, q->search_at))
			return false;
	}
	q->dropped_before = dropped;
	return pghot_any_origin_has_more(q->idx);
}

static void refill(struct pghot_queue *q)
{
	struct refill r = { .q = q };
	int before = q->heap.nr;

	if (!refill_is_due(q))
		return;

	for (r.id = 0; r.id < PGHOT_NR_ORIGINS; r.id++) {
		if (pghot_origin_has_more(r.id, q->idx))
			pghot_origin(r.id)->more(q->idx, refill_one, &r);
	}
	if (!r.full) {
		q->overflowed = false;
		q->searched = q->threshold;
	}
	q->search_at = jiffies + SEARCH_APART;
	trace_pghot_scan_pass(q->nid, q->heap.nr - before, !r.full);
}

/* ---- all of it -------------------------------------------------------------- */

/**
 * pghot_queue_update - bring the heap of a queue up to date
 * @q: the queue; nothing happens unless it is open
 *
 * Context: may sleep.
 */
void pghot_queue_update(struct pghot_queue *q)
{
	struct pghot_inbox *inbox;

	mutex_lock(&q->lock);
	inbox = rcu_dereference_protected(q->inbox,
					  lockdep_is_held(&q->lock));
	if (inbox) {
		pghot_ring_drain(inbox, admit, q);
		refresh(q);
		refill(q);
	}
	mutex_unlock(&q->lock);
}
