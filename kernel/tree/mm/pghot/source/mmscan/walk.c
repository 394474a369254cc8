// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot source mmscan: the walk over page tables.
 *
 * Of an entry that maps a page of a lower tier the accessed bit is tested and
 * cleared, under the page table lock, which keeps the folio. Which pages those
 * are is asked of the hotness map, a section at a time: the struct page of a page
 * that was not accessed is never looked at, for that would be a cache miss each.
 * A few pages of the top tier are treated in the same way, for comparison.
 */
#include <linux/hugetlb.h>
#include <linux/kthread.h>
#include <linux/mempolicy.h>
#include <linux/mm.h>
#include <linux/mmu_notifier.h>
#include <linux/pagewalk.h>
#include <linux/pghot.h>
#include <linux/sched/signal.h>
#include <linux/swap.h>

#include "base/folio.h"
#include "base/series.h"
#include "promote/placement.h"
#include "promote/watch.h"
#include "record/map.h"
#include "source/mmscan/mmscan.h"
#include "source/mmscan/schedule.h"

/* The mmap lock is given back after so much address space, too, mapped or not. */
#define STEP_SPAN	SZ_64G

/**
 * struct walk - a step of a chunk, between taking and giving back the mmap lock
 * @c: the chunk
 * @entries: page table entries that this step may still look at
 * @vmas: mappings that it may still meet
 * @section: number of the section that @tracked is about
 * @tracked: it is one of a lower tier
 * @secondary: there are secondary MMUs, which know accesses of their own
 * @last: the folio that was reported last; compared, never dereferenced
 */
struct walk {
	struct mmscan_chunk *c;
	int entries;
	int vmas;
	unsigned long section;
	bool tracked;
	bool secondary;
	const struct folio *last;
};

static bool in_lower_tier(struct walk *w, unsigned long pfn)
{
	unsigned long section = pfn_to_section_nr(pfn);

	if (section != w->section) {
		w->section = section;
		w->tracked = pghot_map_tracks(pfn);
	}
	return w->tracked;
}

/* An accessed bit of @folio was cleared: tell reclaim, who would have found it. */
static void keep_young(struct walk *w, struct folio *folio)
{
	w->c->cleared = true;
	pghot_folio_accessed(folio);
}

/* The accessed bit of @nr base pages of @folio, in a lower tier, was set. */
static void folio_was_accessed(struct walk *w, struct folio *folio,
			       unsigned int nr)
{
	struct mmscan_chunk *c = w->c;

	keep_young(w, folio);
	c->accessed += nr;

	/* The pages of a large folio are one access to it. */
	if (!c->weight || folio == w->last)
		return;
	w->last = folio;
	pghot_record_access(folio_pfn(folio), c->target,
			    PGHOT_SOURCE_ID_MMSCAN, c->weight, jiffies);
}

/* With its lock held. */
static void scan_huge(struct walk *w, pmd_t *pmd, unsigned long addr,
		      struct vm_area_struct *vma)
{
	pmd_t entry = pmdp_get(pmd);
	struct mmscan_chunk *c = w->c;
	struct folio *folio;

	c->pages -= HPAGE_PMD_NR;
	if (!in_lower_tier(w, pmd_pfn(entry)))
		return;
	if (pmd_protnone(entry)) {
		c->protnone += HPAGE_PMD_NR;
		return;
	}
	c->lower += HPAGE_PMD_NR;
	if (!pmd_young(entry) && !w->secondary)
		return;

	folio = vm_normal_folio_pmd(vma, addr, entry);
	if (folio && !pghot_watch_claims(folio_pfn(folio)) &&
	    pghot_clear_young_pmd(vma, addr, pmd))
		folio_was_accessed(w, folio, HPAGE_PMD_NR);
}

/* False when @pmd is no huge page, but may be a table. */
static bool scan_pmd(struct walk *w, pmd_t *pmd, unsigned long addr,
		     struct vm_area_struct *vma)
{
	spinlock_t *ptl;	/* of the entry */
	bool huge;

	if (!pmd_trans_huge(pmdp_get(pmd)))
		return false;

	ptl = pmd_lock(vma->vm_mm, pmd);
	huge = pmd_trans_huge(pmdp_get(pmd));
	if (huge && pmd_present(pmdp_get(pmd)))
		scan_huge(w, pmd, addr & HPAGE_PMD_MASK, vma);
	spin_unlock(ptl);
	w->entries--;
	return huge;
}

static void scan_pte(struct walk *w, pte_t *pte, unsigned long addr,
		     struct vm_area_struct *vma)
{
	pte_t entry = ptep_get(pte);
	struct mmscan_chunk *c = w->c;
	struct folio *folio;

