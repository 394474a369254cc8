// SPDX-License-Identifier: GPL-2.0-or-later

#include "output/show.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "jsontext.h"
#include "names.h"
#include "system/system.h"
#include "units.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* clang-format off */
static const struct column source_columns[] = {
	{ "id" },
	{ "name", "SOURCE", .left = true },
	{ "available" },
	{ "enabled", "STATE", .left = true },
	{ "recorded", "RECORDED", UNIT_COUNT },
	{ "useful", "USEFUL", UNIT_COUNT },
	{ "window_ms", "WINDOW", UNIT_MS },
	{ "pace_ms" },
	{ "unavailable_reason", "REMARK", .left = true },
	{ "problems" },
};

static const struct column stats_source_columns[] = {
	{ "name", "SOURCE", .left = true },
	{ "recorded", "RECORDED", UNIT_COUNT },
	{ "useful", "USEFUL", UNIT_COUNT },
};

static const struct column switch_columns[] = {
	{ "name", "SOURCE", .left = true },
	{ "enabled", "STATE", .left = true },
	{ "changed", "", .left = true },
};

/* The same facts for all nodes, but people want those that a kind has. */
static const struct column toptier_columns[] = {
	{ "nid", "NODE" },
	{ "tier", "TIER" },
	{ "toptier" },
	{ "present_pages", "SIZE", UNIT_PAGES },
	{ "free_pages", "FREE", UNIT_PAGES },
	{ "tracked_pages" },
	{ "refill_sections" },
	{ "heap_length", "QUEUED", UNIT_COUNT },
	{ "heap_capacity", "OF", UNIT_COUNT },
	{ "threshold", "THRESH" },
	{ "hot_pages", "HOT", UNIT_PAGES },
	{ "promoted_pages", "PROMOTED", UNIT_PAGES },
	{ "promoted_pages_per_s", "PER-S", UNIT_PAGES },
	{ "failed_pages", "FAILED", UNIT_PAGES },
	{ "dropped", "DROPPED", UNIT_COUNT },
	{ "record_bytes", "RECORDS", UNIT_BYTES },
	{ "rate_limited", "REMARK", .left = true },
};

static const struct column lower_columns[] = {
	{ "nid", "NODE" },
	{ "tier", "TIER" },
	{ "toptier" },
	{ "present_pages", "SIZE", UNIT_PAGES },
	{ "free_pages", "FREE", UNIT_PAGES },
	{ "tracked_pages", "TRACKED", UNIT_PAGES },
	{ "refill_sections", "TO-REFILL" },
	{ "heap_length" },
	{ "heap_capacity" },
	{ "threshold" },
	{ "hot_pages" },
	{ "promoted_pages" },
	{ "promoted_pages_per_s" },
	{ "failed_pages" },
	{ "dropped" },
	{ "record_bytes", "RECORDS", UNIT_BYTES },
	{ "rate_limited" },
};

_Static_assert(ARRAY_LEN(toptier_columns) == ARRAY_LEN(lower_columns), "one row fits both");
/* clang-format on */

const char *source_label(const struct pghot_source *src)
{
	const struct pghot_source_name *name = pghot_source_by_id(src->id);

	if (src->name[0])
		return src->name;
	return name ? name->name : "?";
}

json_t *problems_json(const struct pghot_source *src, const struct pghot_surroundings *sys)
{
	struct pghot_problem problems[PGHOT_PROBLEMS_MAX];
	unsigned int nr = pghot_source_problems(src, sys, problems);
	json_t *list = json_array(), *v;

	for (unsigned int i = 0; i < nr; i++) {
		v = json_object();
		json_object_set_new(v, "cause", json_string(problems[i].cause));
		json_object_set_new(v, "message", json_text(problems[i].message));
		json_object_set_new(v, "way_out", json_string(problems[i].way_out));
		json_array_append_new(list, v);
	}
	return list;
}

/* In the row what is wrong in a few words, below the table what to do about it. */
static void cell_remark(struct out *o, const struct pghot_source *src,
			const struct pghot_surroundings *sys)
{
	struct pghot_problem problems[PGHOT_PROBLEMS_MAX];
	unsigned int nr = pghot_source_problems(src, sys, problems);

	if (src->available)
		cell_value(o, json_null(), nr ? problems[0].brief : "");
	else
		cell_str(o, src->unavailable_reason);
	cell_value(o, problems_json(src, sys), "");
	for (unsigned int i = 0; !o->json && i < nr; i++)
		out_note(o, "%s: %s", problems[i].message, problems[i].way_out);
}

