/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot: hot page tracking and promotion. See mm/pghot/core.c for what becomes of it:
 *
 *	pghot_record_access()	I saw an access: keep count, and promote what gets hot
 *	pghot_record_range()	I counted accesses to a range of page frames: the same
 *	pghot_submit()		these pages are hot: promote them when it suits
 */
#ifndef _LINUX_PGHOT_H
#define _LINUX_PGHOT_H

#include <linux/errno.h>
#include <linux/jump_label.h>
#include <linux/types.h>
#include <uapi/linux/pghot.h>
#include <uapi/linux/pghot_prctl.h>

struct folio;
struct mem_cgroup;
struct mm_struct;
struct task_struct;

/**
 * enum pghot_origin_id - who asks for pages to be promoted
 * @PGHOT_ORIGIN_RECORDS: the records of accesses
 * @PGHOT_ORIGIN_HINTFAULT: NUMA hint faults, in a kernel without records
 * @PGHOT_ORIGIN_OTHER: anybody who keeps nothing about them
 * @PGHOT_NR_ORIGINS: number of origins
 */
enum pghot_origin_id {
	PGHOT_ORIGIN_RECORDS,
	PGHOT_ORIGIN_HINTFAULT,
	PGHOT_ORIGIN_OTHER,
	PGHOT_NR_ORIGINS,
};

/* Most page frames of a range that is submitted or reported at once: 128 MiB of 4 KiB. */
#define PGHOT_RANGE_PAGES_MAX	32768UL

#ifdef CONFIG_PGHOT

DECLARE_STATIC_KEY_FALSE(pghot_enabled);

/**
 * pghot_active - is any source enabled?
 *
 * A patched-out branch while pghot is off. Context: any.
 */
static inline bool pghot_active(void)
{
	return static_branch_unlikely(&pghot_enabled);
}

bool pghot_promoting(void);

/**
 * pghot_keeps_room - should reclaim leave room in the top tier for promotions?
 *
 * While pghot promotes, whatever its source, as in memory tiering mode of NUMA
 * balancing. A patched-out branch while pghot is off. Context: any.
 */
static inline bool pghot_keeps_room(void)
{
	return pghot_active() && pghot_promoting();
}

int pghot_submit(unsigned long pfn, unsigned long nr, int nid,
		 unsigned int heat, enum pghot_origin_id origin);

void pghot_memcg_offline(struct mem_cgroup *memcg);
void __pghot_folio_migrated(struct folio *folio, int from, int reason);

/**
 * pghot_folio_migrated - tell that a folio was moved to make room, or to be nearer
 * @folio: where it is now
 * @from: node that it came from
 * @reason: an enum migrate_reason, MR_DEMOTION or MR_NUMA_MISPLACED
 *
 * A patched-out branch while pghot is off. Context: @folio is locked.
 */
static inline void pghot_folio_migrated(struct folio *folio, int from, int reason)
{
	if (pghot_active())
		__pghot_folio_migrated(folio, from, reason);
}
#else
static inline bool pghot_active(void)
{
	return false;
}

static inline bool pghot_keeps_room(void)
{
	return false;
}

static inline void pghot_folio_migrated(struct folio *folio, int from, int reason)
{
}

static inline void pghot_memcg_offline(struct mem_cgroup *memcg)
{
}

static inline int pghot_submit(unsigned long pfn, unsigned long nr, int nid,
			       unsigned int heat, enum pghot_origin_id origin)
{
	return -ENODEV;
}
#endif /* CONFIG_PGHOT */

#ifdef CONFIG_PGHOT_RECORDS
int pghot_record_access(unsigned long pfn, int nid, enum pghot_source_id src,
			unsigned int weight, unsigned long now);
void pghot_record_heat(unsigned long pfn, int nid, enum pghot_source_id src,
		       unsigned int heat, unsigned long now);
int pghot_record_range(unsigned long pfn, unsigned long nr, int nid,
		       enum pghot_source_id src, u64 accesses,
		       unsigned long now);
#else
static inline int pghot_record_access(unsigned long pfn, int nid,
				      enum pghot_source_id src,
				      unsigned int weight, unsigned long now)
{
	return -ENODEV;
}

static inline int pghot_record_range(unsigned long pfn, unsigned long nr,
				     int nid, enum pghot_source_id src,
				     u64 accesses, unsigned long now)
{
	return -ENODEV;
}
#endif /* CONFIG_PGHOT_RECORDS */

#ifdef CONFIG_PGHOT_HINTFAULT

DECLARE_STATIC_KEY_FALSE(pghot_hintfault_key);

/**
 * pghot_hintfault_enabled - does pghot own the hint faults of slow memory?
 *
 * While it does, memory tiering mode of NUMA balancing only detects: whoever
 * would have promoted calls pghot_hint_fault() instead. Context: any.
 */
static inline bool pghot_hintfault_enabled(void)
{
	return static_branch_unlikely(&pghot_hintfault_key);
}

bool pghot_hint_fault(struct folio *folio, int nid);
unsigned int pghot_hint_period(struct task_struct *p);
bool __pghot_hint_scans(struct mm_struct *mm);

/**
 * pghot_hint_scans - are all mappings of an address space to be scanned?
 * @mm: that of the current task
 *
 * NUMA balancing leaves mappings out that a task has had no hint faults in lately, for
 * another task may have. Where there is no other, faults are few because scans are, and
 * after some time there would be neither. Context: any.
 */
static inline bool pghot_hint_scans(struct mm_struct *mm)
{
	return pghot_hintfault_enabled() && __pghot_hint_scans(mm);
}
#else
static inline bool pghot_hintfault_enabled(void)
{
	return false;
}

static inline unsigned int pghot_hint_period(struct task_struct *p)
{
	return 0;
}

static inline bool pghot_hint_scans(struct mm_struct *mm)
{
	return false;
}

static inline bool pghot_hint_fault(struct folio *folio, int nid)
{
	return false;
}
#endif /* CONFIG_PGHOT_HINTFAULT */

#ifdef CONFIG_PGHOT_MMSCAN

DECLARE_STATIC_KEY_FALSE(pghot_mmscan_key);

void __pghot_mm_init(struct mm_struct *mm);

/**
 * pghot_mm_init - an address space is being made
 * @mm: zeroed, or for a fork a copy of the parent's
 *
 * A patched-out branch while mmscan is off: notes that were copied then are of an
 * earlier epoch, and void.
 */
static inline void pghot_mm_init(struct mm_struct *mm)
{
	if (static_branch_unlikely(&pghot_mmscan_key))
		__pghot_mm_init(mm);
}

void pghot_mm_exec(struct mm_struct *mm, struct mm_struct *old);
long pghot_prctl(unsigned long op, unsigned long arg3, unsigned long arg4,
		 unsigned long arg5);
#else
static inline void pghot_mm_init(struct mm_struct *mm)
{
}

static inline void pghot_mm_exec(struct mm_struct *mm, struct mm_struct *old)
{
}

static inline long pghot_prctl(unsigned long op, unsigned long arg3,
			       unsigned long arg4, unsigned long arg5)
{
	return -EINVAL;
}
#endif /* CONFIG_PGHOT_MMSCAN */

#endif /* _LINUX_PGHOT_H */