	if (!pte_present(entry))
		return;
	c->pages--;
	if (!in_lower_tier(w, pte_pfn(entry)))
		return;
	if (pte_protnone(entry)) {
		c->protnone++;
		return;
	}
	c->lower++;
	if (!pte_young(entry) && !w->secondary)
		return;

	folio = vm_normal_folio(vma, addr, entry);
	if (!folio || folio_is_zone_device(folio) ||
	    pghot_watch_claims(folio_pfn(folio)))
		return;
	if (pghot_clear_young_pte(vma, addr, pte))
		folio_was_accessed(w, folio, 1);
}

static void scan_table(struct walk *w, pmd_t *pmd, unsigned long addr,
		       unsigned long end, struct vm_area_struct *vma)
{
	pte_t *start, *pte;
	spinlock_t *ptl;	/* of the table */

	w->entries -= (end - addr) >> PAGE_SHIFT;
	start = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	/* Empty, or about to become something else: the next pass. */
	if (!start)
		return;
	/* sparse does not see that a table was locked when there is one. */
	__acquire(ptl);
	for (pte = start; addr < end; pte++, addr += PAGE_SIZE)
		scan_pte(w, pte, addr, vma);
	pte_unmap_unlock(start, ptl);
}

static int scan_pmd_entry(pmd_t *pmd, unsigned long addr, unsigned long end,
			  struct mm_walk *walk)
{
	struct walk *w = walk->private;

	if (!scan_pmd(w, pmd, addr, walk->vma))
		scan_table(w, pmd, addr, end, walk->vma);

	w->c->pos = end;
	return w->c->pages <= 0 || w->entries <= 0 || need_resched() ||
	       mmap_lock_is_contended(walk->mm);
}

/* A positive value skips a mapping, a negative one ends the walk. */
static int scan_test_walk(unsigned long addr, unsigned long end,
			  struct mm_walk *walk)
{
	struct vm_area_struct *vma = walk->vma;
	struct walk *w = walk->private;
	struct mmscan_chunk *c = w->c;

	/* From here on if there have been enough in this step. */
	c->pos = addr;
	if (w->vmas-- <= 0)
		return -EAGAIN;

	if (vma->vm_flags & VM_SPECIAL ||
	    is_vm_hugetlb_page(vma) || vma_is_dax(vma) ||
	    !vma_migratable(vma) || !vma_is_accessible(vma) ||
	    !pghot_vma_allows(vma, &c->by_cpuset, &c->by_policy)) {
		c->vmas++;
		c->pos = end;
		return 1;
	}
	return 0;
}

static const struct mm_walk_ops scan_ops = {
	.pmd_entry = scan_pmd_entry,
	.test_walk = scan_test_walk,
	.walk_lock = PGWALK_RDLOCK,
};

/* One step, with the mmap lock held; it moves the chunk's position on. */
static void scan_step(struct walk *w)
{
	struct mmscan_chunk *c = w->c;
	struct mm_struct *mm = c->mm;
	struct vm_area_struct *vma = find_vma(mm, c->pos);
	unsigned long limit = min(c->limit, mm->task_size);
	unsigned long end;

	if (!vma || max(c->pos, vma->vm_start) >= limit) {
		c->end = true;
		return;
	}
	c->pos = max(c->pos, vma->vm_start);
	end = c->pos + min(STEP_SPAN, limit - c->pos);

	w->entries = MMSCAN_STEP_ENTRIES;
	w->vmas = MMSCAN_STEP_VMAS;
	w->secondary = mm_has_notifiers(mm);
	if (!walk_page_range(mm, c->pos, end, &scan_ops, w)) {
		c->pos = end;
		c->end = end >= limit;
	}
}

/**
 * mmscan_walk - look at a chunk of an address space
 * @c: the chunk; its results are added up
 *
 * Context: kmmscand; may sleep.
 */
void mmscan_walk(struct mmscan_chunk *c)
{
	struct mm_struct *mm = c->mm;
	struct walk w = {
		.c = c,
		.section = ULONG_MAX,
	};

	while (c->pages > 0 && !c->end && !kthread_should_stop()) {
		/* Nobody but us: its memory had better be freed soon. */
		if (atomic_read(&mm->mm_users) == 1) {
			c->skipped = PGHOT_MMSCAN_SKIP_EXITING + 1;
			break;
		}
		if (!mmap_read_trylock(mm)) {
			c->skipped = PGHOT_MMSCAN_SKIP_LOCKED + 1;
			break;
		}
		scan_step(&w);
		mmap_read_unlock(mm);
		cond_resched();
	}

	/* Hot folios must leave this CPU's LRU batches, to be promoted. */
	if (c->cleared)
		lru_add_drain();
}
