// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * columns.c - the menu of columns: those shown, in their order, then the others
 */
#include "input/columns.h"

#include "input/menu.h"

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
	struct column_list *list = &ui->lists[ui_kind(ui)].columns;
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
	struct column_list *list = &ui->lists[ui_kind(ui)].columns;
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
	if (menu_move(ui, b, last_line(ui)))
		return;
	switch (b->action) {
	case ACT_SORT_LEFT:
		move(ui, -1);
		break;
	case ACT_SORT_RIGHT:
		move(ui, 1);
		break;
	case ACT_MENU_LINE:
	case ACT_ACCEPT:
		toggle(ui);
		break;
	default:
		ui->popup = POPUP_NONE;
	}
}
