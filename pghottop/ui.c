// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ui.c - what keys do to the state of the screen; no terminal in here
 */
#include <string.h>

#include "keys.h"
#include "ui.h"

/* The steps of + and -. */
static const uint32_t intervals[] = {
	100, 200, 500, 1000, 2000, 3000, 5000, 10000, 30000, 60000,
};

#define NR_INTERVALS (sizeof(intervals) / sizeof(intervals[0]))

/* The order in which the kernel sends a view. */
static const struct column *native_sort(enum view view, bool *descending)
{
	*descending = view != VIEW_PROMOTED;
	return view == VIEW_PROMOTED ? column_find("age", 3) : column_find("freq", 4);
}

void ui_init(struct ui *ui)
{
	memset(ui, 0, sizeof(*ui));
	ui->nid = ALL_NODES;
	ui->interval_ms = 1000;
	ui->page = 1;
	ui->theme = theme_default(NULL);
	columns_default(&ui->columns);
	for (int v = 0; v < NR_VIEWS; v++)
		ui->views[v].sort = native_sort(v, &ui->views[v].descending);
}

void ui_sort(struct ui *ui, const struct column *col, bool descending)
{
	struct view_state *vs = &ui->views[ui->view];

	vs->sort = col;
	vs->descending = descending;
}

/*
 * A dump can be for one node: of a queue that is the node to go to, of records
 * the one that they are on, of promotions either. Where the kernel has no filter
 * for the tab's node, look at all.
 */
static int kernel_nid(const struct ui *ui, const struct model *m)
{
	const struct pghot_node *node = sample_node(&m->sample, ui->nid);

	if (!node)
		return ALL_NODES;
	if (ui->view == VIEW_QUEUE && node->toptier)
		return ui->nid;
	if (ui->view == VIEW_RECORDS && !node->toptier)
		return ui->nid;
	if (ui->view == VIEW_PROMOTED)
		return ui->nid;
	return ALL_NODES;
}

static bool kernel_order(const struct ui *ui)
{
	const struct view_state *vs = &ui->views[ui->view];
	bool descending;

	return vs->sort == native_sort(ui->view, &descending) && vs->descending == descending;
}

void ui_query_rows(const struct ui *ui, const struct model *m, uint32_t rows, struct query *q)
{
	*q = (struct query){
		.view = ui->view,
		.nid = kernel_nid(ui, m),
		.limit = rows,
		.min_freq = ui->min_freq,
	};
	if (rows && rows < SORT_WINDOW && (q->nid != ui->nid || !kernel_order(ui)))
		q->limit = SORT_WINDOW;
}

void ui_query(const struct ui *ui, const struct model *m, struct query *q)
{
	const struct view_state *vs = &ui->views[ui->view];
	size_t rows = vs->top + 2 * ui->page;

	if (vs->end || rows > SCROLL_MAX)
		rows = SCROLL_MAX;
	ui_query_rows(ui, m, rows, q);
}

bool ui_covered(const struct ui *ui, const struct model *m)
{
	const struct query *have = &m->sample.query;
	struct query want;

	ui_query(ui, m, &want);
	return have->view == want.view && (have->nid == want.nid || have->nid == ALL_NODES);
}

bool ui_stale(const struct ui *ui, const struct model *m)
{
	const struct sample *s = &m->sample;
	struct query want;

	if (ui->frozen || s->state != SAMPLE_OK)
		return false;
	ui_query(ui, m, &want);
	if (s->query.view != want.view || s->query.nid != want.nid)
		return true;
	if (s->entries_error.errnum)
		return false;
	/* It ended at the limit, so there is more. */
	return want.limit > s->query.limit && s->nr_entries >= s->query.limit;
}

void ui_clamp(struct ui *ui, size_t rows)
{
	struct view_state *vs = &ui->views[ui->view];

	if (!rows) {
		vs->selected = vs->top = 0;
		return;
	}
	if (vs->end || vs->selected >= rows)
		vs->selected = rows - 1;
	if (vs->top > vs->selected)
		vs->top = vs->selected;
	if (vs->selected >= vs->top + ui->page)
		vs->top = vs->selected - ui->page + 1;
	if (vs->top && vs->top + ui->page > rows)
		vs->top = rows > ui->page ? rows - ui->page : 0;
}

static void move_cursor(struct view_state *vs, size_t rows, long by)
{
	long to = (long)vs->selected + by;

	vs->end = false;
	if (to < 0)
		to = 0;
	if (rows && to >= (long)rows)
		to = rows - 1;
	vs->selected = to;
}

static void move_page(struct ui *ui, size_t rows, long by)
{
	struct view_state *vs = &ui->views[ui->view];
	long top = (long)vs->top + by;

	move_cursor(vs, rows, by);
	vs->top = top > 0 ? top : 0;
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
	ui->nid = pos ? (int)s->nodes[pos - 1].nid : ALL_NODES;
	for (int v = 0; v < NR_VIEWS; v++) {
		ui->views[v].selected = ui->views[v].top = 0;
		ui->views[v].end = false;
	}
}

static void sort_neighbour(struct ui *ui, int by)
{
	const struct column_list *list = &ui->columns;
	size_t pos;

	for (pos = 0; pos < list->nr; pos++)
		if (list->col[pos] == ui->views[ui->view].sort)
			break;
	if (pos == list->nr)
		pos = by > 0 ? list->nr - 1 : 0;
	pos = (pos + by + list->nr) % list->nr;
	ui_sort(ui, list->col[pos], list->col[pos]->descending);
}

