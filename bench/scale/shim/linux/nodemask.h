/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SHIM_LINUX_NODEMASK_H
#define SHIM_LINUX_NODEMASK_H

#include <linux/bits.h>

#define MAX_NUMNODES 64
#define NUMA_NO_NODE (-1)

typedef struct {
	unsigned long bits;
} nodemask_t;

#define for_each_node(nid) for ((nid) = 0; (nid) < MAX_NUMNODES; (nid)++)

#endif
