/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot: what differs between the kernel series that it is made for; here Linux 7.3.
 *
 * There is a file of this name for each series. All have the same functions, and only
 * here may a line depend on the series: everything else is the same text for all.
 */
#ifndef _MM_PGHOT_BASE_SERIES_H
#define _MM_PGHOT_BASE_SERIES_H

#include <linux/bitops.h>
#include <linux/mm.h>
#include <linux/mm_inline.h>
#include <linux/mmap_lock.h>
#include <linux/mmu_notifier.h>
#include <linux/page-flags.h>
#include <linux/shmem_fs.h>
#include <linux/swap.h>

/* lru_add_drain() and the tests of accessed bits are private to mm here. */
#include "../../internal.h"

/**
 * pghot_clear_young_pte - test and clear the accessed bit of a page table entry
 * @vma: the mapping
 * @addr: address that @pte maps
 * @pte: the entry
 *
 * In the page tables of secondary MMUs as well. The TLB is not flushed.
 *
 * Context: the page table lock of @pte.
 * Return: was it set anywhere?
 */
static inline bool pghot_clear_young_pte(struct vm_area_struct *vma, unsigned long addr,
					 pte_t *pte)
{
	return test_and_clear_young_ptes_notify(vma, addr, pte, 1);
}

#ifdef CONFIG_TRANSPARENT_HUGEPAGE
/**
 * pghot_clear_young_pmd - the same for the entry of a huge page
 * @vma: the mapping
 * @addr: address that @pmd maps
 * @pmd: the entry
 *
 * Context: the page table lock of @pmd.
 * Return: was it set anywhere?
 */
static inline bool pghot_clear_young_pmd(struct vm_area_struct *vma, unsigned long addr,
					 pmd_t *pmd)
{
	return pmdp_test_and_clear_young_notify(vma, addr, pmd);
}
#else
static inline bool pghot_clear_young_pmd(struct vm_area_struct *vma, unsigned long addr,
					 pmd_t *pmd)
{
	return false;
}
#endif

/**
 * pghot_folio_has_movable_ops - does a driver move these pages by operations of its own?
 * @folio: the folio; the caller holds a reference
 *
 * Such a page is neither anonymous nor of a file. The balloon has some, and zsmalloc.
 */
static inline bool pghot_folio_has_movable_ops(const struct folio *folio)
{
	return page_has_movable_ops(&folio->page);
}

/**
 * pghot_folio_is_shared - is a folio mapped by more than one address space?
 * @folio: the folio; the caller holds a reference
 *
 * Exact with CONFIG_MM_ID for those mapped by few; a large one may still be taken for
 * shared when it is so no more.
 */
static inline bool pghot_folio_is_shared(struct folio *folio)
{
	return folio_maybe_mapped_shared(folio);
}

/**
 * pghot_vma_trylock - keep a VMA, and the policy that it has, as they are
 * @vma: the VMA, which the lock of an rmap walk keeps from being freed
 * @addr: an address in it
 *
 * Only mm/mmap_lock.c can lock a VMA that is at hand, others look it up by its address.
 * As long as the walk finds @vma the tree of its address space is there. Another one may
 * have taken its place at @addr: then it is being changed.
 *
 * Context: any that may not sleep; undone by pghot_vma_unlock().
 * Return: false when somebody is changing it.
 */
static inline bool pghot_vma_trylock(struct vm_area_struct *vma, unsigned long addr)
{
	struct vm_area_struct *found;

	if (!IS_ENABLED(CONFIG_PER_VMA_LOCK))
		return mmap_read_trylock(vma->vm_mm);

	found = lock_vma_under_rcu(vma->vm_mm, addr);
	if (found == vma)
		return true;
	if (found)
		vma_end_read(found);
	return false;
}

/**
 * pghot_vma_unlock - the opposite
 * @vma: the VMA
 */
static inline void pghot_vma_unlock(struct vm_area_struct *vma)
{
	if (IS_ENABLED(CONFIG_PER_VMA_LOCK))
		vma_end_read(vma);
	else
		mmap_read_unlock(vma->vm_mm);
}

#ifdef CONFIG_LRU_GEN

/* Accesses after which a folio belongs to the youngest generation. */
#define PGHOT_ACCESSES_OF_YOUNGEST	2

/**
 * pghot_folio_count_access - count an access in the flags of the multi-gen LRU
 * @folio: the folio, which is in a generation
 * @is_youngest: it is the youngest
 *
 * Here the first access found in page tables is noted by PG_referenced, and a folio is
 * young from the second on, which PG_workingset says: lru_gen_folio_seq() goes by it.
 *
 * Context: any; the page table lock, or a reference, keeps @folio.
 * Return: has it to be moved to the youngest generation?
 */
static inline bool pghot_folio_count_access(struct folio *folio, bool is_youngest)
{
	unsigned long *flags = &folio->flags.f;

	if (folio_test_referenced(folio) || folio_test_workingset(folio)) {
		set_mask_bits(flags, LRU_REFS_FLAGS, BIT(PG_workingset));
		return !is_youngest;
	}
	set_mask_bits(flags, LRU_REFS_MASK, BIT(PG_referenced));
	return false;
}

#endif /* CONFIG_LRU_GEN */

/**
 * pghot_shmem_file - a file of shared memory, for tests
 * @name: what /proc calls it
 * @size: bytes
 *
 * Return: the file, or an error pointer.
 */
static inline struct file *pghot_shmem_file(const char *name, loff_t size)
{
	return shmem_file_setup(name, size, EMPTY_VMA_FLAGS);
}

#endif /* _MM_PGHOT_BASE_SERIES_H */
