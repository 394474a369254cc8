// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * prompt.c - the line that is being typed, with what can be typed or what is wrong
 */
#include <stdio.h>

#include "screen/text.h"
#include "views/prompt.h"

/* The rows above the line that a hint or an error may take. */
#define NOTE_ROWS 4

static const struct {
	const char *label;
	const char *hint;
} kinds[] = {
	[PROMPT_SEARCH] = { "Search: ",
			    "A part of any column's text. Enter stays there, n and N go on, "
			    "Esc goes back." },
	[PROMPT_FILTER] = { "Filter: ",
			    "node target freq age score source type flag cgroup size order pfn "
			    "addr, "
			    "= != < <= > >= ~, and or not ( ): freq>=8 and type=anon,thp. "
			    "Empty shows all pages, Esc changes nothing." },
	[PROMPT_SAVE] = { "Save to: ", "A name that ends in .json gets JSON, others get text. "
				       "Esc saves nothing." },
	[PROMPT_SEEK] = { "Go to: ", "A time since the first sample, such as 90s or 1m30s, or a "
				     "sample, such as #12. Esc stays here." },
};

/* Columns of the text from @from to @to. */
static int columns(const struct prompt *p, size_t from, size_t to, bool ascii)
{
	char part[PROMPT_LEN];

	snprintf(part, sizeof(part), "%.*s", (int)(to - from), p->text + from);
	return text_width(part, ascii);
}

static void draw_note(struct canvas *c, int row, const struct prompt *p)
{
	const char *text = p->error[0] ? p->error : kinds[p->kind].hint;
	enum style style = p->error[0] ? STYLE_ALARM : STYLE_POPUP;
	struct rect r = { 0, 0, row < NOTE_ROWS ? row : NOTE_ROWS, c->cols };
	int lines = text_lines(c, r, text);

	/* On a tiny screen the table matters more than a hint. */
	if (lines > r.rows || (!p->error[0] && row < 8))
		lines = p->error[0] ? r.rows : 0;
	r.row = row - lines;
	r.rows = lines;
	canvas_clear(c, r, style);
	text_draw(c, r, style, ALIGN_LEFT, text);
}

void prompt_draw(struct canvas *c, int row, const struct prompt *p)
{
	int col = text_width(kinds[p->kind].label, c->ascii), room;
	size_t from = 0;

	draw_note(c, row, p);
	canvas_clear(c, (struct rect){ row, 0, 1, c->cols }, STYLE_STATUS);
	/* The label gives way before the text does. */
	if (col > c->cols / 2)
		col = 0;
	canvas_text(c, row, 0, col, STYLE_STATUS_KEY, kinds[p->kind].label);
	room = c->cols - col;
	while (from < p->cursor && columns(p, from, p->cursor, c->ascii) >= room)
		from += prompt_char_length(p, from);
	canvas_text(c, row, col, room, STYLE_STATUS, p->text + from);
	col += columns(p, from, p->cursor, c->ascii);
	canvas_restyle(c, (struct rect){ row, col, 1, 1 }, STYLE_POPUP_CURSOR);
}
