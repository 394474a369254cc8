/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_INPUT_SORT_H
#define PGHOTTOP_INPUT_SORT_H

#include <stddef.h>

#include "input/keys.h"
#include "state/ui.h"

/**
 * sort_neighbour() - sort by the column beside the one sorted by
 * @ui: state
 * @by: 1 for the one to the right, -1 to the left
 */
void sort_neighbour(struct ui *ui, int by);

/**
 * sort_column() - sort by a column shown, or the other way round
 * @ui: state
 * @pos: which, from 0; past the last is none
 */
void sort_column(struct ui *ui, size_t pos);

/**
 * sort_menu() - open the menu of columns to sort by
 * @ui: state
 */
void sort_menu(struct ui *ui);

/**
 * sort_action() - do what a key asks for in that menu
 * @ui: state
 * @b: binding of the key
 */
void sort_action(struct ui *ui, const struct binding *b);

#endif
