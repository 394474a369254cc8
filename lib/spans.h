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

#endif /* PGHOT_LIB_SPANS_H */
