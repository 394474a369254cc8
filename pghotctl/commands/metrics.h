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

/**
 * struct cgroup_figures - what is told of memory cgroups
 * @asked: anything is
 * @all: how many there are
 * @list: those that are told, with most promoted first
 * @names: their paths
 */
struct cgroup_figures {
	bool asked;
	size_t all;
	struct cgroup_list list;
	char **names;
};

/**
 * metrics_take_cgroups() - ask for the memory cgroups that the command line wants
 * @ctx: context
 * @call: command line, with --cgroups or not
 * @f: filled; metrics_free_cgroups() it, also after a failure
 *
 * Return: exit status.
 */
int metrics_take_cgroups(struct ctx *ctx, const struct call *call, struct cgroup_figures *f);
void metrics_free_cgroups(struct cgroup_figures *f);

/**
 * metrics_of_cgroups() - what became of their pages
 * @s: where to
 * @f: figures
 * @page_size: bytes
 */
void metrics_of_cgroups(struct sink *s, const struct cgroup_figures *f, uint64_t page_size);

/* Takes the figures and tells them, as metrics_tell() does. */
typedef int (*metrics_command_fn)(struct ctx *ctx, const struct call *call);

/**
 * metrics_serve() - the command as its command line has it: told, or served by --http
 * @ctx: context
 * @call: command line
 * @command: tells the metrics
 *
 * A client that asks for something else, or for nothing, is no failure of the command; that
 * there are no metrics is one, and the client is told of it, too.
 *
 * Return: exit status.
 */
int metrics_serve(struct ctx *ctx, const struct call *call, metrics_command_fn command);

#endif /* PGHOTCTL_COMMANDS_METRICS_H */
