// SPDX-License-Identifier: GPL-2.0-only
/*
 * The generic-netlink family "pghot": registration, and the commands that observe or
 * act. Sources are in netlink-source.c, parameters in netlink-param.c, the bulk dumps
 * in netlink-dump.c, events in notify.c.
 * uapi/pghot.yaml defines the messages; netlink-gen.c is made from it.
 *
 * The family sets parallel_ops: nothing here relies on genl_mutex. Handlers
 * that change something take pghot_config_lock().
 */

#include <linux/memblock.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/netlink.h>
#include <linux/nodemask.h>
#include <linux/pghot.h>
#include <linux/slab.h>
#include <linux/vmstat.h>
#include <net/genetlink.h>
#include <uapi/linux/pghot_entry.h>

#include "attr/attr.h"
#include "attr/netlink-gen.h"
#include "base/config.h"
#include "base/event.h"
#include "base/heat.h"
#include "base/node.h"
#include "control/nl.h"
#include "control/nodes.h"
#include "control/notify.h"
#include "control/stats.h"
#include "core.h"
#include "promote/by_hand.h"
#include "record/map.h"
#include "source/source.h"

/* Start the answer to a do request, with room for @extra bytes more than usual. */
static struct sk_buff *reply_new(struct genl_info *info, size_t extra,
				 void **hdr)
{
	struct sk_buff *skb = genlmsg_new(GENLMSG_DEFAULT_SIZE + extra,
					  GFP_KERNEL);

	if (!skb)
		return NULL;
	*hdr = genlmsg_iput(skb, info);
	if (!*hdr) {
		nlmsg_free(skb);
		return NULL;
	}
	return skb;
}

/* ---- info-get ------------------------------------------------------------ */

static int put_tier(struct sk_buff *skb, struct pghot_node *node)
{
	struct pghot_node_stats stats;
	struct nlattr *nest;

	pghot_node_get_stats(node, &stats);

	nest = nla_nest_start(skb, PGHOT_A_INFO_TIER);
	if (!nest ||
	    nla_put_u32(skb, PGHOT_A_TIER_NID, stats.nid) ||
	    nla_put_s32(skb, PGHOT_A_TIER_TIER, stats.tier) ||
	    nla_put_u8(skb, PGHOT_A_TIER_TOPTIER, stats.toptier))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int put_info(struct sk_buff *skb)
{
	int nid;

	if (nla_put_u32(skb, PGHOT_A_INFO_VERSION, PGHOT_FAMILY_VERSION) ||
	    nla_put_u32(skb, PGHOT_A_INFO_PAGE_SIZE, PAGE_SIZE) ||
	    nla_put_u32(skb, PGHOT_A_INFO_RECORD_BYTES, sizeof(u32)) ||
	    nla_put_u32(skb, PGHOT_A_INFO_ENTRY_SIZE,
			sizeof(struct pghot_entry)) ||
	    nla_put_uint(skb, PGHOT_A_INFO_MEMORY_BYTES,
			 pghot_memory_bytes()) ||
	    nla_put_u32(skb, PGHOT_A_INFO_HEAP_CAPACITY,
			READ_ONCE(pghot_params.heap_capacity)) ||
	    nla_put_u32(skb, PGHOT_A_INFO_SOURCES, pghot_sources_known()) ||
	    nla_put_u8(skb, PGHOT_A_INFO_RUNNING, pghot_running()) ||
	    nla_put_u32(skb, PGHOT_A_INFO_BUCKET_MS, PGHOT_BUCKET_MS))
		return -EMSGSIZE;

	for_each_node_state(nid, N_MEMORY) {
		struct pghot_node *node = pghot_node(nid);

		if (node && put_tier(skb, node))
			return -EMSGSIZE;
	}
	return 0;
}

/**
 * pghot_nl_info_get_doit - answer info-get
 * @skb: request
 * @info: request, parsed
 *
 * Return: 0 or a negative errno.
 */
int pghot_nl_info_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	size_t tiers = nr_node_ids * nla_total_size(3 * nla_total_size(4));
	struct sk_buff *msg;
	void *hdr;

	msg = reply_new(info, tiers, &hdr);
	if (!msg)
		return -ENOMEM;
	if (put_info(msg)) {
		nlmsg_free(msg);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, hdr);
	return genlmsg_reply(msg, info);
}

/* ---- stats-get ----------------------------------------------------------- */

