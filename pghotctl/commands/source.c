// SPDX-License-Identifier: GPL-2.0-or-later

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "backend/ctx.h"
#include "backend/query.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "names.h"
#include "output/show.h"
#include "source/hwhint.h"
#include "source/surroundings.h"
#include "system/pmu.h"
#include "system/system.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

int cmd_source_list(struct ctx *ctx, const struct call *call)
{
	struct source_list list;
	int ret = query_sources(ctx, &list);

	(void)call;
	if (!ret)
		show_sources(&ctx->out, list.at, list.nr);
	return ret;
}

/* clang-format off */
static const struct column show_columns[] = {
	{ "id" },
	{ "name" },
	{ "description" },
	{ "available" },
	{ "unavailable_reason" },
	{ "enabled" },
	{ "recorded" },
	{ "useful" },
	{ "parameters" },
	{ "counters" },
};
/* clang-format on */

typedef const struct pghot_param_desc *(*desc_at)(uint32_t id, unsigned int i);

static json_t *values_json(uint32_t id, const struct pghot_source_values *values, desc_at at)
{
	const struct pghot_param_desc *desc;
	json_t *v = json_object();
	char key[64];

	for (unsigned int i = 0; (desc = at(id, i)); i++) {
		int64_t value = values->value[desc->attr];

		json_object_set_new(v, param_key(desc->name, key, sizeof(key)),
				    desc->unit == PGHOT_UNIT_BOOL ? json_boolean(value)
								  : json_integer(value));
	}
	return v;
}

static void show_source_json(struct out *o, const struct pghot_source *src)
{
	const struct pghot_source_name *name = pghot_source_by_id(src->id);

	cell_u64(o, src->id);
	cell_str(o, source_label(src));
	cell_str(o, name ? name->help : NULL);
	cell_bool(o, src->available, "", "");
	cell_str(o, src->available ? NULL : src->unavailable_reason);
	cell_bool(o, src->enabled, "", "");
	cell_u64(o, src->recorded);
	cell_u64(o, src->useful);
	cell_value(o, values_json(src->id, &src->params, pghot_source_param_at), "");
	cell_value(o, values_json(src->id, &src->counters, pghot_source_counter_at), "");
	out_row_end(o);
}

static void show_counter(struct out *o, const struct pghot_param_desc *desc, int64_t value)
{
	if (desc->unit == PGHOT_UNIT_NONE)
		out_u64(o, "", desc->name, (uint64_t)value, UNIT_COUNT);
	else
		show_param(o, desc, value);
}

/* The same as lines; one line per fact reads better than a wide row. */
static void show_source_text(struct ctx *ctx, const struct pghot_source *src)
{
	const struct pghot_source_name *name = pghot_source_by_id(src->id);
	const struct pghot_param_desc *desc;
	struct out *o = &ctx->out;
	char pmu[PMU_NAME_LEN];

	out_heading(o, source_label(src));
	out_str(o, "", "description", name ? name->help : NULL);
	out_u64(o, "", "id", src->id, UNIT_NONE);
	out_bool(o, "", "available", src->available, "yes", "no");
	if (!src->available)
		out_str(o, "", "because", src->unavailable_reason);
	out_bool(o, "", "enabled", src->enabled, "yes", "no");
	out_u64(o, "", "accesses recorded", src->recorded, UNIT_COUNT);
	out_u64(o, "", "of tracked pages", src->useful, UNIT_COUNT);
	for (unsigned int i = 0; (desc = pghot_source_param_at(src->id, i)); i++)
		show_param(o, desc, src->params.value[desc->attr]);
	if (pghot_has(src->params.present, PGHOT_A_HWHINT_PMU_TYPE) &&
	    src->id == PGHOT_SOURCE_ID_HWHINT &&
	    !pmu_name(ctx->root, (uint32_t)src->params.value[PGHOT_A_HWHINT_PMU_TYPE], pmu,
		      sizeof(pmu)))
		out_str(o, "", "which is", pmu);
	for (unsigned int i = 0; (desc = pghot_source_counter_at(src->id, i)); i++)
		show_counter(o, desc, src->counters.value[desc->attr]);
}

static void show_source_list(struct ctx *ctx, const struct source_list *list)
{
	struct out *o = &ctx->out;

	if (o->json)
		out_table_begin(o, "sources", show_columns, ARRAY_LEN(show_columns), false);
	for (size_t i = 0; i < list->nr; i++) {
		if (o->json)
			show_source_json(o, &list->at[i]);
		else
			show_source_text(ctx, &list->at[i]);
	}
	if (o->json)
		out_table_end(o, NULL);
}

/* Adds a source, unless it is there: "ibs" and "hwhint" are one. */
static int add(struct ctx *ctx, struct source_list *list, uint32_t id)
{
	for (size_t i = 0; i < list->nr; i++) {
		if (list->at[i].id == id)
			return STATUS_OK;
	}
	return query_source(ctx, id, &list->at[list->nr++]);
}

/* Reads the sources that the call names; before anything changes. */
static int named_sources(struct ctx *ctx, const struct call *call, struct source_list *list)
{
	int ret = STATUS_OK;

	list->nr = 0;
	for (const struct value *v = call_get(call, "SRC"); v && !ret;
	     v = call_next(call, "SRC", v)) {
		struct source_list all;

		if (!v->all) {
			ret = add(ctx, list, v->source->id);
			continue;
		}
		ret = query_sources(ctx, &all);
		for (size_t i = 0; !ret && i < all.nr; i++) {
			if (all.at[i].enabled)
				ret = add(ctx, list, all.at[i].id);
		}
	}
	return ret;
}

int cmd_source_show(struct ctx *ctx, const struct call *call)
{
	struct source_list list;
	int ret = named_sources(ctx, call, &list);

	if (!ret)
		show_source_list(ctx, &list);
	return ret;
}

int cmd_source_set(struct ctx *ctx, const struct call *call)
{
	struct source_change change = { .enabled = -1 };
	struct source_list list = { .nr = 1 };
	int ret;

	change.id = call_get(call, "SRC")->source->id;
	for (const struct value *v = call_get(call, "NAME=VALUE"); v;
	     v = call_next(call, "NAME=VALUE", v)) {
		if (!v->param) {
			change.enabled = (int)v->assigned;
			continue;
		}
		change.value[v->param->attr] = v->assigned;
		change.present |= 1ULL << v->param->attr;
	}
	ret = change_source(ctx, &change);
	if (!ret)
		ret = query_source(ctx, change.id, &list.at[0]);
	if (!ret)
		show_source_list(ctx, &list);
	return ret;
}

/* ---- enable and disable -------------------------------------------------- */

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