void show_sources(struct out *o, const char *root, const struct pghot_source *sources, size_t nr)
{
	struct pghot_surroundings sys;

	pghot_surroundings_read(root, &sys);
	out_table_begin(o, "sources", source_columns, ARRAY_LEN(source_columns), false);
	for (size_t i = 0; i < nr; i++) {
		const struct pghot_source *src = &sources[i];

		cell_u64_if(o, pghot_has(src->present, PGHOT_A_SOURCE_ID), src->id);
		cell_str(o, source_label(src));
		cell_bool(o, src->available, "yes", "no");
		if (pghot_has(src->present, PGHOT_A_SOURCE_ENABLED))
			cell_bool(o, src->enabled, "enabled",
				  src->available ? "off" : "unavailable");
		else
			cell_value(o, json_null(), "hidden");
		cell_u64_if(o, pghot_has(src->present, PGHOT_A_SOURCE_RECORDED), src->recorded);
		cell_u64_if(o, pghot_has(src->present, PGHOT_A_SOURCE_USEFUL), src->useful);
		cell_u64_if(o, pghot_has(src->present, PGHOT_A_SOURCE_WINDOW_MS), src->window_ms);
		cell_u64_if(o, pghot_has(src->present, PGHOT_A_SOURCE_PACE_MS), src->pace_ms);
		cell_remark(o, src, &sys);
		out_row_end(o);
	}
	out_table_end(o, "none is built into this kernel");
}

void show_stats_sources(struct out *o, const struct pghot_source *sources, size_t nr)
{
	out_table_begin(o, "sources", stats_source_columns, ARRAY_LEN(stats_source_columns), false);
	for (size_t i = 0; i < nr; i++) {
		cell_str(o, source_label(&sources[i]));
		cell_u64_if(o, pghot_has(sources[i].present, PGHOT_A_SOURCE_RECORDED),
			    sources[i].recorded);
		cell_u64_if(o, pghot_has(sources[i].present, PGHOT_A_SOURCE_USEFUL),
			    sources[i].useful);
		out_row_end(o);
	}
	out_table_end(o, "no source is built into this kernel");
}

void show_switched(struct out *o, const struct pghot_source *before, size_t nr, bool on,
		   const bool *changed)
{
	out_table_begin(o, "sources", switch_columns, ARRAY_LEN(switch_columns), false);
	for (size_t i = 0; i < nr; i++) {
		cell_str(o, source_label(&before[i]));
		cell_bool(o, on, "enabled", "off");
		cell_bool(o, changed ? changed[i] : before[i].enabled != on, "", "already");
		out_row_end(o);
	}
	out_table_end(o, on ? NULL : "no source was enabled");
}

json_t *failed_json(const struct pghot_failed *failed)
{
	json_t *v = json_object();

	for (unsigned int i = 0; i < PGHOT_FAIL_REASONS; i++) {
		char key[32];

		json_object_set_new(v, param_key(pghot_fail_reason_name(i), key, sizeof(key)),
				    pghot_json_u64(failed->pages[i]));
	}
	return v;
}

char *failed_text(const struct out *o, const struct pghot_failed *failed, char *buf, size_t size)
{
	char n[PGHOT_UNIT_LEN];
	size_t used;
	bool any = false;

	used = (size_t)snprintf(buf, size, "%s",
				out_format(o, pghot_failed_total(failed), UNIT_COUNT, n));
	for (unsigned int i = 0; i < PGHOT_FAIL_REASONS && used < size; i++) {
		if (!failed->pages[i])
			continue;
		used += (size_t)snprintf(buf + used, size - used, "%s%s %s", any ? ", " : " (",
					 pghot_fail_reason_name(i),
					 out_format(o, failed->pages[i], UNIT_COUNT, n));
		any = true;
	}
	if (any && used < size)
		snprintf(buf + used, size - used, ")");
	return buf;
}

static void node_row(struct out *o, const struct pghot_node *n)
{
	char failed[PGHOT_UNIT_LEN];

	cell_u64(o, n->nid);
	if (n->tier < 0)
		cell_none(o);
	else
		cell_s64(o, n->tier);
	cell_bool(o, n->toptier, "top", "lower");
	cell_u64(o, n->present_pages);
	cell_u64(o, n->free_pages);
	cell_u64_if(o, !n->toptier, n->tracked_pages);
	cell_u64_if(o, !n->toptier, n->refill_sections);
	cell_u64_if(o, n->toptier, n->heap_length);
	cell_u64_if(o, n->toptier, n->heap_capacity);
	cell_u64_if(o, n->toptier, n->threshold);
	cell_u64_if(o, n->toptier, n->hot);
	cell_u64_if(o, n->toptier, n->promoted);
	cell_u64_if(o, n->toptier, n->promoted_per_sec);
	if (n->toptier)
		cell_value(o, failed_json(&n->failed),
			   out_format(o, pghot_failed_total(&n->failed), UNIT_PAGES, failed));
	else
		cell_none(o);
	cell_u64_if(o, n->toptier, n->dropped);
	cell_u64(o, n->record_bytes);
	if (n->toptier)
		cell_bool(o, n->rate_limited, "rate-limited", "");
	else
		cell_none(o);
	out_row_end(o);
}

