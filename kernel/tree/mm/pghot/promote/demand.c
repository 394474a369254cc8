// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: how much a target would like to hear from detectors.
 *
 * Told by who promotes, for detectors to follow: looking for more pays when it can be
 * used. Of no use to them is which target it is about but for its node.
 */
#include <linux/compiler.h>
#include <linux/nodemask.h>

#include "promote/demand.h"

/* By node; hints, which need no lock. */
static u8 demands[MAX_NUMNODES];
static u8 eases[MAX_NUMNODES];

/**
 * pghot_demand_tell - have detectors know what is wanted
 * @nid: a target
 * @demand: what would become of more candidates
 * @ease: how much less hot than freq-threshold they may be
 *
 * Context: any.
 */
void pghot_demand_tell(int nid, enum pghot_demand demand, u32 ease)
{
	WRITE_ONCE(demands[nid], demand);
	WRITE_ONCE(eases[nid], ease);
}

/* What would become of more candidates for the node @nid? Context: any. */
enum pghot_demand pghot_demand_of(int nid)
{
	return READ_ONCE(demands[nid]);
}

/**
 * pghot_demand_ease - how much less is asked for than freq-threshold
 * @nid: a top-tier node
 *
 * For who has reason to mistrust a single report, and need not while there is room.
 *
 * Context: any.
 * Return: heat, 0 to PGHOT_FIRST_LOOK.
 */
u32 pghot_demand_ease(int nid)
{
	return READ_ONCE(eases[nid]);
}
