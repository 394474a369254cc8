// SPDX-License-Identifier: GPL-2.0-or-later

#include "neighbours/neighbour.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "system/system.h"

struct neighbour *neighbour_add(struct neighbours *n, const char *cause,
				enum neighbour_severity severity, const char *way_out,
				const char *fmt, ...)
{
	struct neighbour *new;
	va_list args;

	if (n->nr == NEIGHBOURS_MAX) {
		n->left_out++;
		return NULL;
	}
	new = &n->at[n->nr++];
	new->cause = cause;
	new->severity = severity;
	snprintf(new->way_out, sizeof(new->way_out), "%s", way_out);
	va_start(args, fmt);
	vsnprintf(new->message, sizeof(new->message), fmt, args);
	va_end(args);
	return new;
}

void neighbour_unreadable(struct neighbours *n, const char *cause, const char *path, int err,
			  const char *what)
{
	const char *hint = system_hint(err);

	/* As files of DAMON are, while somebody else uses them. */
	if (err == -EBUSY)
		hint = "pghotctl probe";
	neighbour_add(n, cause, NEIGHBOUR_UNKNOWN, hint ? hint : "see to it that it can be read",
		      "%s: %s, so it is not known %s", path, strerror(-err), what);
}

const char *neighbour_severity_name(enum neighbour_severity severity)
{
	switch (severity) {
	case NEIGHBOUR_CONFLICT:
		return "conflict";
	case NEIGHBOUR_CAVEAT:
		return "caveat";
	default:
		return "unknown";
	}
}
