/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A command, and a call of it: the values that a command line has for its
 * arguments. Which commands there are is said in commands/table.c.
 */
#ifndef PGHOTCTL_CMDLINE_COMMAND_H
#define PGHOTCTL_CMDLINE_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "backend/ctx.h"
#include "cmdline/arg.h"
#include "cmdline/globals.h"
#include "names.h"
#include "output/failure.h"
#include "params.h"

/* More words than anybody types; each is 72 bytes. */
#define VALUES_MAX 256

/**
 * struct value - one argument that was given
 * @arg: which
 * @text: as it was typed
 * @all: ARG_OR_ALL: it was "all"
 * @number: ARG_COUNT, ARG_NODE, ARG_PFN, ARG_ADDRESS, ARG_SECONDS (ms), start of a range;
 *	index of an ARG_WORD, indices of ARG_WORDS as bits
 * @end: last of a range
 * @source: ARG_SOURCE
 * @param: ARG_PARAM and the assignments; NULL for a source's "enabled"
 * @assigned: value of an assignment
 * @rest: ARG_PROGRAM: it and its arguments, up to the end of the words
 */
struct value {
	const struct arg *arg;
	const char *text;
	bool all;
	uint64_t number;
	uint64_t end;
	const struct pghot_source_name *source;
	const struct pghot_param_desc *param;
	int64_t assigned;
	char *const *rest;
};

/**
 * struct call - a parsed command line
 * @table: the commands that there are
 * @globals: options for all commands
 * @cmd: command; NULL when --help or --version needs none
 * @nr: used elements of @values
 * @values: what was given, in its order
 */
struct call {
	const struct command_table *table;
	struct globals globals;
	const struct command *cmd;
	size_t nr;
	struct value values[VALUES_MAX];
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
 * @alone: cannot be one of several in a batch: it reads lines itself, and a file
 *	could name itself, or it does not return
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
	bool alone;
};

/**
 * struct command_table - the commands that there are
 * @at: gives one after the other, in the order of the help; NULL behind the last
 * @help: does what --help asks for, with the call of the command that it stands
 *	with, or of none
 * @version: does what --version asks for
 */
struct command_table {
	const struct command *(*at)(unsigned int i);
	int (*help)(struct ctx *ctx, const struct call *call);
	int (*version)(struct ctx *ctx, const struct call *call);
};

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

/**
 * call_get() - the first value of an argument
 * @call: call
 * @name: name of the argument in the table
 *
 * Return: value, or NULL when it was not given.
 */
const struct value *call_get(const struct call *call, const char *name);

/**
 * call_next() - the values of an argument, one after the other
 * @call: call
 * @name: name of the argument in the table
 * @last: value before, NULL for the first
 *
 * Return: value, or NULL when there are no more.
 */
const struct value *call_next(const struct call *call, const char *name, const struct value *last);

#endif /* PGHOTCTL_CMDLINE_COMMAND_H */
