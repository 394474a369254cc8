// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ui.c - the state of the screen; no terminal in here
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "state/ui.h"

void ui_init(struct ui *ui)
{
	memset(ui, 0, sizeof(*ui));
	ui->nid = ALL_NODES;
	ui->interval_ms = 1000;
	ui->page = 1;
	ui->theme = theme_default(NULL);
	columns_default(&ui->columns);
	for (int v = 0; v < NR_VIEWS; v++)
		ui->views[v].sort = rows_native_sort(v, &ui->views[v].descending);
}

void ui_release(struct ui *ui)
{
	filter_free(ui->filter);
	ui->filter = NULL;
	details_close(&ui->details);
}

int ui_filter(struct ui *ui, const char *text, struct filter_error *error)
{
	struct filter *filter;
	int err = filter_parse(&filter, text, error);

	if (err)
		return err;
	filter_free(ui->filter);
	ui->filter = filter;
	snprintf(ui->filter_text, sizeof(ui->filter_text), "%s", filter ? text : "");
	for (int v = 0; v < NR_VIEWS; v++)
		ui->views[v].window = 0;
	return 0;
}

struct row_filter ui_row_filter(const struct ui *ui)
{
	return (struct row_filter){ .nid = ui->nid, .expr = ui->filter };
}

void ui_say(struct ui *ui, bool alarm, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(ui->message, sizeof(ui->message), fmt, ap);
	va_end(ap);
	ui->alarm = alarm;
}

void ui_sort(struct ui *ui, const struct column *col, bool descending)
{
	struct view_state *vs = &ui->views[ui->view];

	vs->sort = col;
	vs->descending = descending;
}

static bool shown(const struct ui *ui, const struct column *col)
{
	for (size_t i = 0; i < ui->columns.nr; i++)
		if (ui->columns.col[i] == col)
			return true;
	return false;
}

const struct column *ui_column_at(const struct ui *ui, size_t i)
{
	const struct column *col;

	if (i < ui->columns.nr)
		return ui->columns.col[i];
	i -= ui->columns.nr;
	for (size_t k = 0; (col = column_at(k)); k++)
		if (!shown(ui, col) && !i--)
			return col;
	return NULL;
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

void ui_move(struct ui *ui, size_t rows, long by)
{
	struct view_state *vs = &ui->views[ui->view];
	long to = (long)vs->selected + by;

	vs->end = false;
	if (to < 0)
		to = 0;
	if (rows && to >= (long)rows)
		to = rows - 1;
	vs->selected = to;
}
