/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the commands for the posted series have in common. */
#ifndef PGHOTCTL_COMMANDS_POSTED_H
#define PGHOTCTL_COMMANDS_POSTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "backend/ctx.h"
#include "backend/query.h"

/**
 * posted_fail_file() - a file cannot be read or written: what that means depends on where it is
 * @ctx: context
 * @what: what was tried, as in "cannot ..."
 * @path: file
 * @err: negative errno
 *
 * Return: exit status.
 */
int posted_fail_file(struct ctx *ctx, const char *what, const char *path, int err);

/* More than there are. */
#define COUNTERS_MAX 256

/**
 * struct counters - what /proc/vmstat counts about hot pages and promotion
 * @nr: used elements of @at
 * @time: when that was read
 * @at: counters, in the order of the file
 */
struct counters {
	size_t nr;
	struct timespec time;
	struct {
		char name[64];
		uint64_t value;
	} at[COUNTERS_MAX];
};

/**
 * posted_read_counters() - read them
 * @ctx: context
 * @c: filled
 *
 * Return: exit status.
 */
int posted_read_counters(struct ctx *ctx, struct counters *c);

/**
 * posted_sources() - the sources of this kernel, then bits of the mask that are not known
 * @ctx: context
 * @list: filled, in the order of posted_source_at()
 *
 * Return: 0, or a negative errno of reading which are enabled; @list is filled all the same.
 * -ENOMEM may also mean that what they counted could not be read.
 */
int posted_sources(struct ctx *ctx, struct source_list *list);

/**
 * posted_params() - every parameter that can be read
 * @p: the series
 * @params: filled
 *
 * Return: 0, or the first negative errno that was met.
 */
int posted_params(const struct posted *p, struct pghot_params *params);

/**
 * posted_knobs() - the knobs of the IBS memory profiler
 * @p: the series
 * @value: filled
 * @has: which could be read
 *
 * Return: 0, or the first negative errno that was met.
 */
int posted_knobs(const struct posted *p, int64_t value[POSTED_KNOBS], bool has[POSTED_KNOBS]);

#endif /* PGHOTCTL_COMMANDS_POSTED_H */
