/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Typing into a prompt. */
#ifndef PGHOTTOP_INPUT_EDIT_H
#define PGHOTTOP_INPUT_EDIT_H

#include "state/prompt.h"

enum prompt_result {
	PROMPT_IGNORED, /* the key means nothing here */
	PROMPT_MOVED, /* the text is the same */
	PROMPT_EDITED,
	PROMPT_ACCEPTED,
	PROMPT_CANCELLED,
};

/**
 * prompt_input() - do what a key asks for
 * @p: prompt that is open
 * @input: key, enum input or a character
 *
 * Accepting and cancelling leave it open: what follows is the caller's business.
 */
enum prompt_result prompt_input(struct prompt *p, int input);

#endif
