/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_SCREEN_CHUNKS_H
#define PGHOTTOP_SCREEN_CHUNKS_H

#include "screen/canvas.h"

/**
 * struct chunk - a label and a value that stay together on a line
 * @label: name of the value, may be empty
 * @value: the value, may be empty
 * @label_style: style of the one
 * @style: style of the other
 * @priority: who stays on a narrow screen; 0 stays longest
 * @right: stands at the right end of the line, as all after it
 * @pos: first column, set when it is drawn
 * @width: columns, 0 when there was no room, set when it is drawn
 */
struct chunk {
	char label[40];
	char value[88];
	enum style label_style, style;
	int priority;
	bool right;
	int pos, width;
};

#define MAX_CHUNKS 64

/**
 * struct chunk_line - chunks of one line, from left to right
 * @nr: how many
 * @chunk: they
 * @gap: columns between two
 */
struct chunk_line {
	size_t nr;
	int gap;
	struct chunk chunk[MAX_CHUNKS];
};

/**
 * chunk_add() - append a chunk; one too many is left out
 * @line: line
 * @priority: as in struct chunk
 * @label: label, "" for none
 * @style: style of the value; the label has STYLE_LABEL
 * @fmt: printf format of the value
 *
 * Return: the chunk, to change the rest of it. Never NULL.
 */
struct chunk *chunk_add(struct chunk_line *line, int priority, const char *label, enum style style,
			const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/**
 * chunk_draw() - draw those that fit
 * @c: canvas
 * @row: row
 * @col: first column
 * @width: columns; what no chunk takes keeps its look
 * @line: line; where its chunks are is noted in them
 */
void chunk_draw(struct canvas *c, int row, int col, int width, struct chunk_line *line);

#endif
