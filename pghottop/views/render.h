/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The room views: all that is drawn, a file for each part of the screen. Views read the
 * state. What they write to it is what fits on the screen and what can be clicked there.
 */
#ifndef PGHOTTOP_VIEWS_RENDER_H
#define PGHOTTOP_VIEWS_RENDER_H

#include "data/model.h"
#include "screen/canvas.h"
#include "state/ui.h"
#include "table/rows.h"

/**
 * render() - draw the whole screen
 * @c: canvas, of any size
 * @ui: state; the page size and the cursor are made to fit the canvas
 * @m: model
 * @rows: pages to show
 * @now_ns: CLOCK_MONOTONIC, to tell how old the sample is
 */
void render(struct canvas *c, struct ui *ui, const struct model *m, const struct rows *rows,
	    uint64_t now_ns);

/**
 * render_page() - rows of the table on a screen of some size
 * @ui: state
 * @m: model
 * @screen_rows: height of the screen
 *
 * For the limit of the first request, before anything was drawn.
 */
size_t render_page(const struct ui *ui, const struct model *m, int screen_rows);

#endif
