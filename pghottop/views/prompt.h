/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_VIEWS_PROMPT_H
#define PGHOTTOP_VIEWS_PROMPT_H

#include "screen/canvas.h"
#include "state/prompt.h"

/**
 * prompt_draw() - draw it
 * @c: canvas
 * @row: row of the line; the ones above it get what is wrong, or a hint
 * @p: prompt that is open
 */
void prompt_draw(struct canvas *c, int row, const struct prompt *p);

#endif
