/* SPDX-License-Identifier: GPL-2.0-or-later */
/* DAMON: schemes and modules of the kernel that move or reclaim pages. */
#ifndef PGHOTCTL_NEIGHBOURS_DAMON_H
#define PGHOTCTL_NEIGHBOURS_DAMON_H

#include "neighbours/neighbour.h"
#include "neighbours/processes.h"

/**
 * look_at_damon() - does DAMON move pages, or take them from where pghot looks?
 * @root: prefix of /sys
 * @seen: processes, its threads among them
 * @n: added to
 */
void look_at_damon(const char *root, const struct processes *seen, struct neighbours *n);

#endif /* PGHOTCTL_NEIGHBOURS_DAMON_H */
