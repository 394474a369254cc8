/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Boxes with lines of text that lie over the screen. */
#ifndef PGHOTTOP_VIEWS_BOX_H
#define PGHOTTOP_VIEWS_BOX_H

#include <stdbool.h>
#include <stddef.h>

#include "screen/canvas.h"
#include "state/hits.h"

/**
 * struct line - a line of a box
 * @heading: it is a heading
 * @text: text, in the locale's encoding
 */
struct box_line {
	bool heading;
	char *text;
};

/**
 * struct lines - text of a box
 * @nr: lines
 * @max: room
 * @line: they
 */
struct lines {
	size_t nr, max;
	struct box_line *line;
};

/**
 * lines_add() - append a line; without memory it is left out
 * @l: lines
 * @heading: it is a heading
 * @fmt: printf format
 */
void lines_add(struct lines *l, bool heading, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/**
 * lines_wrap() - break the lines that are too long, between words
 * @l: lines
 * @width: columns that they may have
 * @ascii: as in struct canvas
 */
void lines_wrap(struct lines *l, int width, bool ascii);

/**
 * lines_release() - free
 * @l: lines
 */
void lines_release(struct lines *l);

/**
 * box_draw() - draw a box in the middle
 * @c: canvas
 * @l: what is in it
 * @title: title
 * @cols: columns that it has at least, where there are as many
 * @top: first line to show; less when the last lines leave room
 * @cursor: line that is marked and stays visible, -1 for none
 * @hits: gets the lines as ACT_MENU_LINE, and nothing else of the screen
 *
 * Return: first line shown.
 */
size_t box_draw(struct canvas *c, const struct lines *l, const char *title, int cols, size_t top,
		long cursor, struct hits *hits);

#endif
