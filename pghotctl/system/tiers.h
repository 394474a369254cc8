/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory tiers as sysfs tells them, for kernels without the family. */
#ifndef PGHOTCTL_SYSTEM_TIERS_H
#define PGHOTCTL_SYSTEM_TIERS_H

#include "family.h"

/**
 * tiers_read() - the nodes that are in a memory tier
 * @root: prefix of /sys
 * @info: its tiers are filled, by ascending node
 *
 * A tier with CPUs, and all that are faster, count as top, as in mm/memory-tiers.c.
 *
 * Return: 0 or a negative errno; -ENOENT when the kernel has no memory tiers.
 */
int tiers_read(const char *root, struct pghot_info *info);

/**
 * tiers_parse_list() - the nodes of a list such as "0,2-4"
 * @list: list, as sysfs has it
 * @fn: called for each
 * @data: for @fn
 *
 * Return: 0, or -EINVAL when it is no such list or has a node that cannot be.
 */
int tiers_parse_list(const char *list, void (*fn)(unsigned int nid, void *data), void *data);

#endif /* PGHOTCTL_SYSTEM_TIERS_H */
