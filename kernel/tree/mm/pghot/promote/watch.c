// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: the pages that are watched to judge what a full node exchanges.
 *
 * What the looks are good for is told in judge.c. Here is who is looked at: of each
 * kind PGHOT_WATCHED of the pages that have gone last, but not neighbours. A page stays
 * until another one comes, so that there is always something to compare with, but not
 * before it has been looked at a few times.
 *
 * A look clears the accessed bits of a folio, in all address spaces and in the TLBs, as
 * far as there are no more than a few; what it has found is left to reclaim as by any
 * other source. Page cache that nobody maps has no such bits: there the idle flag tells
 * of read(2) and write(2).
 *
 * Sources that clear accessed bits themselves do so in lower tiers only, where they would
 * make what has gone down look idle. They leave those alone who are watched: a few dozen
 * pages of a node, for as long as one look waits for the next.
 */
#include <linux/hash.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/sched.h>
#include <linux/vmstat.h>
#include <trace/events/pghot.h>

#include "base/folio.h"
#include "base/node.h"
#include "promote/watch.h"

/* Looks at a page before it can be replaced; the first one only clears. */
#define LOOKS_MIN	4

/* Reclaim demotes in lists of a thousand: so far apart, base pages, those of one are taken. */
#define DOWN_STRIDE	16U

/* Without news for so long there is nothing to look at. */
#define STALE_MS	60000

/* Any of all targets, by page frame; of those that meet in one place the last one. */
#define LEFT_ALONE_BITS	11

/**
 * struct left_alone - a page that others should not clear the accessed bit of
 * @pfn: its page frame, or as much of it as there is room for
 * @until: jiffies, likewise
 */
static struct left_alone {
	u32 pfn;
	u32 until;
} left_alone[1 << LEFT_ALONE_BITS];

static u64 now_ms(void)
{
	return ktime_get_ns() / NSEC_PER_MSEC;
}

/* Base pages of a node that others can take the place of. */
static unsigned long exchangeable_pages(int nid)
{
	unsigned long present = node_present_pages(nid);
	unsigned long locked = node_page_state(NODE_DATA(nid), NR_UNEVICTABLE);

	return present > locked ? present - locked : 0;
}

/**
 * pghot_watch_init - nothing is known of a target yet
 * @w: its watch
 * @nid: its node
 */
void pghot_watch_init(struct pghot_watch *w, int nid)
{
	spin_lock_init(&w->lock);
	pghot_judge_init(&w->judge, now_ms(), exchangeable_pages(nid));
}

/**
 * pghot_watch_allowance - how much may be promoted to a full node now
 * @w: its watch
 *
 * Return: base pages.
 */
u64 pghot_watch_allowance(struct pghot_watch *w)
{
	u64 pages;

	spin_lock(&w->lock);
	pages = pghot_judge_allowance(&w->judge, now_ms());
	spin_unlock(&w->lock);
	return pages;
}

/**
 * pghot_watch_pace - how fast promotion to a full node should be
 * @w: its watch
 * @per_sec: set to the base pages to promote per second
 * @span_ms: set to the time from one verdict to the next
 */
void pghot_watch_pace(struct pghot_watch *w, u64 *per_sec, u32 *span_ms)
{
	spin_lock(&w->lock);
	*per_sec = pghot_judge_pace(&w->judge);
	*span_ms = w->judge.span_ms;
	spin_unlock(&w->lock);
}

/**
 * pghot_watch_demand - what would become of more candidates for a full node?
 * @w: its watch
 * @waiting: there are some
 */
enum pghot_demand pghot_watch_demand(struct pghot_watch *w, bool waiting)
{
	enum pghot_demand demand;

	spin_lock(&w->lock);
	demand = pghot_judge_demand(&w->judge, now_ms(), waiting);
	spin_unlock(&w->lock);
	return demand;
}

/* Has anything gone either way lately? */
bool pghot_watch_has_news(struct pghot_watch *w)
{
	bool any;

	spin_lock(&w->lock);
	any = w->news_ms && now_ms() - w->news_ms <= STALE_MS;
	spin_unlock(&w->lock);
	return any;
}

/**
 * pghot_watch_charge - account what was promoted to a full node
 * @w: its watch
 * @pages: base pages
 */
void pghot_watch_charge(struct pghot_watch *w, u64 pages)
{
	spin_lock(&w->lock);
	pghot_judge_charge(&w->judge, pages);
	spin_unlock(&w->lock);
}

/* Base pages of a kind from one that is watched to the next. */
static u64 stride(const struct pghot_watch *w, enum pghot_watch_kind kind)
{
	u64 pages = pghot_judge_stride(&w->judge, PGHOT_WATCHED);

	return kind == PGHOT_WATCH_DOWN ? max(pages, DOWN_STRIDE) : pages;
}

/**
 * pghot_watch_add - a folio has gone up or down
 * @w: the watch of its target, or of the target that it has come from
 * @kind: which way
 * @pfn: first page frame that it went to
 * @nr: its base pages
 *
 * Context: any but interrupts.
 */
void pghot_watch_add(struct pghot_watch *w, enum pghot_watch_kind kind,
		     unsigned long pfn, unsigned long nr)
{
	struct pghot_watched *p;

	spin_lock(&w->lock);
	w->news_ms = now_ms();
	w->passed[kind] += nr;
	p = &w->page[kind][w->next[kind]];
	if (!p->pfn ||
	    (p->looks >= LOOKS_MIN && w->passed[kind] >= stride(w, kind))) {
		*p = (struct pghot_watched){ .pfn = pfn };
		w->next[kind] = (w->next[kind] + 1) % PGHOT_WATCHED;
		w->passed[kind] = 0;
	}
	spin_unlock(&w->lock);
}

