/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: how hot a page must be to be promoted. */
#ifndef _MM_PGHOT_PROMOTE_THRESHOLD_H
#define _MM_PGHOT_PROMOTE_THRESHOLD_H

#include <linux/types.h>

#include "queue/flow.h"

/**
 * struct pghot_threshold - how hot a page must be to be promoted to a target
 * @value: heat, at least the parameter freq-threshold
 * @full: the target was full when it was looked at last
 * @flow: how many pages become how hot
 * @slack: how much less is asked for, since what could be promoted was not
 * @ease: how much less than freq-threshold would do, 0 to PGHOT_FIRST_LOOK
 * @unused: that has been so since it was last adjusted
 * @folio_pages: base pages of a folio that is promoted, in 1/16, as they are lately
 *
 * Protected by the lock of the target.
 */
struct pghot_threshold {
	u32 value;
	bool full;
	struct pghot_flow flow;
	u32 slack;
	u32 ease;
	bool unused;
	u32 folio_pages;
};

void pghot_threshold_init(struct pghot_threshold *t);
void pghot_threshold_start(struct pghot_threshold *t, u8 idx);
void pghot_threshold_lower(struct pghot_threshold *t, u32 floor);
void pghot_threshold_adjust(struct pghot_threshold *t, int nid, u8 idx,
			    u64 pages_per_sec, u32 memory_ms);
void pghot_threshold_promoted(struct pghot_threshold *t, u64 folios, u64 pages);
bool pghot_threshold_is_raised(const struct pghot_threshold *t);

#endif /* _MM_PGHOT_PROMOTE_THRESHOLD_H */
