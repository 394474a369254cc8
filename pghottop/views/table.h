/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_VIEWS_TABLE_H
#define PGHOTTOP_VIEWS_TABLE_H

#include "data/model.h"
#include "screen/canvas.h"
#include "state/ui.h"
#include "table/rows.h"

/**
 * table_draw() - draw the table of pages, or why there is none
 * @c: canvas
 * @heading: line of the titles, no rows when there is no room for it
 * @body: where the pages go
 * @ui: state; its cursor is on a row. What can be clicked is noted in it
 * @m: model
 * @rows: pages to show
 */
void table_draw(struct canvas *c, struct rect heading, struct rect body, struct ui *ui,
		const struct model *m, const struct rows *rows);

#endif
