// SPDX-License-Identifier: GPL-2.0-or-later

#include "backend/ctx.h"
#include "backend/query.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "names.h"
#include "output/show.h"
#include "source/hwhint.h"
#include "source/named.h"
#include "system/pmu.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

int cmd_source_list(struct ctx *ctx, const struct call *call)
{
	struct source_list list;
	int ret = query_sources(ctx, &list);

	(void)call;
	if (!ret)
		show_sources(&ctx->out, ctx->root, list.at, list.nr);
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
	{ "problems" },
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
				    param_json(desc, value));
	}
	return v;
}

static void show_source_json(struct out *o, const struct pghot_source *src,
			     const struct pghot_surroundings *sys)
{
	const struct pghot_source_name *name = pghot_source_by_id(src->id);

	cell_u64(o, src->id);
	cell_str(o, source_label(src));
	cell_str(o, name ? name->help : NULL);
	cell_bool(o, src->available, "", "");
	cell_str(o, src->available ? NULL : src->unavailable_reason);
	cell_bool(o, src->enabled, "", "");
	cell_value(o, problems_json(src, sys), "");
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
static void show_source_text(struct ctx *ctx, const struct pghot_source *src,
			     const struct pghot_surroundings *sys)
{
	const struct pghot_source_name *name = pghot_source_by_id(src->id);
	struct pghot_problem problems[PGHOT_PROBLEMS_MAX];
	unsigned int nr = pghot_source_problems(src, sys, problems);
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
	for (unsigned int i = 0; i < nr; i++) {
		out_str(o, "", "but", problems[i].brief);
		out_note(o, "%s: %s", problems[i].message, problems[i].way_out);
	}
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
	struct pghot_surroundings sys;
	struct out *o = &ctx->out;

	pghot_surroundings_read(ctx->root, &sys);
	if (o->json)
		out_table_begin(o, "sources", show_columns, ARRAY_LEN(show_columns), false);
	for (size_t i = 0; i < list->nr; i++) {
		if (o->json)
			show_source_json(o, &list->at[i], &sys);
		else
			show_source_text(ctx, &list->at[i], &sys);
	}
	if (o->json)
		out_table_end(o, NULL);
}

int cmd_source_show(struct ctx *ctx, const struct call *call)
{
	struct source_list list;
	int ret = named_sources(ctx, call, &list);

	if (!ret)
		show_source_list(ctx, &list);
	return ret;
}

/* "enabled=on" of ibs asks for what "enable ibs" does, unless the line says which PMU. */
static int want_event(struct ctx *ctx, const char *called, struct source_change *change)
{
	struct source_change chosen = { 0 };
	struct pghot_source src;
	int ret;

	if (change->id != PGHOT_SOURCE_ID_HWHINT || change->enabled <= 0 ||
	    change->present & (1ULL << PGHOT_A_HWHINT_PMU_TYPE | 1ULL << PGHOT_A_HWHINT_CONFIG))
		return STATUS_OK;
	ret = query_source(ctx, change->id, &src);
	if (!ret)
		ret = hwhint_want(ctx, called, &src, &chosen);
	if (ret)
		return ret;
	for (unsigned int i = 0; i < PGHOT_SOURCE_VALUES; i++) {
		if (chosen.present & ~change->present & 1ULL << i)
			change->value[i] = chosen.value[i];
	}
	change->present |= chosen.present;
	return STATUS_OK;
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
	ret = want_event(ctx, call_get(call, "SRC")->text, &change);
	if (!ret)
		ret = change_source(ctx, &change);
	if (!ret)
		ret = query_source(ctx, change.id, &list.at[0]);
	if (!ret)
		show_source_list(ctx, &list);
	return ret;
}
