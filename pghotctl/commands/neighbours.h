/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The neighbours of pghot, as probe shows them. */
#ifndef PGHOTCTL_COMMANDS_NEIGHBOURS_H
#define PGHOTCTL_COMMANDS_NEIGHBOURS_H

#include "backend/ctx.h"

/**
 * show_neighbours() - who interferes with pghot, and what to do
 * @ctx: context
 * @family: the netlink family can be asked
 */
void show_neighbours(struct ctx *ctx, bool family);

#endif /* PGHOTCTL_COMMANDS_NEIGHBOURS_H */
