/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files and daemons that set what pghot depends on, to something else. */
#ifndef PGHOTCTL_NEIGHBOURS_OWNERS_H
#define PGHOTCTL_NEIGHBOURS_OWNERS_H

#include "neighbours/neighbour.h"
#include "neighbours/processes.h"

/**
 * look_at_owners() - does anybody set a setting against pghot, or back?
 * @root: prefix of the paths
 * @seen: processes, tuned among them
 * @n: added to
 */
void look_at_owners(const char *root, const struct processes *seen, struct neighbours *n);

#endif /* PGHOTCTL_NEIGHBOURS_OWNERS_H */
