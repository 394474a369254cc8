// SPDX-License-Identifier: GPL-2.0-or-later

#include <errno.h>
#include <stdlib.h>

#include "backend/ctx.h"
#include "backend/query.h"
#include "commands/commands.h"
#include "output/show.h"
#include "units.h"

/* Everything that status shows, read before the first line is written. */
struct snapshot {
	struct pghot_info info;
	struct source_list sources;
	struct node_list nodes;
	struct pghot_params params;
};

static int take_snapshot(struct ctx *ctx, struct snapshot *s)
{
	int ret = query_info(ctx, &s->info);

	if (!ret)
		ret = query_sources(ctx, &s->sources);
	if (!ret)
		ret = query_params(ctx, &s->params);
	if (!ret)
		ret = query_nodes(ctx, &s->nodes);
	return ret;
}

static void show_info(struct out *o, const struct pghot_info *info)
{
	out_heading(o, "pghot");
	out_str(o, "backend", NULL, "netlink");
	out_str(o, "posted_revision", NULL, NULL);
	out_bool(o, "running", "state", info->running, "running", "idle: no source is enabled");
	out_u64(o, "family_version", "family version", info->version, UNIT_NONE);
	out_u64(o, "memory_bytes", "memory in use", info->memory_bytes, UNIT_BYTES);
	out_u64(o, "record_bytes", "per tracked page", info->record_bytes, UNIT_BYTES);
	out_u64(o, "heap_capacity", NULL, info->heap_capacity, UNIT_NONE);
	out_u64(o, "age_resolution_ms", "resolution of ages", info->bucket_ms, UNIT_MS);
	out_u64(o, "page_size_bytes", NULL, info->page_size, UNIT_NONE);
	out_u64(o, "entry_size_bytes", NULL, info->entry_size, UNIT_NONE);
}

int cmd_status(struct ctx *ctx, const struct call *call)
{
	struct snapshot *s = calloc(1, sizeof(*s));
	struct out *o = &ctx->out;
	int ret;

	(void)call;
	if (!s)
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	ret = take_snapshot(ctx, s);
	if (!ret) {
		show_info(o, &s->info);
		out_heading(o, "Sources");
		show_sources(o, ctx->root, s->sources.at, s->sources.nr);
		show_nodes(o, s->nodes.at, s->nodes.nr);
		out_heading(o, "Parameters");
		out_object(o, "parameters");
		show_params(o, &s->params);
		out_object_end(o);
		/* Of kernels with the posted series. */
		out_value(o, "ibs_mprof", NULL, json_null(), "");
		out_value(o, "other_files", NULL, json_object(), "");
		show_system(o, ctx->root);
	}
	free(s->nodes.at);
	free(s);
	return ret;
}
