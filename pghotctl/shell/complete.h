/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What may stand at a place of a command line, from the command table and the
 * machine. It knows nothing of terminals: the shell asks, and so do the tests.
 */
#ifndef PGHOTCTL_SHELL_COMPLETE_H
#define PGHOTCTL_SHELL_COMPLETE_H

#include "cmdline/command.h"
#include "shell/candidates.h"

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

#endif /* PGHOTCTL_SHELL_COMPLETE_H */
