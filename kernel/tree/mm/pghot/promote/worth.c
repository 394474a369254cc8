// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: is promotion to a full node worth it?
 *
 * A sample
 * --------
 * If everything is accessed alike, pages would be moved to and fro for nothing:
 * whatever was displaced is found young a pass later. So a detector that looks at some
 * pages of the top tier as well keeps two numbers, the pages of the top tier that were
 * not accessed between two looks, and the pages of lower tiers that were. While the
 * target is full and there are few of the first in relation to the second, it does not
 * report. A bit that nearly all pages have set does not tell which of them is the
 * hotter one anyway. Page cache that nobody maps has no bit, and counts as cold.
 *
 * Looks are apart by different times. What one finds is weighted with the time since
 * the one before, and fades with time.
 *
 * A census
 * --------
 * A detector that sees every page of a full target counts those that are accessed. If
 * seven eighths of what could be evicted are, the target has nothing to give. Until it
 * has been looked at twice, the first time only clears what was from before.
 */
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/vmstat.h>

#include "promote/room.h"
#include "promote/worth.h"

/* What a sample found this long ago does not count any more. */
#define MEMORY_MS	16000

/* Eighths of a target's pages that are busy when it has none to give. */
#define TOP_BUSY	7

/* Targets that were full when somebody asked last; needs no lock, see below. */
static bool full_before[MAX_NUMNODES];

/**
 * pghot_target_is_full - does promotion to a node mean demotion from it?
 * @nid: a top-tier node
 *
 * With some distance between yes and no, from where it was found last, by whoever
 * asked: kswapd frees memory all the time to make room. Detectors ask as well, and
 * may leave kpromoted nothing to do that would have it ask.
 *
 * Context: any.
 */
bool pghot_target_is_full(int nid)
{
	unsigned long size = node_present_pages(nid);
	bool was = READ_ONCE(full_before[nid]);
	bool full = !pghot_target_has_room(nid, size / (was ? 16 : 64));

	if (full != was)
		WRITE_ONCE(full_before[nid], full);
	return full;
}

/* Begin anew with a target that is not full. Context: any. */
void pghot_target_forget_full(int nid)
{
	WRITE_ONCE(full_before[nid], false);
}

/* ---- what comes of it ------------------------------------------------------------ */

/* Base pages of a node that others can take the place of. */
static unsigned long exchangeable_pages(int nid)
{
	unsigned long present = node_present_pages(nid);
	unsigned long locked = node_page_state(NODE_DATA(nid), NR_UNEVICTABLE);

	return present > locked ? present - locked : 0;
}

/**
 * pghot_worth_init - start with all that may be exchanged at once
 * @x: the allowance of a target
 */
void pghot_worth_init(struct pghot_exchange *x)
{
	pghot_exchange_init(x, ktime_get_ns());
}

/**
 * pghot_worth_allowance - how much may be promoted to a full node now
 * @x: its allowance
 * @nid: the node
 *
 * Return: base pages.
 */
u64 pghot_worth_allowance(struct pghot_exchange *x, int nid)
{
	return pghot_exchange_allowance(x, ktime_get_ns(),
					exchangeable_pages(nid));
}

/**
 * pghot_worth_charge - account what was promoted to a full node
 * @x: its allowance
 * @folios: folios
 * @pages: their base pages
 */
void pghot_worth_charge(struct pghot_exchange *x, u64 folios, u64 pages)
{
	pghot_exchange_charge(x, folios, pages);
}

/**
 * pghot_worth_judge - has what was promoted to a full node been of use?
 * @x: its allowance; filled up if so
 * @nid: the node
 * @waiting: candidates that wait for it now
 *
 * To be called about once per window.
 */
void pghot_worth_judge(struct pghot_exchange *x, int nid, u32 waiting)
{
	pghot_exchange_judge(x, ktime_get_ns(), waiting,
			     exchangeable_pages(nid));
}

/* ---- a sample ---------------------------------------------------------------------- */

