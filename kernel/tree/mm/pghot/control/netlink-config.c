// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot's generic-netlink family: sources and parameters.
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
#include <net/genetlink.h>

#include "control/netlink.h"

/* ---- parameters: the table ----------------------------------------------- */

enum param_kind {
	PARAM_BOOL,	/* bool, u8 attribute, 0 or 1 */
	PARAM_U32,	/* u32, u32 attribute, min to max */
	PARAM_NID,	/* int, s32 attribute, -1 or a top-tier node */
};

/**
 * struct param_desc - how a parameter is stored, transported and checked
 * @name: YNL name of its attribute
 * @kind: type of the member of struct pghot_params, and of the attribute
 * @offset: of that member
 * @min: smallest value, for PARAM_U32
 * @max: largest value, for PARAM_U32
 */
struct param_desc {
	const char *name;
	enum param_kind kind;
	size_t offset;
	u32 min;
	u32 max;
};

/* Indexed by attribute. */
static const struct param_desc params[PGHOT_A_PARAM_MAX + 1] = {
	[PGHOT_A_PARAM_PROMOTE] = {
		"promote", PARAM_BOOL,
		offsetof(struct pghot_params, promote), 0, 1 },
	[PGHOT_A_PARAM_FREQ_THRESHOLD] = {
		"freq-threshold", PARAM_U32,
		offsetof(struct pghot_params, freq_threshold),
		PGHOT_FREQ_THRESHOLD_MIN, PGHOT_FREQ_THRESHOLD_MAX },
	[PGHOT_A_PARAM_WINDOW_MS] = {
		"window-ms", PARAM_U32,
		offsetof(struct pghot_params, window_ms),
		PGHOT_WINDOW_MS_MIN, PGHOT_WINDOW_MS_MAX },
	[PGHOT_A_PARAM_PROMOTE_RATE_LIMIT_MBPS] = {
		"promote-rate-limit-mbps", PARAM_U32,
		offsetof(struct pghot_params, rate_limit_mbps),
		PGHOT_RATE_LIMIT_MBPS_MIN, PGHOT_RATE_LIMIT_MBPS_MAX },
	[PGHOT_A_PARAM_BATCH_NR] = {
		"batch-nr", PARAM_U32,
		offsetof(struct pghot_params, batch_nr),
		PGHOT_BATCH_NR_MIN, PGHOT_BATCH_NR_MAX },
	[PGHOT_A_PARAM_SLEEP_MS] = {
		"sleep-ms", PARAM_U32,
		offsetof(struct pghot_params, sleep_ms),
		PGHOT_SLEEP_MS_MIN, PGHOT_SLEEP_MS_MAX },
	[PGHOT_A_PARAM_TARGET_NID] = {
		"target-nid", PARAM_NID,
		offsetof(struct pghot_params, target_nid), 0, 0 },
	[PGHOT_A_PARAM_HEAP_CAPACITY] = {
		"heap-capacity", PARAM_U32,
		offsetof(struct pghot_params, heap_capacity),
		PGHOT_HEAP_CAPACITY_MIN, PGHOT_HEAP_CAPACITY_MAX },
	[PGHOT_A_PARAM_ADAPTIVE] = {
		"adaptive", PARAM_BOOL,
		offsetof(struct pghot_params, adaptive), 0, 1 },
};

/* A parameter's value. All ranges fit. */
static s64 param_value(const struct pghot_params *from, int attrtype)
{
	const struct param_desc *desc = &params[attrtype];
	const void *member = (const void *)from + desc->offset;

	switch (desc->kind) {
	case PARAM_BOOL:
		return READ_ONCE(*(const bool *)member);
	case PARAM_U32:
		return READ_ONCE(*(const u32 *)member);
	case PARAM_NID:
		return READ_ONCE(*(const int *)member);
	}
	return 0;
}

/**
 * pghot_nl_put_params - append parameters to a message
 * @skb: message
 * @from: the parameters
 * @mask: which ones, BIT(attribute) each
 *
 * Return: 0 or -EMSGSIZE; then the caller cancels the message.
 */
int pghot_nl_put_params(struct sk_buff *skb, const struct pghot_params *from,
			unsigned long mask)
{
	int i, err = 0;

	for (i = 1; i <= PGHOT_A_PARAM_MAX && !err; i++) {
		s64 value = param_value(from, i);

		if (!(mask & BIT(i)))
			continue;
		switch (params[i].kind) {
		case PARAM_BOOL:
			err = nla_put_u8(skb, i, value);
			break;
		case PARAM_U32:
			err = nla_put_u32(skb, i, value);
			break;
		case PARAM_NID:
			err = nla_put_s32(skb, i, value);
			break;
		}
	}
	return err;
}

