// SPDX-License-Identifier: GPL-2.0-or-later

#include "cmdline/command.h"

#include <stdio.h>
#include <string.h>

bool command_runs(const struct command *cmd)
{
	for (const struct arg *a = cmd->args; a->name; a++) {
		if (a->type == ARG_PROGRAM)
			return true;
	}
	return false;
}

char *command_synopsis(const struct command *cmd, char *buf, size_t size)
{
	size_t used = (size_t)snprintf(buf, size, "%s", cmd->path);

	/* Positionals first: options may stand anywhere, but behind a program. */
	for (int pass = 0; pass < 2; pass++) {
		bool options = pass ^ command_runs(cmd);

		for (const struct arg *a = cmd->args; a->name; a++) {
			bool optional = !(a->flags & ARG_REQUIRED);

			if (arg_is_option(a) != options || used >= size)
				continue;
			used += (size_t)snprintf(
				buf + used, size - used, " %s%s%s%s%s%s%s%s%s", optional ? "[" : "",
				a->type == ARG_PROGRAM ? "-- " : "", a->name, a->metavar ? " " : "",
				a->metavar ? a->metavar : "", a->flags & ARG_OR_ALL ? "|all" : "",
				a->flags & ARG_REPEAT ? "..." : "",
				a->type == ARG_PROGRAM ? " [ARG]..." : "", optional ? "]" : "");
		}
	}
	return buf;
}

const struct value *call_next(const struct call *call, const char *name, const struct value *last)
{
	const struct value *v = last ? last + 1 : call->values;

	for (; v < call->values + call->nr; v++) {
		if (!strcmp(v->arg->name, name))
			return v;
	}
	return NULL;
}

const struct value *call_get(const struct call *call, const char *name)
{
	return call_next(call, name, NULL);
}
