/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_INPUT_MENU_H
#define PGHOTTOP_INPUT_MENU_H

#include <stdbool.h>
#include <stddef.h>

#include "input/keys.h"
#include "state/ui.h"

/**
 * menu_move() - move the cursor of a menu as a key or the mouse asks for
 * @ui: state
 * @b: binding of the key
 * @last: the last line, from 0
 *
 * Return: is that all? Not when a line was clicked, which chooses it, too, and not when
 * the key means something else.
 */
bool menu_move(struct ui *ui, const struct binding *b, size_t last);

#endif
