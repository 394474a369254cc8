// SPDX-License-Identifier: GPL-2.0-or-later
/* A comparison as text, as JSON and as a picture. */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "jsontext.h"
#include "report/diff.h"
#include "report/plot.h"
#include "units.h"

#define BAR 12

/* clang-format off */
static const struct column columns[] = {
	{ "became_hot_pages", "BECAME-HOT", UNIT_PAGES },
	{ "went_cold_pages", "WENT-COLD", UNIT_PAGES },
	{ "stayed_hot_pages", "STAYED-HOT", UNIT_PAGES },
	{ "nid", "NODE" },
	{ "type", "TYPE", .left = true },
	{ "cgroup_ino", NULL },
	{ "cgroup", "CGROUP", .left = true },
	{ "bar", "-/+", .left = true },
};
/* clang-format on */

static struct diff_group sum_of(const struct diff *d, uint64_t *most)
{
	struct diff_group sum = { 0 };

	*most = 1;
	for (size_t i = 0; i < d->nr; i++) {
		const struct diff_group *g = &d->groups[i];

		sum.before += g->before;
		sum.after += g->after;
		sum.stayed += g->stayed;
		if (diff_became_hot(g) > *most)
			*most = diff_became_hot(g);
		if (diff_went_cold(g) > *most)
			*most = diff_went_cold(g);
	}
	return sum;
}

/* A path, or what is known instead. */
static const char *owner(const struct diff_group *g, char *buf, size_t size)
{
	if (g->cgroup)
		return g->cgroup;
	if (!g->ino)
		return "-";
	snprintf(buf, size, "inode %" PRIu64, g->ino);
	return buf;
}

/* Cold to the left, hot to the right: "   ---|++++++". */
static void cell_bar(struct out *o, const struct diff_group *g, uint64_t most)
{
	int cold = (int)((diff_went_cold(g) * BAR + most - 1) / most);
	int hot = (int)((diff_became_hot(g) * BAR + most - 1) / most);
	char text[2 * BAR + 2];

	memset(text, ' ', sizeof(text));
	memset(text + BAR - cold, '-', (size_t)cold);
	text[BAR] = '|';
	memset(text + BAR + 1, '+', (size_t)hot);
	text[BAR + 1 + hot] = '\0';
	cell_str(o, text);
}

static void show_groups(const struct diff *d, size_t top, uint64_t most, struct out *o)
{
	char buf[PGHOT_UNIT_LEN];

	/* The bar is for people. */
	out_table_begin(o, "groups", columns, sizeof(columns) / sizeof(columns[0]) - o->json,
			false);
	for (size_t i = 0; i < d->nr && (!top || i < top); i++) {
		const struct diff_group *g = &d->groups[i];

		cell_u64(o, diff_became_hot(g));
		cell_u64(o, diff_went_cold(g));
		cell_u64(o, g->stayed);
		cell_u64(o, g->nid);
		cell_str(o, g->type);
		cell_u64(o, g->ino);
		cell_str(o, o->json ? g->cgroup : owner(g, buf, sizeof(buf)));
		if (!o->json)
			cell_bar(o, g, most);
		out_row_end(o);
	}
	out_table_end(o, "nothing is hot in either");
}

static void show_notes(const struct diff *d, size_t top, struct out *o)
{
	const struct diff_side *a = &d->side[0], *b = &d->side[1];

	out_notes(o);
	if (top && d->nr > top)
		out_note(o, "%zu more groups are not shown", d->nr - top);
	for (int i = 0; i < 2; i++) {
		if (d->side[i].limit)
			out_note(o,
				 "%s has the %" PRIu32
				 " hottest records only: what is not among them looks cold; "
				 "pghotctl record --limit 0 takes all",
				 d->side[i].path, d->side[i].limit);
	}
	if (strcmp(a->kernel, b->kernel) != 0)
		out_note(o, "the recordings are of different kernels: page frames are not the same "
			    "pages");
	else if (b->promoted > a->promoted)
		out_note(o,
			 "%" PRIu64
			 " pages were promoted meanwhile: they left slow memory, and count "
			 "as gone cold",
			 b->promoted - a->promoted);
	else if (b->promoted < a->promoted)
		out_note(o,
			 "counters were reset meanwhile, or the machine was: then page frames are "
			 "not the same pages");
}

/* A line of text for each. */
static void show_side(const struct diff_side *side, bool second, uint64_t hot, struct out *o)
{
	char text[CELL_MAX], time[32], size[PGHOT_UNIT_LEN];
	json_t *j = json_object();

	json_object_set_new(j, "file", json_text(side->path));
	json_object_set_new(j, "time_ms", pghot_json_u64(side->real_ns / 1000000));
	json_object_set_new(j, "kernel", json_text(side->kernel));
	json_object_set_new(j, "hot_pages", pghot_json_u64(hot));
	snprintf(text, sizeof(text), "%s hot at %s, %s", out_format(o, hot, UNIT_PAGES, size),
		 sample_time_text(time, sizeof(time), side->real_ns), side->path);
	out_value(o, second ? "second" : "first", second ? "after" : "before", j, text);
}

