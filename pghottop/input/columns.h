/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_INPUT_COLUMNS_H
#define PGHOTTOP_INPUT_COLUMNS_H

#include "input/keys.h"
#include "state/ui.h"

/**
 * columns_action() - do what a key asks for in the menu of columns
 * @ui: state
 * @b: binding of the key
 */
void columns_action(struct ui *ui, const struct binding *b);

#endif
