// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot's generic-netlink family: source-get and source-set.
 *
 * A set is all or nothing. Under pghot_config_lock() the handlers first check
 * every attribute of the request, each with a message of its own, and only
 * then apply any. What may fail without being the request's fault, like an
 * allocation, comes first of what is applied.
 */

#include <linux/kernel.h>
#include <linux/netlink.h>
#include <linux/slab.h>
#include <net/genetlink.h>

#include "attr/attr.h"
#include "attr/netlink-gen.h"
#include "base/config.h"
#include "control/nl.h"
#include "control/notify.h"
#include "control/stats.h"
#include "core.h"
#include "source/source.h"

/* ---- which source is meant ----------------------------------------------- */

static void list_source_names(char *buf, size_t len)
{
	unsigned int id;
	size_t pos = 0;

	buf[0] = '\0';
	for (id = 0; id < PGHOT_NR_SOURCES; id++) {
		const struct pghot_source_ops *ops = pghot_source_by_id(id);

		if (ops)
			pos += scnprintf(buf + pos, len - pos, "%s%s",
					 pos ? "," : "", ops->name);
	}
}

static const struct pghot_source_ops *
find_by_id(const struct nlattr *attr, struct netlink_ext_ack *extack)
{
	const struct pghot_source_ops *ops;
	unsigned long known = pghot_sources_known();
	char list[PGHOT_NL_LIST_LEN];
	u32 id = nla_get_u32(attr);

	ops = id < PGHOT_NR_SOURCES ? pghot_source_by_id(id) : NULL;
	if (ops)
		return ops;

	snprintf(list, sizeof(list), "%*pbl", PGHOT_NR_SOURCES, &known);
	NL_SET_ERR_MSG_ATTR_FMT(extack, attr,
				"id: no source %u, accepted %s", id, list);
	return ERR_PTR(-ENOENT);
}

static const struct pghot_source_ops *
find_by_name(const struct nlattr *attr, struct netlink_ext_ack *extack)
{
	const struct pghot_source_ops *ops;
	char list[PGHOT_NL_LIST_LEN];

	ops = pghot_source_by_name(nla_data(attr));
	if (ops)
		return ops;

	list_source_names(list, sizeof(list));
	NL_SET_ERR_MSG_ATTR_FMT(extack, attr,
				"name: no source '%.10s', accepted %s",
				(const char *)nla_data(attr), list);
	return ERR_PTR(-ENOENT);
}

/* The source that a request names by id, by name, or by both in agreement. */
static const struct pghot_source_ops *find_source(struct genl_info *info)
{
	const struct nlattr *id = info->attrs[PGHOT_A_SOURCE_ID];
	const struct nlattr *name = info->attrs[PGHOT_A_SOURCE_NAME];
	const struct pghot_source_ops *by_id, *by_name;

	if (!id && !name) {
		NL_SET_ERR_ATTR_MISS(info->extack, NULL, PGHOT_A_SOURCE_ID);
		NL_SET_ERR_MSG(info->extack,
			       "id is missing: name the source by id or name");
		return ERR_PTR(-EINVAL);
	}
	if (!name)
		return find_by_id(id, info->extack);

	by_name = find_by_name(name, info->extack);
	if (!id || IS_ERR(by_name))
		return by_name;

	by_id = find_by_id(id, info->extack);
	if (!IS_ERR(by_id) && by_id != by_name) {
		NL_SET_ERR_MSG_ATTR_FMT(info->extack, id,
					"id: %u is not %s, accepted %u", by_id->id,
					by_name->name, by_name->id);
		return ERR_PTR(-EINVAL);
	}
	return by_id;
}

/* ---- source-get ---------------------------------------------------------- */

/**
 * pghot_nl_source_get_doit - answer source-get for one source
 * @skb: request
 * @info: request, parsed
 *
 * Return: 0 or a negative errno with the extended ack set.
 */
int pghot_nl_source_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct pghot_source_ops *ops = find_source(info);
	unsigned long *ev;
	struct sk_buff *msg;
	int err = -ENOMEM;
	void *hdr;

	if (IS_ERR(ops))
		return PTR_ERR(ops);

	ev = pghot_get_events();
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!ev || !msg)
		goto free;

	err = -EMSGSIZE;
	hdr = genlmsg_iput(msg, info);
	if (!hdr || pghot_nl_put_source(msg, ops, ev))
		goto free;
	kfree(ev);
	genlmsg_end(msg, hdr);
	return genlmsg_reply(msg, info);

free:
	kfree(ev);
	nlmsg_free(msg);
	return err;
}

