// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: what is promoted, and how much of it.
 *
 * A round brings the queue of a target up to date and promotes from its top,
 * batch by batch, while there is something over the threshold, the rate limit
 * has tokens and the node has room.
 *
 * While a batch is migrated the node's lock is free: the folios of a batch
 * are in nobody else's hands. Their records still say queued, so they are not
 * reported as candidates again.
 *
 * The threshold follows the flow of candidates as that of NUMA balancing does
 * (numa_promotion_adjust_threshold() in kernel/sched/fair.c): over 110 % of
 * what the rate limit lets through it rises by one, under 90 % it falls by one,
 * once per window. While the node has plenty of free memory every hot page is
 * welcome.
 *
 * When the node is full, each page that comes up sends another one down, and is
 * worth that only if it is hotter. The threshold is then half as much again as
 * makes a page hot, which also a source that only sees accessed bits can say of a
 * page that goes on being busy, and exchange.c says how many may come up.
 */
#include <linux/kthread.h>
#include <linux/memory-tiers.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/vmstat.h>
#include <trace/events/pghot.h>

#include "internal.h"

/* How often a failure that may pass is tried again before the page cools. */
#define PGHOT_MAX_TRIES		3

/* Allowance of the rate limit that outlives a rest, for late wakeups. */
#define PGHOT_BURST_SLACK_MS	400

/* Base pages: fewer wait until the target has more room. */
#define PGHOT_LEAST_BATCH	64

static u64 pages_per_sec(void)
{
	return (u64)READ_ONCE(pghot_params.rate_limit_mbps) <<
	       (20 - PAGE_SHIFT);
}

/* ---- how much, how hot ----------------------------------------------------- */

/**
 * pghot_node_is_full - does promotion to a node mean demotion from it?
 * @node: a target
 *
 * With some distance between yes and no, from where it was found last, by whoever
 * asked: kswapd frees memory all the time to make room. Detectors ask as well, and
 * may leave kpromoted nothing to do that would have it ask.
 *
 * Context: any.
 */
bool pghot_node_is_full(struct pghot_node *node)
{
	unsigned long size = node_present_pages(node->nid);
	bool was = READ_ONCE(node->full);
	bool full = !pghot_target_has_room(node->nid, size / (was ? 16 : 64));

	if (full != was)
		WRITE_ONCE(node->full, full);
	return full;
}

/* Base pages of a node that others can take the place of. */
static unsigned long exchangeable_pages(const struct pghot_node *node)
{
	unsigned long present = node_present_pages(node->nid);
	unsigned long locked = node_page_state(NODE_DATA(node->nid),
					       NR_UNEVICTABLE);

	return present > locked ? present - locked : 0;
}

/* What the threshold of a node does not fall below. */
static u32 least_threshold(bool full)
{
	u32 base = READ_ONCE(pghot_params.freq_threshold);

	return full ? min(base + base / 2, PGHOT_FREQ_MAX) : base;
}

/**
 * pghot_threshold_is_raised - will the threshold fall without candidates?
 * @node: a running target
 *
 * Context: @node's lock held.
 */
bool pghot_threshold_is_raised(const struct pghot_node *node)
{
	lockdep_assert_held(&node->lock);
	return node->threshold > least_threshold(node->was_full);
}

static void adjust_threshold(struct pghot_node *node)
{
	unsigned long elapsed = jiffies - node->adjust_at;
	unsigned long period = msecs_to_jiffies(READ_ONCE(pghot_params.window_ms));
	bool adaptive = READ_ONCE(pghot_params.adaptive);
	bool full = adaptive && pghot_node_is_full(node);
	bool fixed = !adaptive || pghot_target_has_plenty(node->nid);
	u32 base = least_threshold(full);
	u64 limit;

	if (fixed || node->was_full != full)
		node->threshold = base;
	node->was_full = full;
	node->threshold = max(node->threshold, base);
	if (!fixed && elapsed < period)
		return;

	limit = div_u64(pages_per_sec() * elapsed, HZ);
	if (!fixed) {
		if (node->flow > div_u64(limit * 11, 10))
			node->threshold = min(node->threshold + 1,
					      PGHOT_FREQ_MAX);
		else if (node->flow < div_u64(limit * 9, 10))
			node->threshold = max(node->threshold - 1, base);
	}
	if (full)
		pghot_exchange_judge(&node->exchange, ktime_get_ns(),
				     node->heap.nr, exchangeable_pages(node));
	node->flow = 0;
	node->adjust_at = jiffies;
}

