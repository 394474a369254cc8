// SPDX-License-Identifier: GPL-2.0-or-later
#include "input/search.h"
#include "table/search.h"

void find_row(struct ui *ui, const struct model *m, const struct rows *rows, size_t from, int by)
{
	struct row_env env = ui_row_env(ui, m);
	long at = search_rows(m, rows, &ui_list(ui)->columns, &env, ui->search, from, by);

	if (at >= 0)
		ui_move(ui, rows->nr, at - (long)ui->views[ui->view].selected);
	else if (*ui->search)
		ui_say(ui, true, "no row has \"%s\"", ui->search);
}
