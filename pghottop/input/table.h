/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_INPUT_TABLE_H
#define PGHOTTOP_INPUT_TABLE_H

#include "data/model.h"
#include "input/keys.h"
#include "state/ui.h"
#include "table/rows.h"

/**
 * table_action() - do what a key asks for while the table is shown
 * @ui: state
 * @m: model
 * @rows: pages shown
 * @b: binding of the key, of which not common_action_is()
 */
void table_action(struct ui *ui, const struct model *m, const struct rows *rows,
		  const struct binding *b);

#endif
