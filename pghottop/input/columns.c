// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * columns.c - the menu of columns: those shown, in their order, then the others
 */
#include "input/columns.h"

static size_t last_line(const struct ui *ui)
{
	size_t last = 0;

	while (ui_column_at(ui, last + 1))
		last++;
	return last;
}

/* The line of a column follows it to where it is now. */
static void follow(struct ui *ui, const struct column *col)
{
	for (size_t i = 0; ui_column_at(ui, i); i++)
		if (ui_column_at(ui, i) == col)
			ui->popup_cursor = i;
}

static void toggle(struct ui *ui)
{
	struct column_list *list = &ui->columns;
	const struct column *col = ui_column_at(ui, ui->popup_cursor);
	size_t at = ui->popup_cursor;

	if (at >= list->nr) {
		list->col[list->nr++] = col;
		return;
	}
	if (list->nr == 1) {
		ui_say(ui, true, "a table needs a column");
		return;
	}
	for (list->nr--; at < list->nr; at++)
		list->col[at] = list->col[at + 1];
	follow(ui, col);
}

static void move(struct ui *ui, int by)
{
	struct column_list *list = &ui->columns;
	size_t from = ui->popup_cursor, to = from + by;
	const struct column *col;

	/* Below the first of those shown is the end, in unsigned numbers too. */
	if (from >= list->nr || to >= list->nr)
		return;
	col = list->col[from];
	list->col[from] = list->col[to];
	list->col[to] = col;
	ui->popup_cursor = to;
}

void columns_action(struct ui *ui, const struct binding *b)
{
	size_t last = last_line(ui);

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
	case ACT_SORT_LEFT:
		move(ui, -1);
		break;
	case ACT_SORT_RIGHT:
		move(ui, 1);
		break;
	case ACT_MENU_LINE:
		ui->popup_cursor = (size_t)b->arg <= last ? (size_t)b->arg : last;
		toggle(ui);
		break;
	case ACT_ACCEPT:
		toggle(ui);
		break;
	default:
		ui->popup = POPUP_NONE;
	}
}
