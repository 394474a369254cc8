// SPDX-License-Identifier: GPL-2.0-only
/*
 * The generic-netlink family "pghot": registration, who may do what, and the
 * commands that observe or act. Sources and parameters are in
 * netlink-config.c, the bulk dumps in netlink-dump.c, events in notify.c.
 * uapi/pghot.yaml defines the messages; netlink-gen.c is made from it.
 *
 * The family sets parallel_ops: nothing here relies on genl_mutex. Handlers
 * that change something take pghot_config_lock().
 */

#include <linux/capability.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/netlink.h>
#include <linux/nodemask.h>
#include <net/genetlink.h>

#include "control/netlink.h"

/* ---- who may, and which node is meant ------------------------------------ */

/**
 * pghot_nl_check_admin - may the sender of a request see and change everything?
 * @skb: the request
 * @extack: where to say what is missing, may be %NULL
 *
 * GENL_ADMIN_PERM would ask for CAP_NET_ADMIN. Who configures the network has
 * no business with page frame numbers and placement.
 *
 * Context: Process context of the sender.
 * Return: 0 or -EPERM.
 */
int pghot_nl_check_admin(struct sk_buff *skb, struct netlink_ext_ack *extack)
{
	if (netlink_capable(skb, CAP_SYS_ADMIN))
		return 0;

	NL_SET_ERR_MSG(extack,
		       "needs CAP_SYS_ADMIN in the initial user namespace");
	return -EPERM;
}

/**
 * pghot_nl_admin_doit - pre_doit of commands that change something
 * @ops: the command
 * @skb: the request
 * @info: the request, parsed
 *
 * Return: 0 or -EPERM.
 */
int pghot_nl_admin_doit(const struct genl_split_ops *ops, struct sk_buff *skb,
			struct genl_info *info)
{
	return pghot_nl_check_admin(skb, info->extack);
}

/**
 * pghot_nl_list_nodes - list the accepted nodes for an error message
 * @buf: where to
 * @len: bytes of @buf; a longer list is cut
 * @toptier_only: leave lower tiers out
 *
 * Context: Process context.
 */
void pghot_nl_list_nodes(char *buf, size_t len, bool toptier_only)
{
	nodemask_t nodes = NODE_MASK_NONE;
	int nid;

	for_each_node_state(nid, N_MEMORY) {
		const struct pghot_node *node = pghot_node(nid);

		if (node && (node->toptier || !toptier_only))
			node_set(nid, nodes);
	}
	snprintf(buf, len, "%*pbl", nodemask_pr_args(&nodes));
}

/**
 * pghot_nl_get_node - find the node that an attribute "nid" names
 * @attr: the attribute, u32
 * @toptier_only: accept only nodes that pages are promoted to
 * @extack: where to say which nodes there are
 *
 * Context: Process context.
 * Return: the node, or ERR_PTR(-ERANGE) with @extack set.
 */
struct pghot_node *pghot_nl_get_node(const struct nlattr *attr,
				     bool toptier_only,
				     struct netlink_ext_ack *extack)
{
	char list[PGHOT_NL_LIST_LEN];
	u32 nid = nla_get_u32(attr);
	struct pghot_node *node;

	if (nid < MAX_NUMNODES && node_state(nid, N_MEMORY)) {
		node = pghot_node(nid);
		if (node && (node->toptier || !toptier_only))
			return node;
	}

	/* Room for a short list only; its sentence is long. */
	pghot_nl_list_nodes(list, 20, toptier_only);
	NL_SET_ERR_MSG_ATTR_FMT(extack, attr,
				"nid: %u is not a %s, accepted %s", nid,
				toptier_only ? "top-tier node with memory" :
					       "node with memory", list);
	return ERR_PTR(-ERANGE);
}

/* ---- parts of messages --------------------------------------------------- */

/**
 * pghot_nl_put_failed - append a nest of failures by reason
 * @skb: message
 * @attrtype: attribute number of the nest
 * @failed: base pages that were not promoted, by enum pghot_fail_reason
 *
 * Return: 0 or -EMSGSIZE; then the caller cancels the message.
 */
