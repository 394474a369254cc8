/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: how much a target would like to hear from detectors. */
#ifndef _MM_PGHOT_PROMOTE_DEMAND_H
#define _MM_PGHOT_PROMOTE_DEMAND_H

#include <linux/types.h>

/**
 * enum pghot_demand - what would become of more candidates
 * @PGHOT_DEMAND_USUAL: nothing is known of that, or there is room for them
 * @PGHOT_DEMAND_LITTLE: they would wait behind others
 * @PGHOT_DEMAND_MUCH: what was promoted last was worth it, and more may be
 */
enum pghot_demand {
	PGHOT_DEMAND_USUAL,
	PGHOT_DEMAND_LITTLE,
	PGHOT_DEMAND_MUCH,
};

void pghot_demand_tell(int nid, enum pghot_demand demand, u32 ease);
enum pghot_demand pghot_demand_of(int nid);
u32 pghot_demand_ease(int nid);

#endif /* _MM_PGHOT_PROMOTE_DEMAND_H */
