/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_INPUT_MOUSE_H
#define PGHOTTOP_INPUT_MOUSE_H

#include "input/keys.h"
#include "state/ui.h"

/**
 * mouse_click() - what was clicked, as if it were a key
 * @ui: state; tells where, and what lies there
 * @b: filled in; lines are told by their number
 *
 * A click beside a popup closes it.
 *
 * Return: @b.
 */
const struct binding *mouse_click(struct ui *ui, struct binding *b);

#endif