static int put_source_msg(struct sk_buff *skb, struct netlink_callback *cb,
			  const struct pghot_source_ops *ops,
			  const unsigned long *ev)
{
	void *hdr = __genlmsg_iput(skb, genl_info_dump(cb), NLM_F_MULTI);

	if (!hdr)
		return -EMSGSIZE;
	if (pghot_nl_put_source(skb, ops, ev)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

/* Where a dump of sources goes on. */
struct source_ctx {
	unsigned int id;
};

/**
 * pghot_nl_source_get_dumpit - dump every source
 * @skb: message
 * @cb: state of the dump
 *
 * Sources come at boot and stay, so that this dump cannot be interrupted.
 *
 * Return: 0 at the end, -EMSGSIZE when @skb is full.
 */
int pghot_nl_source_get_dumpit(struct sk_buff *skb,
			       struct netlink_callback *cb)
{
	struct source_ctx *ctx = (struct source_ctx *)cb->ctx;
	unsigned long *ev;
	int err = 0;

	BUILD_BUG_ON(sizeof(struct source_ctx) > sizeof_field(struct netlink_callback, ctx));

	ev = pghot_get_events();
	if (!ev)
		return -ENOMEM;
	for (; ctx->id < PGHOT_NR_SOURCES; ctx->id++) {
		const struct pghot_source_ops *ops = pghot_source_by_id(ctx->id);

		err = ops ? put_source_msg(skb, cb, ops, ev) : 0;
		if (err)
			break;
	}
	kfree(ev);
	return err;
}

/* ---- source-set ---------------------------------------------------------- */

/* The highest attribute that a source-set may carry: info->attrs ends there. */
static unsigned int source_set_maxattr(void)
{
	const struct genl_split_ops *op = pghot_nl_family.split_ops;

	while (op->cmd != PGHOT_CMD_SOURCE_SET)
		op++;
	return op->maxattr;
}

/*
 * The nest of parameters of @ops in a request. Every attribute after "enabled"
 * that a request may carry is the nest of some source.
 */
static int find_source_params(struct genl_info *info,
			      const struct pghot_source_ops *ops,
			      const struct nlattr **nest)
{
	unsigned int i;

	*nest = NULL;
	for (i = PGHOT_A_SOURCE_USEFUL + 1; i <= source_set_maxattr(); i++) {
		struct nlattr *attr = info->attrs[i];

		if (!attr)
			continue;
		if (i != ops->param_attr) {
			NL_SET_ERR_MSG_ATTR_FMT(info->extack, attr,
						"%s has no such parameters, they are another source's",
						ops->name);
			return -EINVAL;
		}
		*nest = attr;
	}
	return 0;
}

/**
 * struct source_change - what a source-set asks for
 * @ops: of which source
 * @enable: 1 or 0, -1 to leave it as it is
 * @nest: parameters, %NULL for none
 */
struct source_change {
	const struct pghot_source_ops *ops;
	int enable;
	const struct nlattr *nest;
};

/* Read a request into @change; all that can be checked without a lock is. */
static int parse_change(struct genl_info *info, struct source_change *change)
{
	struct nlattr *attr = info->attrs[PGHOT_A_SOURCE_ENABLED];
	struct netlink_ext_ack *extack = info->extack;
	bool enable;
	int err;

	change->enable = -1;
	change->ops = find_source(info);
	if (IS_ERR(change->ops))
		return PTR_ERR(change->ops);

	err = find_source_params(info, change->ops, &change->nest);
	if (err)
		return err;
	if (!attr && !change->nest) {
		NL_SET_ERR_MSG(extack,
			       "nothing to set: give enabled, or the source's parameters");
		return -EINVAL;
	}
	if (attr) {
		err = pghot_attr_bool(attr, "enabled", &enable, extack);
		if (err)
			return err;
		change->enable = enable;
	}
	return 0;
}

static int set_source(const struct source_change *change,
		      struct netlink_ext_ack *extack)
{
	const struct pghot_source_ops *ops = change->ops;
	bool was = pghot_source_is_enabled(ops->id);
	bool enable = change->enable < 0 ? was : change->enable;
	int err;

	if (change->nest) {
		err = ops->check_params(change->nest, extack);
		if (err)
			return err;
	}
	err = pghot_source_set(ops, enable, change->nest, extack);
	if (err)
		return err;
	if (enable != was || change->nest)
		pghot_notify_source(ops);
	return 0;
}

/* The same with what the source has to do before and after, without our locks. */
static int change_source(const struct source_change *change,
			 struct netlink_ext_ack *extack)
{
	const struct pghot_source_ops *ops = change->ops;
	int err;

	if (ops->prepare) {
		err = ops->prepare(change->enable, change->nest, extack);
		if (err)
			return err;
	}
	pghot_config_lock();
	err = set_source(change, extack);
	pghot_config_unlock();
	if (ops->finish)
		ops->finish();
	return err;
}

/**
 * pghot_nl_source_set_doit - enable or disable a source, set its parameters
 * @skb: request
 * @info: request, parsed
 *
 * Return: 0, or a negative errno with the extended ack set and nothing
 * changed.
 */
int pghot_nl_source_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct source_change change;
	int err;

	err = parse_change(info, &change);
	if (err)
		return err;

	if (change.enable <= 0)
		return change_source(&change, info->extack);

	/* What is refused in the end is better refused before all that. */
	pghot_config_lock();
	err = change.nest ? change.ops->check_params(change.nest, info->extack) : 0;
	pghot_config_unlock();
	if (err)
		return err;

	err = pghot_prepare(change.ops, info->extack);
	if (!err)
		err = change_source(&change, info->extack);
	pghot_finish();
	return err;
}
