/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_VIEWS_TABLE_H
#define PGHOTTOP_VIEWS_TABLE_H

#include "data/model.h"
#include "screen/canvas.h"
#include "state/ui.h"
#include "table/rows.h"

/**
 * table_draw() - draw the table of pages, or why there is none
 * @c: canvas
 * @heading: line of the titles, no rows when there is no room for it
 * @body: where the pages go
 * @ui: state; its cursor is on a row. What can be clicked is noted in it
 * @m: model
 * @rows: pages to show
 */
void table_draw(struct canvas *c, struct rect heading, struct rect body, struct ui *ui,
		const struct model *m, const struct rows *rows);

/**
 * entries_notice() - why there are no pages, in words
 * @m: model
 * @view: what was asked for
 * @style: set to how serious it is, may be NULL
 * @buf: written to
 * @size: its size
 *
 * Return: @buf, or NULL when there may be pages.
 */
const char *entries_notice(const struct model *m, enum view view, enum style *style, char *buf,
			   size_t size);

/**
 * scope_order() - which of its pages a view has first, and so has when not all
 * @view: view
 */
const char *scope_order(enum view view);

/**
 * empty_notice() - why a table has no pages, in words
 * @ui: state; view and tab
 * @m: model
 * @buf: written to
 * @size: its size
 *
 * Return: @buf.
 */
const char *empty_notice(const struct ui *ui, const struct model *m, char *buf, size_t size);

/**
 * failure_notice() - what went wrong, in words
 * @error: what
 * @doing: what was tried
 * @buf: written to
 * @size: its size
 *
 * Return: @buf.
 */
const char *failure_notice(const struct pghot_error *error, const char *doing, char *buf,
			   size_t size);

/* What to tell of a kernel without the family; its first line says it all. */
extern const char no_family_notice[];

#endif
