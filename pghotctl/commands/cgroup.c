// SPDX-License-Identifier: GPL-2.0-or-later
/* cgroup show, cgroup set: how memory cgroups take part in promotion. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <netlink/attr.h>

#include "backend/ctx.h"
#include "backend/query.h"
#include "cgroup.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "output/out.h"
#include "output/show.h"
#include "units.h"

/* A cgroup as the user names it, to its inode number. */
static int find_cgroup(struct ctx *ctx, struct pghot_cgroups *cgroups, const char *path,
		       uint64_t *ino)
{
	int err;

	if (!pghot_cgroups_usable(cgroups)) {
		fail_with(&ctx->failure, STATUS_UNSUPPORTED, ENOENT,
			  "no hierarchy of memory cgroups is mounted");
		fail_hint(&ctx->failure, "mount -t cgroup2 none /sys/fs/cgroup");
		return STATUS_UNSUPPORTED;
	}
	err = pghot_cgroup_ino(cgroups, path, ino);
	if (!err)
		return STATUS_OK;
	fail_with(&ctx->failure, status_of_errno(-err), -err, "%s: %s", path, strerror(-err));
	fail_hint(&ctx->failure, "a path below the mount of memory cgroups, such as /user.slice");
	return ctx->failure.status;
}

static const struct column columns[] = {
	{ "cgroup_inode", NULL, UNIT_NONE, false, 0 },
	{ "promote", NULL, UNIT_NONE, false, 0 },
	{ "effective_promote", "PROMOTE", UNIT_NONE, false, 0 },
	{ "share_percent", NULL, UNIT_NONE, false, 0 },
	{ "effective_share_percent", "SHARE %", UNIT_NONE, false, 0 },
	{ "promoted_pages", "PROMOTED", UNIT_PAGES, false, 0 },
	{ "demoted_pages", "DEMOTED", UNIT_PAGES, false, 0 },
	{ "returned_pages", "RETURNED", UNIT_PAGES, false, 0 },
	{ "failed_pages", "FAILED", UNIT_NONE, false, 0 },
	{ "cgroup", "CGROUP", UNIT_NONE, true, 0 },
};

static void show_row(struct out *o, const struct pghot_cgroup_state *cg, const char *path)
{
	char failed[PGHOT_UNIT_LEN];

	cell_u64(o, cg->ino);
	cell_bool(o, cg->promote, "on", "off");
	cell_bool(o, cg->effective_promote, "on", "off");
	cell_u64(o, cg->share);
	cell_u64(o, cg->effective_share);
	cell_u64(o, cg->promoted);
	cell_u64(o, cg->demoted);
	cell_u64(o, cg->returned);
	cell_value(o, failed_json(&cg->failed),
		   out_format(o, pghot_failed_total(&cg->failed), UNIT_PAGES, failed));
	cell_str(o, path);
	out_row_end(o);
}

static void show_cgroups(struct out *o, struct pghot_cgroups *cgroups,
			 const struct cgroup_list *list)
{
	out_table_begin(o, "cgroups", columns, sizeof(columns) / sizeof(columns[0]), false);
	for (size_t i = 0; i < list->nr; i++)
		show_row(o, &list->at[i], pghot_cgroup_path(cgroups, list->at[i].ino));
	out_table_end(o, "no memory cgroup was told anything or had a page moved");
}

/* Those that are asked for, in that order. */
static int query_named(struct ctx *ctx, const struct call *call, struct pghot_cgroups *cgroups,
		       struct cgroup_list *list)
{
	int ret = STATUS_OK;

	list->at = calloc(call->nr, sizeof(*list->at));
	if (!list->at)
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	for (const struct value *v = call_get(call, "PATH"); v && !ret;
	     v = call_next(call, "PATH", v)) {
		uint64_t ino;

		ret = find_cgroup(ctx, cgroups, v->text, &ino);
		if (!ret)
			ret = query_cgroup(ctx, ino, &list->at[list->nr]);
		if (!ret)
			list->nr++;
	}
	return ret;
}

int cmd_cgroup_show(struct ctx *ctx, const struct call *call)
{
	struct pghot_cgroups *cgroups = pghot_cgroups_open(NULL);
	struct cgroup_list list = { 0 };
	int ret;

	if (!cgroups)
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	ret = query_page_size(ctx);
	if (!ret && call_get(call, "PATH"))
		ret = query_named(ctx, call, cgroups, &list);
	else if (!ret)
		ret = query_cgroups(ctx, &list);
	if (!ret)
		show_cgroups(&ctx->out, cgroups, &list);
	free(list.at);
	pghot_cgroups_close(cgroups);
	return ret;
}

/* ---- set --------------------------------------------------------------------- */

bool check_cgroup_set(const struct call *call, struct failure *failure)
{
	if (call_get(call, "--promote") || call_get(call, "--share"))
		return true;
	fail_with(failure, STATUS_USAGE, 0, "cgroup set: either --promote, or --share, or both");
	return false;
}

/**
 * struct cgroup_change - what is sent
 * @ino: inode number of the cgroup
 * @call: what it is to be told
 */
struct cgroup_change {
	uint64_t ino;
	const struct call *call;
};

static int fill_change(struct nl_msg *msg, const void *data)
{
	const struct cgroup_change *change = data;
	const struct value *promote = call_get(change->call, "--promote");
	const struct value *share = call_get(change->call, "--share");
	int err = nla_put_u64(msg, PGHOT_A_CGROUP_INO, change->ino);

	if (!err && promote)
		err = nla_put_u8(msg, PGHOT_A_CGROUP_PROMOTE, !strcmp(promote->text, "on"));
	if (!err && share)
		err = nla_put_u32(msg, PGHOT_A_CGROUP_SHARE, (uint32_t)share->number);
	return err;
}

static int set_cgroup(struct ctx *ctx, const struct call *call, struct pghot_cgroups *cgroups)
{
	struct cgroup_change change = { .call = call };
	struct ctl_request req = {
		.cmd = PGHOT_CMD_CGROUP_SET,
		.fill = fill_change,
		.fill_data = &change,
	};
	struct pghot_cgroup_state cg;
	struct out *o = &ctx->out;
	int ret;

	ret = find_cgroup(ctx, cgroups, call_get(call, "PATH")->text, &change.ino);
	if (!ret)
		ret = request(ctx, &req, "tell a memory cgroup");
	/* What came of it: those that it is in may have been told to take less. */
	if (!ret)
		ret = query_cgroup(ctx, change.ino, &cg);
	if (ret)
		return ret;
	out_str(o, "cgroup", "cgroup", pghot_cgroup_path(cgroups, cg.ino));
	out_bool(o, "promote", "promote", cg.promote, "on", "off");
	out_bool(o, "effective_promote", "in effect", cg.effective_promote, "on", "off");
	out_u64(o, "share_percent", "share %", cg.share, UNIT_NONE);
	out_u64(o, "effective_share_percent", "in effect %", cg.effective_share, UNIT_NONE);
	return STATUS_OK;
}

int cmd_cgroup_set(struct ctx *ctx, const struct call *call)
{
	struct pghot_cgroups *cgroups = pghot_cgroups_open(NULL);
	int ret;

	if (!cgroups)
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	ret = set_cgroup(ctx, call, cgroups);
	pghot_cgroups_close(cgroups);
	return ret;
}
