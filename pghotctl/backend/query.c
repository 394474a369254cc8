// SPDX-License-Identifier: GPL-2.0-or-later

#include "backend/query.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <netlink/attr.h>

#include "names.h"
#include "params.h"
#include "reach.h"
#include "summary.h"

/* A dump that changes under the reader is repeated, within reason. */
#define DUMP_TRIES 4

void no_family_hint(struct failure *f, const char *root)
{
	char why[160];

	switch (pghot_reach(root, why, sizeof(why))) {
	case PGHOT_REACH_OTHER:
		fail_hint(f, "%s", why);
		fail_cause(f, "network-namespace");
		break;
	case PGHOT_REACH_UNKNOWN:
		fail_hint(f,
			  "%s: so this may be another network namespace than the kernel's first, "
			  "or a kernel without CONFIG_PGHOT",
			  why);
		break;
	case PGHOT_REACH_FIRST:
		fail_hint(f, "this kernel has no pghot family: boot one that is patched and built "
			     "with CONFIG_PGHOT, see pghot(7)");
		fail_cause(f, "no-family");
		break;
	}
}

int query_connect(struct ctx *ctx)
{
	struct pghot_error err;
	int ret;

	if (ctx->ctl)
		return STATUS_OK;
	ret = ctl_open(&ctx->ctl, &err);
	if (!ret)
		return STATUS_OK;
	if (ret != -ENOENT)
		return fail_kernel(&ctx->failure, &err, "talk to the kernel");
	fail_with(&ctx->failure, STATUS_UNSUPPORTED, ENOENT,
		  "cannot talk to pghot: no generic-netlink family " PGHOT_FAMILY_NAME);
	no_family_hint(&ctx->failure, ctx->root);
	return STATUS_UNSUPPORTED;
}

int request(struct ctx *ctx, const struct ctl_request *req, const char *doing)
{
	struct pghot_error err;
	int ret = query_connect(ctx);

	if (ret)
		return ret;
	ret = ctl_do(ctx->ctl, req, &err);
	return ret ? fail_kernel(&ctx->failure, &err, doing) : STATUS_OK;
}

static int take_info(const void *attrs, size_t len, void *data)
{
	return pghot_decode_info(attrs, len, data);
}

int query_info(struct ctx *ctx, struct pghot_info *info)
{
	struct ctl_request req = {
		.cmd = PGHOT_CMD_INFO_GET,
		.reply = take_info,
		.reply_data = info,
	};
	int ret = request(ctx, &req, "read what pghot is");

	if (!ret && info->page_size)
		ctx->out.page_size = info->page_size;
	return ret;
}

int query_page_size(struct ctx *ctx)
{
	struct pghot_info *info = calloc(1, sizeof(*info));
	int ret;

	if (!info)
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	ret = query_info(ctx, info);
	free(info);
	return ret;
}

static int take_params(const void *attrs, size_t len, void *data)
{
	return pghot_decode_params(attrs, len, data);
}

int query_params(struct ctx *ctx, struct pghot_params *params)
{
	struct ctl_request req = {
		.cmd = PGHOT_CMD_PARAM_GET,
		.reply = take_params,
		.reply_data = params,
	};

	return request(ctx, &req, "read the parameters");
}

static int take_stats(const void *attrs, size_t len, void *data)
{
	return pghot_decode_stats(attrs, len, data);
}

int query_stats(struct ctx *ctx, struct pghot_stats *stats)
{
	struct ctl_request req = {
		.cmd = PGHOT_CMD_STATS_GET,
		.reply = take_stats,
		.reply_data = stats,
	};

	return request(ctx, &req, "read the counters");
}

static int take_source(const void *attrs, size_t len, void *data)
{
	return pghot_decode_source(attrs, len, data);
}

static int fill_source_id(struct nl_msg *msg, const void *data)
{
	return nla_put_u32(msg, PGHOT_A_SOURCE_ID, *(const uint32_t *)data);
}

