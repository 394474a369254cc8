/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The room screen: a grid of cells (canvas), how styles look (theme), how room is shared
 * out (layout, chunks), how text breaks (text), and the terminal with its keys (term,
 * keycodes). Nothing here knows of pages.
 */
#ifndef PGHOTTOP_SCREEN_CANVAS_H
#define PGHOTTOP_SCREEN_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

#include "screen/theme.h"

/* A base character and its combining ones; what ncurses' cchar_t holds too. */
#define CELL_CHARS 5

/**
 * struct cell - one column of one row
 * @ch: the character and what combines with it, ending with 0 when shorter;
 *	empty in the right half of a wide character
 * @style: enum style
 */
struct cell {
	wchar_t ch[CELL_CHARS];
	uint8_t style;
};

/**
 * struct canvas - a grid of cells in memory
 * @rows: height
 * @cols: width
 * @ascii: nothing but ASCII may be drawn; other characters become '?'
 * @cells: row by row
 *
 * The renderer draws here and nowhere else; a terminal, a test or a file takes
 * it from here. Drawing outside the grid is allowed and draws nothing. Text is
 * data of others (a cgroup can be named anything): control characters never
 * reach a cell.
 */
struct canvas {
	int rows, cols;
	bool ascii;
	struct cell *cells;
};

/* A part of a canvas. */
struct rect {
	int row, col, rows, cols;
};

enum align {
	ALIGN_LEFT,
	ALIGN_RIGHT,
	ALIGN_CENTRE,
};

/* Which end of a text that does not fit is left out. */
enum elide {
	ELIDE_END,
	ELIDE_START,
};

/**
 * canvas_resize() - set the size and clear everything
 * @c: zeroed, or used before
 * @rows: at least 1
 * @cols: at least 1
 *
 * Return: 0, or -ENOMEM; the canvas is unchanged then.
 */
int canvas_resize(struct canvas *c, int rows, int cols);

/**
 * canvas_release() - free the cells
 * @c: may be zeroed
 */
void canvas_release(struct canvas *c);

/**
 * canvas_clear() - fill a part with blanks
 * @c: the canvas
 * @r: the part, clipped to the canvas
 * @style: of the blanks
 */
void canvas_clear(struct canvas *c, struct rect r, enum style style);

/**
 * canvas_restyle() - change the style of a part, keep its text
 * @c: the canvas
 * @r: the part, clipped to the canvas
 * @style: the new style
 */
void canvas_restyle(struct canvas *c, struct rect r, enum style style);

/**
 * canvas_text() - write text from a position on
 * @c: the canvas
 * @row: row
 * @col: first column
 * @width: columns that may be used; a character that needs more ends it
 * @style: style
 * @text: in the locale's encoding
 *
 * Return: columns used.
 */
int canvas_text(struct canvas *c, int row, int col, int width, enum style style, const char *text);

/**
 * canvas_field() - write text into a field, aligned, cut with an ellipsis
 * @c: the canvas
 * @row: row
 * @col: first column
 * @width: columns of the field, all of which take the style
 * @align: where the text stands when it is narrower
 * @elide: what is left out when it is wider
 * @style: style
 * @text: in the locale's encoding
 */
void canvas_field(struct canvas *c, int row, int col, int width, enum align align, enum elide elide,
		  enum style style, const char *text);

/**
 * canvas_bar() - draw a horizontal bar
 * @c: the canvas
 * @row: row
 * @col: first column
 * @width: columns
 * @fill: 0.0 (empty) to 1.0 (full); outside of that is clamped
 * @style: of the filled part; halves of a column where Unicode is allowed
 */
void canvas_bar(struct canvas *c, int row, int col, int width, double fill, enum style style);

/**
 * canvas_spark() - draw a sparkline of the most recent values
 * @c: the canvas
 * @row: row
 * @col: first column
 * @width: columns; one value each, the last value in the last column
 * @values: oldest first
 * @nr: number of values
 * @scale: value drawn at full height; 0 takes the largest of those drawn
 *
 * A value above zero is never drawn as nothing.
 */
void canvas_spark(struct canvas *c, int row, int col, int width, const double *values, size_t nr,
		  double scale);

/**
 * canvas_dump() - the text of a canvas
 * @c: the canvas
 * @styles: each row's styles instead, a letter per column from 'a' for
 *	STYLE_NORMAL, and from 'A' on after 'z'
 *
 * Return: lines without trailing blanks, to be freed; NULL without memory.
 */
char *canvas_dump(const struct canvas *c, bool styles);

/**
 * text_clean() - text as canvas_text() would show it
 * @buf: written to, cut between characters when it is too small
 * @size: its size, at least 1
 * @text: in the locale's encoding
 * @ascii: as in struct canvas
 *
 * Return: @buf.
 */
char *text_clean(char *buf, size_t size, const char *text, bool ascii);

/**
 * text_width() - columns that canvas_text() would use
 * @text: in the locale's encoding
 * @ascii: as in struct canvas
 */
int text_width(const char *text, bool ascii);

#endif