/* How late a look may be. */
static u32 latest_ms(u32 look_ms)
{
	return look_ms + look_ms / 4 + 64;
}

/**
 * pghot_watch_claim - have others leave the accessed bits of a folio alone
 * @pfn: its first page frame
 * @ms: for how long, up to that of the longest interval
 *
 * Context: any. Of two at once for the same place one counts.
 */
void pghot_watch_claim(unsigned long pfn, u32 ms)
{
	struct left_alone *l = &left_alone[hash_long(pfn, LEFT_ALONE_BITS)];

	WRITE_ONCE(l->until, (u32)(jiffies + msecs_to_jiffies(ms)));
	WRITE_ONCE(l->pfn, pfn);
}

/**
 * pghot_watch_claims - is a folio one whose accessed bits are to be left alone?
 * @pfn: its first page frame
 *
 * Context: any; for who is about to clear the bit.
 * Return: true for those that are watched, but for a few.
 */
bool pghot_watch_claims(unsigned long pfn)
{
	const struct left_alone *l = &left_alone[hash_long(pfn, LEFT_ALONE_BITS)];
	u32 left;

	if (READ_ONCE(l->pfn) != (u32)pfn)
		return false;
	/* A claim of long ago is not one of the time to come. */
	left = READ_ONCE(l->until) - (u32)jiffies;
	return left && left <= msecs_to_jiffies(latest_ms(PGHOT_LOOK_MS_MAX));
}

/* The folio that is watched, with a reference, if it is still there. */
static struct folio *watched_folio(unsigned long pfn, enum pghot_watch_kind kind,
				   int nid)
{
	struct folio *folio = pfn ? pghot_get_folio(pfn) : NULL;
	bool is_up = kind == PGHOT_WATCH_UP, came_up;

	if (!folio)
		return NULL;
	came_up = folio_nid(folio) == nid;
	if (folio_pfn(folio) == pfn && came_up == is_up)
		return folio;
	folio_put(folio);
	return NULL;
}

/* Look at one of those who are watched; not counted if it is the first time. */
static void look_at(struct pghot_watch *w, enum pghot_watch_kind kind,
		    unsigned int i, int nid, bool count, u32 look_ms)
{
	struct pghot_watched *p = &w->page[kind][i];
	unsigned long pfn = READ_ONCE(p->pfn);
	struct pghot_looks *looks;
	struct folio *folio;
	bool young = false;

	folio = watched_folio(pfn, kind, nid);
	if (folio) {
		pghot_watch_claim(pfn, latest_ms(look_ms));
		young = pghot_folio_test_clear_young(folio);
		folio_put(folio);
	}

	spin_lock(&w->lock);
	if (p->pfn == pfn) {
		looks = kind == PGHOT_WATCH_UP ? &w->judge.up : &w->judge.down;
		if (folio && p->looks++ && count) {
			looks->nr++;
			looks->young += young;
		}
		/* It has gone. */
		if (!folio)
			p->pfn = 0;
	}
	spin_unlock(&w->lock);
}

static void look_at_all(struct pghot_watch *w, int nid, bool count,
			u32 look_ms)
{
	enum pghot_watch_kind kind;
	unsigned int i;

	for (i = 0; i < PGHOT_WATCHED; i++) {
		/* By turns, so that both kinds wait for the same time. */
		for (kind = 0; kind < PGHOT_WATCH_KINDS; kind++)
			look_at(w, kind, i, nid, count, look_ms);
		cond_resched();
	}
	w->armed_ms = now_ms();
}

/**
 * pghot_watch_round - look at those who are watched, and draw conclusions
 * @w: the watch
 * @nid: its node
 *
 * Context: the thread of the target; may sleep.
 * Return: milliseconds after which to come back for the second of two looks, 0 when
 * there is no hurry.
 */
u32 pghot_watch_round(struct pghot_watch *w, int nid)
{
	enum pghot_verdict verdict;
	u64 now = now_ms();
	u32 look_ms, ratio;
	u64 grant;

	if (!pghot_watch_has_news(w)) {
		w->armed_ms = 0;
		return 0;
	}
	spin_lock(&w->lock);
	look_ms = w->judge.look_ms;
	spin_unlock(&w->lock);

	/* Bits that were cleared much longer ago than they should tell nothing. */
	if (!w->armed_ms || now - w->armed_ms > latest_ms(look_ms)) {
		look_at_all(w, nid, false, look_ms);
		return look_ms;
	}
	if (now - w->armed_ms < look_ms)
		return w->armed_ms + look_ms - now;
	look_at_all(w, nid, true, look_ms);

	spin_lock(&w->lock);
	verdict = pghot_judge_step(&w->judge, now_ms(),
				   exchangeable_pages(nid));
	ratio = w->judge.ratio;
	grant = w->judge.grant;
	spin_unlock(&w->lock);
	if (verdict != PGHOT_VERDICT_NONE)
		trace_pghot_verdict(nid, verdict, ratio, grant);
	return 0;
}

/**
 * pghot_watch_get_stats - how the exchange is judged at present
 * @w: the watch
 * @stats: where to put it
 */
void pghot_watch_get_stats(struct pghot_watch *w,
			   struct pghot_watch_stats *stats)
{
	spin_lock(&w->lock);
	*stats = (struct pghot_watch_stats){
		.verdict = w->judge.verdict,
		.ratio = w->judge.ratio,
		.grant = max(w->judge.grant, 0LL),
		.look_ms = w->judge.look_ms,
	};
	spin_unlock(&w->lock);
}
