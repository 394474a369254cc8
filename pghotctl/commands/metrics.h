/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where metrics go, whatever figures they are made of. */
#ifndef PGHOTCTL_COMMANDS_METRICS_H
#define PGHOTCTL_COMMANDS_METRICS_H

#include "backend/ctx.h"
#include "backend/query.h"
#include "cmdline/command.h"
#include "health.h"
#include "output/metric.h"

/* Writes all families, the end included. */
typedef void (*metrics_write_fn)(struct sink *s, const void *figures);

/**
 * metrics_tell() - write metrics to where the command line has them
 * @ctx: context
 * @call: command line, with --output and --format
 * @write: writes them, once or twice
 * @figures: for @write
 *
 * Return: exit status.
 */
int metrics_tell(struct ctx *ctx, const struct call *call, metrics_write_fn write,
		 const void *figures);

/**
 * metrics_of_problems() - what keeps sources from seeing accesses, by cause
 * @s: where to
 * @list: sources
 * @sys: what they depend on
 */
void metrics_of_problems(struct sink *s, const struct source_list *list,
			 const struct pghot_surroundings *sys);

#endif /* PGHOTCTL_COMMANDS_METRICS_H */
