// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: from the records to the hottest pages.
 *
 * Two look for them: lists of the hottest, and the queue of a target when it has room
 * again for what had found none. Both go from hot to cold, and where the bounds of a section
 * or a block, see summary.h, are below what they look for they go past it.
 *
 * A list goes over the sections once, those with the highest bounds first. When it is full
 * its coldest entry tells what the rest has to be, and that is most often too much for all
 * but a few.
 *
 * The queue takes pages as it has room, and comes back. Many pages are equally hot, in any
 * section, so here all sections are searched for the hottest, then for what is less hot, and
 * so on: in levels, each an eighth below the hottest page that the one before it left. The
 * search of a target remembers its level and its place, so that it need not begin anew, at
 * the same hot ones that have left since, each time that there is room for some more. It
 * does so when it was left alone for a window, for something may have become hot meanwhile.
 */
#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/rcupdate_wait.h>
#include <linux/slab.h>
#include <linux/xarray.h>

#include "base/config.h"
#include "base/heat.h"
#include "base/node.h"
#include "base/window.h"
#include "record/access.h"
#include "record/map.h"
#include "record/record.h"

/* ---- for the queue ---------------------------------------------------------- */

/**
 * struct refill - the search of a target
 * @level: heat that is searched for at present; 0 to begin anew
 * @below: the hottest that was left because it is colder, or may be there
 * @next: section to go on with
 * @when: pghot_time() at which the search was last left
 * @enough: what is colder is not asked for
 *
 * For one target there is one search at a time.
 */
struct refill {
	u32 level;
	u32 below;
	unsigned long next;
	u32 when;
	bool enough;
};

static struct refill refills[PGHOT_MAX_TARGETS + 1];

/* What a search in progress is about. */
struct asked {
	u8 idx;
	u32 least;
	u32 now;
	pghot_map_found_fn found;
	void *arg;
};

/* The level at which pages of a heat are found. */
static u32 level_of(u32 heat, u32 least)
{
	return max(heat - heat / 8, least);
}

static void begin_refill(struct refill *r, u32 least)
{
	*r = (struct refill) { .level = level_of(PGHOT_FREQ_MAX, least) };
}

/* The next level, false when there is none. */
static bool lower_level(struct refill *r, u32 least)
{
	if (r->enough || r->below < least)
		return false;
	*r = (struct refill) { .level = level_of(r->below, least) };
	return true;
}

/*
 * False when there is no more room. @later is set when there is something left that may
 * be asked for.
 */
static bool refill_block(struct refill *r, const struct asked *a,
			 struct pghot_section *sec, unsigned long i, bool *later)
{
	unsigned long end = i + PGHOT_BLOCK_PAGES;
	enum pghot_map_found what;

	for (; i < end; i++) {
		u32 rec = READ_ONCE(sec->records[i]);
		u32 freq = FIELD_GET(PGHOT_REC_FREQ, rec);

		/* It may only be colder than that, and says nothing new. */
		if (freq < a->least || (freq < r->level && freq <= r->below && *later))
			continue;
		if ((rec & PGHOT_REC_QUEUED) ||
		    pghot_record_target(sec, rec) != a->idx)
			continue;
		freq = pghot_record_freq(rec, a->now & PGHOT_BUCKET_MASK,
					 pghot_window(FIELD_GET(PGHOT_REC_LEAD, rec)));
		if (freq < a->least)
			continue;
		if (freq < r->level) {
			r->below = max(r->below, freq);
			*later = true;
			continue;
		}
		/*
		 * The record may change at any time. If the page is queued by
		 * a report now, it is not ours to queue.
		 */
		what = a->found(sec->start_pfn + i, rec, a->arg);
		if (what == PGHOT_MAP_DONE)
			continue;
		*later = true;
		if (what == PGHOT_MAP_FULL)
			return false;
		r->level = freq + 1;
		r->enough = true;
	}
	return true;
}

/* False when there is no more room. */
static bool refill_section(struct refill *r, const struct asked *a,
			   struct pghot_section *sec)
{
	bool later = false, room = true;
	unsigned long block;
	u32 bound;

	bound = pghot_map_bound(&sec->bound, a->now);
	if (bound >= a->least && bound < r->level) {
		if (atomic_long_read(&sec->refill) & BIT(a->idx))
			r->below = max(r->below, bound);
		return true;
	}
	/* Flags set from here on ask for another search. */
	if (!pghot_section_unflag(sec, a->idx))
		return true;

	for (block = 0; block < PGHOT_BLOCKS && room; block++) {
		bound = pghot_map_bound(&sec->bounds[block], a->now);
		if (bound < a->least)
			continue;
		if (bound >= r->level) {
			room = refill_block(r, a, sec, block << PGHOT_BLOCK_SHIFT,
					    &later);
		} else {
			r->below = max(r->below, bound);
			later = true;
		}
	}
	if (later)
		pghot_section_flag(sec, a->idx);
	return room;
}

/* All sections from where it was; false when there is no more room. */
static bool refill_level(struct refill *r, const struct asked *a)
{
	XA_STATE(xas, &pghot_sections, r->next);
	struct pghot_section *sec;
	bool room = true;

	rcu_read_lock();
	xas_for_each(&xas, sec, ULONG_MAX) {
		if (xas_retry(&xas, sec))
			continue;
		room = refill_section(r, a, sec);
		if (!room) {
			r->next = pfn_to_section_nr(sec->start_pfn);
			break;
		}
		xas_pause(&xas);
		cond_resched_rcu();
	}
	rcu_read_unlock();
	return room;
}

