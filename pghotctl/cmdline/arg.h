/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An argument of a command or an option that all of them take. */
#ifndef PGHOTCTL_CMDLINE_ARG_H
#define PGHOTCTL_CMDLINE_ARG_H

#include <stdbool.h>
#include <stdint.h>

/**
 * enum arg_type - what a value is; decides how it is read and completed
 * @ARG_FLAG: an option without a value
 * @ARG_COUNT: a number between @min and @max of its struct arg
 * @ARG_NODE: a NUMA node
 * @ARG_PFN: a page frame number
 * @ARG_ADDRESS: a virtual address
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
	ARG_ADDRESS,
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
 * arg_is_option() - option or positional?
 * @arg: argument
 */
static inline bool arg_is_option(const struct arg *arg)
{
	return arg->name[0] == '-';
}

#endif /* PGHOTCTL_CMDLINE_ARG_H */
