/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_VIEWS_HEADER_H
#define PGHOTTOP_VIEWS_HEADER_H

#include "data/model.h"
#include "screen/canvas.h"
#include "state/ui.h"

/**
 * header_title() - draw the first line
 * @c: canvas
 * @r: one line
 * @ui: state
 * @m: model
 */
void header_title(struct canvas *c, struct rect r, const struct ui *ui, const struct model *m);

/**
 * header_nodes() - draw the table of nodes
 * @c: canvas
 * @r: a heading and as many nodes as there are lines left
 * @ui: state
 * @m: model
 */
void header_nodes(struct canvas *c, struct rect r, const struct ui *ui, const struct model *m);

/**
 * header_sources() - draw the line of sources
 * @c: canvas
 * @r: one line
 * @ui: state
 * @m: model
 */
void header_sources(struct canvas *c, struct rect r, const struct ui *ui, const struct model *m);

/**
 * header_totals() - draw the line of counters since boot
 * @c: canvas
 * @r: one line
 * @ui: state
 * @m: model
 */
void header_totals(struct canvas *c, struct rect r, const struct ui *ui, const struct model *m);

#endif
