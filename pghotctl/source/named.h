/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The sources that a command line names. */
#ifndef PGHOTCTL_SOURCE_NAMED_H
#define PGHOTCTL_SOURCE_NAMED_H

#include "backend/ctx.h"
#include "backend/query.h"
#include "cmdline/command.h"

/**
 * named_sources() - read the sources that a call names, before anything changes
 * @ctx: context
 * @call: call, whose SRC may be several, or all that are enabled
 * @list: filled, each source once
 *
 * Return: exit status.
 */
int named_sources(struct ctx *ctx, const struct call *call, struct source_list *list);

#endif /* PGHOTCTL_SOURCE_NAMED_H */
