/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options that every command takes. */
#ifndef PGHOTCTL_CMDLINE_GLOBALS_H
#define PGHOTCTL_CMDLINE_GLOBALS_H

#include <stdbool.h>

#include "backend/kind.h"
#include "cmdline/arg.h"

/**
 * struct globals - options that every command takes
 * @json: --json
 * @pretty: --pretty, which implies @json
 * @raw: --raw
 * @help: --help
 * @version: --version
 * @backend: --backend
 * @bad_backend: a value of --backend that is none, "" for a missing one
 */
struct globals {
	bool json;
	bool pretty;
	bool raw;
	bool help;
	bool version;
	enum backend backend;
	const char *bad_backend;
};

/**
 * global_option_at() - the options, in the order of the help
 * @i: index from 0
 *
 * Return: option, NULL behind the last.
 */
const struct arg *global_option_at(unsigned int i);

/**
 * parse_globals() - the options that every command takes, as far as possible
 * @argc: number of words
 * @argv: words, without the name of the program
 * @g: filled
 */
void parse_globals(int argc, char *const *argv, struct globals *g);

/**
 * take_global() - take one of these options if it stands at a place
 * @g: gets it
 * @left: number of words from there on
 * @argv: these words
 *
 * Several letters of options may stand in one word.
 *
 * Return: words that it takes, 0 when there is none.
 */
int take_global(struct globals *g, int left, char *const *argv);

#endif /* PGHOTCTL_CMDLINE_GLOBALS_H */