static bool top_is_due(struct pghot_node *node)
{
	return node->heap.nr && node->heap.data[0].freq >= node->threshold;
}

static u64 allowance(struct pghot_node *node)
{
	return pghot_ratelimit_fill(&node->limit, ktime_get_ns(),
				    pages_per_sec(),
				    READ_ONCE(pghot_params.sleep_ms) +
				    PGHOT_BURST_SLACK_MS);
}

/* Pages that may be promoted without regard to the rate limit. */
static u64 exchange_allowance(struct pghot_node *node)
{
	if (!node->was_full)
		return U64_MAX;

	return pghot_exchange_allowance(&node->exchange, ktime_get_ns(),
					exchangeable_pages(node));
}

static void charge_exchange(struct pghot_node *node,
			    const struct pghot_batch *batch)
{
	u64 folios = 0, pages = 0;
	unsigned int i;

	if (!node->was_full)
		return;
	for (i = 0; i < batch->nr; i++) {
		if (batch->cand[i].outcome != PGHOT_MOVED)
			continue;
		folios++;
		pages += batch->cand[i].nr_pages;
	}
	pghot_exchange_charge(&node->exchange, folios, pages);
}

/* ---- batches ----------------------------------------------------------------- */

/* Move what is due, up to @max_pages or one folio, from the heap to @batch. */
static unsigned int select_batch(struct pghot_node *node,
				 struct pghot_batch *batch, u64 max_pages)
{
	u32 now = pghot_bucket(jiffies);
	unsigned int pages = 0;

	batch->nid = node->nid;
	batch->nr = 0;
	while (top_is_due(node) && batch->nr < PGHOT_BATCH_MAX) {
		struct pghot_heap_entry *top = &node->heap.data[0];
		unsigned int nr = pghot_pfn_pages(top->pfn);

		if (pages && pages + nr > max_pages)
			break;
		pghot_heap_pop(&node->heap, &batch->cand[batch->nr++].entry,
			       now);
		pages += nr;
	}
	return pages;
}

static void log_promotion(struct pghot_node *node,
			  const struct pghot_candidate *c, u32 rec)
{
	struct pghot_promoted *p;

	if (!node->log)
		return;

	p = &node->log[node->log_head++ % PGHOT_PROMOTED_LOG];
	p->pfn = c->entry.pfn;
	p->cgroup_ino = c->cgroup_ino;
	p->when = jiffies;
	p->record = rec;
	p->page_flags = c->page_flags;
	p->from = c->from;
	p->order = c->order;
}

static bool may_pass(int reason)
{
	return reason == PGHOT_FAIL_REASON_BUSY ||
	       reason == PGHOT_FAIL_REASON_MIGRATE ||
	       reason == PGHOT_FAIL_REASON_NO_MEMORY;
}

/* A candidate failed: have it tried again, or let it cool. */
static void settle_failure(struct pghot_node *node, struct pghot_candidate *c,
			   bool requeue)
{
	struct pghot_heap_entry e = c->entry;

	e.tries++;
	trace_pghot_promote_fail(e.pfn, node->nid, c->nr_pages, c->outcome,
				 e.tries);
	/* The last source may have been disabled while the batch was migrated. */
	if (!requeue || !node->heap.size)
		return;

	if (may_pass(c->outcome) && e.tries < PGHOT_MAX_TRIES) {
		pghot_queue_retry(node, &e);
		return;
	}
	if (c->outcome == PGHOT_FAIL_REASON_GONE)
		pghot_map_forget(e.pfn);
	else
		pghot_map_cool(e.pfn);
}

