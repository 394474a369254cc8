/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The command table: what pghotctl can do and what each command takes. The
 * parser, help, the completions and the synopsis of the man page are made from
 * it and from nothing else.
 */
#ifndef PGHOTCTL_COMMANDS_TABLE_H
#define PGHOTCTL_COMMANDS_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct call;
struct ctx;
struct failure;

/**
 * enum arg_type - what a value is; decides how it is read and completed
 * @ARG_FLAG: an option without a value
 * @ARG_COUNT: a number between @min and @max of its struct arg
 * @ARG_NODE: a NUMA node
 * @ARG_PFN: a page frame number
 * @ARG_PFN_RANGE: page frames, START-END inclusive or START+COUNT
 * @ARG_SECONDS: a duration whose bare number is in seconds, in ms afterwards
 * @ARG_SOURCE: a source, by name or alias
 * @ARG_WORD: one of @words
 * @ARG_PARAM: name of a parameter
 * @ARG_PARAM_ASSIGN: NAME=VALUE of a parameter
 * @ARG_SOURCE_ASSIGN: NAME=VALUE of the source that came before
 * @ARG_COMMAND: word of a command's path
 * @ARG_FILE: name of a file, "-" for a standard stream
 * @ARG_CGROUP: a cgroup by its path below the root of the hierarchy
 * @ARG_WORDS: some of @words, separated by commas
 * @ARG_PROGRAM: a program; it and all that follows is another command line
 */
enum arg_type {
	ARG_FLAG,
	ARG_COUNT,
	ARG_NODE,
	ARG_PFN,
	ARG_PFN_RANGE,
	ARG_SECONDS,
	ARG_SOURCE,
	ARG_WORD,
	ARG_PARAM,
	ARG_PARAM_ASSIGN,
	ARG_SOURCE_ASSIGN,
	ARG_COMMAND,
	ARG_FILE,
	ARG_CGROUP,
	ARG_WORDS,
	ARG_PROGRAM,
};

/* struct arg flags */
#define ARG_REQUIRED 0x1
#define ARG_REPEAT   0x2 /* positional: one or more, the last one only */
#define ARG_OR_ALL   0x4 /* the word "all" instead of a value */

/**
 * struct arg - one argument of a command
 * @name: "--node" of an option, "SRC" of a positional
 * @type: what its value is
 * @flags: ARG_REQUIRED and so on
 * @min: ARG_COUNT and ARG_SECONDS (in ms): smallest value
 * @max: largest value
 * @metavar: what stands for an option's value in help
 * @words: ARG_WORD and ARG_WORDS: the words, NULL at the end
 * @help: one line
 * @letter: of an option for all commands, 0 when it has none
 */
struct arg {
	const char *name;
	enum arg_type type;
	unsigned int flags;
	uint64_t min;
	uint64_t max;
	const char *metavar;
	const char *const *words;
	const char *help;
	char letter;
};

/**
 * enum privilege - who may use a command
 * @ANYONE: all; what is hidden from the unprivileged is said
 * @ADMIN: CAP_SYS_ADMIN in the initial user namespace; the kernel decides
 */
enum privilege {
	ANYONE,
	ADMIN,
};

/**
 * struct command - one command
 * @path: its words
 * @help: one line
 * @details: paragraphs for its own help, or NULL
 * @privilege: who may use it
 * @args: arguments, positionals in their order; @name is NULL at the end
 * @check: rules that one argument alone cannot express, or NULL; fills the
 *	failure and returns false
 * @run: does it and returns the exit status
 * @posted: the same on a kernel that has the posted series instead of the family
 *	(enum backend), which is @run if it asks no kernel; NULL when it cannot
 */
struct command {
	const char *path;
	const char *help;
	const char *details;
	enum privilege privilege;
	const struct arg *args;
	bool (*check)(const struct call *call, struct failure *failure);
	int (*run)(struct ctx *ctx, const struct call *call);
	int (*posted)(struct ctx *ctx, const struct call *call);
};

/**
 * command_at() - the commands, in the order of the help
 * @i: index from 0
 *
 * Return: command, NULL behind the last.
 */
const struct command *command_at(unsigned int i);

/**
 * global_option_at() - options that every command takes
 * @i: index from 0
 *
 * Return: option, NULL behind the last.
 */
const struct arg *global_option_at(unsigned int i);

/**
 * arg_is_option() - option or positional?
 * @arg: argument
 */
bool arg_is_option(const struct arg *arg);

/**
 * command_runs() - does a command end with the command line of another?
 * @cmd: command
 */
bool command_runs(const struct command *cmd);

/**
 * command_synopsis() - a command's words and arguments: "node [NID...]"
 * @cmd: command
 * @buf: buffer
 * @size: its bytes, 256 is enough
 *
 * Return: @buf.
 */
char *command_synopsis(const struct command *cmd, char *buf, size_t size);

#endif /* PGHOTCTL_COMMANDS_TABLE_H */