static int put_source_stats(struct sk_buff *skb,
			    const struct pghot_source_ops *ops,
			    const unsigned long *ev)
{
	struct nlattr *nest = nla_nest_start(skb, PGHOT_A_STATS_SOURCE);

	if (!nest ||
	    nla_put_u32(skb, PGHOT_A_SOURCE_ID, ops->id) ||
	    nla_put_string(skb, PGHOT_A_SOURCE_NAME, ops->name) ||
	    nla_put_uint(skb, PGHOT_A_SOURCE_RECORDED,
			 ev[PGHOT_RECORDED_HINTFAULT + ops->id]) ||
	    nla_put_uint(skb, PGHOT_A_SOURCE_USEFUL,
			 ev[PGHOT_USEFUL_HINTFAULT + ops->id]))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int put_stats(struct sk_buff *skb, const unsigned long *ev)
{
	u64 failed[PGHOT_NR_FAIL_REASONS];
	unsigned int id;

	for (id = 0; id < PGHOT_NR_SOURCES; id++) {
		const struct pghot_source_ops *ops = pghot_source_by_id(id);

		if (ops && put_source_stats(skb, ops, ev))
			return -EMSGSIZE;
	}
	pghot_failed_events(ev, failed);
	if (nla_put_uint(skb, PGHOT_A_STATS_HOT, ev[PGHOT_HOT]) ||
	    nla_put_uint(skb, PGHOT_A_STATS_PROMOTED, ev[PGHOT_PROMOTED]) ||
	    pghot_nl_put_failed(skb, PGHOT_A_STATS_FAILED, failed) ||
	    nla_put_uint(skb, PGHOT_A_STATS_DROPPED_RING,
			 ev[PGHOT_DROPPED_RING]) ||
	    nla_put_uint(skb, PGHOT_A_STATS_DROPPED_HEAP,
			 ev[PGHOT_DROPPED_HEAP]) ||
	    nla_put_uint(skb, PGHOT_A_STATS_REFILLED, ev[PGHOT_REFILLED]) ||
	    nla_put_uint(skb, PGHOT_A_STATS_PRUNED, ev[PGHOT_PRUNED]) ||
	    nla_put_uint(skb, PGHOT_A_STATS_BATCHES, ev[PGHOT_BATCHES]) ||
	    nla_put_uint(skb, PGHOT_A_STATS_RATE_LIMITED,
			 ev[PGHOT_RATE_LIMITED]))
		return -EMSGSIZE;
	return 0;
}

/**
 * pghot_nl_stats_get_doit - answer stats-get
 * @skb: request
 * @info: request, parsed
 *
 * Return: 0 or a negative errno.
 */
int pghot_nl_stats_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	unsigned long *ev = pghot_get_events();
	struct sk_buff *msg;
	void *hdr;
	int err;

	if (!ev)
		return -ENOMEM;
	msg = reply_new(info, 0, &hdr);
	err = msg ? put_stats(msg, ev) : -ENOMEM;
	kfree(ev);
	if (err) {
		nlmsg_free(msg);
		return err;
	}
	genlmsg_end(msg, hdr);
	return genlmsg_reply(msg, info);
}

/* ---- node-get ------------------------------------------------------------ */

static int put_node(struct sk_buff *skb, const struct pghot_node_stats *s)
{
	const struct pghot_target_stats *t = &s->target;
	const struct pghot_queue_stats *q = &t->queue;

	if (nla_put_u32(skb, PGHOT_A_NODE_NID, s->nid) ||
	    nla_put_u8(skb, PGHOT_A_NODE_TOPTIER, s->toptier) ||
	    nla_put_s32(skb, PGHOT_A_NODE_TIER, s->tier) ||
	    nla_put_uint(skb, PGHOT_A_NODE_PRESENT_PAGES, s->present_pages) ||
	    nla_put_uint(skb, PGHOT_A_NODE_FREE_PAGES, s->free_pages) ||
	    nla_put_uint(skb, PGHOT_A_NODE_TRACKED_PAGES, s->tracked_pages) ||
	    nla_put_u32(skb, PGHOT_A_NODE_REFILL_SECTIONS,
			s->refill_sections) ||
	    nla_put_u32(skb, PGHOT_A_NODE_HEAP_LENGTH, q->length) ||
	    nla_put_u32(skb, PGHOT_A_NODE_HEAP_CAPACITY, q->capacity) ||
	    nla_put_u32(skb, PGHOT_A_NODE_THRESHOLD, t->threshold) ||
	    nla_put_uint(skb, PGHOT_A_NODE_HOT, q->hot) ||
	    nla_put_uint(skb, PGHOT_A_NODE_PROMOTED, t->result.promoted) ||
	    nla_put_uint(skb, PGHOT_A_NODE_PROMOTED_PER_SEC,
			 t->promoted_per_sec) ||
	    pghot_nl_put_failed(skb, PGHOT_A_NODE_FAILED, t->result.failed) ||
	    nla_put_u8(skb, PGHOT_A_NODE_RATE_LIMITED, t->limited) ||
	    nla_put_uint(skb, PGHOT_A_NODE_DROPPED, q->dropped) ||
	    nla_put_uint(skb, PGHOT_A_NODE_RECORD_BYTES, s->record_bytes))
		return -EMSGSIZE;
	return 0;
}

