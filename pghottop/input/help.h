/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_INPUT_HELP_H
#define PGHOTTOP_INPUT_HELP_H

#include <stdbool.h>

#include "input/keys.h"
#include "state/ui.h"

/**
 * popup_scroll() - scroll what lies over the screen
 * @ui: state; a new top past the end is clamped when it is drawn
 * @b: what a key asks for
 *
 * Return: false when that is something else.
 */
bool popup_scroll(struct ui *ui, const struct binding *b);

/**
 * help_action() - do what a key asks for while the help is shown
 * @ui: state
 * @b: binding of the key
 */
void help_action(struct ui *ui, const struct binding *b);

#endif
