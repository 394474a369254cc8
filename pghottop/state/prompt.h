/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_STATE_PROMPT_H
#define PGHOTTOP_STATE_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "screen/canvas.h"

/* Bytes of what can be typed, with the end. */
#define PROMPT_LEN 256

enum prompt_kind {
	PROMPT_NONE,
	PROMPT_SEARCH,
	PROMPT_FILTER,
	PROMPT_SAVE,
	PROMPT_SEEK,
};

/**
 * struct prompt - a line that the user is typing, in place of the status line
 * @kind: what for, PROMPT_NONE when there is none
 * @text: what has been typed, in the locale's encoding
 * @len: its bytes
 * @cursor: where the next character goes, between two of the text
 * @error: what was wrong with it when it was accepted; goes with the next key
 */
struct prompt {
	enum prompt_kind kind;
	char text[PROMPT_LEN];
	size_t len, cursor;
	char error[256];
};

enum prompt_result {
	PROMPT_IGNORED, /* the key means nothing here */
	PROMPT_MOVED, /* the text is the same */
	PROMPT_EDITED,
	PROMPT_ACCEPTED,
	PROMPT_CANCELLED,
};

/**
 * prompt_open() - begin to type
 * @p: prompt
 * @kind: what for
 * @text: what is there already; the cursor is behind it
 */
void prompt_open(struct prompt *p, enum prompt_kind kind, const char *text);

/**
 * prompt_close() - it is over
 * @p: prompt
 */
void prompt_close(struct prompt *p);

/**
 * prompt_fail() - what was accepted cannot be done; go on typing
 * @p: prompt
 * @pos: byte of the text that is wrong
 * @error: why
 */
void prompt_fail(struct prompt *p, size_t pos, const char *error);

/**
 * prompt_input() - do what a key asks for
 * @p: prompt that is open
 * @input: key, enum input or a character
 *
 * Accepting and cancelling leave it open: what follows is the caller's business.
 */
enum prompt_result prompt_input(struct prompt *p, int input);

/**
 * prompt_draw() - draw it
 * @c: canvas
 * @row: row of the line; the ones above it get what is wrong, or a hint
 * @p: prompt that is open
 */
void prompt_draw(struct canvas *c, int row, const struct prompt *p);

#endif