static int put_node_msg(struct sk_buff *skb, struct netlink_callback *cb,
			struct pghot_node *node)
{
	struct pghot_node_stats stats;
	void *hdr;

	pghot_node_get_stats(node, &stats);

	hdr = __genlmsg_iput(skb, genl_info_dump(cb), NLM_F_MULTI);
	if (!hdr)
		return -EMSGSIZE;
	if (put_node(skb, &stats)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	/* Not before it is complete: a mark on a cancelled message is lost. */
	genl_dump_check_consistent(cb, hdr);
	genlmsg_end(skb, hdr);
	return 0;
}

/* Where a dump of nodes goes on. */
struct node_ctx {
	int nid;
};

/**
 * pghot_nl_node_get_dumpit - dump every node with memory
 * @skb: message
 * @cb: state of the dump
 *
 * Return: 0 at the end, -EMSGSIZE when @skb is full.
 */
int pghot_nl_node_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct node_ctx *ctx = (struct node_ctx *)cb->ctx;
	int err = 0;

	BUILD_BUG_ON(sizeof(struct node_ctx) > sizeof_field(struct netlink_callback, ctx));

	cb->seq = pghot_map_seq();
	for (; ctx->nid < MAX_NUMNODES; ctx->nid++) {
		struct pghot_node *node;

		if (!node_state(ctx->nid, N_MEMORY))
			continue;
		node = pghot_node(ctx->nid);
		if (!node)
			continue;
		err = put_node_msg(skb, cb, node);
		if (err)
			break;
	}
	return err;
}

/* ---- promote ------------------------------------------------------------- */

static int promote_pfn(struct genl_info *info, struct pghot_result *res)
{
	struct nlattr *nid = info->attrs[PGHOT_A_PROMOTE_NID];
	struct nlattr *attr = info->attrs[PGHOT_A_PROMOTE_PFN];
	struct netlink_ext_ack *extack = info->extack;
	u64 pfn = nla_get_uint(attr);
	int target = NUMA_NO_NODE;
	struct pghot_node *node;
	int err;

	if (pfn != (unsigned long)pfn || !pfn_to_online_page(pfn)) {
		NL_SET_ERR_MSG_ATTR_FMT(extack, attr,
					"pfn: %llu is not online memory, accepted 0-%lu",
					pfn, max_pfn - 1);
		return -ERANGE;
	}
	if (nid) {
		node = pghot_nl_get_node(nid, true, extack);
		if (IS_ERR(node))
			return PTR_ERR(node);
		target = node->nid;
	}
	err = pghot_promote_pfn(pfn, target, PGHOT_ORIGIN_RECORDS, res);
	if (err == -ENOENT)
		NL_SET_ERR_MSG_ATTR_FMT(extack, attr,
					"pfn: %llu is not the first page of a folio on a lower tier",
					pfn);
	return err;
}

static int promote_top(struct genl_info *info, struct pghot_result *res)
{
	struct netlink_ext_ack *extack = info->extack;
	struct pghot_node *node;
	u32 count = 0;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, PGHOT_A_PROMOTE_NID)) {
		NL_SET_ERR_MSG(extack, "nid is missing: count needs the node to promote to");
		return -EINVAL;
	}
	node = pghot_nl_get_node(info->attrs[PGHOT_A_PROMOTE_NID], true,
				 extack);
	if (IS_ERR(node))
		return PTR_ERR(node);

	err = pghot_attr_u32(info->attrs[PGHOT_A_PROMOTE_COUNT], "count", 1,
			     PGHOT_HEAP_CAPACITY_MAX, &count, extack);
	if (err)
		return err;
	return pghot_promote_top(node->nid, count, res);
}

static int promote(struct genl_info *info, struct pghot_result *res)
{
	struct nlattr *count = info->attrs[PGHOT_A_PROMOTE_COUNT];

	if (info->attrs[PGHOT_A_PROMOTE_PFN]) {
		if (!count)
			return promote_pfn(info, res);
		NL_SET_ERR_MSG_ATTR(info->extack, count,
				    "count: not together with pfn");
		return -EINVAL;
	}
	if (count)
		return promote_top(info, res);

	if (info->attrs[PGHOT_A_PROMOTE_NID]) {
		NL_SET_ERR_ATTR_MISS(info->extack, NULL,
				     PGHOT_A_PROMOTE_COUNT);
		NL_SET_ERR_MSG(info->extack,
			       "count is missing: how many of the node's hottest");
	} else {
		NL_SET_ERR_ATTR_MISS(info->extack, NULL, PGHOT_A_PROMOTE_PFN);
		NL_SET_ERR_MSG(info->extack,
			       "pfn is missing: give pfn, or nid and count");
	}
	return -EINVAL;
}

