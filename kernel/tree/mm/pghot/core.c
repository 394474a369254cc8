// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: hot page tracking and promotion.
 *
 * A machine with fast and slow memory wants its hot pages in the fast one.
 * Several parts of the kernel can tell that a page is accessed; pghot is the
 * one place where they report it and where the decision is made. internal.h has
 * the way of a page through it.
 *
 * This file holds what the parts share: parameters, the nodes and their tiers,
 * and the two states of pghot. It is *off* until a source is enabled: no maps,
 * no rings, no heaps, no threads, and a patched-out branch where accesses would
 * be reported. While it is *on* every lower-tier node has a map and every
 * top-tier node a heap and a thread; memory hotplug and changes of tiers, which
 * only come with memory hotplug, are followed.
 */
#include <linux/cpu.h>
#include <linux/init.h>
#include <linux/memory.h>
#include <linux/memory-tiers.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/topology.h>

#include "internal.h"

DEFINE_STATIC_KEY_FALSE(pghot_enabled);

/* Serializes changes of the configuration; ranks below the hotplug locks. */
DEFINE_MUTEX(pghot_lock);

struct pghot_params pghot_params = {
	.promote = true,
	.adaptive = true,
	.freq_threshold = PGHOT_FREQ_THRESHOLD_DEFAULT,
	.window_ms = PGHOT_WINDOW_MS_DEFAULT,
	.rate_limit_mbps = PGHOT_RATE_LIMIT_MBPS_DEFAULT,
	.batch_nr = PGHOT_BATCH_NR_DEFAULT,
	.sleep_ms = PGHOT_SLEEP_MS_DEFAULT,
	.target_nid = NUMA_NO_NODE,
	.heap_capacity = PGHOT_HEAP_CAPACITY_DEFAULT,
};

/* Set once, under pghot_lock, for a node with memory; never freed. */
static struct pghot_node *nodes[MAX_NUMNODES];

/* Nodes by compact index; set once, under pghot_lock. */
static struct pghot_node *targets[PGHOT_MAX_TARGETS + 1];

static bool running;

/**
 * pghot_config_lock - begin to read or change the configuration
 *
 * Takes the hotplug locks that rank above pghot_lock, so that neither CPUs nor
 * memory come or go while sources are enabled.
 *
 * Context: may sleep.
 */
void pghot_config_lock(void)
{
	cpus_read_lock();
	get_online_mems();
	mutex_lock(&pghot_lock);
}

/**
 * pghot_config_unlock - end what pghot_config_lock() began
 */
void pghot_config_unlock(void)
{
	mutex_unlock(&pghot_lock);
	put_online_mems();
	cpus_read_unlock();
}

/* ---- nodes ------------------------------------------------------------------- */

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
 * pghot_target - a node by its compact index
 * @idx: 0 to PGHOT_MAX_TARGETS
 *
 * Context: any.
 * Return: the node, NULL for 0 and for indices that were not given out.
 */
struct pghot_node *pghot_target(u8 idx)
{
	return idx <= PGHOT_MAX_TARGETS ? READ_ONCE(targets[idx]) : NULL;
}

/* Node id of a compact index, NUMA_NO_NODE when it has none. */
int pghot_target_nid(u8 idx)
{
	struct pghot_node *node = pghot_target(idx);

	return node ? node->nid : NUMA_NO_NODE;
}

/**
 * pghot_target_idx - compact index of a top-tier node
 * @nid: any number
 *
 * Context: any.
 * Return: 1 to PGHOT_MAX_TARGETS; 0 when the node is not in a top tier or came
 * after all indices had been given out.
 */
u8 pghot_target_idx(int nid)
{
	struct pghot_node *node = pghot_node(nid);

	return node && READ_ONCE(node->toptier) ? READ_ONCE(node->target_idx) :
						  0;
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
	mutex_init(&node->lock);
	init_waitqueue_head(&node->wait);
	pghot_exchange_init(&node->exchange, ktime_get_ns());
	WRITE_ONCE(nodes[nid], node);
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
	WRITE_ONCE(targets[++last_idx], node);
	WRITE_ONCE(node->target_idx, last_idx);
}

