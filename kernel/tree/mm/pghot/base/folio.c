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
#include <linux/mm_inline.h>
#include <linux/page_idle.h>
#include <linux/rmap.h>
#include <linux/hugetlb.h>
#include <asm/tlbflush.h>
#include <linux/pagemap.h>
#include <uapi/linux/pghot.h>

#include "../../internal.h"

#include "base/folio.h"
#include "base/series.h"

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
 * pghot_folio_around - the folio that a page frame belongs to
 * @pfn: page frame number, valid or not; on return, where the folio begins, if there is one
 * @on_lru: one that is not on an LRU does not count
 *
 * It has been there; no reference is kept.
 *
 * Context: any but NMI.
 * Return: its base pages, 0 when there is none.
 */
unsigned long pghot_folio_around(unsigned long *pfn, bool on_lru)
{
	struct page *page = pfn_to_online_page(*pfn);
	unsigned long nr = 0;
	struct folio *folio;

	if (!page)
		return 0;
	folio = page_folio(page);
	if (!folio_try_get(folio))
		return 0;

	/* It may have become part of another folio in the meantime. */
	if (page_folio(page) == folio && (!on_lru || folio_test_lru(folio))) {
		*pfn = folio_pfn(folio);
		nr = folio_nr_pages(folio);
	}
	folio_put(folio);
	return nr;
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
	else if (READ_ONCE(folio->mapping) && !pghot_folio_has_movable_ops(folio))
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

#ifdef CONFIG_LRU_GEN

/*
 * Move @folio to the youngest generation, as lru_gen_look_around() does it outside of
 * reclaim. False when it is in none: the multi-gen LRU is off, or it is unevictable, or
 * isolated.
 */
static bool make_youngest(struct folio *folio)
{
	int gen = folio_lru_gen(folio);
	int youngest;

	if (gen < 0)
		return false;

	/* For the memory cgroup, which the folio is charged to while it is mapped. */
	rcu_read_lock();
	youngest = lru_gen_from_seq(READ_ONCE(folio_lruvec(folio)->lrugen.max_seq));
	rcu_read_unlock();

	if (pghot_folio_count_access(folio, gen == youngest))
		folio_activate(folio);
	return true;
}

#else

static bool make_youngest(struct folio *folio)
{
	return false;
}

#endif /* CONFIG_LRU_GEN */

/**
 * pghot_folio_not_idle - tell those who track idle pages of an access
 * @folio: the folio, of which an accessed bit was cleared
 *
 * DAMON and the idle page bitmap set a flag, clear the accessed bits, and look later
 * whether the flag is still set and the bits are clear. When somebody else has cleared
 * a bit in between only the flag can tell them.
 *
 * Context: any; the page table lock, or a reference, keeps @folio.
 */
void pghot_folio_not_idle(struct folio *folio)
{
	if (folio_test_idle(folio))
		folio_clear_idle(folio);
}

/**
 * pghot_folio_accessed - leave to others what an accessed bit said that was cleared
 * @folio: the folio, of which the bit was set
 *
 * The multi-gen LRU learns it from generations, here and now. Its aging walks page tables
 * and looks at nothing but accessed bits: told by a flag, a hot folio would become
 * older and older, up to its eviction, where the flag rescues it just once. Where there
 * are no generations folio_referenced() takes the young flag for an access. Never both:
 * a flag that is left behind would make a folio young again long after it was used.
 *
 * The folio may be in this CPU's LRU batch afterwards, with a reference which makes its
 * migration fail: call lru_add_drain() soon.
 *
 * Context: the page table lock of the entry that had the bit.
 */
void pghot_folio_accessed(struct folio *folio)
{
	pghot_folio_not_idle(folio);
	if (!make_youngest(folio) && !folio_test_young(folio))
		folio_set_young(folio);
}

/* ---- looking at accessed bits -------------------------------------------------- */

/* Mappings of a folio that are looked at; whoever accesses it does so by most. */
#define MAPPINGS_MAX	16

struct young_walk {
	unsigned int mappings;
	bool young;
};

/* Also in the TLB: else the bit would not be set again while the entry is there. */
static bool clear_young_entry(struct vm_area_struct *vma,
			      struct page_vma_mapped_walk *pvmw)
{
	unsigned long addr = pvmw->address;

	if (pvmw->pte) {
		if (!pghot_clear_young_pte(vma, addr, pvmw->pte))
			return false;
		flush_tlb_page(vma, addr);
		return true;
	}
#ifdef CONFIG_TRANSPARENT_HUGEPAGE
	if (!pghot_clear_young_pmd(vma, addr, pvmw->pmd))
		return false;
	addr &= HPAGE_PMD_MASK;
	flush_tlb_range(vma, addr, addr + HPAGE_PMD_SIZE);
	return true;
#else
	return false;
#endif
}

static bool test_clear_young_one(struct folio *folio, struct vm_area_struct *vma,
				 unsigned long addr, void *arg)
{
	DEFINE_FOLIO_VMA_WALK(pvmw, folio, vma, addr, 0);
	struct young_walk *walk = arg;
	bool here = false;

	while (page_vma_mapped_walk(&pvmw)) {
		if (!clear_young_entry(vma, &pvmw))
			continue;
		if (!here)
			pghot_folio_accessed(folio);
		here = true;
	}
	walk->young |= here;
	return ++walk->mappings < MAPPINGS_MAX;
}

/**
 * pghot_folio_test_clear_young - was a folio accessed since this was asked last?
 * @folio: the folio, with a reference
 *
 * Context: may sleep.
 * Return: false as well when it cannot be told, because somebody holds its lock.
 */
bool pghot_folio_test_clear_young(struct folio *folio)
{
	struct young_walk walk = {};
	struct rmap_walk_control rwc = {
		.arg = &walk,
		.rmap_one = test_clear_young_one,
		.anon_lock = folio_lock_anon_vma_read,
	};
	bool lock = !folio_test_anon(folio) || folio_test_ksm(folio);

	if (!folio_mapped(folio)) {
		/* folio_mark_accessed() clears it. */
		walk.young = !folio_test_idle(folio);
		folio_set_idle(folio);
		return walk.young;
	}
	if (lock && !folio_trylock(folio))
		return false;
	rmap_walk(folio, &rwc);
	if (lock)
		folio_unlock(folio);
	return walk.young;
}
