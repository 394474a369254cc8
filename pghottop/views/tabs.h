/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_VIEWS_TABS_H
#define PGHOTTOP_VIEWS_TABS_H

#include "data/model.h"
#include "screen/canvas.h"
#include "state/ui.h"

/**
 * tabs_draw() - draw the nodes and the views that there are to choose from
 * @c: canvas
 * @r: one line
 * @ui: state. What can be clicked is noted in it
 * @m: model
 */
void tabs_draw(struct canvas *c, struct rect r, struct ui *ui, const struct model *m);

#endif
