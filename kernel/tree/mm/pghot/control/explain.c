// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: one page, and what there is between it and its promotion.
 *
 * Nothing here decides anything. The record, the queue, the target and the rules are
 * asked by the functions that promotion itself asks, one after the other, so that the
 * answer is what would happen now, and no moment of its own: a page that is promoted
 * meanwhile may be told with parts of before and after.
 */
#include <linux/mm.h>
#include <linux/swap.h>
#include <linux/vmstat.h>

#include "base/config.h"
#include "base/folio.h"
#include "base/heat.h"
#include "base/node.h"
#include "base/series.h"
#include "base/window.h"
#include "control/dump.h"
#include "control/explain.h"
#include "promote/room.h"
#include "queue/queue.h"
#include "record/map.h"
#include "record/record.h"

/* Does it wait for the target with that index? */
static bool waits_for(struct pghot_explained *x, u8 idx)
{
	struct pghot_target *t = pghot_target_by_idx(idx);

	if (!t || !pghot_queue_find(&t->queue, x->entry.pfn, &x->at))
		return false;
	x->place = PGHOT_QUEUE_PLACE_HEAP;
	x->nid = t->nid;
	return true;
}

/*
 * Where the page would go: the one that is asked for, or that it waits for, or that of
 * its record, or where a report without a node would send it.
 */
static void find_target(struct pghot_explained *x, u32 rec, u8 idx, int from)
{
	bool known = x->tracked && !(rec & PGHOT_REC_QUEUED);
	u8 other;

	if (x->nid != NUMA_NO_NODE) {
		waits_for(x, pghot_target_idx(x->nid));
		return;
	}
	if (idx && waits_for(x, idx))
		return;
	/* Who keeps no records queues pages for any target. */
	for (other = 1; !known && other <= PGHOT_MAX_TARGETS; other++) {
		if (waits_for(x, other))
			return;
	}
	if (!rec)
		idx = pghot_target_idx(READ_ONCE(pghot_params.target_nid)) ?: idx;
	x->nid = idx ? pghot_target_nid(idx) : pghot_nearest_toptier(from, NULL);
}

/* Would it move if it was its turn? */
static void rule(struct pghot_explained *x, struct folio *folio)
{
	/* Folios in this CPU's LRU batches cannot be isolated; as for a batch. */
	lru_add_drain();

	pghot_placement_begin(&x->placement);
	pghot_rule(folio, x->nid, &x->placement, false, &x->ruling);
	pghot_placement_end(&x->placement);

	x->mappings = folio_mapcount(folio);
	x->references = folio_ref_count(folio);
	x->partly_mapped = pghot_waits_to_be_split(folio);
}

static void ask_target(struct pghot_explained *x, struct pghot_target *t)
{
	pghot_target_get_stats(t, &x->target);
	x->room = pghot_target_has_room(t->nid, 1U << x->entry.order);
	x->free_pages = sum_zone_node_page_state(t->nid, NR_FREE_PAGES);
	x->failed = pghot_target_last_failure(t, x->entry.pfn, &x->failure);
}

/* Memory that the kernel uses in other ways has a type in place of its mappings. */
static bool is_kernels_own(struct folio *folio)
{
	return page_has_type(&folio->page) && !folio_test_hugetlb(folio);
}

/**
 * pghot_explain - what there is between a page and its promotion
 * @pfn: page frame that is online
 * @nid: top-tier node to promote to, NUMA_NO_NODE for the one that it would go to
 * @x: set to it
 *
 * Context: may sleep; takes the locks of targets.
 */
void pghot_explain(unsigned long pfn, int nid, struct pghot_explained *x)
{
	struct pghot_target *t;
	struct folio *folio;
	u32 rec = 0;
	u8 idx = 0;

	pghot_folio_around(&pfn, false);
	*x = (struct pghot_explained) {
		.nid = nid,
		.ruling.reason = PGHOT_FAIL_REASON_GONE,
	};
	x->tracked = pghot_map_look(pfn, &rec, &idx);
	pghot_dump_page(&x->entry, pfn, rec);
	if (rec)
		x->window_ms = pghot_window(FIELD_GET(PGHOT_REC_LEAD, rec)) *
			       PGHOT_BUCKET_MS;
	folio = pghot_get_folio(pfn);
	if (folio && is_kernels_own(folio)) {
		folio_put(folio);
		folio = NULL;
	}
	x->used = folio;

	if (pghot_is_lower_tier(x->entry.nid))
		find_target(x, rec, idx, x->entry.nid);
	t = pghot_target(x->nid);
	if (t) {
		if (x->place == PGHOT_QUEUE_PLACE_NONE && rec & PGHOT_REC_QUEUED)
			x->place = PGHOT_QUEUE_PLACE_ARRIVING;
		if (folio)
			rule(x, folio);
		ask_target(x, t);
	}
	if (folio)
		folio_put(folio);
}
