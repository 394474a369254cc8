/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the memory of nodes lies. */
#ifndef PGHOT_LIB_SPANS_H
#define PGHOT_LIB_SPANS_H

#include "recording.h"

/**
 * pghot_spans_read() - page frames that nodes have, zone by zone
 * @root: prefix of paths in /proc and /sys, NULL for none
 * @fn: called for each part of a zone; another return than 0 ends it
 * @data: passed to @fn
 *
 * The family tells how much memory a node has, not where. /proc/zoneinfo tells from
 * where to where zones reach; of one that has holes, the memory blocks in sysfs that are
 * online tell where those are. Holes smaller than a block stay part of what is around.
 *
 * Return: 0, what @fn returned, or a negative errno.
 */
int pghot_spans_read(const char *path, pghot_rec_span_fn fn, void *data);

/**
 * pghot_spans_offline() - memory blocks that are offline, neighbours joined
 * @root: prefix of paths in /sys, NULL for none
 * @fn: called for each run of them; another return than 0 ends it. The node is
 *	PGHOT_SPAN_NID_UNKNOWN where sysfs does not link to it
 * @data: passed to @fn
 *
 * Costs a file for each block of the machine: not for every second.
 *
 * Return: 0, also where the kernel knows no blocks; what @fn returned, or a negative errno.
 */
int pghot_spans_offline(const char *root, pghot_rec_span_fn fn, void *data);

/**
 * pghot_spans_blocks() - a number that changes when memory blocks come or go
 * @root: prefix of paths in /sys, NULL for none
 *
 * One that only goes online or offline does not change it, but what pghot_spans_read() has.
 *
 * Return: links of the directory of blocks, 0 when there is none.
 */
uint64_t pghot_spans_blocks(const char *root);

#endif /* PGHOT_LIB_SPANS_H */
