/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_INPUT_COLUMNS_H
#define PGHOTTOP_INPUT_COLUMNS_H

#include "input/keys.h"
#include "state/ui.h"

/**
 * columns_action() - do what a key of that menu asks for
 * @ui: state
 * @b: what it asks for
 */
void columns_action(struct ui *ui, const struct binding *b);

#endif
