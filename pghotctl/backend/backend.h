/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How to talk to this kernel's pghot: the family, or the files of the posted series. */
#ifndef PGHOTCTL_BACKEND_H
#define PGHOTCTL_BACKEND_H

#include "backend/ctx.h"
#include "backend/kind.h"

/**
 * backend_choose() - find out what this kernel has, once
 * @ctx: context, whose @backend and @posted are set
 * @forced: BACKEND_AUTO, or what the user asked for
 *
 * Without either the family is chosen, for what it then says about its absence.
 */
void backend_choose(struct ctx *ctx, enum backend forced);

/**
 * backend_params() - the parameters that this kernel has
 * @ctx: context
 */
param_at_fn backend_params(const struct ctx *ctx);

/**
 * backend_name() - what it is called, "netlink" or "posted"
 * @ctx: context
 */
const char *backend_name(const struct ctx *ctx);

#endif /* PGHOTCTL_BACKEND_H */
