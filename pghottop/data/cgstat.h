/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the memory of a cgroup is, and what was moved: its files memory.numa_stat and memory.stat. */
#ifndef PGHOTTOP_DATA_CGSTAT_H
#define PGHOTTOP_DATA_CGSTAT_H

#include "data/owner.h"
#include "data/sample.h"

/**
 * cgstat_read() - take in what the files of a cgroup say
 * @root: where memory cgroups are mounted
 * @s: tells which nodes are fast, and the size of a page
 * @nid: when it is a fast node or a slow one, memory of it only counts as fast or as
 *	slow; ALL_NODES otherwise
 * @own: has a path; what is not in its files stays unknown
 */
void cgstat_read(const char *root, const struct sample *s, int nid, struct owner *own);

#endif
