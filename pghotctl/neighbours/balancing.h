/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NUMA balancing of the kernel, which promotes by itself in its mode 2. */
#ifndef PGHOTCTL_NEIGHBOURS_BALANCING_H
#define PGHOTCTL_NEIGHBOURS_BALANCING_H

#include "neighbours/neighbour.h"
#include "neighbours/pghot.h"

/**
 * look_at_balancing() - does the kernel promote beside pghot?
 * @root: prefix of /proc
 * @pghot: what is known of pghot
 * @n: added to
 */
void look_at_balancing(const char *root, const struct neighbours_pghot *pghot,
		       struct neighbours *n);

#endif /* PGHOTCTL_NEIGHBOURS_BALANCING_H */
