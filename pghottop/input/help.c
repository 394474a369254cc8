// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * help.c - what keys do to the help, and to other texts that can be scrolled
 */
#include <stdint.h>

#include "input/help.h"

bool popup_scroll(struct ui *ui, const struct binding *b)
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
	case ACT_MENU_LINE:
		break;
	default:
		return false;
	}
	return true;
}

void help_action(struct ui *ui, const struct binding *b)
{
	if (!popup_scroll(ui, b))
		ui->popup = POPUP_NONE;
}
