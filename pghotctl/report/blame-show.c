// SPDX-License-Identifier: GPL-2.0-or-later

#include <inttypes.h>
#include <math.h>

#include "report/bars.h"
#include "report/blame.h"

/* clang-format off */
static const struct column columns[] = {
	{ "reason", "REASON", .left = true },
	{ "folios_count", "FOLIOS" },
	{ "pages", "SIZE", UNIT_PAGES },
	{ "percent", "SHARE" },
	{ "because", NULL },
	{ "commands", NULL },
	{ "bar", "", .left = true },
};
/* clang-format on */

static double percent_of(const struct blame *b, const struct blame_reason *r)
{
	return b->asked_pages ? 100.0 * (double)r->pages / (double)b->asked_pages : 0;
}

static void show_reason(const struct blame *b, struct out *o, const struct blame_reason *r)
{
	double percent = round(percent_of(b, r) * 100) / 100;
	json_t *commands = json_array();
	char text[32], bar[BARS_TEXT + 1];

	for (size_t i = 0; i < r->verdict.nr; i++)
		json_array_append_new(commands, json_string(r->verdict.commands[i]));
	cell_str(o, r->verdict.name);
	cell_u64(o, r->folios);
	cell_u64(o, r->pages);
	snprintf(text, sizeof(text), "%.1f %%", percent);
	cell_value(o, json_real(percent), text);
	cell_str(o, r->verdict.text);
	cell_value(o, commands, "");
	if (!o->json) {
		bars_text(bar, "#", &r->pages, b->asked_pages);
		cell_str(o, bar);
	}
	out_row_end(o);
}

/* For people: what each of them means, and what would change it. */
static void show_words(const struct blame *b, struct out *o)
{
	for (size_t i = 0; i < b->nr; i++) {
		const struct pghot_verdict *v = &b->reasons[i].verdict;

		out_text(o, "%s", "");
		out_text(o, "%s, for example: %s", v->name, v->text);
		for (size_t k = 0; k < v->nr; k++)
			out_text(o, "  %s  %s", k ? "     " : "see or change:", v->commands[k]);
	}
}

static void show_notes(const struct blame *b, struct out *o)
{
	out_notes(o);
	if (b->stopped)
		out_note(o, "stopped: %" PRIu64 " of %" PRIu64 " hot folios were asked about",
			 b->asked, b->hot_folios);
	else if (b->asked < b->hot_folios)
		out_note(o,
			 "shares are those of a random sample, %" PRIu64 " of %" PRIu64
			 " hot folios: --sample N asks about more",
			 b->asked, b->hot_folios);
	else if (b->asked)
		out_note(o, "all hot folios in slow memory were asked about: %" PRIu64, b->asked);
}

void blame_show(const struct blame *b, struct out *o)
{
	const uint64_t *slow = b->sum.pages[PGHOT_SIDE_SLOW];

	out_u64(o, "pid", "process", (uint64_t)b->pid, UNIT_NONE);
	out_str(o, "process", "name", b->comm);
	out_u64(o, "hot_from_freq", NULL, b->hot_from, UNIT_NONE);
	out_u64(o, "fast_pages", "in fast memory", pghot_mapped_pages(&b->sum, PGHOT_SIDE_FAST),
		UNIT_PAGES);
	out_u64(o, "slow_pages", "in slow memory", pghot_mapped_pages(&b->sum, PGHOT_SIDE_SLOW),
		UNIT_PAGES);
	out_u64(o, "slow_hot_pages", "  hot", slow[PGHOT_HEAT_HOT], UNIT_PAGES);
	out_u64(o, "hot_folios_count", NULL, b->hot_folios, UNIT_NONE);
	out_u64(o, "asked_folios_count", NULL, b->asked, UNIT_NONE);
	out_bool(o, "stopped", NULL, b->stopped, "yes", "no");
	out_text(o, "%s", "");
	out_table_begin(o, "reasons", columns, sizeof(columns) / sizeof(columns[0]) - o->json,
			false);
	for (size_t i = 0; i < b->nr; i++)
		show_reason(b, o, &b->reasons[i]);
	out_table_end(o, b->stopped ? "nothing was asked" : "none of its slow memory is hot");
	if (!o->json)
		show_words(b, o);
	show_notes(b, o);
}
