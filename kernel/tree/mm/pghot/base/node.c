// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: NUMA nodes, their tiers, and who is nearest to whom.
 */
#include <linux/memory-tiers.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/topology.h>

#include "base/config.h"
#include "base/node.h"

/* Set once, under pghot_lock, for a node with memory; never freed. */
static struct pghot_node *nodes[MAX_NUMNODES];

/* Nodes by compact index; set once, under pghot_lock. */
static struct pghot_node *targets[PGHOT_MAX_TARGETS + 1];

/* What pghot_node.toptier and target_idx say, in one word for each report. */
u8 pghot_target_indices[MAX_NUMNODES] __read_mostly;
unsigned long pghot_running_targets __read_mostly;
u8 pghot_hot_from[PGHOT_MAX_TARGETS + 1];

/**
 * pghot_node - what pghot keeps of a node
 * @nid: any number
 *
 * Context: any.
 * Return: the node, or NULL when it never had memory.
 */
struct pghot_node *pghot_node(int nid)
{
	if (nid < 0 || nid >= MAX_NUMNODES)
		return NULL;

	return READ_ONCE(nodes[nid]);
}

/**
 * pghot_target_nid - the node that has a compact index
 * @idx: any number
 *
 * Context: any.
 * Return: node id, NUMA_NO_NODE for 0 and for indices that were not given out.
 */
int pghot_target_nid(u8 idx)
{
	struct pghot_node *node = NULL;

	if (idx <= PGHOT_MAX_TARGETS)
		node = READ_ONCE(targets[idx]);
	return node ? node->nid : NUMA_NO_NODE;
}

/**
 * pghot_is_lower_tier - can pages of a node be promoted?
 * @nid: any number
 *
 * Context: any.
 */
bool pghot_is_lower_tier(int nid)
{
	const struct pghot_node *node = pghot_node(nid);

	return node && !READ_ONCE(node->toptier);
}

/**
 * pghot_nearest_toptier - the nearest node that pages can be promoted to
 * @nid: from where
 * @allowed: only these nodes, NULL for all
 *
 * Context: any.
 * Return: node id, the lowest of those that are equally near; NUMA_NO_NODE
 * when there is none.
 */
int pghot_nearest_toptier(int nid, const nodemask_t *allowed)
{
	int best = NUMA_NO_NODE;
	int target;

	for_each_node_state(target, N_MEMORY) {
		if (!pghot_target_idx(target) ||
		    (allowed && !node_isset(target, *allowed)))
			continue;
		if (best == NUMA_NO_NODE ||
		    node_distance(nid, target) < node_distance(nid, best))
			best = target;
	}
	return best;
}

static struct pghot_node *create_node(int nid)
{
	struct pghot_node *node = kzalloc(sizeof(*node), GFP_KERNEL);

	if (!node)
		return NULL;

	node->nid = nid;
	/* As the tier code has it: what has no tier yet is not a lower one. */
	node->toptier = true;
	/* Whoever finds it finds it ready. */
	smp_store_release(&nodes[nid], node);
	return node;
}

static void give_target_idx(struct pghot_node *node)
{
	static u8 last_idx;

	if (node->target_idx)
		return;

	if (last_idx == PGHOT_MAX_TARGETS) {
		pr_warn_once("pghot: node %d and later ones get no promotions, only %d top-tier nodes are supported\n",
			     node->nid, PGHOT_MAX_TARGETS);
		return;
	}
	/* Found by index, it is ready, too. */
	smp_store_release(&targets[++last_idx], node);
	WRITE_ONCE(node->target_idx, last_idx);
}

/**
 * pghot_surplus_targets - top-tier nodes that records cannot tell apart
 *
 * Context: pghot_lock held, after pghot_update_nodes().
 * Return: how many there are beyond PGHOT_MAX_TARGETS.
 */
unsigned int pghot_surplus_targets(void)
{
	unsigned int surplus = 0;
	int nid;

	lockdep_assert_held(&pghot_lock);

	for_each_node_state(nid, N_MEMORY) {
		if (nodes[nid] && nodes[nid]->toptier && !nodes[nid]->target_idx)
			surplus++;
	}
	return surplus;
}

/**
 * pghot_update_nodes - learn which nodes have memory, and in which tier they are
 *
 * Context: pghot_lock held, memory hotplug excluded; may sleep.
 * Return: 1 when any node has changed its tier, or a target has come or gone, 0 when
 * not, or -ENOMEM.
 */
int pghot_update_nodes(void)
{
	unsigned long running = 0;
	bool changed = false;
	int nid;

	lockdep_assert_held(&pghot_lock);

	for_each_node(nid) {
		struct pghot_node *node = nodes[nid];
		bool toptier;
		u8 idx;

		/* A node without memory is nobody's target. */
		if (!node_state(nid, N_MEMORY)) {
			changed |= pghot_target_indices[nid];
			WRITE_ONCE(pghot_target_indices[nid], 0);
			continue;
		}
		if (!node) {
			node = create_node(nid);
			changed = true;
		}
		if (!node)
			return -ENOMEM;

		toptier = node_is_toptier(nid);
		changed |= toptier != node->toptier;
		WRITE_ONCE(node->toptier, toptier);
		if (toptier)
			give_target_idx(node);
		idx = toptier ? node->target_idx : 0;
		changed |= idx != pghot_target_indices[nid];
		WRITE_ONCE(pghot_target_indices[nid], idx);
		running |= BIT(idx);
	}
	/* Index 0 is nobody's. */
	WRITE_ONCE(pghot_running_targets, running & ~BIT(0));
	return changed;
}
