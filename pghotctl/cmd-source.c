// SPDX-License-Identifier: GPL-2.0-or-later

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "ctx.h"
#include "names.h"
#include "parse.h"
#include "query.h"
#include "show.h"
#include "system.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

int cmd_source_list(struct ctx *ctx, const struct call *call)
{
	struct source_list list;
	int ret = query_sources(ctx, &list);

	(void)call;
	if (!ret)
		show_sources(&ctx->out, &list);
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
static void show_source_text(struct out *o, const struct pghot_source *src)
{
	const struct pghot_source_name *name = pghot_source_by_id(src->id);
	const struct pghot_param_desc *desc;

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
	for (unsigned int i = 0; (desc = pghot_source_counter_at(src->id, i)); i++)
		show_counter(o, desc, src->counters.value[desc->attr]);
}

static void show_source_list(struct out *o, const struct source_list *list)
{
	if (o->json)
		out_table_begin(o, "sources", show_columns, ARRAY_LEN(show_columns), false);
	for (size_t i = 0; i < list->nr; i++) {
		if (o->json)
			show_source_json(o, &list->at[i]);
		else
			show_source_text(o, &list->at[i]);
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
		show_source_list(&ctx->out, &list);
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
		show_source_list(&ctx->out, &list);
	return ret;
}

/* ---- enable and disable -------------------------------------------------- */

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

/* Return: status; @list has the sources as they were before. */
static int switch_all(struct ctx *ctx, const struct source_list *list, bool on)
{
	for (size_t i = 0; i < list->nr; i++) {
		struct source_change change = { .id = list->at[i].id, .enabled = on };
		int ret;

		if (list->at[i].enabled == on)
			continue;
		if (on && !list->at[i].available) {
			ret = fail_with(&ctx->failure, STATUS_UNSUPPORTED, EOPNOTSUPP,
					"source %s is not available: %s",
					source_label(&list->at[i]), list->at[i].unavailable_reason);
		} else {
			ret = change_source(ctx, &change);
		}
		if (ret) {
			if (on)
				undo(ctx, list, i);
			return ret;
		}
	}
	return STATUS_OK;
}

/* clang-format off */
static const struct column switch_columns[] = {
	{ "name", "SOURCE", .left = true },
	{ "enabled", "STATE", .left = true },
	{ "changed", "", .left = true },
};
/* clang-format on */

static void show_switched(struct out *o, const struct source_list *before, bool on)
{
	out_table_begin(o, "sources", switch_columns, ARRAY_LEN(switch_columns), false);
	for (size_t i = 0; i < before->nr; i++) {
		bool was = before->at[i].enabled;

		cell_str(o, source_label(&before->at[i]));
		cell_bool(o, on, "enabled", "off");
		cell_bool(o, was != on, "", "already");
		out_row_end(o);
	}
	out_table_end(o, on ? NULL : "no source was enabled");
}

static bool has_hintfault(const struct source_list *list)
{
	for (size_t i = 0; i < list->nr; i++) {
		if (list->at[i].id == PGHOT_SOURCE_ID_HINTFAULT)
			return true;
	}
	return false;
}

/* Hint faults of slow memory come only in this mode. */
static int need_tiering(struct ctx *ctx, bool leave)
{
	struct out *o = &ctx->out;
	int before, after, err;

	err = numa_balancing_get(ctx->root, &before);
	if (err)
		return fail_with(&ctx->failure, STATUS_FAILED, -err,
				 "cannot read kernel.numa_balancing: %s", strerror(-err));
	after = before | NUMA_BALANCING_MEMORY_TIERING;
	if (leave && after != before) {
		out_note(o,
			 "kernel.numa_balancing is %d, left alone: no hint faults will come "
			 "until it has bit %d",
			 before, NUMA_BALANCING_MEMORY_TIERING);
		after = before;
	} else if (after != before) {
		err = numa_balancing_set(ctx->root, after);
		if (err) {
			fail_with(&ctx->failure,
				  err == -EACCES || err == -EPERM ? STATUS_PERMISSION
								  : STATUS_FAILED,
				  -err, "cannot set kernel.numa_balancing to %d: %s", after,
				  strerror(-err));
			fail_hint(
				&ctx->failure,
				"hintfault needs it: run it as root, or leave it with --no-sysctl");
			return ctx->failure.status;
		}
		out_note(o, "kernel.numa_balancing was %d, is now %d", before, after);
	}
	out_value(o, "numa_balancing_before", NULL, json_integer(before), "");
	out_value(o, "numa_balancing", NULL, json_integer(after), "");
	return STATUS_OK;
}

/* What does not stop a source, but the purpose of it. */
static int note_surroundings(struct ctx *ctx)
{
	struct pghot_params params;
	struct pghot_info info;
	bool lower = false, on;
	int ret;

	ret = query_info(ctx, &info);
	if (!ret)
		ret = query_params(ctx, &params);
	if (ret)
		return ret;
	for (unsigned int i = 0; i < info.nr_tiers; i++)
		lower |= !info.tiers[i].toptier;
	if (!lower)
		out_note(&ctx->out, "no node is on a lower tier: there is nothing to promote from");
	if (pghot_has(params.present, PGHOT_A_PARAM_PROMOTE) &&
	    !params.value[PGHOT_A_PARAM_PROMOTE])
		out_note(&ctx->out, "promote is off: hot pages are found, but not moved "
				    "(pghotctl set promote=on)");
	if (!demotion_get(ctx->root, &on) && !on)
		out_note(&ctx->out, "demotion is off: promotion stops when the top tier is full "
				    "(echo 1 >" DEMOTION_PATH ")");
	return STATUS_OK;
}

int cmd_enable(struct ctx *ctx, const struct call *call)
{
	struct source_list list;
	int ret;

	ret = named_sources(ctx, call, &list);
	if (!ret)
		ret = switch_all(ctx, &list, true);
	if (ret)
		return ret;
	out_notes(&ctx->out);
	out_value(&ctx->out, "numa_balancing_before", NULL, json_null(), "");
	out_value(&ctx->out, "numa_balancing", NULL, json_null(), "");
	if (has_hintfault(&list)) {
		ret = need_tiering(ctx, call_get(call, "--no-sysctl"));
		if (ret) {
			undo(ctx, &list, list.nr);
			return ret;
		}
	}
	ret = note_surroundings(ctx);
	if (!ret)
		show_switched(&ctx->out, &list, true);
	return ret;
}

int cmd_disable(struct ctx *ctx, const struct call *call)
{
	struct source_list list;
	int mode, ret;

	ret = named_sources(ctx, call, &list);
	if (!ret)
		ret = switch_all(ctx, &list, false);
	if (ret)
		return ret;
	out_notes(&ctx->out);
	out_value(&ctx->out, "numa_balancing", NULL, json_null(), "");
	if (has_hintfault(&list) && !numa_balancing_get(ctx->root, &mode)) {
		out_value(&ctx->out, "numa_balancing", NULL, json_integer(mode), "");
		if (mode & NUMA_BALANCING_MEMORY_TIERING)
			out_note(&ctx->out,
				 "kernel.numa_balancing is still %d: NUMA balancing now "
				 "promotes by itself, as without pghot",
				 mode);
	}
	show_switched(&ctx->out, &list, false);
	return STATUS_OK;
}
