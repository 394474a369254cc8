// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: what migrate_pages() tells of folios that have changed their tier.
 */
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/pghot.h>

#include "promote/cgroup.h"
#include "promote/target.h"
#include "queue/origin.h"

/**
 * __pghot_folio_migrated - a folio has moved to make room, or to be nearer
 * @folio: where it is now
 * @from: node that it came from
 * @reason: MR_DEMOTION or MR_NUMA_MISPLACED
 *
 * Whatever is known of its page frame is about another page, and is forgotten.
 *
 * Context: the folio is locked; may not sleep.
 */
void __pghot_folio_migrated(struct folio *folio, int from, int reason)
{
	bool down = reason == MR_DEMOTION;
	unsigned long pfn = folio_pfn(folio);
	struct pghot_target *t = pghot_target(down ? from : folio_nid(folio));
	u32 id;

	for (id = 0; id < PGHOT_NR_ORIGINS; id++)
		pghot_origin_forget(id, pfn);
	/* Between two nodes of the top tier nothing is exchanged. */
	if (down && t)
		pghot_cgroup_count_demoted(folio);
	if (t && (down || !pghot_target(from)))
		pghot_watch_add(&t->watch,
				down ? PGHOT_WATCH_DOWN : PGHOT_WATCH_UP, pfn,
				folio_nr_pages(folio));
}