/* Learn which nodes have memory and in which tier they are. */
static int update_tiers(void)
{
	int nid;

	lockdep_assert_held(&pghot_lock);

	for_each_node_state(nid, N_MEMORY) {
		struct pghot_node *node = nodes[nid] ?: create_node(nid);

		if (!node)
			return -ENOMEM;
		WRITE_ONCE(node->toptier, node_is_toptier(nid));
		if (node->toptier)
			give_target_idx(node);
	}
	return 0;
}

/* Give every node what its tier asks for, and take away what it does not. */
static int match_tiers(void)
{
	int nid, err;

	for_each_node(nid) {
		struct pghot_node *node = nodes[nid];
		bool memory = node_state(nid, N_MEMORY);

		if (!node)
			continue;
		if (!memory || node->toptier)
			pghot_map_del_node(nid);
		if (!memory || !node->toptier)
			pghot_kpromoted_stop(node);
	}
	for_each_node_state(nid, N_MEMORY) {
		struct pghot_node *node = nodes[nid];

		if (!node)
			continue;
		if (node->toptier)
			err = node->target_idx ? pghot_kpromoted_start(node) : 0;
		else
			err = pghot_map_add_range(node_start_pfn(nid),
						  node_spanned_pages(nid), nid);
		if (err)
			return err;
	}
	pghot_map_set_defaults();
	return 0;
}

/* ---- on and off ---------------------------------------------------------------- */

/* Is a source enabled? Context: any. */
bool pghot_running(void)
{
	return READ_ONCE(running);
}

/* Behind pghot_keeps_room(). Context: any. */
bool pghot_promoting(void)
{
	return READ_ONCE(running) && READ_ONCE(pghot_params.promote);
}

/**
 * pghot_start - allocate what tracking and promotion need
 *
 * Context: pghot_config_lock() held.
 * Return: 0 or a negative errno, with nothing left behind.
 */
int pghot_start(void)
{
	int err;

	lockdep_assert_held(&pghot_lock);

	err = update_tiers() ?: match_tiers();
	if (err) {
		pghot_stop();
		return err;
	}
	WRITE_ONCE(running, true);
	static_branch_enable_cpuslocked(&pghot_enabled);
	return 0;
}

/**
 * pghot_stop - free all that pghot_start() allocated
 *
 * Context: pghot_config_lock() held.
 */
void pghot_stop(void)
{
	int nid;

	lockdep_assert_held(&pghot_lock);

	static_branch_disable_cpuslocked(&pghot_enabled);
	WRITE_ONCE(running, false);
	for_each_node(nid) {
		if (nodes[nid])
			pghot_kpromoted_stop(nodes[nid]);
	}
	pghot_map_del_node(NUMA_NO_NODE);
}

/**
 * pghot_memory_bytes - memory in use for maps, rings, heaps and scratch
 *
 * Context: may sleep.
 */
u64 pghot_memory_bytes(void)
{
	u64 bytes = pghot_map_bytes() + pghot_sources_bytes();
	int nid;

	for_each_node(nid) {
		struct pghot_node *node = pghot_node(nid);

		if (!node)
			continue;
		mutex_lock(&node->lock);
		if (node->heap.size)
			bytes += pghot_heap_bytes(&node->heap) +
				 pghot_inbox_bytes() + pghot_kpromoted_bytes();
		mutex_unlock(&node->lock);
	}
	return bytes;
}

/* ---- parameters and resets ------------------------------------------------------ */

static int resize_heaps(u32 capacity)
{
	struct pghot_heap *fresh;
	int idx, err = 0;

	fresh = kcalloc(PGHOT_MAX_TARGETS + 1, sizeof(*fresh), GFP_KERNEL);
	if (!fresh)
		return -ENOMEM;

	for (idx = 1; idx <= PGHOT_MAX_TARGETS && !err; idx++) {
		if (targets[idx] && targets[idx]->thread)
			err = pghot_heap_alloc(&fresh[idx], capacity);
	}
	for (idx = 1; idx <= PGHOT_MAX_TARGETS; idx++) {
		if (!err && fresh[idx].size)
			pghot_queue_swap_heap(targets[idx], &fresh[idx]);
		pghot_heap_free(&fresh[idx]);
	}
	kfree(fresh);
	return err;
}