int query_source(struct ctx *ctx, uint32_t id, struct pghot_source *src)
{
	const struct pghot_source_name *name = pghot_source_by_id(id);
	struct ctl_request req = {
		.cmd = PGHOT_CMD_SOURCE_GET,
		.fill = fill_source_id,
		.fill_data = &id,
		.reply = take_source,
		.reply_data = src,
	};
	char doing[64];
	int ret;

	snprintf(doing, sizeof(doing), "read source %s", name ? name->name : "");
	ret = request(ctx, &req, doing);
	if (ret == STATUS_FAILED && ctx->failure.errnum == ENOENT) {
		ret = fail_with(&ctx->failure, STATUS_UNSUPPORTED, ENOENT,
				"source %s is not built into this kernel", name ? name->name : "");
		fail_hint(&ctx->failure, "pghotctl source list shows those that are");
	}
	return ret;
}

static int add_source(const void *attrs, size_t len, void *data)
{
	struct source_list *list = data;

	if (list->nr == PGHOT_SOURCES_MAX)
		return -EOVERFLOW;
	return pghot_decode_source(attrs, len, &list->at[list->nr++]);
}

/* Sends a dump, again from the start when it was interrupted. */
static int dump(struct ctx *ctx, const struct ctl_request *req, size_t *nr, const char *doing)
{
	struct pghot_error err;
	int ret = query_connect(ctx);

	if (ret)
		return ret;
	for (int i = 0; i < DUMP_TRIES; i++) {
		*nr = 0;
		ret = ctl_do(ctx->ctl, req, &err);
		if (ret != -EINTR)
			break;
	}
	return ret ? fail_kernel(&ctx->failure, &err, doing) : STATUS_OK;
}

int query_sources(struct ctx *ctx, struct source_list *list)
{
	struct ctl_request req = {
		.cmd = PGHOT_CMD_SOURCE_GET,
		.dump = true,
		.reply = add_source,
		.reply_data = list,
	};

	return dump(ctx, &req, &list->nr, "read the sources");
}

static int add_node(const void *attrs, size_t len, void *data)
{
	struct node_list *list = data;

	if (list->nr == PGHOT_NODES_MAX)
		return -EOVERFLOW;
	return pghot_decode_node(attrs, len, &list->at[list->nr++]);
}

bool source_list_has(const struct source_list *list, uint32_t id)
{
	for (size_t i = 0; i < list->nr; i++) {
		if (list->at[i].id == id)
			return true;
	}
	return false;
}

int query_nodes(struct ctx *ctx, struct node_list *list)
{
	struct ctl_request req = {
		.cmd = PGHOT_CMD_NODE_GET,
		.dump = true,
		.reply = add_node,
		.reply_data = list,
	};
	int ret;

	list->nr = 0;
	list->at = calloc(PGHOT_NODES_MAX, sizeof(*list->at));
	if (!list->at)
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	ret = dump(ctx, &req, &list->nr, "read the nodes");
	if (ret) {
		free(list->at);
		list->at = NULL;
	}
	return ret;
}

/* ---- summaries ------------------------------------------------------------- */

static int take_part(const void *attrs, size_t len, void *data)
{
	struct pghot_summary_part part;
	int err = pghot_decode_summary(attrs, len, &part);

	return err ? err : pghot_summary_add(data, &part);
}

static int fill_summary(struct nl_msg *msg, const void *data)
{
	const struct summary_list *list = data;
	int err = nla_put_u32(msg, PGHOT_A_SUMMARY_MIN_FREQ, list->min_freq);

	if (!err && list->nid >= 0)
		err = nla_put_u32(msg, PGHOT_A_SUMMARY_NID, (uint32_t)list->nid);
	return err;
}

int query_summary(struct ctx *ctx, struct summary_list *list)
{
	struct pghot_summary sum = { 0 };
	struct ctl_request req = {
		.cmd = PGHOT_CMD_SUMMARY_GET,
		.dump = true,
		.fill = fill_summary,
		.fill_data = list,
		.reply = take_part,
		.reply_data = &sum,
	};
	int ret = dump(ctx, &req, &sum.nr, "summarize");

	if (ret)
		pghot_summary_release(&sum);
	pghot_summary_merge(&sum);
	list->nr = sum.nr;
	list->at = sum.at;
	return ret;
}

