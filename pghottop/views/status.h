/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_VIEWS_STATUS_H
#define PGHOTTOP_VIEWS_STATUS_H

#include <stddef.h>
#include <stdint.h>

#include "data/model.h"
#include "screen/canvas.h"
#include "state/ui.h"

/**
 * status_draw() - draw the last line: the pace, the filter, the order, or news
 * @c: canvas
 * @r: one line
 * @ui: state. What can be clicked is noted in it
 * @m: model
 * @rows: pages shown
 * @now_ns: CLOCK_MONOTONIC, to tell how old the sample is
 */
void status_draw(struct canvas *c, struct rect r, struct ui *ui, const struct model *m, size_t rows,
		 uint64_t now_ns);

#endif
