/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the words of a command line to a command and its values. */
#ifndef PGHOTCTL_CMDLINE_PARSE_H
#define PGHOTCTL_CMDLINE_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "backend/kind.h"
#include "commands/table.h"
#include "output/failure.h"
#include "params.h"

/* More words than anybody types; each is 72 bytes. */
#define VALUES_MAX 256

/**
 * struct value - one argument that was given
 * @arg: which
 * @text: as it was typed
 * @all: ARG_OR_ALL: it was "all"
 * @number: ARG_COUNT, ARG_NODE, ARG_PFN, ARG_SECONDS (ms), start of a range;
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
 * struct globals - options that every command takes
 * @json: --json
 * @pretty: --pretty, which implies @json
 * @raw: --raw
 * @help: --help
 * @version: --version
 * @backend: --backend
 * @bad_backend: a value of --backend that is none, "" for a missing one
 */
struct globals {
	bool json;
	bool pretty;
	bool raw;
	bool help;
	bool version;
	enum backend backend;
	const char *bad_backend;
};

/**
 * struct call - a parsed command line
 * @globals: options for all commands
 * @cmd: command; NULL when --help or --version needs none
 * @nr: used elements of @values
 * @values: what was given, in its order
 */
struct call {
	struct globals globals;
	const struct command *cmd;
	size_t nr;
	struct value values[VALUES_MAX];
};

/**
 * parse_globals() - the options that every command takes, as far as possible
 * @argc: number of words
 * @argv: words, without the name of the program
 * @g: filled
 */
void parse_globals(int argc, char *const *argv, struct globals *g);

/**
 * parse() - parse a command line
 * @argc: number of words
 * @argv: words, without the name of the program
 * @call: filled; refers to @argv. @globals is filled as far as possible even
 *	when parsing fails, so that an error can be told in the way asked for
 * @f: says what is wrong
 *
 * Return: STATUS_OK, or STATUS_USAGE with @f filled.
 */
int parse(int argc, char *const *argv, struct call *call, struct failure *f);

/**
 * parse_with() - the same for a kernel with other parameters
 * @argc: number of words
 * @argv: words
 * @param_at: its parameters
 * @call: filled
 * @f: says what is wrong
 */
int parse_with(int argc, char *const *argv, param_at_fn param_at, struct call *call,
	       struct failure *f);

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

#endif /* PGHOTCTL_CMDLINE_PARSE_H */
