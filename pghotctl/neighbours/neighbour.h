/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is found beside pghot, one finding after the other. */
#ifndef PGHOTCTL_NEIGHBOURS_NEIGHBOUR_H
#define PGHOTCTL_NEIGHBOURS_NEIGHBOUR_H

#include <stdbool.h>
#include <stddef.h>

/* More are counted and not kept: whatever there is, memory is bounded. */
#define NEIGHBOURS_MAX 64

#define NEIGHBOUR_TEXT 512

/**
 * enum neighbour_severity - how bad it is
 * @NEIGHBOUR_UNKNOWN: it cannot be seen from here, and may be either
 * @NEIGHBOUR_CAVEAT: both work, but not as either would alone
 * @NEIGHBOUR_CONFLICT: one of the two at a time
 */
enum neighbour_severity {
	NEIGHBOUR_UNKNOWN,
	NEIGHBOUR_CAVEAT,
	NEIGHBOUR_CONFLICT,
};

/**
 * struct neighbour - a finding
 * @cause: name for programs, such as "damon-migrates"
 * @severity: how bad it is
 * @message: in a sentence; may have names of files, with any bytes
 * @way_out: a command that helps, or what to do; has nothing in it that others named
 */
struct neighbour {
	const char *cause;
	enum neighbour_severity severity;
	char message[NEIGHBOUR_TEXT];
	char way_out[NEIGHBOUR_TEXT];
};

/**
 * struct neighbours - what was found
 * @at: findings
 * @nr: how many
 * @left_out: how many found no room
 */
struct neighbours {
	struct neighbour at[NEIGHBOURS_MAX];
	size_t nr;
	size_t left_out;
};

/**
 * neighbour_add() - add a finding
 * @n: list
 * @cause: name, which stays
 * @severity: how bad it is
 * @way_out: copied
 * @fmt: printf format of the message
 *
 * Return: the finding, NULL when there is no room for it.
 */
struct neighbour *neighbour_add(struct neighbours *n, const char *cause,
				enum neighbour_severity severity, const char *way_out,
				const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/**
 * neighbour_unreadable() - add that a file cannot be read
 * @n: list
 * @cause: name, which stays
 * @path: file
 * @err: negative errno
 * @what: what is not known for it
 */
void neighbour_unreadable(struct neighbours *n, const char *cause, const char *path, int err,
			  const char *what);

/**
 * neighbour_severity_name() - as JSON and text have it
 * @severity: how bad it is
 */
const char *neighbour_severity_name(enum neighbour_severity severity);

#endif /* PGHOTCTL_NEIGHBOURS_NEIGHBOUR_H */
