/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the words of a command line (parse.c) and what they stand for (parse-value.c). */
#ifndef PGHOTCTL_CMDLINE_PARSE_VALUE_H
#define PGHOTCTL_CMDLINE_PARSE_VALUE_H

#include "cmdline/command.h"
#include "cmdline/suggest.h"

/**
 * struct parser - state of one parse
 * @call: being filled
 * @f: says what is wrong
 * @param_at: the parameters that there are
 */
struct parser {
	struct call *call;
	struct failure *f;
	param_at_fn param_at;
};

/**
 * parse_usage() - add the usage of the command, if it is known, to the failure
 * @p: state
 * @about: word that is wrong, or NULL
 *
 * Return: STATUS_USAGE.
 */
int parse_usage(struct parser *p, const char *about);

/**
 * parse_did_you_mean() - add the nearest word, if there is one, to the failure
 * @f: failure
 * @s: what was found
 */
void parse_did_you_mean(struct failure *f, const struct suggestion *s);

/**
 * parse_twice() - refuse what was given before
 * @p: state
 * @name: of the option or parameter
 *
 * Return: STATUS_USAGE, with the failure filled.
 */
int parse_twice(struct parser *p, const char *name);

/**
 * parse_value() - take the value of an argument
 * @p: state; the call gets the value
 * @arg: argument
 * @text: what was given for it; NULL for a flag
 *
 * Return: STATUS_OK, or STATUS_USAGE with the failure filled.
 */
int parse_value(struct parser *p, const struct arg *arg, const char *text);

#endif /* PGHOTCTL_CMDLINE_PARSE_VALUE_H */