void diff_show(const struct diff *d, size_t top, struct out *o)
{
	uint64_t most;
	struct diff_group sum = sum_of(d, &most);

	o->page_size = d->page_size;
	for (int i = 0; i < 2; i++)
		show_side(&d->side[i], i, i ? sum.after : sum.before, o);
	out_u64(o, "became_hot_pages", "became hot", diff_became_hot(&sum), UNIT_PAGES);
	out_u64(o, "went_cold_pages", "went cold", diff_went_cold(&sum), UNIT_PAGES);
	out_u64(o, "stayed_hot_pages", "stayed hot", sum.stayed, UNIT_PAGES);
	out_u64(o, "groups_count", NULL, d->nr, UNIT_NONE);
	out_text(o, "%s", "");
	show_groups(d, top, most, o);
	show_notes(d, top, o);
}

/* ---- the picture -------------------------------------------------------------- */

/* In pixels. */
#define LEFT  20
#define NAMES 380
#define HALF  240
#define ROW   22
#define TOP   64
#define ROWS  30

/* Bytes of a path that fit. */
#define NAME_MAX_SHOWN 38

static void plot_group(const struct diff *d, FILE *to, const struct diff_group *g, uint64_t most,
		       double y)
{
	double middle = LEFT + NAMES + HALF;
	double cold = (double)HALF * (double)diff_went_cold(g) / (double)most;
	double hot = (double)HALF * (double)diff_became_hot(g) / (double)most;
	char text[256], buf[PGHOT_UNIT_LEN];
	const char *name = owner(g, buf, sizeof(buf));
	size_t len = strlen(name);

	/* The end of a path tells more than its beginning; characters stay whole. */
	if (len > NAME_MAX_SHOWN) {
		name += len - NAME_MAX_SHOWN;
		while ((*name & 0xc0) == 0x80)
			name++;
	}
	snprintf(text, sizeof(text), "%s%s, node %" PRIu32 ", %s",
		 len > NAME_MAX_SHOWN ? "..." : "", name, g->nid, g->type);
	plot_label(to, LEFT + NAMES - 8, y + 14, "t", "end", text);
	plot_rect(to, "f0", middle - cold, y + 3, cold, ROW - 6);
	plot_rect(to, "f1", middle, y + 3, hot, ROW - 6);
	pghot_format_size(buf, sizeof(buf), diff_became_hot(g) * d->page_size);
	if (diff_became_hot(g))
		plot_label(to, middle + (hot > HALF / 2.0 ? 6 : hot + 4), y + 14, "t", "start",
			   buf);
}

void diff_plot(const struct diff *d, FILE *to)
{
	size_t nr = d->nr < ROWS ? d->nr : ROWS;
	double middle = LEFT + NAMES + HALF;
	uint64_t most;

	sum_of(d, &most);
	plot_begin(to, LEFT + NAMES + 2 * HALF + 20, TOP + (unsigned int)nr * ROW + 20,
		   "What became hot and what went cold");
	plot_label(to, LEFT, 24, "h", "start", "What became hot and what went cold");
	plot_label(to, middle - 8, TOP - 12, "m", "end", "went cold or elsewhere");
	plot_label(to, middle + 8, TOP - 12, "m", "start", "became hot");
	for (size_t i = 0; i < nr; i++)
		plot_group(d, to, &d->groups[i], most, TOP + (double)(i * ROW));
	fprintf(to, "<path class=\"grid\" d=\"M%.1f %dv%zu\"/>\n", middle, TOP - 4, nr * ROW + 8);
	plot_end(to);
}

void diff_page(const struct diff *d, FILE *to)
{
	static const char *const titles[] = { "-cgroup",    "node",	 "-type",
					      "became hot", "went cold", "stayed hot" };
	char text[PGHOT_UNIT_LEN];

	plot_table_begin(to, titles, sizeof(titles) / sizeof(titles[0]));
	for (size_t i = 0; i < d->nr; i++) {
		const struct diff_group *g = &d->groups[i];
		const uint64_t pages[] = { diff_became_hot(g), diff_went_cold(g), g->stayed };

		plot_row_begin(to);
		plot_cell(to, true, owner(g, text, sizeof(text)));
		snprintf(text, sizeof(text), "%" PRIu32, g->nid);
		plot_cell(to, false, text);
		plot_cell(to, true, g->type);
		for (size_t k = 0; k < sizeof(pages) / sizeof(pages[0]); k++)
			plot_cell(to, false,
				  pghot_format_size(text, sizeof(text), pages[k] * d->page_size));
		plot_row_end(to);
	}
	plot_table_end(to);
}
