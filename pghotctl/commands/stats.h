/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The counters, for commands that show another kernel's in their place. */
#ifndef PGHOTCTL_COMMANDS_STATS_H
#define PGHOTCTL_COMMANDS_STATS_H

#include "output/out.h"

/**
 * show_no_stats() - the counters of the family, for a kernel that has none
 * @o: writer
 *
 * JSON only.
 */
void show_no_stats(struct out *o);

#endif /* PGHOTCTL_COMMANDS_STATS_H */
