/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Settings that outlive the program: an INI file that people may edit.
 *
 *	# how it looks
 *	[screen]
 *	theme = colour-blind
 *
 *	[records]
 *	sort = -age
 *
 * It is read when the live view begins and written on request only. What this
 * version does not know, comments and the order of lines stay as they are.
 */
#ifndef PGHOTTOP_SETUP_SETTINGS_H
#define PGHOTTOP_SETUP_SETTINGS_H

#include <stddef.h>

#include "state/ui.h"

/**
 * settings_path() - where the settings are
 * @buf: written to
 * @size: its size
 *
 * $XDG_CONFIG_HOME/pghottop/pghottop.ini, or below $HOME/.config.
 *
 * Return: 0, -ENOENT when neither variable has an absolute path, or -ENAMETOOLONG.
 */
int settings_path(char *buf, size_t size);

typedef void (*settings_warn_fn)(void *data, const char *text);

/**
 * settings_read() - take the settings over into the state
 * @path: file; that there is none is no error
 * @ui: changed where the file says so, as far as it makes sense
 * @warn: told what does not, a line each, with the place
 * @data: passed to @warn
 *
 * Return: 0, or a negative errno, which @warn was told of.
 */
int settings_read(const char *path, struct ui *ui, settings_warn_fn warn, void *data);

/**
 * settings_write() - put the state into the file
 * @path: file; made with the directories above it, but not $HOME, when there is none
 * @ui: state
 * @error: told what failed, for people
 * @error_size: its size
 *
 * All or nothing: the file is the old one or the new one at any time. Links on the way
 * to it must be the user's own or root's.
 *
 * Return: 0, or a negative errno.
 */
int settings_write(const char *path, const struct ui *ui, char *error, size_t error_size);

/**
 * settings_name_at() - enumerate the settings
 * @i: from 0
 * @section: set to its section
 *
 * Return: the key, NULL past the last.
 */
const char *settings_name_at(size_t i, const char **section);

#endif
