/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The command table: what pghotctl can do and what each command takes. The
 * parser, help, the completions and the synopsis of the man page are made from
 * it and from nothing else.
 */
#ifndef PGHOTCTL_COMMANDS_TABLE_H
#define PGHOTCTL_COMMANDS_TABLE_H

#include "cmdline/command.h"

/**
 * command_at() - the commands, in the order of the help
 * @i: index from 0
 *
 * Return: command, NULL behind the last.
 */
const struct command *command_at(unsigned int i);

/* The same for who goes through commands without knowing which there are. */
extern const struct command_table command_table;

#endif /* PGHOTCTL_COMMANDS_TABLE_H */
