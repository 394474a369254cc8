/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What may stand at a place of a command line, from the command table and the
 * machine. It knows nothing of terminals: the shell asks, and so do the tests.
 */
#ifndef PGHOTCTL_SHELL_COMPLETE_H
#define PGHOTCTL_SHELL_COMPLETE_H

#include <stdbool.h>
#include <stddef.h>

#include "cmdline/command.h"

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
 * complete() - find what may follow some words
 * @c: filled; completion_free() it
 * @table: the commands that there are
 * @root: prefix of /proc and /sys
 * @argc: number of words before the place
 * @argv: these words
 * @typed: what stands there already; candidates begin with it
 */
void complete(struct completion *c, const struct command_table *table, const char *root, int argc,
	      char *const *argv, const char *typed);

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

/**
 * struct given - the words of a command that have been given
 * @nr: used elements
 * @words: which arguments they were for, and what they were
 */
struct given {
	size_t nr;
	struct {
		const struct arg *arg;
		const char *text;
	} words[256];
};

/**
 * complete_value() - add the values of an argument
 * @c: completion
 * @root: prefix of /proc and /sys
 * @arg: argument
 * @given: what has been given so far
 * @prefix: put in front of each, such as "--node="
 * @typed: what was typed, @prefix included
 */
void complete_value(struct completion *c, const char *root, const struct arg *arg,
		    const struct given *given, const char *prefix, const char *typed);

#endif /* PGHOTCTL_SHELL_COMPLETE_H */