/**
 * pghot_nl_promote_doit - promote one page, or the hottest of a node's heap
 * @skb: request
 * @info: request, parsed
 *
 * Pages that could not be promoted are no error of the request: the answer
 * counts them by reason.
 *
 * Return: 0 or a negative errno with the extended ack set.
 */
int pghot_nl_promote_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct pghot_result res = {};
	struct sk_buff *msg;
	void *hdr;
	int err;

	/* First what may fail, so that every promotion has its answer. */
	msg = reply_new(info, 0, &hdr);
	if (!msg)
		return -ENOMEM;
	err = promote(info, &res);
	/* Ended early by a signal: what has been moved is moved. */
	if (err && err != -EINTR)
		goto free;

	err = -EMSGSIZE;
	if (nla_put_uint(msg, PGHOT_A_PROMOTE_ATTEMPTED, res.attempted) ||
	    nla_put_uint(msg, PGHOT_A_PROMOTE_PROMOTED, res.promoted) ||
	    pghot_nl_put_failed(msg, PGHOT_A_PROMOTE_FAILED, res.failed))
		goto free;
	genlmsg_end(msg, hdr);
	return genlmsg_reply(msg, info);

free:
	nlmsg_free(msg);
	return err;
}

/* ---- reset --------------------------------------------------------------- */

static int reset(u32 what)
{
	int err;

	if (what & PGHOT_RESET_WHAT_COUNTERS) {
		err = pghot_reset_events();
		if (err)
			return err;
		pghot_reset_targets();
	}

	pghot_config_lock();
	if (what & PGHOT_RESET_WHAT_RECORDS)
		pghot_reset_records();
	else if (what & PGHOT_RESET_WHAT_HEAPS)
		pghot_reset_heaps();
	pghot_config_unlock();
	return 0;
}

/**
 * pghot_nl_reset_doit - forget records, empty heaps, zero counters
 * @skb: request
 * @info: request, parsed
 *
 * Return: 0 or a negative errno with the extended ack set.
 */
int pghot_nl_reset_doit(struct sk_buff *skb, struct genl_info *info)
{
	const u32 all = PGHOT_RESET_WHAT_RECORDS | PGHOT_RESET_WHAT_HEAPS |
			PGHOT_RESET_WHAT_COUNTERS;
	u32 what = 0;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, PGHOT_A_RESET_WHAT)) {
		NL_SET_ERR_MSG(info->extack,
			       "what is missing: 1 records, 2 heaps, 4 counters, or a sum");
		return -EINVAL;
	}
	err = pghot_attr_u32(info->attrs[PGHOT_A_RESET_WHAT], "what", 1, all,
			     &what, info->extack);
	if (err)
		return err;

	err = reset(what);
	if (err) {
		NL_SET_ERR_MSG(info->extack, "no memory: nothing was reset");
		return err;
	}
	pghot_notify_reset(what);
	return 0;
}

/* ---- registration -------------------------------------------------------- */

/*
 * The groups as the generator makes them, except that the events of
 * "promotion" are for those who may also dump pages: the generator of this
 * kernel has no word for it.
 */
static const struct genl_multicast_group pghot_nl_guarded_mcgrps[] = {
	[PGHOT_NLGRP_CONFIG] = { PGHOT_MCGRP_CONFIG, },
	[PGHOT_NLGRP_PROMOTION] = { PGHOT_MCGRP_PROMOTION,
				    GENL_MCAST_CAP_SYS_ADMIN, },
};

/*
 * Corrects what the generator cannot express. Memory is not part of a network
 * namespace, so that the family is there in the initial one only, while the
 * generator sets netnsok for every family.
 *
 * After core.c, at the same level, has set up what the handlers use: by its place
 * in the Makefile.
 */
static int __init netlink_init(void)
{
	pghot_nl_family.netnsok = false;
	pghot_nl_family.mcgrps = pghot_nl_guarded_mcgrps;
	pghot_nl_family.n_mcgrps = ARRAY_SIZE(pghot_nl_guarded_mcgrps);

	pghot_set_listener(pghot_notify_promotion);
	return genl_register_family(&pghot_nl_family);
}

late_initcall_sync(netlink_init);
