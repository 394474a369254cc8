/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot: is promotion to a full node worth it?
 *
 * The one place that answers. While a node has room every hot page is welcome. When it
 * is full each page that comes up sends another one down, and that helps only if what
 * goes down is colder. Three rules look at it from different sides:
 *
 *	exchange	what comes of promotion: kpromoted asks how many pages may be
 *			exchanged now (promote/exchange.c)
 *	sample		a detector that sees some pages of the top tier asks, before
 *			it reports, if there are colder ones
 *	census		one that sees all of them asks if nearly all are busy
 */
#ifndef _MM_PGHOT_PROMOTE_WORTH_H
#define _MM_PGHOT_PROMOTE_WORTH_H

#include <linux/nodemask.h>
#include <linux/types.h>

#include "promote/exchange.h"

bool pghot_target_is_full(int nid);
void pghot_target_forget_full(int nid);

/* ---- what comes of it: for kpromoted ----------------------------------------- */

void pghot_worth_init(struct pghot_exchange *x);
u64 pghot_worth_allowance(struct pghot_exchange *x, int nid);
void pghot_worth_charge(struct pghot_exchange *x, u64 folios, u64 pages);
void pghot_worth_judge(struct pghot_exchange *x, int nid, u32 waiting);

/* ---- a sample: for detectors that see a part of the top tier ------------------ */

/* Young pages that one cold page justifies trying to promote. */
#define PGHOT_YOUNG_PER_COLD	4

/**
 * pghot_worth_displacing - are there pages to displace?
 * @cold: pages of a full top tier that are not accessed
 * @young: pages of lower tiers that are
 */
static inline bool pghot_worth_displacing(u64 cold, u64 young)
{
	return cold * PGHOT_YOUNG_PER_COLD >= young;
}

/**
 * struct pghot_worth_sample - what a detector has seen lately
 * @cold_ms: pages of the top tier that were not accessed between two looks, times
 *	the milliseconds between them
 * @young_ms: pages of lower tiers that were, likewise
 * @faded_at: jiffies up to which both have faded
 *
 * Belongs to the detector; no lock.
 */
struct pghot_worth_sample {
	u64 cold_ms;
	u64 young_ms;
	unsigned long faded_at;
};

void pghot_worth_sample_reset(struct pghot_worth_sample *s);
void pghot_worth_sample_note(struct pghot_worth_sample *s, unsigned long cold,
			     unsigned long young, u32 interval_ms);
bool pghot_worth_sample_allows(struct pghot_worth_sample *s, int nid);

/* ---- a census: for detectors that see all of the top tier ----------------------- */

/**
 * struct pghot_worth_census - what a detector counts of full targets
 * @held: targets that have nothing to give
 * @looked_at: when their pages were last looked at, jiffies; 0 when they were not
 * @busy: pages found accessed in the count that is under way
 *
 * Belongs to the detector; no lock.
 */
struct pghot_worth_census {
	nodemask_t held;
	unsigned long looked_at[MAX_NUMNODES];
	unsigned long busy[MAX_NUMNODES];
};

bool pghot_worth_census_begin(struct pghot_worth_census *c, int nid,
			      unsigned long now, unsigned long apart);
void pghot_worth_census_end(struct pghot_worth_census *c, int nid,
			    unsigned long when);

/* Count pages of a full target that were found accessed. */
static inline void pghot_worth_census_count(struct pghot_worth_census *c,
					    int nid, unsigned long pages)
{
	c->busy[nid] += pages;
}

/* May more be promoted to a node, as far as it is known? */
static inline bool pghot_worth_census_allows(const struct pghot_worth_census *c,
					     int nid)
{
	return !node_isset(nid, c->held);
}

#endif /* _MM_PGHOT_PROMOTE_WORTH_H */
