/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A line that the user is typing. */
#ifndef PGHOTTOP_STATE_PROMPT_H
#define PGHOTTOP_STATE_PROMPT_H

#include <stddef.h>

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
 * struct prompt - the line, in place of the status line
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
 * prompt_char_length() - bytes of the character at some place
 * @p: prompt
 * @pos: byte of the text, before its end; what is no character counts as one byte
 */
size_t prompt_char_length(const struct prompt *p, size_t pos);

#endif
