/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: NUMA nodes, their tiers, and who is nearest to whom. */
#ifndef _MM_PGHOT_BASE_NODE_H
#define _MM_PGHOT_BASE_NODE_H

#include <linux/bits.h>
#include <linux/nodemask.h>
#include <linux/types.h>

#define PGHOT_MAX_TARGETS	31	/* indices 1 to 31 */

/**
 * struct pghot_node - a NUMA node that has, or had, memory
 * @nid: node id
 * @toptier: pages are promoted to, not from, this node; changed under pghot_lock
 * @target_idx: compact index in records, given when the node is first seen in
 *	a top tier and kept for good; 0 when it has none
 *
 * Allocated for a node when it first has memory and never freed, so that a
 * pointer to it needs no protection. What is known of a target besides is kept
 * by the rooms that care, by index: its queue, and the state of promotion to it.
 */
struct pghot_node {
	int nid;
	bool toptier;
	u8 target_idx;
};

/* By node id: compact indices of what is in a top tier now, or 0. See below. */
extern u8 pghot_target_indices[MAX_NUMNODES];

/**
 * pghot_target_idx - compact index of a top-tier node
 * @nid: any number
 *
 * Context: any.
 * Return: 1 to PGHOT_MAX_TARGETS; 0 when the node is not in a top tier or came
 * after all indices had been given out.
 */
static inline u8 pghot_target_idx(int nid)
{
	return (unsigned int)nid < MAX_NUMNODES ?
		       READ_ONCE(pghot_target_indices[nid]) : 0;
}

/*
 * By compact index: heat from which on a page is a candidate for that target; said by
 * its queue. The parameter freq-threshold holds as well.
 */
extern u8 pghot_hot_from[PGHOT_MAX_TARGETS + 1];

/* Bits of the compact indices of what is in a top tier, and has memory, now. */
extern unsigned long pghot_running_targets;

/**
 * pghot_target_runs - can pages be promoted to a target at present?
 * @idx: its compact index, 0 to PGHOT_MAX_TARGETS
 *
 * Context: any.
 * Return: false for 0, for indices that were not given out, and for a node that has
 * left the top tier or lost its memory.
 */
static inline bool pghot_target_runs(u8 idx)
{
	return READ_ONCE(pghot_running_targets) & BIT(idx);
}

struct pghot_node *pghot_node(int nid);
int pghot_target_nid(u8 idx);
int pghot_nearest_toptier(int nid, const nodemask_t *allowed);
bool pghot_is_lower_tier(int nid);
int pghot_update_nodes(void);
unsigned int pghot_surplus_targets(void);

#endif /* _MM_PGHOT_BASE_NODE_H */
