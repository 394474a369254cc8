// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * prompt.c - one line of text, typed and edited with the keys that shells have
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "screen/keycodes.h"
#include "screen/text.h"
#include "state/prompt.h"

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

void prompt_open(struct prompt *p, enum prompt_kind kind, const char *text)
{
	p->kind = kind;
	snprintf(p->text, sizeof(p->text), "%s", text);
	p->len = p->cursor = strlen(p->text);
	p->error[0] = 0;
}

void prompt_close(struct prompt *p)
{
	memset(p, 0, sizeof(*p));
}

void prompt_fail(struct prompt *p, size_t pos, const char *error)
{
	snprintf(p->error, sizeof(p->error), "%s", error);
	p->cursor = pos < p->len ? pos : p->len;
}

/* Bytes of the character at @pos; what is no character counts as one byte. */
static size_t char_length(const struct prompt *p, size_t pos)
{
	mbstate_t state = { 0 };
	size_t len = mbrlen(p->text + pos, p->len - pos, &state);

	return len && len <= p->len - pos ? len : 1;
}

static size_t previous(const struct prompt *p, size_t pos)
{
	size_t at = 0;

	while (at + char_length(p, at) < pos)
		at += char_length(p, at);
	return pos ? at : 0;
}

static void erase(struct prompt *p, size_t from, size_t to)
{
	memmove(p->text + from, p->text + to, p->len - to + 1);
	p->len -= to - from;
	p->cursor = from;
}

static bool insert(struct prompt *p, int input)
{
	char bytes[MB_LEN_MAX];
	mbstate_t state = { 0 };
	size_t len;

	if (input < ' ' || input >= INPUT_UP || !iswprint(input))
		return false;
	len = wcrtomb(bytes, input, &state);
	if (len == (size_t)-1 || p->len + len >= sizeof(p->text))
		return false;
	memmove(p->text + p->cursor + len, p->text + p->cursor, p->len - p->cursor + 1);
	memcpy(p->text + p->cursor, bytes, len);
	p->len += len;
	p->cursor += len;
	return true;
}

/* Where the word before the cursor begins. */
static size_t word_start(const struct prompt *p)
{
	size_t pos = p->cursor;

	while (pos && p->text[pos - 1] == ' ')
		pos--;
	while (pos && p->text[pos - 1] != ' ')
		pos--;
	return pos;
}

enum prompt_result prompt_input(struct prompt *p, int input)
{
	size_t len = p->len;

	p->error[0] = 0;
	switch (input) {
	case INPUT_ENTER:
		return PROMPT_ACCEPTED;
	case INPUT_ESCAPE:
	case INPUT_CTRL('G'):
		return PROMPT_CANCELLED;
	case INPUT_LEFT:
	case INPUT_CTRL('B'):
		p->cursor = previous(p, p->cursor);
		return PROMPT_MOVED;
	case INPUT_RIGHT:
	case INPUT_CTRL('F'):
		if (p->cursor < p->len)
			p->cursor += char_length(p, p->cursor);
		return PROMPT_MOVED;
	case INPUT_HOME:
	case INPUT_CTRL('A'):
		p->cursor = 0;
		return PROMPT_MOVED;
	case INPUT_END:
	case INPUT_CTRL('E'):
		p->cursor = p->len;
		return PROMPT_MOVED;
	case INPUT_BACKSPACE:
	case INPUT_CTRL('H'):
	case 0x7f:
		/* Nothing left to take away: the prompt itself goes, as in vi. */
		if (!p->len)
			return PROMPT_CANCELLED;
		erase(p, previous(p, p->cursor), p->cursor);
		break;
	case INPUT_DELETE:
	case INPUT_CTRL('D'):
		if (p->cursor < p->len)
			erase(p, p->cursor, p->cursor + char_length(p, p->cursor));
		break;
	case INPUT_CTRL('U'):
		erase(p, 0, p->cursor);
		break;
	case INPUT_CTRL('K'):
		erase(p, p->cursor, p->len);
		break;
	case INPUT_CTRL('W'):
		erase(p, word_start(p), p->cursor);
		break;
	default:
		if (!insert(p, input))
			return PROMPT_IGNORED;
	}
	return p->len != len ? PROMPT_EDITED : PROMPT_MOVED;
}

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
		from += char_length(p, from);
	canvas_text(c, row, col, room, STYLE_STATUS, p->text + from);
	col += columns(p, from, p->cursor, c->ascii);
	canvas_restyle(c, (struct rect){ row, col, 1, 1 }, STYLE_POPUP_CURSOR);
}
