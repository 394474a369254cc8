// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stdio.h>

#include "screen/chunks.h"
#include "screen/layout.h"

struct chunk *chunk_add(struct chunk_line *line, int priority, const char *label, enum style style,
			const char *fmt, ...)
{
	/* The last place is where surplus ones go, and is never drawn. */
	struct chunk *ch = &line->chunk[line->nr < MAX_CHUNKS ? line->nr : MAX_CHUNKS - 1];
	va_list ap;

	if (line->nr < MAX_CHUNKS - 1)
		line->nr++;
	*ch = (struct chunk){
		.label_style = STYLE_LABEL,
		.style = style,
		.priority = priority,
	};
	snprintf(ch->label, sizeof(ch->label), "%s", label);
	va_start(ap, fmt);
	vsnprintf(ch->value, sizeof(ch->value), fmt, ap);
	va_end(ap);
	return ch;
}

static int chunk_width(const struct chunk *ch, bool ascii)
{
	int label = text_width(ch->label, ascii), value = text_width(ch->value, ascii);

	return label + value + (label && value);
}

static void draw_one(struct canvas *c, int row, int col, int width, const struct chunk *ch)
{
	int used = canvas_text(c, row, col, width, ch->label_style, ch->label);

	if (used && ch->value[0] && used < width)
		used += canvas_text(c, row, col + used, 1, ch->label_style, " ");
	canvas_text(c, row, col + used, width - used, ch->style, ch->value);
}

void chunk_draw(struct canvas *c, int row, int col, int width, struct chunk_line *line)
{
	struct layout_item items[MAX_CHUNKS];
	size_t right = line->nr;
	int used, shift;

	for (size_t i = 0; i < line->nr; i++) {
		int w = chunk_width(&line->chunk[i], c->ascii);

		items[i] = (struct layout_item){
			.min = w,
			.want = w,
			.priority = line->chunk[i].priority,
		};
		if (line->chunk[i].right && right == line->nr)
			right = i;
	}

	used = layout_solve(items, line->nr, width, line->gap);
	shift = width - used;
	for (size_t i = 0; i < line->nr; i++) {
		struct chunk *ch = &line->chunk[i];

		ch->pos = col + items[i].pos + (i >= right ? shift : 0);
		ch->width = items[i].size;
		if (ch->width)
			draw_one(c, row, ch->pos, ch->width, ch);
	}
}
