// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: how hot a page must be to be promoted.
 *
 * What is hot is what fits. The threshold of a target is the heat that as many pages
 * reach per second as can be promoted in one: by the rate limit, and while the target
 * is full by what it may exchange, see judge.c. It follows the distribution of heat,
 * see queue/flow.h, and does not fall below the parameter freq-threshold. While the
 * target has plenty of free memory, promotion is off, or the parameter adaptive is, every
 * hot page is welcome.
 *
 * A distribution is an average over some time, and times change: while more could be
 * promoted and nothing waits that is hot enough, less and less is asked for. At
 * freq-threshold that goes on with what a first report is mistrusted by, see demand.h.
 *
 * NUMA balancing has its threshold follow its rate limit as well, in steps
 * (numa_promotion_adjust_threshold() in kernel/sched/fair.c).
 */
#include <linux/math64.h>
#include <linux/minmax.h>

#include "base/config.h"
#include "base/heat.h"
#include "promote/room.h"
#include "promote/threshold.h"

/**
 * pghot_threshold_init - start with the parameter
 * @t: the threshold
 */
void pghot_threshold_init(struct pghot_threshold *t)
{
	*t = (struct pghot_threshold) {
		.value = READ_ONCE(pghot_params.freq_threshold),
		.folio_pages = 16,
	};
}

/**
 * pghot_threshold_start - look at what becomes hot from now on
 * @t: the threshold
 * @idx: compact index of its target, whose queue is open
 */
void pghot_threshold_start(struct pghot_threshold *t, u8 idx)
{
	pghot_flow_start(&t->flow, idx);
}

/**
 * pghot_threshold_is_raised - will the threshold fall without candidates?
 * @t: the threshold
 */
bool pghot_threshold_is_raised(const struct pghot_threshold *t)
{
	return t->value > READ_ONCE(pghot_params.freq_threshold);
}

/**
 * pghot_threshold_promoted - learn how large the folios are that are promoted
 * @t: the threshold
 * @folios: folios of a batch
 * @pages: their base pages
 */
void pghot_threshold_promoted(struct pghot_threshold *t, u64 folios, u64 pages)
{
	u32 size;

	if (!folios)
		return;
	size = min_t(u64, div64_u64(pages * 16, folios), 1U << 24);
	t->folio_pages = max((t->folio_pages * 7 + size) / 8, 16U);
}

/**
 * pghot_threshold_lower - ask for less, where what could be promoted was not
 * @t: the threshold, as what becomes hot makes it
 * @floor: the parameter freq-threshold
 *
 * First down to @floor, then of what a first report is mistrusted by. Slack that there is
 * no use for is lost, so that it is over soon when more becomes hot.
 */
void pghot_threshold_lower(struct pghot_threshold *t, u32 floor)
{
	u32 above = t->value - floor;

	t->slack = min(t->slack, above + PGHOT_FIRST_LOOK);
	t->ease = t->slack - min(t->slack, above);
	t->value -= min(t->slack, above);
}

/**
 * pghot_threshold_adjust - have the threshold follow what becomes hot
 * @t: the threshold
 * @nid: its target
 * @idx: compact index of the target
 * @pages_per_sec: base pages that can be promoted
 * @memory_ms: how far back to look at what becomes hot
 */
void pghot_threshold_adjust(struct pghot_threshold *t, int nid, u8 idx,
			    u64 pages_per_sec, u32 memory_ms)
{
	u32 floor = READ_ONCE(pghot_params.freq_threshold);

	if (pghot_flow_update(&t->flow, idx, memory_ms)) {
		if (t->unused)
			t->slack = min(t->slack + 1, PGHOT_FREQ_MAX);
		else if (t->slack)
			t->slack--;
		t->unused = false;
	}
	if (!READ_ONCE(pghot_params.adaptive) ||
	    !READ_ONCE(pghot_params.promote) || pghot_target_has_plenty(nid)) {
		t->value = floor;
		t->ease = 0;
		return;
	}
	t->value = pghot_flow_heat_for(&t->flow,
				       div_u64(pages_per_sec * 16,
					       t->folio_pages), floor);
	pghot_threshold_lower(t, floor);
}
