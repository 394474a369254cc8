/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Printers of pghotctl-gen, one per kind of file. */
#ifndef PGHOTCTL_GENERATE_GEN_H
#define PGHOTCTL_GENERATE_GEN_H

#include <stdbool.h>
#include <stddef.h>

struct arg;
struct command;
struct pghot_param_desc;

/**
 * gen_bash() - print completions/pghotctl.bash
 */
void gen_bash(void);

/**
 * gen_zsh() - print completions/pghotctl.zsh
 */
void gen_zsh(void);

/**
 * gen_fish() - print completions/pghotctl.fish
 */
void gen_fish(void);

/**
 * gen_synopsis() - print the synopsis of man/pghotctl.8
 */
void gen_synopsis(void);

/**
 * gen_mdoc() - print the list of commands of man/pghotctl.8
 */
void gen_mdoc(void);

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

/**
 * gen_is_switch() - is a parameter on or off?
 * @name: its name or alias
 */
bool gen_is_switch(const char *name);

#endif /* PGHOTCTL_GENERATE_GEN_H */
