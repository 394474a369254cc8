// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot's generic-netlink family: param-get and param-set.
 *
 * A set is all or nothing. Under pghot_config_lock() the handlers first check
 * every attribute of the request, each with a message of its own, and only
 * then apply any. What may fail without being the request's fault, like an
 * allocation, comes first of what is applied.
 *
 * The attribute policies give types only, no ranges: the core's message for a
 * value out of range names neither the attribute nor the range.
 */

#include <linux/kernel.h>
#include <linux/netlink.h>
#include <linux/nodemask.h>
#include <net/genetlink.h>

#include "attr/attr.h"
#include "attr/netlink-gen.h"
#include "base/config.h"
#include "base/node.h"
#include "control/nl.h"
#include "control/notify.h"
#include "control/params.h"
#include "core.h"

/**
 * pghot_nl_param_get_doit - answer param-get
 * @skb: request
 * @info: request, parsed
 *
 * Return: 0 or a negative errno.
 */
int pghot_nl_param_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct pghot_params now;
	struct sk_buff *msg;
	void *hdr;

	/*
	 * The parameters of one moment, never half of a set. Without the hotplug locks:
	 * who takes memory offline may hold those for as long as it takes.
	 */
	mutex_lock(&pghot_lock);
	now = pghot_params;
	mutex_unlock(&pghot_lock);

	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	hdr = genlmsg_iput(msg, info);
	if (!hdr || pghot_nl_put_params(msg, &now, PGHOT_NL_ALL_PARAMS)) {
		nlmsg_free(msg);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, hdr);
	return genlmsg_reply(msg, info);
}

static int parse_nid(const struct nlattr *attr, const struct pghot_param_desc *desc,
		     int *value, struct netlink_ext_ack *extack)
{
	s32 nid = nla_get_s32(attr);
	char list[16];

	if (nid >= 0 && nid < MAX_NUMNODES && node_state(nid, N_MEMORY)) {
		const struct pghot_node *node = pghot_node(nid);

		if (node && READ_ONCE(node->toptier)) {
			*value = nid;
			return 0;
		}
	}
	if (nid == NUMA_NO_NODE) {
		*value = nid;
		return 0;
	}

	pghot_nl_list_nodes(list, sizeof(list), true);
	NL_SET_ERR_MSG_ATTR_FMT(extack, attr,
				"%s: %d is out of range, accepted -1 or top tier %s",
				desc->name, nid, list);
	return -ERANGE;
}

/*
 * Check the parameter that is the attribute @attr and put it into @new. Under
 * pghot_config_lock(), so that nodes keep their tier until it is applied.
 */
static int parse_param(const struct nlattr *attr, struct pghot_params *new,
		       struct netlink_ext_ack *extack)
{
	const struct pghot_param_desc *desc = &pghot_param_table[nla_type(attr)];
	void *member = (void *)new + desc->offset;

	switch (desc->kind) {
	case PGHOT_PARAM_BOOL:
		return pghot_attr_bool(attr, desc->name, member, extack);
	case PGHOT_PARAM_U32:
		return pghot_attr_u32(attr, desc->name, desc->min, desc->max,
				      member, extack);
	case PGHOT_PARAM_NID:
		return parse_nid(attr, desc, member, extack);
	}
	return -EINVAL;
}

static int set_params(struct genl_info *info)
{
	struct pghot_params old = pghot_params, new = pghot_params;
	bool any = false;
	int i, err;

	for (i = 1; i <= PGHOT_A_PARAM_MAX; i++) {
		if (!info->attrs[i])
			continue;
		err = parse_param(info->attrs[i], &new, info->extack);
		if (err)
			return err;
		any = true;
	}
	if (!any) {
		NL_SET_ERR_MSG(info->extack,
			       "nothing to set: give at least one parameter");
		return -EINVAL;
	}
	if (!pghot_nl_diff_params(&old, &new))
		return 0;

	err = pghot_set_params(&new);
	if (err) {
		NL_SET_ERR_MSG_FMT(info->extack,
				   "parameters not changed: error %d applying them",
				   err);
		return err;
	}
	pghot_notify_params(&old, &new);
	return 0;
}

/**
 * pghot_nl_param_set_doit - set parameters
 * @skb: request
 * @info: request, parsed
 *
 * Return: 0, or a negative errno with the extended ack set and nothing
 * changed.
 */
int pghot_nl_param_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	int err;

	pghot_config_lock();
	err = set_params(info);
	pghot_config_unlock();
	return err;
}
