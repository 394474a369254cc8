/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One command line, from its words to its exit status. */
#ifndef PGHOTCTL_CMDLINE_INVOKE_H
#define PGHOTCTL_CMDLINE_INVOKE_H

#include "backend/ctx.h"
#include "cmdline/command.h"
#include "cmdline/globals.h"

/**
 * invoke() - parse a command line, run it and tell how it ended
 * @ctx: context; its connection stays open for the next
 * @table: the commands that there are
 * @argc: number of words
 * @argv: words, without the name of the program
 * @defaults: global options that hold besides those of the line, or NULL
 *
 * The answer goes to the writer of @ctx, a failure there as JSON or to standard
 * error as text.
 *
 * Return: exit status of the command. Whether the answer arrived is for
 * out_flush() to say.
 */
int invoke(struct ctx *ctx, const struct command_table *table, int argc, char *const *argv,
	   const struct globals *defaults);

#endif /* PGHOTCTL_CMDLINE_INVOKE_H */
