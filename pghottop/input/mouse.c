// SPDX-License-Identifier: GPL-2.0-or-later
#include "input/mouse.h"

const struct binding *mouse_click(struct ui *ui, struct binding *b)
{
	const struct hit *hit = hits_find(&ui->hits, ui->mouse_row, ui->mouse_col);

	*b = (struct binding){ .action = ui->popup == POPUP_NONE ? ACT_NONE : ACT_CANCEL };
	if (hit) {
		b->action = hit->action;
		b->arg = hit->arg;
		if (hit->action == ACT_ROW || hit->action == ACT_MENU_LINE)
			b->arg += ui->mouse_row - hit->r.row;
	}
	return b;
}
