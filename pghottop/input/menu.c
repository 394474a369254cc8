// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * menu.c - the cursor in a menu
 */
#include "input/menu.h"

bool menu_move(struct ui *ui, const struct binding *b, size_t last)
{
	switch (b->action) {
	case ACT_UP:
		ui->popup_cursor = ui->popup_cursor ? ui->popup_cursor - 1 : last;
		return true;
	case ACT_DOWN:
		ui->popup_cursor = ui->popup_cursor < last ? ui->popup_cursor + 1 : 0;
		return true;
	case ACT_PAGE_UP:
	case ACT_HOME:
		ui->popup_cursor = 0;
		return true;
	case ACT_PAGE_DOWN:
	case ACT_END:
		ui->popup_cursor = last;
		return true;
	case ACT_MENU_LINE:
		ui->popup_cursor = (size_t)b->arg <= last ? (size_t)b->arg : last;
		return false;
	default:
		return false;
	}
}
