// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screen/text.h"
#include "views/box.h"

void lines_add(struct lines *l, bool heading, const char *fmt, ...)
{
	va_list ap;
	char *text;
	int len;

	if (l->nr == l->max) {
		size_t max = l->max ? 2 * l->max : 64;
		struct box_line *line = reallocarray(l->line, max, sizeof(*line));

		if (!line)
			return;
		l->line = line;
		l->max = max;
	}
	va_start(ap, fmt);
	len = vasprintf(&text, fmt, ap);
	va_end(ap);
	if (len >= 0)
		l->line[l->nr++] = (struct box_line){ heading, text };
}

void lines_wrap(struct lines *l, int width, bool ascii)
{
	struct lines wrapped = { 0 };

	/* What is indented must leave room for a word. */
	if (width < 12)
		return;
	for (size_t i = 0; i < l->nr; i++) {
		const char *text = l->line[i].text;
		size_t len = text_break(text, width, ascii);

		lines_add(&wrapped, l->line[i].heading, "%.*s", (int)len, text);
		while (text[len]) {
			text += len;
			text += strspn(text, " ");
			len = text_break(text, width - 3, ascii);
			lines_add(&wrapped, l->line[i].heading, "   %.*s", (int)len, text);
		}
	}
	lines_release(l);
	*l = wrapped;
}

void lines_release(struct lines *l)
{
	for (size_t i = 0; i < l->nr; i++)
		free(l->line[i].text);
	free(l->line);
	memset(l, 0, sizeof(*l));
}

static void draw_border(struct canvas *c, struct rect r, const char *title)
{
	const char *h = c->ascii ? "-" : "─", *v = c->ascii ? "|" : "│";
	const char *corner[4] = { "┌", "┐", "└", "┘" };
	int bottom = r.row + r.rows - 1, right = r.col + r.cols - 1;

	if (c->ascii)
		for (int i = 0; i < 4; i++)
			corner[i] = "+";
	canvas_clear(c, r, STYLE_POPUP);
	for (int col = r.col + 1; col < right; col++) {
		canvas_text(c, r.row, col, 1, STYLE_POPUP, h);
		canvas_text(c, bottom, col, 1, STYLE_POPUP, h);
	}
	for (int row = r.row + 1; row < bottom; row++) {
		canvas_text(c, row, r.col, 1, STYLE_POPUP, v);
		canvas_text(c, row, right, 1, STYLE_POPUP, v);
	}
	canvas_text(c, r.row, r.col, 1, STYLE_POPUP, corner[0]);
	canvas_text(c, r.row, right, 1, STYLE_POPUP, corner[1]);
	canvas_text(c, bottom, r.col, 1, STYLE_POPUP, corner[2]);
	canvas_text(c, bottom, right, 1, STYLE_POPUP, corner[3]);
	canvas_text(c, r.row, r.col + 2, r.cols - 4, STYLE_POPUP_TITLE, title);
}

size_t box_draw(struct canvas *c, const struct lines *l, const char *title, int cols, size_t top,
		long cursor, struct hits *hits)
{
	int widest = text_width(title, c->ascii) + 2;
	struct rect r;
	size_t room;

	for (size_t i = 0; i < l->nr; i++) {
		int w = text_width(l->line[i].text, c->ascii);

		if (w > widest)
			widest = w;
	}
	if (widest + 3 < cols)
		widest = cols - 3;
	r.rows = (int)l->nr + 2 < c->rows ? (int)l->nr + 2 : c->rows;
	r.cols = widest + 3 < c->cols ? widest + 3 : c->cols;
	r.row = (c->rows - r.rows) / 2;
	r.col = (c->cols - r.cols) / 2;

	/* Too low for a border: the lines alone. */
	if (r.rows < 3 || r.cols < 6) {
		canvas_clear(c, r, STYLE_POPUP);
		room = r.rows;
	} else {
		draw_border(c, r, title);
		r.row++;
		r.col++;
		r.cols -= 2;
		room = r.rows - 2;
	}

	if (top + room > l->nr)
		top = l->nr > room ? l->nr - room : 0;
	if (cursor >= 0 && (size_t)cursor >= top + room)
		top = cursor - room + 1;
	if (cursor >= 0 && (size_t)cursor < top)
		top = cursor;
	hits_clear(hits);
	hits_add(hits, r, ACT_MENU_LINE, (int)top);
	for (size_t i = 0; i < room && top + i < l->nr; i++) {
		enum style style = STYLE_POPUP;

		if ((long)(top + i) == cursor)
			style = STYLE_POPUP_CURSOR;
		else if (l->line[top + i].heading)
			style = STYLE_POPUP_TITLE;
		canvas_field(c, r.row + i, r.col, r.cols, ALIGN_LEFT, ELIDE_END, style,
			     l->line[top + i].text);
	}
	return top;
}
