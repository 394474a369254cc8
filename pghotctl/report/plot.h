/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pictures of reports: SVG, alone or in a page of HTML. Neither has a script, a font or
 * anything else from elsewhere, so that they open offline and stay what they are. Both
 * follow the colour scheme, light or dark, of who looks at them.
 *
 * Pages are XML as well as HTML: what writes them can be checked by any XML parser.
 * Strings of others go through plot_text() or plot_attr() only.
 */
#ifndef PGHOTCTL_REPORT_PLOT_H
#define PGHOTCTL_REPORT_PLOT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "atomic.h"
#include "backend/ctx.h"

/* Levels of heat: 1, 2-3, 4-7, 8-15, 16-31, 32-63. */
#define PLOT_LEVELS 6

/* Colours of lines that differ for the colour-blind too. */
#define PLOT_SERIES 5

/**
 * plot_level() - the level of heat of a frequency
 * @freq: frequency
 *
 * Return: 0 for 0, to PLOT_LEVELS.
 */
unsigned int plot_level(unsigned int freq);

/**
 * plot_level_text() - what a level stands for: "8-15"
 * @level: 1 to PLOT_LEVELS
 */
const char *plot_level_text(unsigned int level);

/**
 * plot_text() - a string of anybody as text of XML
 * @to: stream
 * @s: any bytes; what is not printable is escaped as in text for a terminal
 */
void plot_text(FILE *to, const char *s);

/**
 * struct plot_file - a picture or a page that is being written
 * @f: file
 * @to: stream
 * @path: its name
 * @page: HTML around it
 * @open: it is open
 */
struct plot_file {
	struct atomic_file f;
	FILE *to;
	const char *path;
	bool page;
	bool open;
};

/**
 * plot_open() - begin a file
 * @p: filled
 * @ctx: context; gets the failure
 * @path: name of the file, "-" for standard output
 * @page: HTML, not just a picture
 * @title: of the page
 *
 * It can be read by its owner only, for it has page frame numbers.
 *
 * Return: exit status.
 */
int plot_open(struct plot_file *p, struct ctx *ctx, const char *path, bool page, const char *title);

/**
 * plot_close() - the file is complete
 * @p: file
 * @ctx: context; gets the failure
 *
 * Return: exit status.
 */
int plot_close(struct plot_file *p, struct ctx *ctx);

/**
 * plot_begin() - begin the picture
 * @to: stream
 * @width: of the picture in pixels
 * @height: likewise
 * @title: what it shows
 */
void plot_begin(FILE *to, unsigned int width, unsigned int height, const char *title);

/**
 * plot_end() - end the picture
 * @to: stream
 */
void plot_end(FILE *to);

/**
 * plot_label() - text in a picture
 * @to: stream
 * @x: where
 * @y: base line
 * @class: "t" for text, "h" for a heading, "m" for what matters less
 * @anchor: "start", "middle" or "end"
 * @s: any bytes
 */
void plot_label(FILE *to, double x, double y, const char *class, const char *anchor, const char *s);

/**
 * plot_rect() - a filled rectangle
 * @to: stream
 * @class: what it is, as plot_begin() has it in its style
 * @x: left
 * @y: top
 * @w: width
 * @h: height
 */
void plot_rect(FILE *to, const char *class, double x, double y, double w, double h);

/**
 * plot_table_begin() - a table of a page
 * @to: stream
 * @titles: of its columns; a leading '-' aligns to the left and is not shown
 * @nr: how many
 */
void plot_table_begin(FILE *to, const char *const *titles, size_t nr);
void plot_row_begin(FILE *to);
/* @left: aligned to the left */
void plot_cell(FILE *to, bool left, const char *s);
void plot_row_end(FILE *to);
void plot_table_end(FILE *to);

#endif /* PGHOTCTL_REPORT_PLOT_H */