/**
 * pghot_set_params - change parameters, all of them or none
 * @new: all parameters, each within its range
 *
 * Context: pghot_config_lock() held.
 * Return: 0 or -ENOMEM.
 */
int pghot_set_params(const struct pghot_params *new)
{
	int nid, err;

	lockdep_assert_held(&pghot_lock);

	if (new->heap_capacity != pghot_params.heap_capacity) {
		err = resize_heaps(new->heap_capacity);
		if (err)
			return err;
	}
	WRITE_ONCE(pghot_params.promote, new->promote);
	WRITE_ONCE(pghot_params.adaptive, new->adaptive);
	WRITE_ONCE(pghot_params.freq_threshold, new->freq_threshold);
	WRITE_ONCE(pghot_params.window_ms, new->window_ms);
	WRITE_ONCE(pghot_params.rate_limit_mbps, new->rate_limit_mbps);
	WRITE_ONCE(pghot_params.batch_nr, new->batch_nr);
	WRITE_ONCE(pghot_params.sleep_ms, new->sleep_ms);
	WRITE_ONCE(pghot_params.target_nid, new->target_nid);
	WRITE_ONCE(pghot_params.heap_capacity, new->heap_capacity);

	for_each_node(nid) {
		if (nodes[nid])
			pghot_kpromoted_kick(nodes[nid]);
	}
	return 0;
}

static void clear_heaps(void)
{
	int nid;

	for_each_node(nid) {
		if (nodes[nid])
			pghot_queue_clear(nodes[nid]);
	}
}

static void clear_node_counters(struct pghot_node *node)
{
	mutex_lock(&node->lock);
	node->hot = 0;
	atomic64_set(&node->dropped, 0);
	memset(&node->result, 0, sizeof(node->result));
	mutex_unlock(&node->lock);
}

/**
 * pghot_reset - forget
 * @what: mask of enum pghot_reset_what
 *
 * Context: may sleep; no lock of pghot held.
 * Return: 0 or -ENOMEM, with nothing forgotten.
 */
int pghot_reset(u32 what)
{
	int nid, err;

	if (what & PGHOT_RESET_WHAT_COUNTERS) {
		err = pghot_reset_stats();
		if (err)
			return err;
		for_each_node(nid) {
			if (pghot_node(nid))
				clear_node_counters(pghot_node(nid));
		}
	}

	pghot_config_lock();
	if (what & PGHOT_RESET_WHAT_RECORDS) {
		pghot_map_reset();
		clear_heaps();
	} else if (what & PGHOT_RESET_WHAT_HEAPS) {
		clear_heaps();
		pghot_map_clear_refill();
	}
	pghot_config_unlock();
	return 0;
}

/* ---- hotplug --------------------------------------------------------------------- */

/*
 * Runs after the tier code's own callback, whose priority is higher. The core
 * holds the hotplug locks.
 */
static int pghot_memory_callback(struct notifier_block *nb,
				 unsigned long action, void *arg)
{
	struct memory_notify *mn = arg;
	int err = 0;

	if (action != MEM_ONLINE && action != MEM_OFFLINE)
		return NOTIFY_OK;

	mutex_lock(&pghot_lock);
	if (running && action == MEM_OFFLINE)
		pghot_map_del_range(mn->start_pfn, mn->nr_pages);
	err = update_tiers();
	if (running && !err)
		err = match_tiers();
	mutex_unlock(&pghot_lock);

	/* The memory is online; that pghot does not see it is no reason to fail. */
	if (err)
		pr_warn("pghot: not all memory is tracked after a memory hotplug event, error %d\n",
			err);
	return NOTIFY_OK;
}

/* The tiers of the nodes that are there at boot come up at late_initcall. */
static int __init pghot_init(void)
{
	int err;

	pghot_config_lock();
	err = update_tiers();
	pghot_config_unlock();
	if (err)
		return err;

	hotplug_memory_notifier(pghot_memory_callback, DEFAULT_CALLBACK_PRI);
	pghot_debugfs_init();
	return pghot_netlink_init();
}

late_initcall_sync(pghot_init);
