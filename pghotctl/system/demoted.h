/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What went the other way: the kernel's own counters of demotion. */
#ifndef PGHOTCTL_SYSTEM_DEMOTED_H
#define PGHOTCTL_SYSTEM_DEMOTED_H

#include <stdint.h>

/**
 * demoted_pages() - base pages that reclaim has demoted from a node since boot
 * @root: prefix of /sys
 * @nid: node
 * @pages: result, of whichever reclaimer
 *
 * Return: 0 or a negative errno; -ENOENT when the kernel does not count them.
 */
int demoted_pages(const char *root, unsigned int nid, uint64_t *pages);

#endif /* PGHOTCTL_SYSTEM_DEMOTED_H */