static void fade(struct pghot_worth_sample *s)
{
	u32 ms = min(jiffies_to_msecs(jiffies - s->faded_at), MEMORY_MS);

	s->cold_ms -= div_u64(s->cold_ms, MEMORY_MS) * ms;
	s->young_ms -= div_u64(s->young_ms, MEMORY_MS) * ms;
	s->faded_at = jiffies;
}

/* Nothing has been seen yet. */
void pghot_worth_sample_reset(struct pghot_worth_sample *s)
{
	*s = (struct pghot_worth_sample) { .faded_at = jiffies };
}

/**
 * pghot_worth_sample_note - take in what a look found
 * @s: what has been seen so far
 * @cold: pages of the top tier that had not been accessed
 * @young: pages of lower tiers that had
 * @interval_ms: time since the look before
 */
void pghot_worth_sample_note(struct pghot_worth_sample *s, unsigned long cold,
			     unsigned long young, u32 interval_ms)
{
	fade(s);
	s->cold_ms += (u64)cold * interval_ms;
	s->young_ms += (u64)young * interval_ms;
}

/* Page cache of a node that no address space maps. */
static u64 unmapped_cache(int nid)
{
	struct pglist_data *pgdat = NODE_DATA(nid);
	unsigned long file = node_page_state(pgdat, NR_FILE_PAGES);
	unsigned long mapped = node_page_state(pgdat, NR_FILE_MAPPED) +
			       node_page_state(pgdat, NR_SHMEM);

	return file > mapped ? file - mapped : 0;
}

/**
 * pghot_worth_sample_allows - may more be promoted to a node?
 * @s: what has been seen so far
 * @nid: a target
 *
 * Return: true unless it is full of what is as hot as what would come.
 */
bool pghot_worth_sample_allows(struct pghot_worth_sample *s, int nid)
{
	if (!pghot_target_is_full(nid))
		return true;

	fade(s);
	return pghot_worth_displacing(div_u64(s->cold_ms, MEMORY_MS) +
				      unmapped_cache(nid),
				      div_u64(s->young_ms, MEMORY_MS));
}

/* ---- a census ------------------------------------------------------------------------ */

/* Pages of a node that demotion or reclaim could take. */
static unsigned long evictable_pages(int nid)
{
	unsigned long nr = 0;
	enum lru_list lru;

	for_each_evictable_lru(lru)
		nr += node_page_state(NODE_DATA(nid), NR_LRU_BASE + lru);
	return nr;
}

/**
 * pghot_worth_census_begin - should a target be looked at in this round?
 * @c: what has been counted so far
 * @nid: the target
 * @now: jiffies
 * @apart: at least so many jiffies between two looks
 *
 * Return: true when it should, and its pages be counted; the count begins with 0.
 */
bool pghot_worth_census_begin(struct pghot_worth_census *c, int nid,
			      unsigned long now, unsigned long apart)
{
	if (!pghot_target_is_full(nid)) {
		c->looked_at[nid] = 0;
		node_clear(nid, c->held);
		return false;
	}
	/* Until it is known what would be displaced, nothing is. */
	if (!c->looked_at[nid])
		node_set(nid, c->held);
	else if (time_before(now, c->looked_at[nid] + apart))
		return false;

	c->busy[nid] = 0;
	return true;
}

/**
 * pghot_worth_census_end - all pages of a target have been looked at
 * @c: what has been counted
 * @nid: the target, for which pghot_worth_census_begin() was true
 * @when: jiffies at which the round began
 */
void pghot_worth_census_end(struct pghot_worth_census *c, int nid,
			    unsigned long when)
{
	/* The first look only clears what was from before. */
	if (c->looked_at[nid]) {
		if (c->busy[nid] * 8 >= evictable_pages(nid) * TOP_BUSY)
			node_set(nid, c->held);
		else
			node_clear(nid, c->held);
	}
	c->looked_at[nid] = when ?: 1;
}
