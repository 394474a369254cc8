/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_INPUT_DETAILS_H
#define PGHOTTOP_INPUT_DETAILS_H

#include "data/model.h"
#include "input/keys.h"
#include "state/ui.h"
#include "table/rows.h"

/**
 * details_show() - look at the page under the cursor
 * @ui: state
 * @m: model
 * @rows: pages shown
 */
void details_show(struct ui *ui, const struct model *m, const struct rows *rows);

/**
 * details_action() - do what a key asks for while details are shown
 * @ui: state
 * @m: model
 * @b: binding of the key
 */
void details_action(struct ui *ui, const struct model *m, const struct binding *b);

#endif
