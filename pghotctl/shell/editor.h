/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lines from a person at a terminal: readline with history, completion and
 * signals that end a line and not the program.
 */
#ifndef PGHOTCTL_SHELL_EDITOR_H
#define PGHOTCTL_SHELL_EDITOR_H

#include "cmdline/command.h"

struct editor;

/**
 * enum editor_result - how a line ended
 * @EDITOR_LINE: there is a line
 * @EDITOR_CANCELLED: Ctrl-C: there is none, read the next
 * @EDITOR_EOF: Ctrl-D on an empty line, or the terminal is gone
 * @EDITOR_STOPPED: told to end by SIGTERM or SIGHUP
 */
enum editor_result {
	EDITOR_LINE,
	EDITOR_CANCELLED,
	EDITOR_EOF,
	EDITOR_STOPPED,
};

/**
 * editor_open() - take the terminal over
 * @table: the commands that there are, for completion
 * @root: prefix of /proc and /sys, for completion
 * @extra: words that may stand at the start of a line besides commands, NULL at
 *	the end
 *
 * There can be one editor at a time: readline has one state. Handlers for
 * SIGINT, SIGTERM, SIGHUP, SIGQUIT and SIGTSTP are installed and these signals
 * blocked but while a line is awaited; editor_close() undoes both.
 *
 * Says on standard error when the history cannot be kept.
 *
 * Return: the editor, NULL when out of memory.
 */
struct editor *editor_open(const struct command_table *table, const char *root,
			   const char *const *extra);

/**
 * editor_read() - read a line
 * @e: editor
 * @line: the line, to free(); only with EDITOR_LINE
 *
 * A line that is not empty and does not begin with a blank goes into the
 * history, unless it is the same as the one before.
 */
enum editor_result editor_read(struct editor *e, char **line);

/**
 * editor_child() - in a new process: signals are as before editor_open()
 * @e: editor
 */
void editor_child(const struct editor *e);

/**
 * editor_close() - give the terminal back
 * @e: editor, may be NULL
 */
void editor_close(struct editor *e);

#endif /* PGHOTCTL_SHELL_EDITOR_H */