/**
 * pghot_map_refill - search the sections that are flagged for a target
 * @idx: compact index of the target
 * @found: called in an RCU read side for records of that target which are not queued and
 *	are no colder than freq-threshold; the hotter ones first, if roughly. It says what
 *	becomes of the page. A section with something for later stays flagged; there is no
 *	search for what is colder than that, and where there is no more room the search ends
 * @arg: passed to @found
 *
 * Context: may sleep; one caller at a time for each @idx.
 */
void pghot_map_refill(u8 idx, pghot_map_found_fn found, void *arg)
{
	struct asked a = {
		.idx = idx,
		.least = READ_ONCE(pghot_params.freq_threshold),
		.now = pghot_time(jiffies),
		.found = found,
		.arg = arg,
	};
	struct refill *r = &refills[idx];

	if (!r->level || ((a.now - r->when) & PGHOT_TIME_MASK) >=
			 pghot_window_buckets(READ_ONCE(pghot_params.window_ms)))
		begin_refill(r, a.least);
	do {
		if (!refill_level(r, &a)) {
			r->when = a.now;
			return;
		}
	} while (lower_level(r, a.least));
	r->level = 0;
}

/* ---- for lists ---------------------------------------------------------------- */

/* Sections by falling bound, as numbers: @nr of them. */
struct ranking {
	unsigned long *order;
	size_t nr;
};

/* The number of a section and its bound in one word. */
#define RANK_BOUND	GENMASK(5, 0)
#define RANK_SHIFT	6

static_assert(RANK_BOUND == PGHOT_FREQ_MAX);

static size_t gather(unsigned long *ranks, size_t room, u32 now)
{
	XA_STATE(xas, &pghot_sections, 0);
	struct pghot_section *sec;
	size_t nr = 0;

	rcu_read_lock();
	xas_for_each(&xas, sec, ULONG_MAX) {
		if (xas_retry(&xas, sec))
			continue;
		/* More than there were: those are new, and nothing is known of them. */
		if (nr == room)
			break;
		ranks[nr++] = pfn_to_section_nr(sec->start_pfn) << RANK_SHIFT |
			      pghot_map_bound(&sec->bound, now);
		xas_pause(&xas);
		cond_resched_rcu();
	}
	rcu_read_unlock();
	return nr;
}

static int rank_sections(struct ranking *ranking)
{
	size_t i, nr = 0, at[PGHOT_FREQ_MAX + 1] = {};
	unsigned long *ranks;
	int nid, bound;

	for_each_node(nid)
		nr += pghot_map_tracked_pages(nid) >> PFN_SECTION_SHIFT;
	ranks = kvmalloc_array(nr, sizeof(*ranks), GFP_KERNEL_ACCOUNT);
	if (!ranks)
		return -ENOMEM;
	ranking->order = kvmalloc_array(nr, sizeof(*ranks), GFP_KERNEL_ACCOUNT);
	if (!ranking->order) {
		kvfree(ranks);
		return -ENOMEM;
	}

	ranking->nr = gather(ranks, nr, pghot_time(jiffies));
	/* How many there are of each, and so where each begins. */
	for (i = 0; i < ranking->nr; i++)
		at[ranks[i] & RANK_BOUND]++;
	for (bound = PGHOT_FREQ_MAX, nr = 0; bound >= 0; bound--) {
		nr += at[bound];
		at[bound] = nr - at[bound];
	}
	for (i = 0; i < ranking->nr; i++)
		ranking->order[at[ranks[i] & RANK_BOUND]++] =
			ranks[i] >> RANK_SHIFT;
	kvfree(ranks);
	return 0;
}

static void visit_section(struct pghot_hottest *search,
			  struct pghot_section *sec, u32 now)
{
	struct pghot_block block = {
		.nr = PGHOT_BLOCK_PAGES,
		.nid = sec->nid,
	};
	unsigned long i;

	if (pghot_map_bound(&sec->bound, now) < search->least)
		return;
	for (i = 0; i < PGHOT_BLOCKS; i++) {
		if (pghot_map_bound(&sec->bounds[i], now) < search->least)
			continue;
		block.pfn = sec->start_pfn + (i << PGHOT_BLOCK_SHIFT);
		block.records = &sec->records[i << PGHOT_BLOCK_SHIFT];
		search->visit(search, &block);
	}
}

/**
 * pghot_map_hottest - search for the hottest pages
 * @search: what to do with what is found
 *
 * Sections are visited once each, those with the highest bounds first, as they were when the
 * search began. Passed over is what has no page as hot as @search->least, which may go on
 * rising.
 *
 * Context: may sleep.
 * Return: 0, or -ENOMEM before anything was visited.
 */
int pghot_map_hottest(struct pghot_hottest *search)
{
	u32 now = pghot_time(jiffies);
	struct ranking ranking;
	size_t i;
	int err;

	err = rank_sections(&ranking);
	if (err)
		return err;

	for (i = 0; i < ranking.nr && search->ready(search); i++) {
		struct pghot_section *sec;

		rcu_read_lock();
		sec = xa_load(&pghot_sections, ranking.order[i]);
		if (sec)
			visit_section(search, sec, now);
		rcu_read_unlock();
		cond_resched();
	}
	kvfree(ranking.order);
	return 0;
}
