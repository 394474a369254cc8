/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the words of a command line to a command and its values. */
#ifndef PGHOTCTL_CMDLINE_PARSE_H
#define PGHOTCTL_CMDLINE_PARSE_H

#include "backend/kind.h"
#include "cmdline/command.h"
#include "output/failure.h"

/**
 * parse() - parse a command line
 * @table: the commands that there are
 * @param_at: the parameters that there are
 * @argc: number of words
 * @argv: words, without the name of the program
 * @defaults: what a line of a batch or of the shell has from its program, or NULL
 * @call: filled; refers to @argv. @globals is filled as far as possible even
 *	when parsing fails, so that an error can be told in the way asked for
 * @f: says what is wrong
 *
 * Return: STATUS_OK, or STATUS_USAGE with @f filled.
 */
int parse(const struct command_table *table, param_at_fn param_at, int argc, char *const *argv,
	  const struct globals *defaults, struct call *call, struct failure *f);

#endif /* PGHOTCTL_CMDLINE_PARSE_H */
