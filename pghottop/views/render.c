// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * render.c - from the model to a grid of cells
 *
 *	title        promoting  threshold 2  window 4 s …            12:34:56
 *	nodes        one line each, under a heading
 *	sources      rates of what is enabled
 *	totals       counters since boot
 *	tabs         All  0  1                     Queue  Records  Promotions
 *	heading      PFN  NODE  FREQ▼ …
 *	rows
 *	status       every 1 s  …  or, in colours that shout, FROZEN
 *
 * What stays on a small screen is a matter of priorities in one table below.
 */
#include <stdio.h>

#include "screen/layout.h"
#include "screen/text.h"
#include "state/notice.h"
#include "state/query.h"
#include "units.h"
#include "views/header.h"
#include "views/map.h"
#include "views/popup.h"
#include "views/prompt.h"
#include "views/render.h"
#include "views/status.h"
#include "views/table.h"
#include "views/tabs.h"

enum section {
	SECTION_TITLE,
	SECTION_NODES,
	SECTION_SOURCES,
	SECTION_TOTALS,
	SECTION_TABS,
	SECTION_HEADING,
	SECTION_ROWS,
	SECTION_STATUS,
	NR_SECTIONS
};

static void plan(struct layout_item items[NR_SECTIONS], const struct model *m, int screen_rows)
{
	/* A heading, and at most a third of the screen. */
	int nodes = 1 + (int)m->nr_nodes, most = screen_rows / 3;

	if (nodes > most)
		nodes = most > 2 ? most : 2;
	items[SECTION_TITLE] = (struct layout_item){ 1, 1, 0, 4, 0, 0 };
	items[SECTION_NODES] = (struct layout_item){ 2, nodes, 0, 5, 0, 0 };
	items[SECTION_SOURCES] = (struct layout_item){ 1, 1, 0, 6, 0, 0 };
	items[SECTION_TOTALS] = (struct layout_item){ 1, 1, 0, 7, 0, 0 };
	items[SECTION_TABS] = (struct layout_item){ 1, 1, 0, 3, 0, 0 };
	items[SECTION_HEADING] = (struct layout_item){ 1, 1, 0, 2, 0, 0 };
	items[SECTION_ROWS] = (struct layout_item){ 2, 6, 1, 0, 0, 0 };
	items[SECTION_STATUS] = (struct layout_item){ 1, 1, 0, 1, 0, 0 };
	layout_solve(items, NR_SECTIONS, screen_rows, 0);
}

size_t render_page(const struct ui *ui, const struct model *m, int screen_rows)
{
	struct layout_item items[NR_SECTIONS];

	(void)ui;
	plan(items, m, screen_rows);
	return items[SECTION_ROWS].size > 0 ? items[SECTION_ROWS].size : 1;
}

/* There is nothing to show but why, and that it goes on. */
static void draw_failure(struct canvas *c, struct rect r, const struct ui *ui,
			 const struct model *m)
{
	const struct sample *s = &m->sample;
	char text[2 * NOTICE_LEN], why[NOTICE_LEN], every[PGHOT_UNIT_LEN];

	if (s->state == SAMPLE_NONE) {
		message_draw(c, r, STYLE_DIM, "Asking the kernel");
		return;
	}
	pghot_format_ms(every, sizeof(every), ui->interval_ms);
	if (ui->player)
		snprintf(text, sizeof(text), "This sample cannot be shown\n%s",
			 failure_notice(&s->error, "recording", why, sizeof(why)));
	else if (s->state == SAMPLE_NO_FAMILY)
		snprintf(text, sizeof(text), "%s\nTrying again every %s; q quits.",
			 absence_notice(s, why, sizeof(why)), every);
	else
		snprintf(text, sizeof(text),
			 "The kernel did not answer as it should\n%s\n"
			 "Trying again every %s; q quits.",
			 failure_notice(&s->error, "pghot", why, sizeof(why)), every);
	message_draw(c, r, STYLE_ALARM, text);
}

/* The part that two make, one below the other. */
static struct rect join(struct rect a, struct rect b)
{
	if (!a.rows)
		return b;
	return (struct rect){ a.row, a.col, b.row + b.rows - a.row, a.cols };
}

void render(struct canvas *c, struct ui *ui, const struct model *m, const struct rows *rows,
	    uint64_t now_ns)
{
	struct layout_item items[NR_SECTIONS];
	struct rect r[NR_SECTIONS];
	bool covered = ui_covered(ui, m);
	size_t nr_rows = covered ? rows->nr : 0;

	c->ascii = ui->ascii;
	hits_clear(&ui->hits);
	canvas_clear(c, (struct rect){ 0, 0, c->rows, c->cols }, STYLE_NORMAL);
	plan(items, m, c->rows);
	for (int i = 0; i < NR_SECTIONS; i++)
		r[i] = (struct rect){ items[i].pos, 0, items[i].size, c->cols };

	ui->page = r[SECTION_ROWS].rows > 0 ? r[SECTION_ROWS].rows : 1;
	/* A view whose pages are not here keeps its cursor. */
	if (covered)
		ui_clamp(ui, nr_rows);

	if (r[SECTION_TITLE].rows)
		header_title(c, r[SECTION_TITLE], ui, m);
	if (m->sample.state == SAMPLE_OK) {
		if (r[SECTION_NODES].rows)
			header_nodes(c, r[SECTION_NODES], ui, m);
		if (r[SECTION_SOURCES].rows)
			header_sources(c, r[SECTION_SOURCES], ui, m);
		if (r[SECTION_TOTALS].rows)
			header_totals(c, r[SECTION_TOTALS], ui, m);
		if (r[SECTION_TABS].rows)
			tabs_draw(c, r[SECTION_TABS], ui, m);
		if (ui->map.on)
			map_draw(c, join(r[SECTION_HEADING], r[SECTION_ROWS]), &ui->map, m, ui->raw,
				 ui->frozen);
		else
			table_draw(c, r[SECTION_HEADING], r[SECTION_ROWS], ui, m, rows);
	} else {
		int top = r[SECTION_TITLE].rows;

		draw_failure(c, (struct rect){ top, 0, c->rows - top - 1, c->cols }, ui, m);
	}
	if (r[SECTION_STATUS].rows)
		status_draw(c, r[SECTION_STATUS], ui, m, nr_rows, now_ns);
	popup_draw(c, ui, m);
	if (ui->prompt.kind)
		prompt_draw(c, c->rows - 1, &ui->prompt);
}
