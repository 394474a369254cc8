// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: may a folio be promoted, as it is now?
 *
 * Whoever promotes asks before a folio is isolated, and whoever explains why a page was
 * not promoted asks the same: there is one set of rules, and what is told of them is what
 * they are.
 */
#include <linux/memory-tiers.h>
#include <linux/mm.h>
#include <linux/mm_inline.h>
#include <linux/pagemap.h>
#include <uapi/linux/pghot.h>

#include "promote/cgroup.h"
#include "promote/ruling.h"

/*
 * Why @folio, which has a reference, must not move at all, or -1.
 *
 * That it is mlocked, or unevictable for another reason, is none: mlock(2) promises that
 * a page is in memory, not where. NUMA balancing moves such pages, and they stay what
 * they are. vm.compact_unevictable_allowed spares them the page faults that a migration
 * may cause, but this is a setting of compaction alone, and the kernels on which it is off
 * by default, those with PREEMPT_RT, have neither NUMA balancing nor pghot.
 */
static int reason_to_stay(struct folio *folio)
{
	if (node_is_toptier(folio_nid(folio)))
		return PGHOT_FAIL_REASON_GONE;
	if (folio_test_hugetlb(folio) || folio_is_zone_device(folio))
		return PGHOT_FAIL_REASON_UNMOVABLE;
	if (!pghot_folio_may_promote(folio))
		return PGHOT_FAIL_REASON_CGROUP;
	if (!folio_test_lru(folio) || folio_test_writeback(folio))
		return PGHOT_FAIL_REASON_BUSY;
	if (folio_maybe_dma_pinned(folio))
		return PGHOT_FAIL_REASON_PINNED;
	/* Not all filesystems can move a dirty folio without waiting. */
	if (folio_is_file_lru(folio) && folio_test_dirty(folio))
		return PGHOT_FAIL_REASON_DIRTY;

	return -1;
}

/**
 * pghot_waits_to_be_split - is a part of a folio not mapped any more?
 * @folio: the folio, with a reference
 *
 * Context: any.
 */
bool pghot_waits_to_be_split(struct folio *folio)
{
	return folio_test_large(folio) && folio_test_partially_mapped(folio);
}

/**
 * pghot_rule - may a folio be promoted to a node, as it is now?
 * @folio: the folio, with a reference and unlocked
 * @nid: target node
 * @cache: answers of users who were asked before
 * @split: split the folio if it is waiting for that
 * @ruling: what comes of it
 *
 * A folio of which a part is not mapped any more waits to be split, and migrate_pages()
 * would do that, with no telling how much of it was moved. So it is done here: the
 * first page goes on, the others are pages of their own from now on and have to earn
 * their heat.
 *
 * Apart from that nothing changes.
 *
 * Context: may sleep.
 */
void pghot_rule(struct folio *folio, int nid, struct pghot_placement *cache,
		bool split, struct pghot_ruling *ruling)
{
	ruling->waits = false;
	ruling->asked = false;
	ruling->reason = reason_to_stay(folio);
	if (ruling->reason >= 0)
		return;

	if (!folio_trylock(folio)) {
		ruling->reason = PGHOT_FAIL_REASON_BUSY;
		return;
	}
	if (split && pghot_waits_to_be_split(folio) && split_folio(folio)) {
		ruling->reason = PGHOT_FAIL_REASON_BUSY;
	} else {
		ruling->reason = pghot_check_placement(folio, nid, cache,
						       &ruling->users);
		ruling->waits = ruling->reason == PGHOT_FAIL_REASON_BUSY;
		ruling->asked = true;
	}
	folio_unlock(folio);
}
