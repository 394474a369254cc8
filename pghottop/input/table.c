// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * table.c - what keys do to the table of pages: cursor, tabs and views, order, and what
 * is opened from there
 */
#include <time.h>

#include "input/details.h"
#include "input/search.h"
#include "input/sort.h"
#include "input/table.h"
#include "input/tree.h"
#include "state/query.h"

/* Rows that a turn of the wheel goes. */
#define WHEEL_ROWS 3

/* The steps of + and -. */
static const uint32_t intervals[] = {
	100, 200, 500, 1000, 2000, 3000, 5000, 10000, 30000, 60000,
};

#define NR_INTERVALS (sizeof(intervals) / sizeof(intervals[0]))

static void move_page(struct ui *ui, size_t rows, long by)
{
	struct view_state *vs = &ui->views[ui->view];
	long top = (long)vs->top + by;

	ui_move(ui, rows, by);
	vs->top = top > 0 ? top : 0;
}

static void set_tab(struct ui *ui, int nid)
{
	if (ui->nid == nid)
		return;
	ui->nid = nid;
	for (int v = 0; v < NR_VIEWS; v++) {
		ui->views[v].selected = ui->views[v].top = 0;
		ui->views[v].end = false;
	}
}

/* All nodes come first, then each. */
static void next_tab(struct ui *ui, const struct model *m, int by)
{
	const struct sample *s = &m->sample;
	int nr = (int)s->nr_nodes + 1, pos = 0;

	for (size_t i = 0; i < s->nr_nodes; i++)
		if ((int)s->nodes[i].nid == ui->nid)
			pos = i + 1;
	pos = (pos + by + nr) % nr;
	set_tab(ui, pos ? (int)s->nodes[pos - 1].nid : ALL_NODES);
}

static void step_interval(struct ui *ui, bool longer)
{
	uint32_t next = ui->interval_ms;

	for (size_t i = 0; i < NR_INTERVALS; i++) {
		uint32_t ms = intervals[i];

		if (longer ? ms > ui->interval_ms && next == ui->interval_ms : ms < ui->interval_ms)
			next = ms;
	}
	ui->interval_ms = next;
}

static void open_save(struct ui *ui, const struct model *m, const struct rows *rows)
{
	time_t seconds = m->sample.real_ms / 1000;
	char name[64] = "pghottop.json";
	struct tm tm;

	if (ui->readonly) {
		ui_say(ui, true, "--readonly: no file is written");
		return;
	}
	if (!rows->nr) {
		ui_say(ui, true, "there are no %s to save", row_name(rows->kind)->many);
		return;
	}
	if (localtime_r(&seconds, &tm))
		strftime(name, sizeof(name), "pghottop-%Y%m%d-%H%M%S.json", &tm);
	prompt_open(&ui->prompt, PROMPT_SAVE, name);
}

static void select_row(struct ui *ui, const struct rows *rows, size_t row)
{
	struct view_state *vs = &ui->views[ui->view];

	if (row < rows->nr)
		ui_move(ui, rows->nr, (long)row - (long)vs->selected);
}

static void ask_why(struct ui *ui, const struct model *m, const struct rows *rows)
{
	size_t row = ui->views[ui->view].selected;

	if (ui_kind(ui) != ROW_PAGE) {
		ui_say(ui, false, "the kernel tells why of pages; v leads to them");
		return;
	}
	if (ui->player || ui->frozen) {
		ui_say(ui, false, "%s; why is told of the present",
		       ui->player ? "this is a recording" : "this is frozen");
		return;
	}
	if (row >= rows->nr || rows->kind != ROW_PAGE || !ui_covered(ui, m))
		return;
	if (ui->view == VIEW_PROMOTED) {
		ui_say(ui, false, "it was promoted; the page frame has another page by now");
		return;
	}
	ui->why = m->sample.entries[rows->order[row]].pfn;
	ui->popup = POPUP_WHY;
	ui->popup_top = 0;
}

