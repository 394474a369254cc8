/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot: what differs between the kernel series that it is made for; here Linux 6.12.
 *
 * There is a file of this name for each series. All have the same functions, and only
 * here may a line depend on the series: everything else is the same text for all.
 */
#ifndef _MM_PGHOT_BASE_SERIES_H
#define _MM_PGHOT_BASE_SERIES_H

#include <linux/mm.h>
#include <linux/mm_inline.h>
#include <linux/mmap_lock.h>
#include <linux/mmu_notifier.h>
#include <linux/page-flags.h>
#include <linux/shmem_fs.h>
#include <linux/swap.h>

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
	return ptep_clear_young_notify(vma, addr, pte);
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
	return pmdp_clear_young_notify(vma, addr, pmd);
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
	return __folio_test_movable(folio);
}

/**
 * pghot_folio_is_shared - is a folio mapped by more than one address space?
 * @folio: the folio; the caller holds a reference
 *
 * Of a large one the mapping of its first page is taken for all.
 */
static inline bool pghot_folio_is_shared(struct folio *folio)
{
	return folio_likely_mapped_shared(folio);
}

/**
 * pghot_vma_trylock - keep a VMA, and the policy that it has, as they are
 * @vma: the VMA, which the lock of an rmap walk keeps from being freed
 * @addr: an address in it
 *
 * Context: any that may not sleep; undone by pghot_vma_unlock().
 * Return: false when somebody is changing it.
 */
static inline bool pghot_vma_trylock(struct vm_area_struct *vma, unsigned long addr)
{
	if (IS_ENABLED(CONFIG_PER_VMA_LOCK))
		return vma_start_read(vma);
	return mmap_read_trylock(vma->vm_mm);
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
#define PGHOT_ACCESSES_OF_YOUNGEST	1

/**
 * pghot_folio_count_access - count an access in the flags of the multi-gen LRU
 * @folio: the folio, which is in a generation
 * @is_youngest: it is the youngest
 *
 * Here every access found in page tables makes a folio young, and what was counted of
 * accesses by file descriptors is forgotten.
 *
 * Context: any; the page table lock, or a reference, keeps @folio.
 * Return: has it to be moved to the youngest generation?
 */
static inline bool pghot_folio_count_access(struct folio *folio, bool is_youngest)
{
	if (is_youngest)
		return false;
	folio_clear_lru_refs(folio);
	return true;
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
	return shmem_file_setup(name, size, 0);
}

#endif /* _MM_PGHOT_BASE_SERIES_H */
