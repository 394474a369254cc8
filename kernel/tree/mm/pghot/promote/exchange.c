// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: how much a full node may exchange with lower tiers.
 *
 * When a node is full each page that comes up sends another one down, and is
 * worth that only if it is hotter. How hot the pages of the top tier are is not
 * known to most detectors; but what comes of the exchange can be seen. While a
 * hot set comes up, fewer and fewer candidates wait. If all pages are accessed
 * alike, those that went down are candidates again soon, and as many wait as
 * before.
 *
 * So a full node has an allowance: a 50th of its size at once, for a hot set that
 * appears, and as much per minute. When a hundredth has been exchanged, and at
 * least half as many candidates fewer wait than before, the allowance is filled
 * up again. A hot set that is larger than the allowance so needs some time to
 * show what it is, and comes up then; where there is none, pages stay where they
 * are but for 2 % per minute.
 */
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/time64.h>

#include "promote/exchange.h"

/* Parts of a node: exchanged per minute, and to be exchanged for a judgement. */
#define PER_MINUTE	50
#define FOR_JUDGEMENT	100

/*
 * A minute's worth may be exchanged at once. A detector that is slow to find again
 * what went down makes the first judgement too kind: twice that, and as much more in
 * the first minute, is what it may cost.
 */
#define BURST_MS	(60 * MSEC_PER_SEC)
#define BURST_NS	((u64)BURST_MS * NSEC_PER_MSEC)

/**
 * pghot_exchange_init - start with all that may be exchanged at once
 * @x: the allowance
 * @now_ns: present time
 */
void pghot_exchange_init(struct pghot_exchange *x, u64 now_ns)
{
	*x = (struct pghot_exchange){};
	/* Before the beginning of time, possibly: only the difference counts. */
	pghot_ratelimit_init(&x->allowance, now_ns - BURST_NS);
}

/**
 * pghot_exchange_allowance - how much may be promoted now
 * @x: the allowance
 * @now_ns: present time, not before that of the previous call
 * @size: of the node, in base pages that could be exchanged
 *
 * Return: base pages.
 */
u64 pghot_exchange_allowance(struct pghot_exchange *x, u64 now_ns,
			     unsigned long size)
{
	u64 per_sec = max(size / (60 * PER_MINUTE), 1UL);

	return pghot_ratelimit_fill(&x->allowance, now_ns, per_sec, BURST_MS);
}

/**
 * pghot_exchange_charge - account what was promoted
 * @x: the allowance
 * @folios: folios
 * @pages: their base pages
 */
void pghot_exchange_charge(struct pghot_exchange *x, u64 folios, u64 pages)
{
	pghot_ratelimit_charge(&x->allowance, pages);
	x->folios += folios;
	x->pages += pages;
}

/**
 * pghot_exchange_judge - has the exchange been of use?
 * @x: the allowance; filled up if so
 * @now_ns: present time
 * @waiting: candidates that wait now
 * @size: of the node, in base pages that could be exchanged
 *
 * To be called about once per window, in which what went down has the time to
 * come back to the candidates.
 *
 * Return: true if it has.
 */
bool pghot_exchange_judge(struct pghot_exchange *x, u64 now_ns, u32 waiting,
			  unsigned long size)
{
	bool useful = false;

	if (x->pages && waiting < x->waiting) {
		if (x->pages < size / FOR_JUDGEMENT)
			return false;
		useful = (u64)(x->waiting - waiting) * 2 >= x->folios;
		if (!useful)
			return false;
		pghot_ratelimit_init(&x->allowance, now_ns - BURST_NS);
	}
	/* Nothing was exchanged, it grew nevertheless, or it paid: from here on. */
	x->waiting = waiting;
	x->folios = 0;
	x->pages = 0;
	return useful;
}