static void open_row(struct ui *ui, const struct model *m, const struct rows *rows)
{
	if (row_is_owner(ui_kind(ui)))
		tree_enter(ui, m, rows);
	else
		details_show(ui, m, rows);
}

void table_action(struct ui *ui, const struct model *m, const struct rows *rows,
		  const struct binding *b)
{
	struct view_state *vs = &ui->views[ui->view];
	size_t nr = rows->nr;

	switch (b->action) {
	case ACT_VIEW_NEXT:
		ui->view = (ui->view + 1) % NR_VIEWS;
		break;
	case ACT_TAB_NEXT:
		next_tab(ui, m, 1);
		break;
	case ACT_TAB_PREV:
		next_tab(ui, m, -1);
		break;
	case ACT_SORT_MENU:
		sort_menu(ui);
		break;
	case ACT_SORT_LEFT:
		sort_neighbour(ui, -1);
		break;
	case ACT_SORT_RIGHT:
		sort_neighbour(ui, 1);
		break;
	case ACT_SORT_COLUMN:
		sort_column(ui, b->arg);
		break;
	case ACT_COLUMNS:
		ui->popup = POPUP_COLUMNS;
		ui->popup_cursor = 0;
		break;
	case ACT_REVERSE:
		vs->descending = !vs->descending;
		break;
	case ACT_LONGER:
	case ACT_SHORTER:
		if (ui->player)
			ui_say(ui, false, "a recording has its own pace; ( and ) change the speed");
		else
			step_interval(ui, b->action == ACT_LONGER);
		break;
	case ACT_MAP:
		if (!map_open(&ui->map, m, ui->nid))
			ui_say(ui, true, "there is no map: no node is on a lower tier");
		break;
	case ACT_UP:
		ui_move(ui, nr, -1);
		break;
	case ACT_DOWN:
		ui_move(ui, nr, 1);
		break;
	case ACT_PAGE_UP:
		move_page(ui, nr, -(long)ui->page);
		break;
	case ACT_PAGE_DOWN:
		move_page(ui, nr, (long)ui->page);
		break;
	case ACT_HOME:
		ui_move(ui, nr, -(long)vs->selected);
		break;
	case ACT_END:
		ui_move(ui, nr, nr);
		vs->end = !ui->frozen;
		break;
	case ACT_SEARCH:
		ui->origin = vs->selected;
		prompt_open(&ui->prompt, PROMPT_SEARCH, "");
		break;
	case ACT_SEARCH_NEXT:
		find_row(ui, m, rows, vs->selected + 1, 1);
		break;
	case ACT_SEARCH_PREV:
		find_row(ui, m, rows, vs->selected + nr - 1, -1);
		break;
	case ACT_FILTER:
		prompt_open(&ui->prompt, PROMPT_FILTER, ui_list(ui)->filter_text);
		break;
	case ACT_DETAILS:
		open_row(ui, m, rows);
		break;
	case ACT_FOLD:
	case ACT_UNFOLD:
	case ACT_FOLD_ALL:
	case ACT_TREE:
		tree_action(ui, m, rows, b);
		break;
	case ACT_WHY:
		ask_why(ui, m, rows);
		break;
	case ACT_BACK:
		tree_back(ui);
		break;
	case ACT_SAVE:
		open_save(ui, m, rows);
		break;
	case ACT_WHEEL_UP:
		move_page(ui, nr, -WHEEL_ROWS);
		break;
	case ACT_WHEEL_DOWN:
		move_page(ui, nr, WHEEL_ROWS);
		break;
	case ACT_TAB:
		set_tab(ui, b->arg);
		break;
	case ACT_VIEW:
		ui->view = b->arg;
		break;
	case ACT_ROW:
		/* Once to select, again to look at it. */
		if ((size_t)b->arg == vs->selected)
			open_row(ui, m, rows);
		else
			select_row(ui, rows, b->arg);
		break;
	default:
		break;
	}
}
