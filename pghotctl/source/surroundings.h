/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What has to be so outside of pghot for a source to see anything and for its
 * findings to be of use: each thing that is not has a name, and a way out.
 */
#ifndef PGHOTCTL_SOURCE_SURROUNDINGS_H
#define PGHOTCTL_SOURCE_SURROUNDINGS_H

#include <stdbool.h>

#include "backend/ctx.h"
#include "backend/query.h"

/**
 * note_missing() - something that a source needs is missing
 * @o: writer; a note, and an element of data.missing
 * @cause: its name
 * @message: in a sentence
 * @way_out: what to do
 */
void note_missing(struct out *o, const char *cause, const char *message, const char *way_out);

/**
 * need_tiering() - have kernel.numa_balancing include memory tiering
 * @ctx: context; what was done is noted
 * @leave: leave it, and note what that means
 *
 * Return: exit status.
 */
int need_tiering(struct ctx *ctx, bool leave);

/**
 * note_surroundings() - tell what keeps enabled sources from being of use
 * @ctx: context
 * @list: sources that were enabled
 * @info: what the kernel's pghot is, NULL when it does not tell
 * @params: its parameters; only those present matter
 */
void note_surroundings(struct ctx *ctx, const struct source_list *list,
		       const struct pghot_info *info, const struct pghot_params *params);

/**
 * fail_unavailable() - a source cannot be enabled
 * @ctx: context
 * @src: source, with the kernel's reason
 *
 * Return: STATUS_UNSUPPORTED.
 */
int fail_unavailable(struct ctx *ctx, const struct pghot_source *src);

/**
 * no_lower_tier() - is there nothing to promote from?
 * @info: what the kernel says
 */
bool no_lower_tier(const struct pghot_info *info);

#endif /* PGHOTCTL_SOURCE_SURROUNDINGS_H */
