// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sort.c - what the table is sorted by, by key and by menu
 */
#include "input/sort.h"

#include "input/menu.h"

void sort_neighbour(struct ui *ui, int by)
{
	const struct column_list *list = &ui_list(ui)->columns;
	size_t pos;

	for (pos = 0; pos < list->nr; pos++)
		if (list->col[pos] == ui->views[ui->view].sort)
			break;
	if (pos == list->nr)
		pos = by > 0 ? list->nr - 1 : 0;
	pos = (pos + by + list->nr) % list->nr;
	ui_sort(ui, list->col[pos], list->col[pos]->descending);
}

void sort_column(struct ui *ui, size_t pos)
{
	const struct view_state *vs = &ui->views[ui->view];
	const struct column_list *list = &ui_list(ui)->columns;
	const struct column *col;

	if (pos >= list->nr)
		return;
	col = list->col[pos];
	ui_sort(ui, col, col == vs->sort ? !vs->descending : col->descending);
}

void sort_menu(struct ui *ui)
{
	ui->popup = POPUP_SORT;
	ui->popup_cursor = 0;
	for (size_t i = 0; column_at(ui_kind(ui), i); i++)
		if (column_at(ui_kind(ui), i) == ui->views[ui->view].sort)
			ui->popup_cursor = i;
}

void sort_action(struct ui *ui, const struct binding *b)
{
	size_t last = 0;
	const struct column *col;

	while (column_at(ui_kind(ui), last + 1))
		last++;

	if (menu_move(ui, b, last))
		return;
	switch (b->action) {
	case ACT_MENU_LINE:
	case ACT_ACCEPT:
		col = column_at(ui_kind(ui), ui->popup_cursor);
		if (col != ui->views[ui->view].sort)
			ui_sort(ui, col, col->descending);
		ui->popup = POPUP_NONE;
		break;
	default:
		ui->popup = POPUP_NONE;
	}
}
