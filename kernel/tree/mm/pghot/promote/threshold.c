// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: how hot a page must be to be promoted.
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
 * page that goes on being busy; how many may come up is said by promote/worth.h.
 */
#include <linux/jiffies.h>
#include <linux/math64.h>
#include <linux/minmax.h>

#include "base/config.h"
#include "base/heat.h"
#include "promote/room.h"
#include "promote/threshold.h"
#include "promote/worth.h"

/* What the threshold of a node does not fall below. */
static u32 least_threshold(bool full)
{
	u32 base = READ_ONCE(pghot_params.freq_threshold);

	return full ? min(base + base / 2, PGHOT_FREQ_MAX) : base;
}

/**
 * pghot_threshold_init - start with the parameter
 * @t: the threshold
 */
void pghot_threshold_init(struct pghot_threshold *t)
{
	*t = (struct pghot_threshold) {
		.value = READ_ONCE(pghot_params.freq_threshold),
		.adjust_at = jiffies,
	};
}

/**
 * pghot_threshold_is_raised - will the threshold fall without candidates?
 * @t: the threshold
 */
bool pghot_threshold_is_raised(const struct pghot_threshold *t)
{
	return t->value > least_threshold(t->full);
}

/**
 * pghot_threshold_adjust - have the threshold follow the flow of candidates
 * @t: the threshold
 * @nid: its target
 * @flow: base pages that met it since its last adjustment
 * @pages_per_sec: what the rate limit lets through
 *
 * Return: true when it was adjusted, so that the flow has to be counted anew.
 */
bool pghot_threshold_adjust(struct pghot_threshold *t, int nid, u64 flow,
			    u64 pages_per_sec)
{
	unsigned long elapsed = jiffies - t->adjust_at;
	unsigned long period = msecs_to_jiffies(READ_ONCE(pghot_params.window_ms));
	bool adaptive = READ_ONCE(pghot_params.adaptive);
	bool full = adaptive && pghot_target_is_full(nid);
	bool fixed = !adaptive || pghot_target_has_plenty(nid);
	u32 base = least_threshold(full);
	u64 limit;

	if (fixed || t->full != full)
		t->value = base;
	t->full = full;
	t->value = max(t->value, base);
	if (!fixed && elapsed < period)
		return false;

	limit = div_u64(pages_per_sec * elapsed, HZ);
	if (!fixed) {
		if (flow > div_u64(limit * 11, 10))
			t->value = min(t->value + 1, PGHOT_FREQ_MAX);
		else if (flow < div_u64(limit * 9, 10))
			t->value = max(t->value - 1, base);
	}
	t->adjust_at = jiffies;
	return true;
}
