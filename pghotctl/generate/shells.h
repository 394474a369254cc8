/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the completions of all shells have in common. */
#ifndef PGHOTCTL_GENERATE_SHELLS_H
#define PGHOTCTL_GENERATE_SHELLS_H

#include <stddef.h>

#include "cmdline/command.h"

/**
 * gen_group() - the first word of a command, if it is the first of its word
 * @cmd: command
 * @buf: buffer for the word
 * @size: its bytes
 *
 * Return: @buf, or NULL when a command before has that word, too.
 */
const char *gen_group(const struct command *cmd, char *buf, size_t size);

/**
 * gen_group_help() - the words that may follow a first word: "list, show, set"
 * @group: first word
 * @buf: buffer
 * @size: its bytes
 *
 * Return: @buf, empty when the word is a command.
 */
const char *gen_group_help(const char *group, char *buf, size_t size);

#endif /* PGHOTCTL_GENERATE_SHELLS_H */