/* Draw the consequences of a batch and add it up in @res. */
static void settle_batch(struct pghot_node *node, struct pghot_batch *batch,
			 bool requeue, struct pghot_result *res)
{
	unsigned int i;

	lockdep_assert_held(&node->lock);

	for (i = 0; i < batch->nr; i++) {
		struct pghot_candidate *c = &batch->cand[i];

		res->attempted += c->nr_pages;
		if (c->outcome == PGHOT_MOVED) {
			u32 rec = pghot_map_get(c->entry.pfn);

			res->promoted += c->nr_pages;
			pghot_map_forget(c->entry.pfn);
			log_promotion(node, c, rec);
		} else if (c->outcome == PGHOT_REROUTED && requeue) {
			pghot_map_retarget(c->entry.pfn,
					   pghot_target_idx(c->reroute_nid));
		} else {
			/* By hand it is this target or none. */
			if (c->outcome == PGHOT_REROUTED)
				c->outcome = c->reason;
			res->failed[c->outcome] += c->nr_pages;
			settle_failure(node, c, requeue);
		}
	}
}

/* Called at least once per second while pages are promoted, or asked for. */
static void roll_second(struct pghot_node *node, u64 promoted)
{
	unsigned long elapsed = jiffies - node->sec_start;

	if (elapsed >= HZ) {
		node->last_sec_promoted = elapsed < 2 * HZ ? node->sec_promoted :
							      0;
		node->sec_promoted = 0;
		node->sec_start = jiffies;
	}
	node->sec_promoted += promoted;
}

static void account_result(struct pghot_node *node,
			   const struct pghot_result *res)
{
	int i;

	lockdep_assert_held(&node->lock);

	count_vm_event(PGHOT_BATCHES);
	count_vm_events(PGHOT_PROMOTED, res->promoted);
	node->result.attempted += res->attempted;
	node->result.promoted += res->promoted;
	for (i = 0; i < PGHOT_NR_FAIL_REASONS; i++) {
		if (!res->failed[i])
			continue;
		count_vm_events(PGHOT_FAILED_GONE + i, res->failed[i]);
		node->result.failed[i] += res->failed[i];
	}
	roll_second(node, res->promoted);
}

/* Migrate what has been selected. The node's lock is dropped meanwhile. */
static void run_batch(struct pghot_node *node, struct pghot_batch *batch,
		      bool requeue, struct pghot_result *res)
{
	mutex_unlock(&node->lock);
	pghot_migrate_batch(batch);
	mutex_lock(&node->lock);

	settle_batch(node, batch, requeue, res);
	account_result(node, res);
	trace_pghot_promote_batch(node->nid, res->attempted, res->promoted,
				  node->threshold, node->heap.nr);
	pghot_notify_promotion(PGHOT_PROMOTION_KIND_BATCH, node->nid, res,
			       node->threshold, node->heap.nr);
}

/*
 * Base pages of a batch that the target has room for: @want, or a part of it that is
 * worth a batch, or 0. What kswapd keeps free for promotion, the distance between two
 * watermarks, is less than a large batch on a node of less than 2 GiB.
 */
static unsigned int room_for_batch(const struct pghot_node *node,
				   unsigned int want)
{
	unsigned int first = pghot_pfn_pages(node->heap.data[0].pfn);
	unsigned int least = max(min(want, PGHOT_LEAST_BATCH), first);

	want = max(want, first);
	while (!pghot_target_has_room(node->nid, want)) {
		if (want == least)
			return 0;
		want = max(want / 2, least);
	}
	return want;
}

