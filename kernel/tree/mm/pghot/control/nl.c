// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot's generic-netlink family: what its commands and events have in common. Who
 * may do what, which node is meant, and parts of messages.
 */

#include <linux/capability.h>
#include <linux/mm.h>
#include <linux/netlink.h>
#include <linux/nodemask.h>
#include <linux/vmstat.h>
#include <net/genetlink.h>

#include "attr/netlink-gen.h"
#include "base/config.h"
#include "base/node.h"
#include "base/window.h"
#include "control/nl.h"
#include "source/source.h"

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

		if (node && (READ_ONCE(node->toptier) || !toptier_only))
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
	pghot_nl_list_nodes(list, 19, toptier_only);
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

/**
 * pghot_nl_put_source - append all that is known of a source
 * @skb: message, or nest in one
 * @ops: the source
 * @ev: vm events to take its counters from, as pghot_get_events() has them; %NULL
 *	leaves them out, and its window and pace, which change all the time as well
 *
 * Context: Process context, may sleep.
 * Return: 0 or -EMSGSIZE; then the caller cancels the message.
 */
int pghot_nl_put_source(struct sk_buff *skb,
			const struct pghot_source_ops *ops,
			const unsigned long *ev)
{
	char why[96] = "";
	bool available = !ops->available(why, sizeof(why));
	u32 window, pace;

	if (nla_put_u32(skb, PGHOT_A_SOURCE_ID, ops->id) ||
	    nla_put_string(skb, PGHOT_A_SOURCE_NAME, ops->name) ||
	    nla_put_u8(skb, PGHOT_A_SOURCE_AVAILABLE, available) ||
	    (!available &&
	     nla_put_string(skb, PGHOT_A_SOURCE_UNAVAILABLE_REASON, why)) ||
	    nla_put_u8(skb, PGHOT_A_SOURCE_ENABLED,
		       pghot_source_is_enabled(ops->id)))
		return -EMSGSIZE;

	if (ev && (nla_put_uint(skb, PGHOT_A_SOURCE_RECORDED,
				ev[PGHOT_RECORDED_HINTFAULT + ops->id]) ||
		   nla_put_uint(skb, PGHOT_A_SOURCE_USEFUL,
				ev[PGHOT_USEFUL_HINTFAULT + ops->id])))
		return -EMSGSIZE;

	window = pghot_window_tell(ops->id, &pace);
	if (ev && (nla_put_u32(skb, PGHOT_A_SOURCE_WINDOW_MS, window) ||
		   (pace && nla_put_u32(skb, PGHOT_A_SOURCE_PACE_MS, pace))))
		return -EMSGSIZE;

	if (ev && ops->fill_counters && ops->fill_counters(skb, ev))
		return -EMSGSIZE;
	return ops->fill_params ? ops->fill_params(skb) : 0;
}
