/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_INPUT_MAP_H
#define PGHOTTOP_INPUT_MAP_H

#include "data/model.h"
#include "input/keys.h"
#include "state/map.h"

/**
 * map_action() - do what a key asks for
 * @map: map
 * @m: model
 * @b: binding of the key, of SCOPE_MAP
 */
void map_action(struct map *map, const struct model *m, const struct binding *b);

#endif
