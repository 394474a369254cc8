// SPDX-License-Identifier: GPL-2.0-or-later

#include "backend/ctx.h"
#include "backend/query.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "names.h"
#include "output/show.h"
#include "output/source-details.h"
#include "source/hwhint.h"
#include "source/named.h"
#include "system/pmu.h"

int cmd_source_list(struct ctx *ctx, const struct call *call)
{
	struct source_list list;
	int ret = query_sources(ctx, &list);

	(void)call;
	if (!ret)
		show_sources(&ctx->out, ctx->root, list.at, list.nr);
	return ret;
}

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

static void show_counter(struct out *o, const struct pghot_param_desc *desc, int64_t value)
{
	if (desc->unit == PGHOT_UNIT_NONE)
		out_u64(o, "", desc->name, (uint64_t)value, UNIT_COUNT);
	else
		show_param(o, desc, value);
}

static void show_source(struct ctx *ctx, const struct pghot_source *src,
			const struct pghot_surroundings *sys)
{
	const struct pghot_source_name *name = pghot_source_by_id(src->id);
	const char *help = name ? name->help : NULL;
	const struct pghot_param_desc *desc;
	struct out *o = &ctx->out;
	char pmu[PMU_NAME_LEN];

	if (o->json) {
		source_details_row(o, src, help, sys,
				   values_json(src->id, &src->params, pghot_source_param_at),
				   values_json(src->id, &src->counters, pghot_source_counter_at));
		return;
	}
	source_details_lines(o, src, help, sys);
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
	source_details_begin(o);
	for (size_t i = 0; i < list->nr; i++)
		show_source(ctx, &list->at[i], &sys);
	source_details_end(o);
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
