/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: how hot a page must be to be promoted. */
#ifndef _MM_PGHOT_PROMOTE_THRESHOLD_H
#define _MM_PGHOT_PROMOTE_THRESHOLD_H

#include <linux/types.h>

/**
 * struct pghot_threshold - how hot a page must be to be promoted to a target
 * @value: frequency, at least the parameter freq-threshold
 * @adjust_at: jiffies of its last adjustment
 * @full: the target was full when it was looked at last
 *
 * Protected by the lock of the target.
 */
struct pghot_threshold {
	u32 value;
	unsigned long adjust_at;
	bool full;
};

void pghot_threshold_init(struct pghot_threshold *t);
bool pghot_threshold_adjust(struct pghot_threshold *t, int nid, u64 flow,
			    u64 pages_per_sec);
bool pghot_threshold_is_raised(const struct pghot_threshold *t);

#endif /* _MM_PGHOT_PROMOTE_THRESHOLD_H */
