/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_INPUT_SEARCH_H
#define PGHOTTOP_INPUT_SEARCH_H

#include <stddef.h>

#include "data/model.h"
#include "state/ui.h"
#include "table/rows.h"

/**
 * find_row() - move the cursor to a row that has the text looked for
 * @ui: state; its status line tells when there is none
 * @m: model
 * @rows: pages shown
 * @from: row to begin with
 * @by: 1 to look further down, -1 further up
 */
void find_row(struct ui *ui, const struct model *m, const struct rows *rows, size_t from, int by);

#endif