int pghot_nl_put_failed(struct sk_buff *skb, int attrtype, const u64 *failed)
{
	struct nlattr *nest;
	int reason;

	/* The attribute of a reason is its number plus 1. */
	BUILD_BUG_ON(PGHOT_A_FAILED_MAX != PGHOT_NR_FAIL_REASONS);

	nest = nla_nest_start(skb, attrtype);
	if (!nest)
		return -EMSGSIZE;
	for (reason = 0; reason < PGHOT_NR_FAIL_REASONS; reason++)
		if (nla_put_uint(skb, reason + 1, failed[reason]))
			return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

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
			    const struct pghot_stats *stats)
{
	struct nlattr *nest = nla_nest_start(skb, PGHOT_A_STATS_SOURCE);

	if (!nest ||
	    nla_put_u32(skb, PGHOT_A_SOURCE_ID, ops->id) ||
	    nla_put_string(skb, PGHOT_A_SOURCE_NAME, ops->name) ||
	    nla_put_uint(skb, PGHOT_A_SOURCE_RECORDED,
			 stats->recorded[ops->id]) ||
	    nla_put_uint(skb, PGHOT_A_SOURCE_USEFUL, stats->useful[ops->id]))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int put_stats(struct sk_buff *skb, const struct pghot_stats *stats)
{
	unsigned int id;

	for (id = 0; id < PGHOT_NR_SOURCES; id++) {
		const struct pghot_source_ops *ops = pghot_source_by_id(id);

		if (ops && put_source_stats(skb, ops, stats))
			return -EMSGSIZE;
	}
	if (nla_put_uint(skb, PGHOT_A_STATS_HOT, stats->hot) ||
	    nla_put_uint(skb, PGHOT_A_STATS_PROMOTED, stats->promoted) ||
	    pghot_nl_put_failed(skb, PGHOT_A_STATS_FAILED, stats->failed) ||
	    nla_put_uint(skb, PGHOT_A_STATS_DROPPED_RING,
			 stats->dropped_ring) ||
	    nla_put_uint(skb, PGHOT_A_STATS_DROPPED_HEAP,
			 stats->dropped_heap) ||
	    nla_put_uint(skb, PGHOT_A_STATS_REFILLED, stats->refilled) ||
	    nla_put_uint(skb, PGHOT_A_STATS_PRUNED, stats->pruned) ||
	    nla_put_uint(skb, PGHOT_A_STATS_BATCHES, stats->batches) ||
	    nla_put_uint(skb, PGHOT_A_STATS_RATE_LIMITED, stats->rate_limited))
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
	struct pghot_stats stats;
	struct sk_buff *msg;
	void *hdr;
	int err;

	err = pghot_get_stats(&stats);
	if (err)
		return err;
	msg = reply_new(info, 0, &hdr);
	if (!msg)
		return -ENOMEM;
	if (put_stats(msg, &stats)) {
		nlmsg_free(msg);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, hdr);
	return genlmsg_reply(msg, info);
}

/* ---- node-get ------------------------------------------------------------ */

static int put_node(struct sk_buff *skb, const struct pghot_node_stats *s)
{
	if (nla_put_u32(skb, PGHOT_A_NODE_NID, s->nid) ||
	    nla_put_u8(skb, PGHOT_A_NODE_TOPTIER, s->toptier) ||
	    nla_put_s32(skb, PGHOT_A_NODE_TIER, s->tier) ||
	    nla_put_uint(skb, PGHOT_A_NODE_PRESENT_PAGES, s->present_pages) ||
	    nla_put_uint(skb, PGHOT_A_NODE_FREE_PAGES, s->free_pages) ||
	    nla_put_uint(skb, PGHOT_A_NODE_TRACKED_PAGES, s->tracked_pages) ||
	    nla_put_u32(skb, PGHOT_A_NODE_REFILL_SECTIONS,
			s->refill_sections) ||
	    nla_put_u32(skb, PGHOT_A_NODE_HEAP_LENGTH, s->heap_length) ||
	    nla_put_u32(skb, PGHOT_A_NODE_HEAP_CAPACITY, s->heap_capacity) ||
	    nla_put_u32(skb, PGHOT_A_NODE_THRESHOLD, s->threshold) ||
	    nla_put_uint(skb, PGHOT_A_NODE_HOT, s->hot) ||
	    nla_put_uint(skb, PGHOT_A_NODE_PROMOTED, s->result.promoted) ||
	    nla_put_uint(skb, PGHOT_A_NODE_PROMOTED_PER_SEC,
			 s->promoted_per_sec) ||
	    pghot_nl_put_failed(skb, PGHOT_A_NODE_FAILED, s->result.failed) ||
	    nla_put_u8(skb, PGHOT_A_NODE_RATE_LIMITED, s->limited) ||
	    nla_put_uint(skb, PGHOT_A_NODE_DROPPED, s->dropped))
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

	NL_ASSERT_DUMP_CTX_FITS(struct node_ctx);

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
	err = pghot_promote_pfn(pfn, target, res);
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

	err = pghot_reset(what);
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

/**
 * pghot_netlink_init - register the family
 *
 * Corrects what the generator cannot express. Memory is not part of a network
 * namespace, so that the family is there in the initial one only, while the
 * generator sets netnsok for every family.
 *
 * Context: Boot, after everything that the handlers use has been set up.
 * Return: 0 or a negative errno.
 */
int __init pghot_netlink_init(void)
{
	pghot_nl_family.netnsok = false;
	pghot_nl_family.mcgrps = pghot_nl_guarded_mcgrps;
	pghot_nl_family.n_mcgrps = ARRAY_SIZE(pghot_nl_guarded_mcgrps);

	return genl_register_family(&pghot_nl_family);
}
