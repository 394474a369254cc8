// SPDX-License-Identifier: GPL-2.0-or-later

#include <errno.h>

#include "backend/ctx.h"
#include "backend/query.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "output/show.h"
#include "source/hwhint.h"
#include "source/named.h"
#include "source/surroundings.h"
#include "system/system.h"

/* Makes @change what is still missing to enable @src as @call asks for it. */
static int plan_enable(struct ctx *ctx, const struct call *call, const struct pghot_source *src,
		       struct source_change *change)
{
	int ret = STATUS_OK;

	if (!src->enabled && !src->available)
		return fail_unavailable(ctx, src);
	if (src->id == PGHOT_SOURCE_ID_HWHINT)
		ret = hwhint_choose(ctx, call, src, change);
	if (!src->enabled)
		change->enabled = 1;
	return ret;
}

/* Undo what was enabled so far; what failed first is what is told. */
static void undo(struct ctx *ctx, const struct source_list *list, size_t nr)
{
	struct failure first = ctx->failure;

	for (size_t i = nr; i-- > 0;) {
		struct source_change off = { .id = list->at[i].id, .enabled = 0 };

		if (!list->at[i].enabled)
			change_source(ctx, &off);
	}
	ctx->failure = first;
}

/* Return: status; @list has the sources as they were before, and *changed is set. */
static int switch_all(struct ctx *ctx, const struct call *call, struct source_list *list, bool on,
		      bool *changed)
{
	for (size_t i = 0; i < list->nr; i++) {
		struct source_change change = { .id = list->at[i].id, .enabled = -1 };
		int ret = STATUS_OK;

		if (on)
			ret = plan_enable(ctx, call, &list->at[i], &change);
		else if (list->at[i].enabled)
			change.enabled = 0;
		changed[i] = change.enabled >= 0 || change.present;
		if (!ret && changed[i])
			ret = change_source(ctx, &change);
		if (ret) {
			if (on)
				undo(ctx, list, i);
			return ret;
		}
	}
	return STATUS_OK;
}

int cmd_enable(struct ctx *ctx, const struct call *call)
{
	bool changed[PGHOT_SOURCES_MAX];
	struct pghot_params params;
	struct source_list list;
	struct pghot_info info;
	int ret;

	ret = named_sources(ctx, call, &list);
	if (!ret && call_get(call, "--period") && !source_list_has(&list, PGHOT_SOURCE_ID_HWHINT))
		ret = fail_with(&ctx->failure, STATUS_USAGE, EINVAL,
				"--period is for hwhint, ibs and pebs");
	if (!ret)
		ret = switch_all(ctx, call, &list, true, changed);
	if (ret)
		return ret;
	out_notes(&ctx->out);
	out_value(&ctx->out, "missing", NULL, json_array(), "");
	out_value(&ctx->out, "numa_balancing_before", NULL, json_null(), "");
	out_value(&ctx->out, "numa_balancing", NULL, json_null(), "");
	out_value(&ctx->out, "pmu", NULL, json_null(), "");
	out_value(&ctx->out, "ibs_mprof_armed", NULL, json_null(), "");
	if (source_list_has(&list, PGHOT_SOURCE_ID_HWHINT))
		ret = hwhint_note(ctx);
	if (!ret && source_list_has(&list, PGHOT_SOURCE_ID_HINTFAULT)) {
		ret = need_tiering(ctx, call_get(call, "--no-sysctl"));
		if (ret) {
			undo(ctx, &list, list.nr);
			return ret;
		}
	}
	if (!ret)
		ret = query_info(ctx, &info);
	if (!ret)
		ret = query_params(ctx, &params);
	if (ret)
		return ret;
	note_surroundings(ctx, &list, &info, &params);
	show_switched(&ctx->out, list.at, list.nr, true, changed);
	return STATUS_OK;
}

int cmd_disable(struct ctx *ctx, const struct call *call)
{
	bool changed[PGHOT_SOURCES_MAX];
	struct source_list list;
	int mode, ret;

	ret = named_sources(ctx, call, &list);
	if (!ret)
		ret = switch_all(ctx, call, &list, false, changed);
	if (ret)
		return ret;
	out_notes(&ctx->out);
	out_value(&ctx->out, "numa_balancing", NULL, json_null(), "");
	out_value(&ctx->out, "ibs_mprof_armed", NULL, json_null(), "");
	if (source_list_has(&list, PGHOT_SOURCE_ID_HINTFAULT) &&
	    !numa_balancing_get(ctx->root, &mode)) {
		out_value(&ctx->out, "numa_balancing", NULL, json_integer(mode), "");
		if (mode & NUMA_BALANCING_MEMORY_TIERING)
			out_note(&ctx->out,
				 "kernel.numa_balancing is still %d: NUMA balancing now "
				 "promotes by itself, as without pghot",
				 mode);
	}
	show_switched(&ctx->out, list.at, list.nr, false, changed);
	return STATUS_OK;
}
