// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: hot page tracking and promotion.
 *
 * A machine with fast and slow memory wants its hot pages in the fast one.
 * Several parts of the kernel can tell that a page is accessed; pghot is the
 * one place where they report it and where the decision is made.
 *
 * The house has rooms, each a folder, from the ground up. A room knows itself and
 * those below; what goes up goes through an interface that the lower room defines.
 *
 *	base/	 parameters, nodes and tiers, units of time and heat
 *	attr/	 attributes of the netlink family
 *	record/	 what is known of a page
 *	queue/	 what waits for a target, from whoever asked
 *	promote/ the engine: threads, batches, placement rules, rate, worth
 *	report/	 ties the records to the queue
 *	source/	 who notices accesses
 *	core.c	 on and off, and which nodes run
 *	control/ netlink, dumps, events, debugfs, counters
 *
 * An access goes down through them. A detector in source/ notices it and calls
 * pghot_record_access() in report/, which has record/ note it and, if the page has
 * become hot, hands it to pghot_submit() in queue/. There it waits until kpromotedN in
 * promote/ takes it, together with others, to migrate_pages(). Why a page was not
 * promoted is decided in promote/: placement.c and migrate.c for the page itself,
 * kpromoted.c for all that wait.
 *
 * This file holds the two states of pghot. It is *off* until a source is enabled: no
 * maps, no rings, no heaps, no threads, and a patched-out branch where accesses would
 * be reported. While it is *on* every lower-tier node has a map and every
 * top-tier node a heap and a thread; memory hotplug and changes of tiers, which
 * only come with memory hotplug, are followed.
 *
 * In between it is *being prepared*. Terabytes take gigabytes of records, and seconds
 * to allocate and clear them: that is done before the rest, in steps between which
 * all locks are given back. Maps are kept while pghot is on or being prepared.
 */
#include <linux/cpu.h>
#include <linux/init.h>
#include <linux/memory.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/netlink.h>
#include <linux/pghot.h>
#include <linux/sched/signal.h>

#include "base/config.h"
#include "base/node.h"
#include "base/window.h"
#include "core.h"
#include "promote/kpromoted.h"
#include "promote/returns.h"
#include "promote/target.h"
#include "record/map.h"
#include "source/source.h"

DEFINE_STATIC_KEY_FALSE(pghot_enabled);

static bool running;

/* How many are preparing, see above; under pghot_lock. */
static unsigned int preparing;

/* Not all of the memory that there is has a map; under pghot_lock. */
static bool incomplete;

/* Sections that are allocated in a step: 128 KiB each. */
#define STEP_SECTIONS	64

/* ---- which nodes run ----------------------------------------------------------- */

/* Do something to every target there is, of whatever tier by now. */
static void all_targets(void (*fn)(struct pghot_target *t))
{
	int idx;

	for (idx = 1; idx <= PGHOT_MAX_TARGETS; idx++) {
		struct pghot_target *t = pghot_target_by_idx(idx);

		if (t)
			fn(t);
	}
}

/* Learn which nodes there are, and what each can be; 1 when that has changed. */
static int learn_nodes(void)
{
	int changed = pghot_update_nodes();

	return changed < 0 ? changed : pghot_update_targets() ?: changed;
}

static int run_node(int nid)
{
	struct pghot_target *t = pghot_target(nid);

	if (t)
		return pghot_kpromoted_start(t);
	if (pghot_is_lower_tier(nid))
		return pghot_map_add_range(node_start_pfn(nid),
					   node_spanned_pages(nid), nid);
	return 0;
}

