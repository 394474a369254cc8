/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Directories of configuration files that hide each other, as systemd has them: a file in
 * /etc takes the place of one of the same name in /run, and that of one below /usr.
 */
#ifndef PGHOTCTL_NEIGHBOURS_CONFDIR_H
#define PGHOTCTL_NEIGHBOURS_CONFDIR_H

/* Longer lines are cut there: no line that matters is so long. */
#define CONF_LINE 4096

/**
 * typedef conf_line_fn - called for each line of a file
 * @line: without blanks at both ends; may be changed
 * @file: without the root
 * @number: from 1
 * @data: as given
 */
typedef void (*conf_line_fn)(char *line, const char *file, unsigned int number, void *data);

/**
 * conf_trim() - cut blanks off both ends
 * @s: changed in place
 *
 * Return: its first character that is none.
 */
char *conf_trim(char *s);

/**
 * confdir_read_file() - go through the lines of a file
 * @root: prefix of the path
 * @file: file; what is none, such as /dev/null, has no lines
 * @fn: called for each
 * @data: for @fn
 *
 * Return: 0 or a negative errno.
 */
int confdir_read_file(const char *root, const char *file, conf_line_fn fn, void *data);

/**
 * confdir_read() - go through the lines of all files in the order of their names
 * @root: prefix of the paths
 * @dirs: directories, the one that hides the others first, and NULL
 * @fn: called for each
 * @data: for @fn
 * @failed: buffer of PATH_MAX bytes for what could not be read
 *
 * What cannot be read is passed over.
 *
 * Return: 0 or a negative errno, of the last that could not be read.
 */
int confdir_read(const char *root, const char *const *dirs, conf_line_fn fn, void *data,
		 char *failed);

#endif /* PGHOTCTL_NEIGHBOURS_CONFDIR_H */
