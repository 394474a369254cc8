/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lockdown of the kernel, as by Secure Boot: what it takes away. */
#ifndef PGHOTCTL_NEIGHBOURS_LOCKDOWN_H
#define PGHOTCTL_NEIGHBOURS_LOCKDOWN_H

#include "neighbours/neighbour.h"
#include "neighbours/pghot.h"

/**
 * look_at_lockdown() - is anything that pghot has locked away?
 * @root: prefix of /sys
 * @pghot: what is known of pghot
 * @n: added to
 */
void look_at_lockdown(const char *root, const struct neighbours_pghot *pghot, struct neighbours *n);

#endif /* PGHOTCTL_NEIGHBOURS_LOCKDOWN_H */
