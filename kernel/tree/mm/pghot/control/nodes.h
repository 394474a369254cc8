/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: what is known of a node, for netlink and debugfs. */
#ifndef _MM_PGHOT_CONTROL_NODES_H
#define _MM_PGHOT_CONTROL_NODES_H

#include <linux/types.h>

#include "promote/target.h"

struct pghot_node;

/**
 * struct pghot_node_stats - one line of node-get
 * @nid: node id
 * @toptier: pages are promoted to, not from it
 * @tier: its memory tier
 * @present_pages: of it
 * @free_pages: of these
 * @tracked_pages: that have a record
 * @refill_sections: sections with hot pages that found no room
 * @record_bytes: of its memory that the records of all nodes take
 * @target: what promotion to it looks like; all zero, but for the threshold, where
 *	there is none
 */
struct pghot_node_stats {
	int nid;
	bool toptier;
	int tier;
	u64 present_pages;
	u64 free_pages;
	u64 tracked_pages;
	u32 refill_sections;
	u64 record_bytes;
	struct pghot_target_stats target;
};

void pghot_node_get_stats(struct pghot_node *node,
			  struct pghot_node_stats *stats);

#endif /* _MM_PGHOT_CONTROL_NODES_H */
