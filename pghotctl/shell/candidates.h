/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What may stand at a place of a command line, as it is found. */
#ifndef PGHOTCTL_SHELL_CANDIDATES_H
#define PGHOTCTL_SHELL_CANDIDATES_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct candidate - a word that may stand there
 * @word: the whole word, not quoted
 * @help: what it is, a phrase, may be empty
 * @open: more may follow without a blank: "NAME=", "dir/"
 */
struct candidate {
	char *word;
	char *help;
	bool open;
};

/**
 * struct completion - all that may stand there
 * @nr: used elements of @at
 * @alloc: allocated elements
 * @at: candidates, in the order of the table or of the machine
 * @hint: what is accepted where nothing can be listed, may be empty
 */
struct completion {
	size_t nr;
	size_t alloc;
	struct candidate *at;
	char hint[192];
};

/**
 * completion_free() - forget the candidates
 * @c: completion, possibly all zero
 */
void completion_free(struct completion *c);

/**
 * completion_add() - add a candidate if it begins with what was typed
 * @c: completion
 * @typed: what was typed
 * @prefix: put in front of @word, such as "NAME="
 * @word: word
 * @help: what it is, or NULL
 * @open: see struct candidate
 */
void completion_add(struct completion *c, const char *typed, const char *prefix, const char *word,
		    const char *help, bool open);

#endif /* PGHOTCTL_SHELL_CANDIDATES_H */
