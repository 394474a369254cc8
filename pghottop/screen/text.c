// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "screen/text.h"

size_t text_break(const char *text, int width, bool ascii)
{
	size_t hard = strcspn(text, "\n"), fits = 0, pos = 0;

	while (pos < hard) {
		char part[512];
		size_t word = pos + strspn(text + pos, " ");

		word += strcspn(text + word, " \n");
		if (word > hard)
			word = hard;
		snprintf(part, sizeof(part), "%.*s", (int)word, text);
		if (text_width(part, ascii) > width)
			break;
		pos = fits = word;
	}
	return fits ? fits : hard;
}

int text_lines(const struct canvas *c, struct rect r, const char *text)
{
	int lines = 0;

	for (; *text; lines++) {
		text += text_break(text, r.cols, c->ascii);
		text += strspn(text, " \n");
	}
	return lines;
}

void text_draw(struct canvas *c, struct rect r, enum style style, enum align align,
	       const char *text)
{
	for (int row = 0; *text && row < r.rows; row++) {
		size_t len = text_break(text, r.cols, c->ascii);
		char line[512];

		snprintf(line, sizeof(line), "%.*s", (int)len, text);
		canvas_field(c, r.row + row, r.col, r.cols, align, ELIDE_END, style, line);
		text += len;
		text += strspn(text, " \n");
	}
}

static int draw_lines(struct canvas *c, struct rect r, int row, enum style style, const char *text)
{
	int lines = 0;

	while (*text) {
		size_t len = text_break(text, r.cols, c ? c->ascii : false);
		char line[512];

		snprintf(line, sizeof(line), "%.*s", (int)len, text);
		if (c && row + lines < r.row + r.rows)
			canvas_field(c, row + lines, r.col, r.cols, ALIGN_CENTRE, ELIDE_END, style,
				     line);
		lines++;
		text += len;
		if (*text == '\n')
			style = STYLE_NORMAL;
		text += strspn(text, " \n");
	}
	return lines;
}

void message_draw(struct canvas *c, struct rect r, enum style style, const char *text)
{
	int margin = r.cols > 44 ? (r.cols > 80 ? (r.cols - 72) / 2 : 4) : 0;
	int lines;

	r.col += margin;
	r.cols -= 2 * margin;
	lines = draw_lines(NULL, r, 0, style, text);
	draw_lines(c, r, r.row + (lines < r.rows ? (r.rows - lines) / 3 : 0), style, text);
}
