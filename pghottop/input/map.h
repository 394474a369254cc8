/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_INPUT_MAP_H
#define PGHOTTOP_INPUT_MAP_H

#include "data/model.h"
#include "input/keys.h"
#include "state/ui.h"

/**
 * map_binding() - find what a key does while the map is shown
 * @input: the key
 *
 * The map has keys of its own, and those that are not about the table under it.
 *
 * Return: its binding, NULL when it has none there.
 */
const struct binding *map_binding(int input);

/**
 * map_input() - do what a key asks for while the map is shown
 * @ui: state
 * @m: model
 * @b: binding of the key
 */
void map_input(struct ui *ui, const struct model *m, const struct binding *b);

#endif