/* ---- memory cgroups -------------------------------------------------------- */

static int add_cgroup(const void *attrs, size_t len, void *data)
{
	struct cgroup_list *list = data;

	if (list->nr == list->room) {
		size_t room = list->room ? list->room * 2 : 64;
		struct pghot_cgroup_state *at = realloc(list->at, room * sizeof(*at));

		if (!at)
			return -ENOMEM;
		list->at = at;
		list->room = room;
	}
	return pghot_decode_cgroup(attrs, len, &list->at[list->nr++]);
}

int query_cgroups(struct ctx *ctx, struct cgroup_list *list)
{
	struct ctl_request req = {
		.cmd = PGHOT_CMD_CGROUP_GET,
		.dump = true,
		.reply = add_cgroup,
		.reply_data = list,
	};
	int ret;

	*list = (struct cgroup_list){ 0 };
	ret = dump(ctx, &req, &list->nr, "read the memory cgroups");
	if (ret) {
		free(list->at);
		list->at = NULL;
	}
	return ret;
}

static int take_cgroup(const void *attrs, size_t len, void *data)
{
	return pghot_decode_cgroup(attrs, len, data);
}

static int fill_ino(struct nl_msg *msg, const void *data)
{
	return nla_put_u64(msg, PGHOT_A_CGROUP_INO, *(const uint64_t *)data);
}

int query_cgroup(struct ctx *ctx, uint64_t ino, struct pghot_cgroup_state *cg)
{
	struct ctl_request req = {
		.cmd = PGHOT_CMD_CGROUP_GET,
		.fill = fill_ino,
		.fill_data = &ino,
		.reply = take_cgroup,
		.reply_data = cg,
	};

	return request(ctx, &req, "read a memory cgroup");
}

static int put_value(struct nl_msg *msg, const struct pghot_param_desc *desc, int64_t value)
{
	switch (desc->bytes) {
	case 1:
		return nla_put_u8(msg, (int)desc->attr, (uint8_t)value);
	case 4:
		return nla_put_u32(msg, (int)desc->attr, (uint32_t)value);
	default:
		return nla_put_u64(msg, (int)desc->attr, (uint64_t)value);
	}
}

static int fill_change(struct nl_msg *msg, const void *data)
{
	const struct source_change *change = data;
	const struct pghot_param_desc *desc;
	struct nlattr *nest;
	int err;

	err = nla_put_u32(msg, PGHOT_A_SOURCE_ID, change->id);
	if (!err && change->enabled >= 0)
		err = nla_put_u8(msg, PGHOT_A_SOURCE_ENABLED, (uint8_t)change->enabled);
	if (err || !change->present)
		return err;

	nest = nla_nest_start(msg, (int)pghot_source_param_nest(change->id));
	if (!nest)
		return -EMSGSIZE;
	for (unsigned int i = 0; (desc = pghot_source_param_at(change->id, i)); i++) {
		if (change->present >> desc->attr & 1 &&
		    put_value(msg, desc, change->value[desc->attr]) < 0)
			return -EMSGSIZE;
	}
	nla_nest_end(msg, nest);
	return 0;
}

int change_source(struct ctx *ctx, const struct source_change *change)
{
	const struct pghot_source_name *name = pghot_source_by_id(change->id);
	struct ctl_request req = {
		.cmd = PGHOT_CMD_SOURCE_SET,
		.fill = fill_change,
		.fill_data = change,
	};
	char doing[64];

	snprintf(doing, sizeof(doing), "%s source %s",
		 change->enabled < 0 || change->present ? "set"
		 : change->enabled			? "enable"
							: "disable",
		 name ? name->name : "");
	return request(ctx, &req, doing);
}
