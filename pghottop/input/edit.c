// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * edit.c - one line of text, typed and edited with the keys that shells have
 */
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "input/edit.h"
#include "screen/keycodes.h"

static size_t previous(const struct prompt *p, size_t pos)
{
	size_t at = 0;

	while (at + prompt_char_length(p, at) < pos)
		at += prompt_char_length(p, at);
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
			p->cursor += prompt_char_length(p, p->cursor);
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
			erase(p, p->cursor, p->cursor + prompt_char_length(p, p->cursor));
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
