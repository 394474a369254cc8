// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: from a batch of page frame numbers to folios on another node.
 *
 * Each candidate is looked up, examined and isolated, then all go through one
 * migrate_pages(). Between the report and now anything may have happened to a
 * page frame: nothing is touched without a reference, and everything is checked
 * again after the reference has been taken.
 *
 * Counters go where NUMA balancing's own promotion puts them, to the memory
 * cgroup and to the target node, per folio: a batch mixes memory cgroups.
 */
#include <linux/bsearch.h>
#include <linux/memcontrol.h>
#include <linux/memory-tiers.h>
#include <linux/memory_hotplug.h>
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/mm_inline.h>
#include <linux/pagemap.h>
#include <linux/sched/numa_balancing.h>
#include <linux/sort.h>
#include <linux/swap.h>
#include <linux/vmstat.h>

#include "../../internal.h"

#include "base/folio.h"
#include "base/node.h"
#include "promote/batch.h"
#include "promote/cgroup.h"
#include "promote/placement.h"
#include "promote/returns.h"
#include "promote/ruling.h"

static bool isolate(struct folio *folio)
{
	if (!folio_isolate_lru(folio))
		return false;

	node_stat_mod_folio(folio, NR_ISOLATED_ANON + folio_is_file_lru(folio),
			    folio_nr_pages(folio));
	return true;
}

/* The candidate does not move. */
static void fail(struct pghot_candidate *c, enum pghot_fail_reason reason)
{
	c->outcome = PGHOT_OUTCOME_FAILED;
	c->reason = reason;
}

/* Examine one candidate, and isolate its folio unless that has to stay. */
static void take(struct pghot_candidate *c, struct pghot_batch *batch)
{
	struct folio *folio = pghot_get_folio(c->entry.pfn);
	struct pghot_ruling *ruling = &batch->ruling;

	c->nr_pages = 1;
	if (!folio) {
		fail(c, PGHOT_FAIL_REASON_GONE);
		return;
	}

	c->nr_pages = folio_nr_pages(folio);
	c->order = folio_order(folio);
	c->from = folio_nid(folio);
	c->memcg = pghot_folio_memcg(folio);

	pghot_rule(folio, batch->nid, &batch->placement, true, ruling);
	if (ruling->reason >= 0) {
		fail(c, ruling->reason);
		c->waits = ruling->waits;
		if (ruling->asked && ruling->users.other_nid != NUMA_NO_NODE) {
			c->reroute_nid = ruling->users.other_nid;
			c->outcome = PGHOT_OUTCOME_REROUTED;
		}
		goto put;
	}

	if (batch->share_of &&
	    !pghot_memcg_take_share(c->memcg, pghot_target_idx(batch->nid),
				    batch->share_of, c->nr_pages)) {
		fail(c, PGHOT_FAIL_REASON_SHARE);
		c->waits = true;
		goto put;
	}
	c->shared = batch->share_of;
	if (!isolate(folio)) {
		fail(c, PGHOT_FAIL_REASON_BUSY);
		goto put;
	}
	c->folio = folio;
	/* From now on it stays as large as it is, until migrate_pages(). */
	c->nr_pages = folio_nr_pages(folio);
	c->order = folio_order(folio);
	c->page_flags = pghot_page_flags(folio);
	c->cgroup_ino = pghot_cgroup_ino(folio);
	c->outcome = PGHOT_OUTCOME_MOVED;
put:
	/* Isolation has taken a reference of its own. */
	folio_put(folio);
}

/* Those that are isolated first, by page frame number: they do not overlap. */
static int cmp_candidates(const void *lhs, const void *rhs)
{
	const struct pghot_candidate *l = lhs, *r = rhs;

	if (!l->folio != !r->folio)
		return !l->folio - !r->folio;
	return (l->entry.pfn > r->entry.pfn) - (l->entry.pfn < r->entry.pfn);
}

/*
 * The candidate that a page frame belongs to. A folio that is partly mapped, and waits
 * to be split for that reason, may be split by migrate_pages(); then its pages come
 * back one by one, those behind the first under page frame numbers of their own.
 */
static int cmp_pfn(const void *key, const void *elt)
{
	const struct pghot_candidate *c = elt;
	unsigned long pfn = *(const unsigned long *)key;

	if (pfn < c->entry.pfn)
		return -1;
	return pfn >= c->entry.pfn + c->nr_pages;
}

/* What is still on @list was not migrated; put it back and say so. */
static void sort_out_failures(struct pghot_batch *batch, struct list_head *list)
{
	unsigned int isolated = 0;
	struct folio *folio;

	if (list_empty(list))
		return;

	sort(batch->cand, batch->nr, sizeof(batch->cand[0]), cmp_candidates,
	     NULL);
	while (isolated < batch->nr && batch->cand[isolated].folio)
		isolated++;
	list_for_each_entry(folio, list, lru) {
		unsigned long pfn = folio_pfn(folio);
		struct pghot_candidate *c;

		c = bsearch(&pfn, batch->cand, isolated, sizeof(batch->cand[0]),
			    cmp_pfn);
		if (WARN_ON_ONCE(!c))
			continue;
		c->nr_left += folio_nr_pages(folio);
		/* Where a part has moved, what has not is counted by itself. */
		if (c->nr_left >= c->nr_pages)
			fail(c, PGHOT_FAIL_REASON_MIGRATE);
	}
	putback_movable_pages(list);
}