/* The target is short of memory: say so, and ask for some. */
static void no_room(struct pghot_node *node)
{
	struct pghot_result res = {};
	unsigned long pfn = node->heap.data[0].pfn;
	unsigned int nr = pghot_pfn_pages(pfn);

	res.attempted = nr;
	res.failed[PGHOT_FAIL_REASON_NO_MEMORY] = nr;
	account_result(node, &res);
	trace_pghot_promote_fail(pfn, node->nid, nr,
				 PGHOT_FAIL_REASON_NO_MEMORY, 0);
	pghot_reclaim_target(node->nid, ilog2(nr));
}

static void set_limited(struct pghot_node *node, bool limited)
{
	if (limited && !node->limited) {
		count_vm_event(PGHOT_RATE_LIMITED);
		pghot_notify_promotion(PGHOT_PROMOTION_KIND_RATE_LIMIT,
				       node->nid, NULL, node->threshold,
				       node->heap.nr);
	}
	node->limited = limited;
}

/* One batch; false when there is nothing to do, or it must not be done, now. */
static bool promote_some(struct pghot_node *node, struct pghot_batch *batch)
{
	u64 batch_nr = READ_ONCE(pghot_params.batch_nr);
	struct pghot_result res = {};
	u64 allowed, exchange, room;
	unsigned int pages;

	if (!READ_ONCE(pghot_params.promote) || !top_is_due(node)) {
		set_limited(node, false);
		return false;
	}
	room = room_for_batch(node, batch_nr);
	if (!room) {
		no_room(node);
		return false;
	}
	/* Migration itself does not ask for what it takes. */
	if (room < batch_nr)
		pghot_reclaim_target(node->nid, 0);
	allowed = allowance(node);
	if (!allowed) {
		set_limited(node, true);
		return false;
	}
	exchange = exchange_allowance(node);
	if (!exchange) {
		set_limited(node, false);
		return false;
	}

	pages = select_batch(node, batch,
			     min3(allowed, exchange, min(room, batch_nr)));
	pghot_ratelimit_charge(&node->limit, pages);
	run_batch(node, batch, true, &res);
	pghot_ratelimit_charge(&node->limit, (s64)res.promoted - pages);
	charge_exchange(node, batch);

	return true;
}

/**
 * pghot_promote_round - promote what is due
 * @node: a running target; its batch is used
 *
 * Context: its kpromoted; may sleep.
 */
void pghot_promote_round(struct pghot_node *node)
{
	mutex_lock(&node->lock);
	/* Time without anything to promote earns no more than a burst. */
	allowance(node);
	do {
		pghot_queue_update(node);
		adjust_threshold(node);
		cond_resched();
	} while (!kthread_should_stop() && promote_some(node, node->batch));
	mutex_unlock(&node->lock);
}

/* ---- by hand -------------------------------------------------------------------- */

static void add_result(struct pghot_result *sum, const struct pghot_result *res)
{
	int i;

	sum->attempted += res->attempted;
	sum->promoted += res->promoted;
	for (i = 0; i < PGHOT_NR_FAIL_REASONS; i++)
		sum->failed[i] += res->failed[i];
}

/**
 * pghot_promote_pfn - promote one page now
 * @pfn: head page frame of a folio on a lower tier
 * @nid: top-tier node to promote it to, NUMA_NO_NODE for the nearest
 * @res: what became of it
 *
 * Rate limit, threshold and the parameter promote do not apply; what the users
 * of the page allow does.
 *
 * Context: may sleep.
 * Return: 0 when it was attempted, -EINVAL when @nid is no top-tier node,
 * -ENOENT when there is no such folio on a lower tier, or -ENOMEM.
 */
int pghot_promote_pfn(unsigned long pfn, int nid, struct pghot_result *res)
{
	struct folio *folio = pghot_get_folio(pfn);
	struct pghot_result one = {};
	struct pghot_batch *batch;
	struct pghot_node *node;
	int from;

	memset(res, 0, sizeof(*res));
	if (!folio)
		return -ENOENT;
	from = folio_nid(folio);
	folio_put(folio);

	node = pghot_node(from);
	if (!node || READ_ONCE(node->toptier))
		return -ENOENT;
	if (nid == NUMA_NO_NODE)
		nid = pghot_nearest_toptier(from, NULL);
	node = pghot_node(nid);
	if (!node || !READ_ONCE(node->toptier))
		return -EINVAL;

	batch = kvzalloc(sizeof(*batch), GFP_KERNEL);
	if (!batch)
		return -ENOMEM;

	batch->nid = nid;
	batch->nr = 1;
	batch->cand[0].entry.pfn = pfn;
	mutex_lock(&node->lock);
	run_batch(node, batch, false, &one);
	mutex_unlock(&node->lock);
	add_result(res, &one);

	kvfree(batch);
	return 0;
}

