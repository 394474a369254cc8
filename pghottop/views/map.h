/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The heat map on the screen. */
#ifndef PGHOTTOP_VIEWS_MAP_H
#define PGHOTTOP_VIEWS_MAP_H

#include <stdbool.h>

#include "data/model.h"
#include "screen/canvas.h"
#include "state/map.h"

/**
 * map_draw() - draw the map with its legend, or why there is none
 * @c: canvas
 * @r: where; at least one row
 * @map: map; made to fit
 * @m: model
 * @raw: raw units
 * @frozen: there are no new samples
 */
void map_draw(struct canvas *c, struct rect r, struct map *map, const struct model *m, bool raw,
	      bool frozen);

#endif
