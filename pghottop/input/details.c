// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * details.c - what keys do to the page that is looked at
 */
#include "input/common.h"
#include "input/details.h"
#include "input/help.h"
#include "state/query.h"

void details_show(struct ui *ui, const struct model *m, const struct rows *rows)
{
	size_t row = ui->views[ui->view].selected;

	if (row >= rows->nr || rows->kind != ROW_PAGE || !ui_covered(ui, m))
		return;
	details_open(&ui->details, m, &m->sample.entries[rows->order[row]]);
	ui->popup = POPUP_DETAILS;
	ui->popup_top = 0;
}

void details_action(struct ui *ui, const struct model *m, const struct binding *b)
{
	switch (b->action) {
	case ACT_SEARCH_AGAIN:
		details_search(&ui->details, ui->details.all);
		return;
	case ACT_SEARCH_ALL:
		details_search(&ui->details, true);
		return;
	case ACT_FREEZE:
	case ACT_UNITS:
		common_action(ui, m, b);
		return;
	case ACT_CANCEL:
		if (details_searching(&ui->details)) {
			details_stop(&ui->details);
			return;
		}
		break;
	default:
		if (popup_scroll(ui, b))
			return;
	}
	details_close(&ui->details);
	ui->popup = POPUP_NONE;
}
