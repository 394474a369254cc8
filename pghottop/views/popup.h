/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_VIEWS_POPUP_H
#define PGHOTTOP_VIEWS_POPUP_H

#include "screen/canvas.h"
#include "state/ui.h"

/**
 * popup_draw() - draw what lies over the screen, if anything does
 * @c: canvas
 * @ui: state; the first line shown is clamped
 */
void popup_draw(struct canvas *c, struct ui *ui, const struct model *m);

#endif