/* Give every node what its tier asks for, and take away what it does not. */
static int match_tiers(void)
{
	int nid, idx, err;

	for_each_node(nid) {
		if (pghot_node(nid) && (!node_state(nid, N_MEMORY) ||
					!pghot_is_lower_tier(nid)))
			pghot_map_del_node(nid);
	}
	for (idx = 1; idx <= PGHOT_MAX_TARGETS; idx++) {
		struct pghot_target *t = pghot_target_by_idx(idx);

		if (t && (!node_state(t->nid, N_MEMORY) ||
			  !pghot_target_idx(t->nid)))
			pghot_kpromoted_stop(t);
	}
	incomplete = true;
	for_each_node_state(nid, N_MEMORY) {
		err = run_node(nid);
		if (err)
			return err;
	}
	incomplete = false;
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

/* Free all that start() allocated. */
static void stop(void)
{
	static_branch_disable_cpuslocked(&pghot_enabled);
	WRITE_ONCE(running, false);
	all_targets(pghot_kpromoted_stop);
	pghot_returns_stop();
	pghot_map_del_node(NUMA_NO_NODE);
}

/* Allocate what tracking and promotion need; after an error nothing is left. */
static int start(void)
{
	int err = learn_nodes();

	if (err >= 0)
		err = match_tiers() ?: pghot_returns_start();
	if (err) {
		stop();
		return err;
	}
	WRITE_ONCE(running, true);
	static_branch_enable_cpuslocked(&pghot_enabled);
	return 0;
}

/* Can a source be enabled on this machine? */
static int check_available(const struct pghot_source_ops *ops,
			   struct netlink_ext_ack *extack)
{
	unsigned int surplus = pghot_surplus_targets();
	char why[64];
	int err;

	if (surplus) {
		NL_SET_ERR_MSG_FMT(extack,
				   "%s: %u top-tier nodes, at most %d are supported",
				   ops->name, PGHOT_MAX_TARGETS + surplus,
				   PGHOT_MAX_TARGETS);
		return -EOPNOTSUPP;
	}
	err = ops->available(why, sizeof(why));
	if (err)
		NL_SET_ERR_MSG_FMT(extack, "%s: %s", ops->name, why);
	return err;
}

/* Allocate some of what is missing of the map of a node; see pghot_map_add_some(). */
static int fill_map(int nid, unsigned long *pfn, bool *done)
{
	int err = 0;

	pghot_config_lock();
	*done = running || !pghot_is_lower_tier(nid);
	if (!*done) {
		*pfn = max(*pfn, node_start_pfn(nid));
		err = pghot_map_add_some(pfn, node_end_pfn(nid), nid,
					 STEP_SECTIONS);
		*done = *pfn >= node_end_pfn(nid);
	}
	pghot_config_unlock();
	return err;
}

static int fill_maps(void)
{
	int nid, err;

	for_each_node_state(nid, N_MEMORY) {
		unsigned long pfn = 0;
		bool done;

		do {
			err = fill_map(nid, &pfn, &done);
			if (!err && fatal_signal_pending(current))
				err = -EINTR;
			if (err)
				return err;
			cond_resched();
		} while (!done);
	}
	return 0;
}

/* MiB of records that all lower tiers take. */
static u32 map_mib(void)
{
	u64 pages = 0;
	int nid;

	for_each_node_state(nid, N_MEMORY) {
		if (pghot_is_lower_tier(nid))
			pages += node_present_pages(nid);
	}
	return pages * sizeof(u32) >> 20;
}

/**
 * pghot_prepare - allocate what takes long, before a source is enabled
 * @ops: the source
 * @extack: takes the reason of a failure
 *
 * Context: no locks held; may sleep, for seconds, and gives up when the task is killed.
 * Return: 0, or a negative errno. Either way pghot_finish() has to follow, after the
 * source has been enabled or not.
 */
int pghot_prepare(const struct pghot_source_ops *ops,
		  struct netlink_ext_ack *extack)
{
	int err;

	pghot_config_lock();
	preparing++;
	err = pghot_source_is_enabled(ops->id) ? 0 :
						 check_available(ops, extack);
	pghot_config_unlock();
	if (err)
		return err;

	err = fill_maps();
	if (err)
		NL_SET_ERR_MSG_FMT(extack, "%s: %s after %u of %u MiB of records",
				   ops->name,
				   err == -EINTR ? "killed" : "no memory",
				   (u32)(pghot_map_bytes() >> 20), map_mib());
	return err;
}

/**
 * pghot_finish - the end of what pghot_prepare() began
 *
 * Frees what was allocated in vain.
 *
 * Context: no locks held; may sleep.
 */
void pghot_finish(void)
{
	pghot_config_lock();
	if (!--preparing && !running)
		pghot_map_del_node(NUMA_NO_NODE);
	pghot_config_unlock();
}

static int enable_source(const struct pghot_source_ops *ops,
			 const struct nlattr *nest,
			 struct netlink_ext_ack *extack)
{
	int err = check_available(ops, extack);

	if (err)
		return err;

	if (!pghot_any_source_is_enabled()) {
		err = start();
		if (err) {
			NL_SET_ERR_MSG_FMT(extack,
					   "%s: no memory for maps and heaps",
					   ops->name);
			return err;
		}
	}

	err = pghot_source_start(ops, nest, extack);
	if (err && !pghot_any_source_is_enabled())
		stop();
	return err;
}

/**
 * pghot_source_set - enable or disable a source, and set its parameters
 * @ops: the source
 * @enable: which
 * @nest: parameters that the source has checked, and prepared for if it wants
 *	to; NULL for none
 * @extack: takes the reason of a failure, and advice on success
 *
 * The first source that is enabled turns pghot on, the last one that is disabled turns
 * it off.
 *
 * Context: pghot_config_lock() held.
 * Return: 0, also when nothing had to be changed, or a negative errno with
 * nothing changed.
 */
int pghot_source_set(const struct pghot_source_ops *ops, bool enable,
		     const struct nlattr *nest, struct netlink_ext_ack *extack)
{
	lockdep_assert_held(&pghot_lock);

	if (enable && !pghot_source_is_enabled(ops->id))
		return enable_source(ops, nest, extack);

	if (!enable && pghot_source_is_enabled(ops->id)) {
		pghot_source_stop(ops);
		if (!pghot_any_source_is_enabled())
			stop();
	}
	if (nest)
		pghot_source_change(ops, nest);
	return 0;
}

/**
 * pghot_memory_bytes - memory in use for maps, rings, heaps and scratch
 *
 * Context: may sleep.
 */
u64 pghot_memory_bytes(void)
{
	return pghot_map_bytes() + pghot_targets_bytes() +
	       pghot_returns_bytes() + pghot_sources_bytes();
}

/* ---- parameters and resets ------------------------------------------------------ */

static void kick(struct pghot_target *t)
{
	pghot_queue_kick(&t->queue);
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
	int err;

	lockdep_assert_held(&pghot_lock);

	if (new->heap_capacity != pghot_params.heap_capacity) {
		err = pghot_targets_resize(new->heap_capacity);
		if (err)
			return err;
	}
	WRITE_ONCE(pghot_params.promote, new->promote);
	WRITE_ONCE(pghot_params.adaptive, new->adaptive);
	WRITE_ONCE(pghot_params.freq_threshold, new->freq_threshold);
	WRITE_ONCE(pghot_params.window_ms, new->window_ms);
	WRITE_ONCE(pghot_params.window_max_ms, new->window_max_ms);
	pghot_window_update();
	WRITE_ONCE(pghot_params.rate_limit_mbps, new->rate_limit_mbps);
	WRITE_ONCE(pghot_params.batch_nr, new->batch_nr);
	WRITE_ONCE(pghot_params.sleep_ms, new->sleep_ms);
	WRITE_ONCE(pghot_params.target_nid, new->target_nid);
	WRITE_ONCE(pghot_params.heap_capacity, new->heap_capacity);

	all_targets(kick);
	return 0;
}

static void clear_queue(struct pghot_target *t)
{
	pghot_queue_clear(&t->queue);
}

/* Forget all records, and so all that waits. Context: pghot_config_lock() held. */
void pghot_reset_records(void)
{
	lockdep_assert_held(&pghot_lock);

	pghot_map_reset();
	all_targets(clear_queue);
}

/* Forget all that waits. Context: pghot_config_lock() held. */
void pghot_reset_heaps(void)
{
	lockdep_assert_held(&pghot_lock);

	all_targets(clear_queue);
	pghot_map_clear_refill();
}

/* Count from zero what the targets count. Context: may sleep. */
void pghot_reset_targets(void)
{
	all_targets(pghot_target_reset_stats);
}

/* ---- hotplug --------------------------------------------------------------------- */

/*
 * Have the maps follow a block of memory. All nodes are only looked at when one of them
 * has changed its tier, or something has failed before: blocks come by the thousand.
 */
static int follow_memory(const struct memory_notify *mn, unsigned long action)
{
	int nid, changed;

	if (action == MEM_OFFLINE)
		pghot_map_del_range(mn->start_pfn, mn->nr_pages);
	changed = learn_nodes();
	if (changed < 0)
		return changed;
	if (running && (changed || incomplete))
		return match_tiers();
	if (action == MEM_OFFLINE || (!running && !preparing))
		return 0;

	nid = pfn_to_nid(mn->start_pfn);
	if (!pghot_is_lower_tier(nid))
		return 0;
	incomplete = pghot_map_add_range(mn->start_pfn, mn->nr_pages, nid);
	return incomplete ? -ENOMEM : 0;
}

/*
 * Runs after the tier code's own callback, whose priority is higher, or which is told
 * of nodes, before others are of their memory. The core holds the hotplug locks.
 */
static int pghot_memory_callback(struct notifier_block *nb,
				 unsigned long action, void *arg)
{
	struct memory_notify *mn = arg;
	int err;

	if (action != MEM_ONLINE && action != MEM_OFFLINE)
		return NOTIFY_OK;

	mutex_lock(&pghot_lock);
	err = follow_memory(mn, action);
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
	err = learn_nodes();
	pghot_config_unlock();
	if (err < 0)
		return err;

	hotplug_memory_notifier(pghot_memory_callback, DEFAULT_CALLBACK_PRI);
	return 0;
}

late_initcall_sync(pghot_init);