/* Take up to @count entries, whatever their frequency. */
static void select_top(struct pghot_node *node, struct pghot_batch *batch,
		       u32 count)
{
	u32 now = pghot_bucket(jiffies);

	batch->nid = node->nid;
	batch->nr = 0;
	while (batch->nr < min_t(u32, count, PGHOT_BATCH_MAX) &&
	       pghot_heap_pop(&node->heap, &batch->cand[batch->nr].entry, now))
		batch->nr++;
}

/**
 * pghot_promote_top - promote the hottest pages that wait for a node now
 * @nid: top-tier node
 * @count: at most so many folios, at least 1
 * @res: what became of them
 *
 * As with pghot_promote_pfn(), only what the users of the pages allow counts.
 * What fails for a reason that may pass stays queued.
 *
 * Context: may sleep.
 * Return: 0, also when nothing waits, -EINVAL when @nid is no top-tier node,
 * -EINTR when a signal ended it early, or -ENOMEM.
 */
int pghot_promote_top(int nid, u32 count, struct pghot_result *res)
{
	struct pghot_node *node = pghot_node(nid);
	struct pghot_batch *batch;
	int err = 0;

	memset(res, 0, sizeof(*res));
	if (!node || !READ_ONCE(node->toptier))
		return -EINVAL;

	batch = kvzalloc(sizeof(*batch), GFP_KERNEL);
	if (!batch)
		return -ENOMEM;

	mutex_lock(&node->lock);
	if (node->heap.size)
		pghot_queue_update(node);
	/* What failed goes to the bottom; count what was there to begin with. */
	count = min_t(u32, count, node->heap.nr);
	while (count) {
		struct pghot_result one = {};

		select_top(node, batch, count);
		if (!batch->nr)
			break;
		count -= batch->nr;
		run_batch(node, batch, node->heap.size > 0, &one);
		add_result(res, &one);
		if (signal_pending(current)) {
			err = -EINTR;
			break;
		}
	}
	mutex_unlock(&node->lock);

	kvfree(batch);
	return err;
}

/**
 * pghot_node_get_stats - what a node looks like now
 * @node: the node
 * @stats: where to put it
 *
 * Context: may sleep.
 */
void pghot_node_get_stats(struct pghot_node *node,
			  struct pghot_node_stats *stats)
{
	int nid = node->nid;

	memset(stats, 0, sizeof(*stats));
	stats->nid = nid;
	stats->toptier = READ_ONCE(node->toptier);
	stats->tier = node_memory_tier(nid);
	stats->present_pages = node_present_pages(nid);
	stats->free_pages = sum_zone_node_page_state(nid, NR_FREE_PAGES);
	stats->tracked_pages = pghot_map_tracked_pages(nid);
	stats->refill_sections = pghot_map_refill_sections(nid);
	stats->dropped = atomic64_read(&node->dropped);

	mutex_lock(&node->lock);
	roll_second(node, 0);
	stats->limited = node->limited;
	stats->heap_length = node->heap.nr;
	stats->heap_capacity = node->heap.size;
	/* What it was when the node last ran says nothing. */
	stats->threshold = pghot_params.freq_threshold;
	if (node->heap.size)
		stats->threshold = max(stats->threshold, node->threshold);
	stats->hot = node->hot;
	stats->promoted_per_sec = node->last_sec_promoted;
	stats->result = node->result;
	mutex_unlock(&node->lock);
}