static void sort_column(struct ui *ui, size_t pos)
{
	const struct view_state *vs = &ui->views[ui->view];
	const struct column *col;

	if (pos >= ui->columns.nr)
		return;
	col = ui->columns.col[pos];
	ui_sort(ui, col, col == vs->sort ? !vs->descending : col->descending);
}

static void open_sort_menu(struct ui *ui)
{
	ui->popup = POPUP_SORT;
	ui->popup_cursor = 0;
	for (size_t i = 0; column_at(i); i++)
		if (column_at(i) == ui->views[ui->view].sort)
			ui->popup_cursor = i;
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

static void next_theme(struct ui *ui)
{
	size_t i = 0;

	while (theme_at(i) && theme_at(i) != ui->theme)
		i++;
	ui->theme = theme_at(i) && theme_at(i + 1) ? theme_at(i + 1) : theme_at(0);
}

static void main_action(struct ui *ui, const struct model *m, size_t rows, const struct binding *b)
{
	struct view_state *vs = &ui->views[ui->view];

	switch (b->action) {
	case ACT_QUIT:
		ui->quit = true;
		break;
	case ACT_HELP:
		ui->popup = POPUP_HELP;
		ui->popup_top = 0;
		break;
	case ACT_FREEZE:
		/* There must be something to freeze. */
		ui->frozen = !ui->frozen && m->sample.state == SAMPLE_OK;
		break;
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
		open_sort_menu(ui);
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
	case ACT_REVERSE:
		vs->descending = !vs->descending;
		break;
	case ACT_UNITS:
		ui->raw = !ui->raw;
		break;
	case ACT_THEME:
		next_theme(ui);
		ui->redraw = true;
		break;
	case ACT_LONGER:
		step_interval(ui, true);
		break;
	case ACT_SHORTER:
		step_interval(ui, false);
		break;
	case ACT_UP:
		move_cursor(vs, rows, -1);
		break;
	case ACT_DOWN:
		move_cursor(vs, rows, 1);
		break;
	case ACT_PAGE_UP:
		move_page(ui, rows, -(long)ui->page);
		break;
	case ACT_PAGE_DOWN:
		move_page(ui, rows, (long)ui->page);
		break;
	case ACT_HOME:
		move_cursor(vs, rows, -(long)vs->selected);
		break;
	case ACT_END:
		move_cursor(vs, rows, rows);
		vs->end = !ui->frozen;
		break;
	case ACT_REDRAW:
		ui->redraw = true;
		break;
	case ACT_NONE:
	case ACT_CANCEL:
	case ACT_ACCEPT:
		break;
	}
}

/* A new top of the help past its end is clamped when it is drawn. */
static void help_action(struct ui *ui, const struct binding *b)
{
	size_t page = ui->page > 1 ? ui->page : 1;

	switch (b->action) {
	case ACT_UP:
		ui->popup_top -= ui->popup_top ? 1 : 0;
		break;
	case ACT_DOWN:
		ui->popup_top++;
		break;
	case ACT_PAGE_UP:
		ui->popup_top -= ui->popup_top < page ? ui->popup_top : page;
		break;
	case ACT_PAGE_DOWN:
		ui->popup_top += page;
		break;
	case ACT_HOME:
		ui->popup_top = 0;
		break;
	case ACT_END:
		ui->popup_top = SIZE_MAX / 2;
		break;
	default:
		ui->popup = POPUP_NONE;
	}
}

static void menu_action(struct ui *ui, const struct binding *b)
{
	size_t last = 0;
	const struct column *col;

	while (column_at(last + 1))
		last++;

	switch (b->action) {
	case ACT_UP:
		ui->popup_cursor = ui->popup_cursor ? ui->popup_cursor - 1 : last;
		break;
	case ACT_DOWN:
		ui->popup_cursor = ui->popup_cursor < last ? ui->popup_cursor + 1 : 0;
		break;
	case ACT_PAGE_UP:
	case ACT_HOME:
		ui->popup_cursor = 0;
		break;
	case ACT_PAGE_DOWN:
	case ACT_END:
		ui->popup_cursor = last;
		break;
	case ACT_ACCEPT:
		col = column_at(ui->popup_cursor);
		if (col != ui->views[ui->view].sort)
			ui_sort(ui, col, col->descending);
		ui->popup = POPUP_NONE;
		break;
	default:
		ui->popup = POPUP_NONE;
	}
}

bool ui_input(struct ui *ui, const struct model *m, size_t rows, int input)
{
	static const enum key_scope scopes[] = {
		[POPUP_NONE] = SCOPE_MAIN,
		[POPUP_HELP] = SCOPE_HELP,
		[POPUP_SORT] = SCOPE_MENU,
	};
	const struct binding *b = key_binding(scopes[ui->popup], input);

	if (!b)
		return false;
	switch (scopes[ui->popup]) {
	case SCOPE_MAIN:
		main_action(ui, m, rows, b);
		break;
	case SCOPE_HELP:
		help_action(ui, b);
		break;
	case SCOPE_MENU:
		menu_action(ui, b);
		break;
	}
	return true;
}
