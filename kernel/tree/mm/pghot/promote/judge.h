/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: is what comes up worth what goes down for it? See judge.c. */
#ifndef _MM_PGHOT_PROMOTE_JUDGE_H
#define _MM_PGHOT_PROMOTE_JUDGE_H

#include <linux/types.h>

#include "promote/demand.h"
#include "promote/ratelimit.h"

/* A full node exchanges this part of itself before it has heard what came of it. */
#define PGHOT_BUDGET_PART	64

/* This is the most that it does, however good it was. */
#define PGHOT_BUDGET_MOST	8

/* And so many base pages a second in any case, to have something to look at. */
#define PGHOT_PROBE_PER_SEC	32U

/* Bounds of the time between two looks at a page, in ms. */
#define PGHOT_LOOK_MS_MIN	8U
#define PGHOT_LOOK_MS_FIRST	64U
#define PGHOT_LOOK_MS_MAX	8192U

/* After a verdict that is good others look for more for so long. */
#define PGHOT_FRESH_MS	4000U

/* Bounds of the time from one verdict to the next, in ms. */
#define PGHOT_SPAN_MS_MIN	2000U
#define PGHOT_SPAN_MS_MAX	60000U

/**
 * enum pghot_verdict - what came of an exchange
 * @PGHOT_VERDICT_NONE: it is not known yet
 * @PGHOT_VERDICT_GOOD: what went down is accessed at most a fifth as often as what
 *	came up: exchange more
 * @PGHOT_VERDICT_FAIR: at most two fifths as often: go on like that
 * @PGHOT_VERDICT_POOR: at most three fifths as often: less
 * @PGHOT_VERDICT_BAD: more often: there is little or nothing to gain
 */
enum pghot_verdict {
	PGHOT_VERDICT_NONE,
	PGHOT_VERDICT_GOOD,
	PGHOT_VERDICT_FAIR,
	PGHOT_VERDICT_POOR,
	PGHOT_VERDICT_BAD,
};

/**
 * struct pghot_looks - looks at pages of a kind
 * @nr: looks
 * @young: those that found the page accessed since the look before
 */
struct pghot_looks {
	u32 nr;
	u32 young;
};

/**
 * struct pghot_judge - what a full node may exchange with lower tiers
 * @budget: base pages that are granted with a verdict that is good
 * @grant: of these, how many are left
 * @spend: token bucket of the grant: it lasts for a span
 * @probe: token bucket of what is exchanged in any case
 * @began_ms: when the last verdict was passed
 * @span_ms: how long it took
 * @look_ms: time between two looks at a page
 * @up: looks since then at pages that came up
 * @down: and at pages that went down
 * @verdict: the last one
 * @idle: it was good, as the one before, and of the grant between less than a quarter was
 *	used
 * @ratio: and the ratio that it was passed on, in percent
 *
 * Protected by the lock of whatever it limits.
 */
struct pghot_judge {
	u64 budget;
	s64 grant;
	struct pghot_ratelimit spend;
	struct pghot_ratelimit probe;
	u64 began_ms;
	u32 span_ms;
	u32 look_ms;
	struct pghot_looks up;
	struct pghot_looks down;
	enum pghot_verdict verdict;
	bool idle;
	u32 ratio;
};

void pghot_judge_init(struct pghot_judge *j, u64 now_ms, unsigned long size);
u64 pghot_judge_pace(const struct pghot_judge *j);
u64 pghot_judge_allowance(struct pghot_judge *j, u64 now_ms);
void pghot_judge_charge(struct pghot_judge *j, u64 pages);
enum pghot_demand pghot_judge_demand(const struct pghot_judge *j, u64 now_ms,
				     bool waiting);
u64 pghot_judge_stride(const struct pghot_judge *j, unsigned int watched);
u32 pghot_judge_ratio(const struct pghot_looks *up,
		      const struct pghot_looks *down);
enum pghot_verdict pghot_judge_step(struct pghot_judge *j, u64 now_ms,
				    unsigned long size);

#endif /* _MM_PGHOT_PROMOTE_JUDGE_H */
