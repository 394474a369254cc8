/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Amounts of memory, each in parts: bars beside each other in text and in pictures. */
#ifndef PGHOTCTL_REPORT_BARS_H
#define PGHOTCTL_REPORT_BARS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* More than any report has. */
#define BARS_PARTS 6

/* Characters of a bar in text. */
#define BARS_TEXT 24

/* Rows of a picture at most; a page has a table of all. */
#define BARS_ROWS 60

/**
 * struct bars_part - a part that all bars have
 * @name: what it is
 * @class: its colour, as plot_begin() has it in its style
 */
struct bars_part {
	const char *name;
	const char *class;
};

/**
 * struct bars_row - a bar
 * @label: what it is of, any bytes; the end of a long one is shown
 * @pages: its parts, in base pages
 */
struct bars_row {
	char label[256];
	uint64_t pages[BARS_PARTS];
};

/**
 * struct bars - a picture of them
 * @title: what it shows
 * @first: title of the column of labels
 * @parts: parts, &nr_parts of them
 * @nr_parts: how many
 * @page_size: bytes of a base page
 * @row: gives the bar of a row
 * @nr: rows
 * @data: passed to @row
 */
struct bars {
	const char *title;
	const char *first;
	const struct bars_part *parts;
	size_t nr_parts;
	uint32_t page_size;
	void (*row)(const void *data, size_t i, struct bars_row *row);
	size_t nr;
	const void *data;
};

/**
 * bars_text() - a bar of characters, one for each part
 * @text: BARS_TEXT + 1 bytes
 * @signs: characters of the parts, as many as there are parts
 * @pages: the parts
 * @most: what the longest bar is of
 *
 * What there is of anything at all has a character, if there is room.
 */
void bars_text(char *text, const char *signs, const uint64_t *pages, uint64_t most);

/**
 * bars_plot() - as a picture
 * @b: bars
 * @to: stream, see plot.h
 */
void bars_plot(const struct bars *b, FILE *to);

/**
 * bars_page() - the same as a table
 * @b: bars
 * @to: stream
 */
void bars_page(const struct bars *b, FILE *to);

#endif /* PGHOTCTL_REPORT_BARS_H */
