/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Everybody beside pghot, in one call. */
#ifndef PGHOTCTL_NEIGHBOURS_NEIGHBOURS_H
#define PGHOTCTL_NEIGHBOURS_NEIGHBOURS_H

#include "neighbours/neighbour.h"
#include "neighbours/pghot.h"

/**
 * neighbours_look() - who else moves pages, or owns settings that pghot needs
 * @root: prefix of all paths, "" as a rule
 * @pghot: what is known of pghot itself
 * @n: filled
 *
 * It only reads. Time grows with the number of processes, memory does not.
 */
void neighbours_look(const char *root, const struct neighbours_pghot *pghot, struct neighbours *n);

#endif /* PGHOTCTL_NEIGHBOURS_NEIGHBOURS_H */
