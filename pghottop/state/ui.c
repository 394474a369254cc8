// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ui.c - the state of the screen; no terminal in here
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "state/ui.h"

void ui_init(struct ui *ui)
{
	memset(ui, 0, sizeof(*ui));
	ui->nid = ALL_NODES;
	ui->interval_ms = 1000;
	ui->page = 1;
	ui->theme = theme_default(NULL);
	ui->tree = true;
	for (int kind = 0; kind < NR_ROW_KINDS; kind++)
		columns_default(kind, &ui->lists[kind].columns);
	for (int v = 0; v < NR_VIEWS; v++)
		ui->views[v].sort = rows_native_sort(v, &ui->views[v].descending);
}

void ui_release(struct ui *ui)
{
	for (int kind = 0; kind < NR_ROW_KINDS; kind++) {
		filter_free(ui->lists[kind].filter);
		ui->lists[kind].filter = NULL;
	}
	folds_release(&ui->folds);
	free(ui->within);
	ui->within = NULL;
	details_close(&ui->details);
}

struct row_env ui_row_env(const struct ui *ui, const struct model *m)
{
	struct row_env env = row_env_of(m, ui->raw, ui->ascii);

	env.tree = ui->tree;
	env.folds = &ui->folds;
	return env;
}

static void begin_anew(struct ui *ui)
{
	for (int v = 0; v < NR_VIEWS; v++) {
		if (v == VIEW_CGROUPS)
			continue;
		ui->views[v].selected = ui->views[v].top = ui->views[v].window = 0;
		ui->views[v].end = false;
	}
}

int ui_enter(struct ui *ui, const char *path, uint64_t ino)
{
	char *copy = path ? strdup(path) : NULL;

	if (path && !copy)
		return -ENOMEM;
	free(ui->within);
	ui->within = copy;
	ui->within_ino = copy ? ino : 0;
	ui->pid = 0;
	ui->in_mapping = false;
	begin_anew(ui);
	return 0;
}

void ui_process(struct ui *ui, pid_t pid)
{
	struct view_state *vs = &ui->views[VIEW_MAPPINGS];

	ui->pid = pid;
	ui->in_mapping = false;
	vs->selected = vs->top = 0;
	vs->end = false;
}

int ui_filter(struct ui *ui, const char *text, struct filter_error *error)
{
	struct list_state *list = &ui->lists[ui_kind(ui)];
	struct filter *filter;
	int err = filter_parse(&filter, ui_kind(ui), text, error);

	if (err)
		return err;
	filter_free(list->filter);
	list->filter = filter;
	snprintf(list->filter_text, sizeof(list->filter_text), "%s", filter ? text : "");
	for (int v = 0; v < NR_VIEWS; v++)
		ui->views[v].window = 0;
	return 0;
}

struct row_filter ui_row_filter(const struct ui *ui)
{
	return (struct row_filter){
		.kind = ui_kind(ui),
		.nid = ui->nid,
		/* A page in there may be charged to somebody else. */
		.within = ui_of_mapping(ui) ? NULL : ui->within,
		.expr = ui_list(ui)->filter,
	};
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
	const struct column_list *list = &ui_list(ui)->columns;

	for (size_t i = 0; i < list->nr; i++)
		if (list->col[i] == col)
			return true;
	return false;
}

const struct column *ui_column_at(const struct ui *ui, size_t i)
{
	const struct column_list *list = &ui_list(ui)->columns;
	const struct column *col;

	if (i < list->nr)
		return list->col[i];
	i -= list->nr;
	for (size_t k = 0; (col = column_at(ui_kind(ui), k)); k++)
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
