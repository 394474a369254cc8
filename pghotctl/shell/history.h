/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the history of the shell is kept between its runs. */
#ifndef PGHOTCTL_SHELL_HISTORY_H
#define PGHOTCTL_SHELL_HISTORY_H

/* Lines that are kept. */
#define HISTORY_LINES 1000

/**
 * history_path() - name of the file, by the XDG base directory specification
 *
 * Return: "$XDG_STATE_HOME/pghot/pghotctl_history", with ~/.local/state for an
 * unset or relative variable, to free(); NULL when there is no home either.
 */
char *history_path(void);

/**
 * history_open() - read the history into readline
 *
 * Directories that are missing are made, for the user alone, but not $HOME. Links on
 * the way must be the user's own or root's. Says on standard
 * error when the file cannot be used.
 *
 * Return: name of the file, to free(), or NULL when no history is kept.
 */
char *history_open(void);

/**
 * history_keep() - append a line to the file
 * @path: name of the file, may be NULL
 * @line: line
 *
 * Line by line and by appending, so that shells that run side by side do not
 * lose each other's.
 */
void history_keep(const char *path, const char *line);

#endif /* PGHOTCTL_SHELL_HISTORY_H */