/* In text the nodes of one kind. */
static void show_tier(struct out *o, const struct pghot_node *nodes, size_t nr, bool toptier)
{
	bool any = false;

	for (size_t i = 0; i < nr; i++)
		any |= nodes[i].toptier == toptier;
	if (!any)
		return;
	out_heading(o, toptier ? "Top tier" : "Lower tiers");
	out_table_begin(o, "nodes", toptier ? toptier_columns : lower_columns,
			ARRAY_LEN(toptier_columns), false);
	for (size_t i = 0; i < nr; i++) {
		if (nodes[i].toptier == toptier)
			node_row(o, &nodes[i]);
	}
	out_table_end(o, NULL);
}

void show_nodes(struct out *o, const struct pghot_node *nodes, size_t nr)
{
	if (!o->json) {
		show_tier(o, nodes, nr, true);
		show_tier(o, nodes, nr, false);
		return;
	}
	out_table_begin(o, "nodes", toptier_columns, ARRAY_LEN(toptier_columns), false);
	for (size_t i = 0; i < nr; i++)
		node_row(o, &nodes[i]);
	out_table_end(o, NULL);
}

char *param_key(const char *name, char *buf, size_t size)
{
	snprintf(buf, size, "%s", name);
	for (char *c = buf; *c; c++) {
		if (*c == '-')
			*c = '_';
	}
	return buf;
}

json_t *param_json(const struct pghot_param_desc *desc, int64_t value)
{
	if (desc->unit == PGHOT_UNIT_BOOL)
		return json_boolean(value);
	return pghot_param_is_unsigned(desc) ? pghot_json_u64((uint64_t)value)
					     : json_integer(value);
}

void show_param(struct out *o, const struct pghot_param_desc *desc, int64_t value)
{
	char key[64], text[PGHOT_UNIT_LEN];
	json_t *v = param_json(desc, value);

	if (o->raw)
		pghot_param_number(desc, value, text, sizeof(text));
	else
		pghot_param_format(desc, value, text, sizeof(text));
	out_value(o, param_key(desc->name, key, sizeof(key)), desc->name, v, text);
}

void show_params(struct out *o, const struct pghot_params *params)
{
	show_params_of(o, pghot_param_at, params);
}

void show_params_of(struct out *o, const struct pghot_param_desc *(*param_at)(unsigned int),
		    const struct pghot_params *params)
{
	const struct pghot_param_desc *desc;

	for (unsigned int i = 0; (desc = param_at(i)); i++) {
		if (pghot_has(params->present, desc->attr))
			show_param(o, desc, params->value[desc->attr]);
	}
}

/* A switch that may be absent or unreadable; null says so. */
static void show_switch(struct out *o, const char *key, const char *label, int err, bool on)
{
	if (err)
		out_value(o, key, label, json_null(),
			  err == -ENOENT ? "not in this kernel"
			  : err == -SYSTEM_NOT_MOUNTED
				  ? "not readable: /proc or /sys is not mounted"
				  : "not readable");
	else
		out_bool(o, key, label, on, "on", "off");
}

void show_system(struct out *o, const char *root)
{
	unsigned int mglru = 0;
	bool demotion = false;
	char text[64];
	int mode = 0, err;

	out_heading(o, "System");
	out_object(o, "system");
	err = numa_balancing_get(root, &mode);
	if (err) {
		show_switch(o, "numa_balancing", "NUMA balancing", err, false);
	} else {
		snprintf(text, sizeof(text), "%d (%s)", mode, numa_balancing_words(mode));
		out_value(o, "numa_balancing", "NUMA balancing", json_integer(mode), text);
	}
	err = demotion_get(root, &demotion);
	show_switch(o, "demotion", "demotion", err, demotion);
	err = mglru_get(root, &mglru);
	show_switch(o, "mglru", "multi-gen LRU", err, mglru & 1);
	out_object_end(o);
}
