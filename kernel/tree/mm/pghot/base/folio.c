// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: from a page frame number to a folio, and what a folio tells.
 *
 * Between a report and now anything may have happened to a page frame: nothing is
 * touched without a reference, and what was known before is checked again after.
 */
#include <linux/memcontrol.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/page_idle.h>
#include <linux/pagemap.h>
#include <uapi/linux/pghot.h>

#include "base/folio.h"

/**
 * pghot_get_folio - the folio that begins at a page frame
 * @pfn: page frame number, valid or not
 *
 * Context: any but NMI.
 * Return: the folio with a reference, NULL when there is none that begins
 * there.
 */
struct folio *pghot_get_folio(unsigned long pfn)
{
	struct page *page = pfn_to_online_page(pfn);
	struct folio *folio;

	if (!page || PageTail(page))
		return NULL;

	folio = page_folio(page);
	if (!folio_try_get(folio))
		return NULL;

	/* It may have become part of another folio in the meantime. */
	if (unlikely(page_folio(page) != folio || folio_pfn(folio) != pfn)) {
		folio_put(folio);
		return NULL;
	}
	return folio;
}

/**
 * pghot_pfn_pages - size of the folio that begins at a page frame
 * @pfn: page frame number, valid or not
 *
 * Return: base pages, 1 when there is no such folio.
 */
unsigned int pghot_pfn_pages(unsigned long pfn)
{
	struct folio *folio = pghot_get_folio(pfn);
	unsigned int nr = 1;

	if (folio) {
		nr = folio_nr_pages(folio);
		folio_put(folio);
	}
	return nr;
}

/**
 * pghot_page_flags - what a folio is and the state that it is in
 * @folio: the folio; the caller holds a reference
 *
 * Flags may change while they are read; nothing is locked.
 *
 * Context: any.
 * Return: mask of enum pghot_page_flag.
 */
u32 pghot_page_flags(struct folio *folio)
{
	bool swapbacked = folio_test_swapbacked(folio);
	u32 flags = 0;

	if (folio_test_anon(folio))
		flags |= PGHOT_PAGE_FLAG_ANON;
	else if (READ_ONCE(folio->mapping) && !__folio_test_movable(folio))
		flags |= swapbacked ? PGHOT_PAGE_FLAG_SHMEM :
				      PGHOT_PAGE_FLAG_FILE;

	if (folio_test_ksm(folio))
		flags |= PGHOT_PAGE_FLAG_KSM;
	if (folio_test_large(folio))
		flags |= PGHOT_PAGE_FLAG_LARGE;
	if (folio_mapped(folio))
		flags |= PGHOT_PAGE_FLAG_MAPPED;
	if (folio_test_dirty(folio))
		flags |= PGHOT_PAGE_FLAG_DIRTY;
	if (folio_test_writeback(folio))
		flags |= PGHOT_PAGE_FLAG_WRITEBACK;
	if (folio_test_active(folio))
		flags |= PGHOT_PAGE_FLAG_ACTIVE;
	if (folio_test_referenced(folio))
		flags |= PGHOT_PAGE_FLAG_REFERENCED;
	if (folio_test_unevictable(folio))
		flags |= PGHOT_PAGE_FLAG_UNEVICTABLE;
	if (folio_test_mlocked(folio))
		flags |= PGHOT_PAGE_FLAG_MLOCKED;
	if (swapbacked)
		flags |= PGHOT_PAGE_FLAG_SWAPBACKED;
	if (folio_maybe_dma_pinned(folio))
		flags |= PGHOT_PAGE_FLAG_PINNED;
	if (folio_test_hugetlb(folio))
		flags |= PGHOT_PAGE_FLAG_HUGETLB;
	if (folio_test_young(folio))
		flags |= PGHOT_PAGE_FLAG_YOUNG;
	return flags;
}

/**
 * pghot_cgroup_ino - the memory cgroup that a folio is charged to
 * @folio: the folio; the caller holds a reference
 *
 * Context: any.
 * Return: inode number of the cgroup, of the nearest one online when it has
 * been removed; 0 when there is none.
 */
u64 pghot_cgroup_ino(struct folio *folio)
{
#ifdef CONFIG_MEMCG
	return page_cgroup_ino(&folio->page);
#else
	return 0;
#endif
}
