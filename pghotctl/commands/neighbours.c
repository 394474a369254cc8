// SPDX-License-Identifier: GPL-2.0-or-later

#include "commands/neighbours.h"

#include <stdlib.h>
#include <string.h>

#include "backend/query.h"
#include "neighbours/neighbours.h"
#include "printable.h"

static struct neighbours_pghot ask_pghot(struct ctx *ctx, bool family)
{
	struct neighbours_pghot pghot = { .posted = ctx->posted_found && !family };
	struct source_list sources = { 0 };

	if (!family)
		return pghot;
	pghot.family = !query_sources(ctx, &sources);
	for (size_t i = 0; pghot.family && i < sources.nr; i++) {
		pghot.enabled |= sources.at[i].enabled;
		if (sources.at[i].id == PGHOT_SOURCE_ID_HINTFAULT)
			pghot.hintfault = sources.at[i].enabled;
	}
	/* That they cannot be asked for is told where they are shown. */
	memset(&ctx->failure, 0, sizeof(ctx->failure));
	return pghot;
}

static void add_row(struct out *o, json_t *list, const char *cause, const char *severity,
		    const char *message, const char *way_out)
{
	char safe[PGHOT_PRINTABLE_MAX * NEIGHBOUR_TEXT + 1];
	json_t *v = json_object();

	json_object_set_new(v, "cause", json_string(cause));
	json_object_set_new(v, "severity", json_string(severity));
	json_object_set_new(v, "message", json_text(message));
	json_object_set_new(v, "way_out", json_text(way_out));
	json_array_append_new(list, v);
	if (o->json)
		return;
	pghot_printable(safe, sizeof(safe), message);
	out_text(o, "  %-8s  %s\n            %s", severity, safe, way_out);
}

void show_neighbours(struct ctx *ctx, bool family)
{
	struct neighbours_pghot pghot = ask_pghot(ctx, family);
	struct neighbours *n = malloc(sizeof(*n));
	struct out *o = &ctx->out;
	json_t *list = json_array();
	char more[64];

	out_heading(o, "Neighbours, and what to do about them");
	if (n) {
		neighbours_look(ctx->root, &pghot, n);
		for (size_t i = 0; i < n->nr; i++)
			add_row(o, list, n->at[i].cause, neighbour_severity_name(n->at[i].severity),
				n->at[i].message, n->at[i].way_out);
		if (n->left_out) {
			snprintf(more, sizeof(more), "%zu more are not listed", n->left_out);
			add_row(o, list, "more-neighbours",
				neighbour_severity_name(NEIGHBOUR_UNKNOWN), more, "pghotctl probe");
		}
	} else {
		add_row(o, list, "no-memory", neighbour_severity_name(NEIGHBOUR_UNKNOWN),
			"out of memory: they were not looked for", "pghotctl probe");
	}
	if (!json_array_size(list))
		out_text(o, "  nobody interferes");
	out_value(o, "neighbours", NULL, list, "");
	free(n);
}
