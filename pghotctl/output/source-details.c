// SPDX-License-Identifier: GPL-2.0-or-later

#include "output/source-details.h"

#include "output/show.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* clang-format off */
static const struct column columns[] = {
	{ "id" },
	{ "name" },
	{ "description" },
	{ "available" },
	{ "unavailable_reason" },
	{ "enabled" },
	{ "problems" },
	{ "recorded" },
	{ "useful" },
	{ "window_ms" },
	{ "pace_ms" },
	{ "parameters" },
	{ "counters" },
};
/* clang-format on */

void source_details_begin(struct out *o)
{
	if (o->json)
		out_table_begin(o, "sources", columns, ARRAY_LEN(columns), false);
}

void source_details_end(struct out *o)
{
	if (o->json)
		out_table_end(o, NULL);
}

void source_details_row(struct out *o, const struct pghot_source *src, const char *help,
			const struct pghot_surroundings *sys, json_t *parameters, json_t *counters)
{
	cell_u64_if(o, pghot_has(src->present, PGHOT_A_SOURCE_ID), src->id);
	cell_str(o, source_label(src));
	cell_str(o, help);
	cell_bool(o, src->available, "", "");
	cell_str(o, src->available ? NULL : src->unavailable_reason);
	if (pghot_has(src->present, PGHOT_A_SOURCE_ENABLED))
		cell_bool(o, src->enabled, "", "");
	else
		cell_none(o);
	cell_value(o, problems_json(src, sys), "");
	cell_u64_if(o, pghot_has(src->present, PGHOT_A_SOURCE_RECORDED), src->recorded);
	cell_u64_if(o, pghot_has(src->present, PGHOT_A_SOURCE_USEFUL), src->useful);
	cell_u64_if(o, pghot_has(src->present, PGHOT_A_SOURCE_WINDOW_MS), src->window_ms);
	cell_u64_if(o, pghot_has(src->present, PGHOT_A_SOURCE_PACE_MS), src->pace_ms);
	cell_value(o, parameters, "");
	cell_value(o, counters, "");
	out_row_end(o);
}

/* One line per fact reads better than a wide row. */
void source_details_lines(struct out *o, const struct pghot_source *src, const char *help,
			  const struct pghot_surroundings *sys)
{
	struct pghot_problem problems[PGHOT_PROBLEMS_MAX];
	unsigned int nr = pghot_source_problems(src, sys, problems);

	out_heading(o, source_label(src));
	out_str(o, "", "description", help);
	if (pghot_has(src->present, PGHOT_A_SOURCE_ID))
		out_u64(o, "", "id", src->id, UNIT_NONE);
	out_bool(o, "", "available", src->available, "yes", "no");
	if (!src->available)
		out_str(o, "", "because", src->unavailable_reason);
	if (pghot_has(src->present, PGHOT_A_SOURCE_ENABLED))
		out_bool(o, "", "enabled", src->enabled, "yes", "no");
	else
		out_str(o, "", "enabled", "hidden");
	for (unsigned int i = 0; i < nr; i++) {
		out_str(o, "", "but", problems[i].brief);
		out_note(o, "%s: %s", problems[i].message, problems[i].way_out);
	}
	if (pghot_has(src->present, PGHOT_A_SOURCE_RECORDED))
		out_u64(o, "", "accesses recorded", src->recorded, UNIT_COUNT);
	if (pghot_has(src->present, PGHOT_A_SOURCE_USEFUL))
		out_u64(o, "", "of tracked pages", src->useful, UNIT_COUNT);
	if (pghot_has(src->present, PGHOT_A_SOURCE_WINDOW_MS))
		out_u64(o, "", "window", src->window_ms, UNIT_MS);
	if (pghot_has(src->present, PGHOT_A_SOURCE_PACE_MS))
		out_u64(o, "", "between two looks", src->pace_ms, UNIT_MS);
}
