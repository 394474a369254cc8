// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot source mmscan: is there anything colder to make room?
 *
 * While the target has memory to spare every hot page is welcome. When it is full
 * a promotion displaces something, by demotion or reclaim, and that only helps if
 * the displaced is colder. If everything is accessed alike, pages would be moved
 * to and fro for nothing: whatever was displaced is found young a pass later.
 *
 * So a sample of the pages of the top tier is looked at with the same instrument,
 * in the same passes, and two numbers are kept:
 *
 *	cold	pages of the top tier that were not accessed between two passes
 *	young	pages of lower tiers that were
 *
 * While the target is full and there are few of the first in relation to the
 * second, accesses are not reported. A bit that nearly all pages have set does
 * not tell which of them is the hotter one anyway. Page cache that nobody maps
 * has no bit, and counts as cold.
 *
 * Address spaces are visited at different paces. What a pass finds is weighted
 * with the time since the one before, and fades with time.
 */
#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/vmstat.h>

#include "internal.h"
#include "source/mmscan/mmscan.h"

/* What was found this long ago does not count any more. */
#define MEMORY_MS	16000

/* Pages times milliseconds; only the daemon uses them. */
static u64 cold_ms, young_ms;
static unsigned long faded_at;

static void fade(void)
{
	u32 ms = min(jiffies_to_msecs(jiffies - faded_at), MEMORY_MS);

	cold_ms -= div_u64(cold_ms, MEMORY_MS) * ms;
	young_ms -= div_u64(young_ms, MEMORY_MS) * ms;
	faded_at = jiffies;
}

/**
 * mmscan_displace_reset - nothing has been seen yet
 */
void mmscan_displace_reset(void)
{
	cold_ms = 0;
	young_ms = 0;
	faded_at = jiffies;
}

/**
 * mmscan_displace_note - take in what a chunk found
 * @c: the chunk
 * @interval_ms: time since its pages were visited before
 */
void mmscan_displace_note(const struct mmscan_chunk *c, u32 interval_ms)
{
	fade();
	cold_ms += (u64)(c->top - c->top_young) * interval_ms;
	young_ms += (u64)c->accessed * interval_ms;
}

/* Page cache of a node that no address space maps. */
static u64 unmapped_cache(int nid)
{
	struct pglist_data *pgdat = NODE_DATA(nid);
	unsigned long file = node_page_state(pgdat, NR_FILE_PAGES);
	unsigned long mapped = node_page_state(pgdat, NR_FILE_MAPPED) +
			       node_page_state(pgdat, NR_SHMEM);

	return file > mapped ? file - mapped : 0;
}

/**
 * mmscan_displace_allowed - may more be promoted to a node?
 * @nid: a target
 *
 * Return: true unless it is full of what is as hot as what would come.
 */
bool mmscan_displace_allowed(int nid)
{
	struct pghot_node *node = pghot_node(nid);

	if (!node || !pghot_node_is_full(node))
		return true;

	fade();
	return mmscan_worthwhile(div_u64(cold_ms, MEMORY_MS) +
				 unmapped_cache(nid),
				 div_u64(young_ms, MEMORY_MS));
}
