// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: what is known of a node, for netlink and debugfs.
 */
#include <linux/memory-tiers.h>
#include <linux/mm.h>
#include <linux/vmstat.h>

#include "base/config.h"
#include "base/node.h"
#include "control/nodes.h"
#include "record/map.h"

/**
 * pghot_node_get_stats - what a node looks like now
 * @node: the node
 * @stats: where to put it
 *
 * Context: may sleep.
 */
void pghot_node_get_stats(struct pghot_node *node,
			  struct pghot_node_stats *stats)
{
	/* A node that has left the top tier keeps what it counted. */
	struct pghot_target *t =
		pghot_target_by_idx(READ_ONCE(node->target_idx));
	int nid = node->nid;

	*stats = (struct pghot_node_stats) {
		.nid = nid,
		.toptier = READ_ONCE(node->toptier),
		.tier = node_memory_tier(nid),
		.present_pages = node_present_pages(nid),
		.free_pages = sum_zone_node_page_state(nid, NR_FREE_PAGES),
		.tracked_pages = pghot_map_tracked_pages(nid),
		.refill_sections = pghot_map_refill_sections(nid),
		.record_bytes = pghot_map_bytes_on(nid),
		.target.threshold = READ_ONCE(pghot_params.freq_threshold),
	};
	if (t)
		pghot_target_get_stats(t, &stats->target);
}
