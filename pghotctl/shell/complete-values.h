/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The values that an argument may have, from the program and from the machine. */
#ifndef PGHOTCTL_SHELL_COMPLETE_VALUES_H
#define PGHOTCTL_SHELL_COMPLETE_VALUES_H

#include <stddef.h>

#include "cmdline/arg.h"
#include "shell/candidates.h"

/**
 * struct given - the words of a command that have been given
 * @nr: used elements
 * @words: which arguments they were for, and what they were
 */
struct given {
	size_t nr;
	struct {
		const struct arg *arg;
		const char *text;
	} words[256];
};

/**
 * complete_value() - add the values of an argument
 * @c: completion
 * @root: prefix of /proc and /sys
 * @arg: argument
 * @given: what has been given so far
 * @prefix: put in front of each, such as "--node="
 * @typed: what was typed, @prefix included
 */
void complete_value(struct completion *c, const char *root, const struct arg *arg,
		    const struct given *given, const char *prefix, const char *typed);

#endif /* PGHOTCTL_SHELL_COMPLETE_VALUES_H */