/**
 * pghot_nl_diff_params - which parameters differ
 * @old: before
 * @new: after
 *
 * Return: a mask for pghot_nl_put_params().
 */
unsigned long pghot_nl_diff_params(const struct pghot_params *old,
				   const struct pghot_params *new)
{
	unsigned long mask = 0;
	int i;

	for (i = 1; i <= PGHOT_A_PARAM_MAX; i++)
		if (param_value(old, i) != param_value(new, i))
			mask |= BIT(i);
	return mask;
}

/* ---- param-get, param-set ------------------------------------------------ */

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

	/* The parameters of one moment, never half of a set. */
	pghot_config_lock();
	now = pghot_params;
	pghot_config_unlock();

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

static int parse_nid(const struct nlattr *attr, const struct param_desc *desc,
		     int *value, struct netlink_ext_ack *extack)
{
	s32 nid = nla_get_s32(attr);
	char list[16];

	if (nid >= 0 && nid < MAX_NUMNODES && node_state(nid, N_MEMORY)) {
		const struct pghot_node *node = pghot_node(nid);

		if (node && node->toptier) {
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
	const struct param_desc *desc = &params[nla_type(attr)];
	void *member = (void *)new + desc->offset;

	switch (desc->kind) {
	case PARAM_BOOL:
		return pghot_attr_bool(attr, desc->name, member, extack);
	case PARAM_U32:
		return pghot_attr_u32(attr, desc->name, desc->min, desc->max,
				      member, extack);
	case PARAM_NID:
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
 * pghot_nl_put_source - append all that is known of a source
 * @skb: message, or nest in one
 * @ops: the source
 * @stats: counters to take the source's from; %NULL leaves them out
 *
 * Context: Process context, may sleep.
 * Return: 0 or -EMSGSIZE; then the caller cancels the message.
 */
int pghot_nl_put_source(struct sk_buff *skb,
			const struct pghot_source_ops *ops,
			const struct pghot_stats *stats)
{
	char why[96] = "";
	bool available = !ops->available(why, sizeof(why));

	if (nla_put_u32(skb, PGHOT_A_SOURCE_ID, ops->id) ||
	    nla_put_string(skb, PGHOT_A_SOURCE_NAME, ops->name) ||
	    nla_put_u8(skb, PGHOT_A_SOURCE_AVAILABLE, available) ||
	    (!available &&
	     nla_put_string(skb, PGHOT_A_SOURCE_UNAVAILABLE_REASON, why)) ||
	    nla_put_u8(skb, PGHOT_A_SOURCE_ENABLED,
		       pghot_source_is_enabled(ops->id)))
		return -EMSGSIZE;

	if (stats &&
	    (nla_put_uint(skb, PGHOT_A_SOURCE_RECORDED,
			  stats->recorded[ops->id]) ||
	     nla_put_uint(skb, PGHOT_A_SOURCE_USEFUL,
			  stats->useful[ops->id])))
		return -EMSGSIZE;

	if (stats && ops->fill_counters && ops->fill_counters(skb, stats))
		return -EMSGSIZE;
	return ops->fill_params ? ops->fill_params(skb) : 0;
}

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
	struct pghot_stats stats;
	struct sk_buff *msg;
	void *hdr;
	int err;

	if (IS_ERR(ops))
		return PTR_ERR(ops);

	err = pghot_get_stats(&stats);
	if (err)
		return err;
	msg = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	hdr = genlmsg_iput(msg, info);
	if (!hdr || pghot_nl_put_source(msg, ops, &stats)) {
		nlmsg_free(msg);
		return -EMSGSIZE;
	}
	genlmsg_end(msg, hdr);
	return genlmsg_reply(msg, info);
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
	struct pghot_stats stats;
	int err;

	NL_ASSERT_DUMP_CTX_FITS(struct source_ctx);

	err = pghot_get_stats(&stats);
	if (err)
		return err;
	for (; ctx->id < PGHOT_NR_SOURCES; ctx->id++) {
		const struct pghot_source_ops *ops;
		void *hdr;

		ops = pghot_source_by_id(ctx->id);
		if (!ops)
			continue;
		hdr = __genlmsg_iput(skb, genl_info_dump(cb), NLM_F_MULTI);
		if (!hdr)
			return -EMSGSIZE;
		if (pghot_nl_put_source(skb, ops, &stats)) {
			genlmsg_cancel(skb, hdr);
			return -EMSGSIZE;
		}
		genlmsg_end(skb, hdr);
	}
	return 0;
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

	if (change.ops->prepare) {
		err = change.ops->prepare(change.enable, change.nest,
					  info->extack);
		if (err)
			return err;
	}
	pghot_config_lock();
	err = set_source(&change, info->extack);
	pghot_config_unlock();
	if (change.ops->finish)
		change.ops->finish();
	return err;
}