/* What others count of promotions as well. */
static void account(const struct pghot_batch *batch,
		    const struct pghot_candidate *c)
{
	unsigned int nr = c->nr_pages - c->nr_left;
	struct lruvec *lruvec;

	if (c->outcome != PGHOT_OUTCOME_MOVED)
		return;
	lruvec = mem_cgroup_lruvec(c->memcg, NODE_DATA(batch->nid));
	count_vm_numa_events(NUMA_PAGE_MIGRATE, nr);
	if (c->memcg)
		count_memcg_events(c->memcg, NUMA_PAGE_MIGRATE, nr);
	mod_lruvec_state(lruvec, PGPROMOTE_SUCCESS, nr);
}

/* What became of a candidate, in the counters of its memory cgroup. */
static void count_candidate(const struct pghot_candidate *c,
			    struct pghot_cgroup_counts *counts)
{
	unsigned int nr = c->nr_pages - c->nr_left;

	if (c->outcome == PGHOT_OUTCOME_FAILED) {
		counts->n[PGHOT_CGROUP_FAILED + c->reason] += c->nr_pages;
		return;
	}
	if (c->outcome != PGHOT_OUTCOME_MOVED)
		return;
	counts->n[PGHOT_CGROUP_PROMOTED] += nr;
	counts->n[PGHOT_CGROUP_FAILED + PGHOT_FAIL_REASON_MIGRATE] += c->nr_left;
	if (pghot_returns_claim(c->entry.pfn, c->memcg->css.serial_nr))
		counts->n[PGHOT_CGROUP_RETURNED] += nr;
}

/* Count for the memory cgroups of a batch, once for neighbours of the same. */
static void count_by_cgroup(const struct pghot_batch *batch)
{
	struct pghot_cgroup_counts counts = {};
	struct mem_cgroup *of = NULL;
	unsigned int i;

	for (i = 0; i < batch->nr; i++) {
		const struct pghot_candidate *c = &batch->cand[i];

		if (!c->memcg)
			continue;
		if (of && of != c->memcg) {
			pghot_cgroup_count(of, &counts);
			counts = (struct pghot_cgroup_counts){};
		}
		of = c->memcg;
		count_candidate(c, &counts);
	}
	pghot_cgroup_count(of, &counts);
}

/* What was taken out of shares for a candidate that did not move goes back. */
static void settle_share(const struct pghot_batch *batch,
			 const struct pghot_candidate *c)
{
	unsigned int left = c->nr_pages;

	if (c->outcome == PGHOT_OUTCOME_MOVED)
		left = c->nr_left;
	if (c->shared && left)
		pghot_memcg_give_back(c->memcg, pghot_target_idx(batch->nid),
				      left);
}

static void settle_cgroups(struct pghot_batch *batch)
{
	unsigned int i;

	for (i = 0; i < batch->nr; i++)
		account(batch, &batch->cand[i]);
	count_by_cgroup(batch);
	for (i = 0; i < batch->nr; i++) {
		struct pghot_candidate *c = &batch->cand[i];

		settle_share(batch, c);
		mem_cgroup_put(c->memcg);
		c->memcg = NULL;
		c->folio = NULL;
	}
}

/**
 * pghot_migrate_batch - move candidates to their target
 * @batch: target, and candidates of which the entries are set; on return all
 *	other members are. The candidates may have changed their order.
 *
 * Context: process context, may sleep; no locks of pghot are needed.
 */
void pghot_migrate_batch(struct pghot_batch *batch)
{
	unsigned int nr_succeeded;
	LIST_HEAD(folios);
	unsigned int i;

	/* Folios in this CPU's LRU batches cannot be isolated. */
	lru_add_drain();

	pghot_placement_begin(&batch->placement);
	for (i = 0; i < batch->nr; i++) {
		struct pghot_candidate *c = &batch->cand[i];

		c->folio = NULL;
		c->memcg = NULL;
		c->nr_left = 0;
		c->waits = false;
		c->shared = false;
		c->from = NUMA_NO_NODE;
		c->reroute_nid = NUMA_NO_NODE;
		c->order = 0;
		c->page_flags = 0;
		c->cgroup_ino = 0;
		take(c, batch);
		if (c->folio)
			list_add_tail(&c->folio->lru, &folios);
		cond_resched();
	}
	pghot_placement_end(&batch->placement);
	if (!list_empty(&folios)) {
		migrate_pages(&folios, alloc_misplaced_dst_folio, NULL,
			      batch->nid, MIGRATE_ASYNC, MR_NUMA_MISPLACED,
			      &nr_succeeded);
		sort_out_failures(batch, &folios);
	}
	settle_cgroups(batch);
}
