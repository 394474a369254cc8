// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: has a node room for what is promoted to it?
 */
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/sched/numa_balancing.h>

#include "../../internal.h"

#include "promote/room.h"

/* Base pages: fewer wait until the target has more room. */
#define PGHOT_LEAST_BATCH	64

/**
 * pghot_target_has_room - can a node take pages without falling short?
 * @nid: target node
 * @nr_pages: base pages
 */
bool pghot_target_has_room(int nid, unsigned int nr_pages)
{
	return migrate_balanced_pgdat(NODE_DATA(nid), nr_pages);
}

/**
 * pghot_target_has_plenty - does a node have memory to spare?
 * @nid: target node
 *
 * The bound is the one of NUMA balancing: a sixteenth of the node, at least
 * 1 GiB, above the watermarks.
 */
bool pghot_target_has_plenty(int nid)
{
	return pgdat_free_space_enough(NODE_DATA(nid));
}

/**
 * pghot_reclaim_target - have kswapd make room, by demotion where enabled
 * @nid: target node
 * @order: of the folio that found no room
 */
void pghot_reclaim_target(int nid, unsigned int order)
{
	pg_data_t *pgdat = NODE_DATA(nid);
	int z;

	for (z = pgdat->nr_zones - 1; z >= 0; z--) {
		if (!managed_zone(pgdat->node_zones + z))
			continue;
		wakeup_kswapd(pgdat->node_zones + z, 0, order, ZONE_MOVABLE);
		return;
	}
}

/**
 * pghot_room_for - how many pages of a batch a node has room for
 * @nid: target node
 * @want: base pages of the batch
 * @first: base pages of its first folio
 *
 * What kswapd keeps free for promotion, the distance between two watermarks, is
 * less than a large batch on a node of less than 2 GiB.
 *
 * Return: @want, or a part of it that is worth a batch, or 0.
 */
unsigned int pghot_room_for(int nid, unsigned int want, unsigned int first)
{
	unsigned int least = max(min(want, PGHOT_LEAST_BATCH), first);

	want = max(want, first);
	while (!pghot_target_has_room(nid, want)) {
		if (want == least)
			return 0;
		want = max(want / 2, least);
	}
	return want;
}

/* Targets that were full when somebody asked last; needs no lock, see below. */
static bool full_before[MAX_NUMNODES];

/**
 * pghot_target_is_full - does promotion to a node mean demotion from it?
 * @nid: a top-tier node
 *
 * With some distance between yes and no, from where it was found last, by whoever
 * asked: kswapd frees memory all the time to make room.
 *
 * Context: any.
 */
bool pghot_target_is_full(int nid)
{
	unsigned long size = node_present_pages(nid);
	bool was = READ_ONCE(full_before[nid]);
	bool full = !pghot_target_has_room(nid, size / (was ? 16 : 64));

	if (full != was)
		WRITE_ONCE(full_before[nid], full);
	return full;
}

/* Begin anew with a target that is not full. Context: any. */
void pghot_target_forget_full(int nid)
{
	WRITE_ONCE(full_before[nid], false);
}
