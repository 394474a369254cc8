/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot: noting an access in the record of its page.
 *
 * This is what happens at every report, under a page table lock as like as not, so it
 * is inlined into its one caller, report/report.c. How the records are kept is the
 * business of map.c, and explained there.
 */
#ifndef _MM_PGHOT_RECORD_ACCESS_H
#define _MM_PGHOT_RECORD_ACCESS_H

#include <linux/mmzone.h>
#include <linux/rcupdate.h>
#include <linux/vmstat.h>
#include <linux/xarray.h>
#include <trace/events/pghot.h>

#include "base/config.h"
#include "base/node.h"
#include "base/window.h"
#include "record/record.h"
#include "record/summary.h"

/* Pages that have a bound of their own: 2 MiB with the usual pages. */
#define PGHOT_BLOCK_SHIFT	(PFN_SECTION_SHIFT < 9 ? PFN_SECTION_SHIFT : 9)
#define PGHOT_BLOCK_PAGES	BIT(PGHOT_BLOCK_SHIFT)
#define PGHOT_BLOCKS		(PAGES_PER_SECTION / PGHOT_BLOCK_PAGES)

/**
 * struct pghot_section - the records of one memory section of a lower tier
 * @start_pfn: first page frame of the section
 * @nid: node of the section's pages
 * @default_idx: compact index of the top-tier node nearest to @nid, 0 when
 *	there is none; follows changes of tiers
 * @refill: bit of a compact index: hot pages for that target found no place in
 *	its ring or heap; set from any context, cleared by the target's
 *	kpromoted before it searches the section; counted, see map.c
 * @bound: how hot its hottest page may be, see summary.h
 * @records: PAGES_PER_SECTION words, see record.h; changed by cmpxchg only
 * @bounds: the same as @bound by block of pages. A report changes its record first, then
 *	the bound of the block if that is too low, and only then that of the section; so
 *	either may be late for a report that is under way
 *
 * Sections are added when the first source is enabled and by memory hotplug,
 * removed when the last is disabled and by memory hotplug, all under
 * pghot_lock. They are found through an xarray indexed by section number and
 * freed after an RCU grace period.
 */
struct pghot_section {
	unsigned long start_pfn;
	int nid;
	u8 default_idx;
	atomic_long_t refill;
	u32 bound;
	u32 *records;
	u32 bounds[PGHOT_BLOCKS];
};

extern struct xarray pghot_sections;

void pghot_section_flag(struct pghot_section *sec, u8 idx);
bool pghot_section_unflag(struct pghot_section *sec, u8 idx);

/* The section of a page frame, %NULL if it is not tracked. Context: RCU read side. */
static inline struct pghot_section *pghot_find_section(unsigned long pfn)
{
	/* xa_load() has a read side of its own; the caller's covers the use. */
	lockdep_assert(rcu_read_lock_held());
	return xa_load(&pghot_sections, pfn_to_section_nr(pfn));
}

/*
 * The target that a record names, or the nearest one if it names none, or one that has
 * left the top tier or lost its memory since. Context: any.
 */
static inline u8 pghot_record_target(const struct pghot_section *sec, u32 rec)
{
	u8 idx = FIELD_GET(PGHOT_REC_TARGET, rec);

	return pghot_target_runs(idx) ? idx : READ_ONCE(sec->default_idx);
}

void pghot_map_raise(struct pghot_section *sec, unsigned long block, u32 now,
		     u32 freq);

/* The bound of a section or a block at present. Context: any. */
static inline u32 pghot_map_bound(const u32 *bound, u32 now)
{
	return pghot_bound_at(READ_ONCE(*bound), READ_ONCE(pghot_epochs), now);
}

/* Show a report that left @freq in record @i to who looks for hot pages. */
static __always_inline void pghot_map_show(struct pghot_section *sec,
					   unsigned long i, u32 now, u32 freq)
{
	unsigned long block = i >> PGHOT_BLOCK_SHIFT;

	if (!pghot_bound_covers(READ_ONCE(sec->bounds[block]),
				READ_ONCE(pghot_epochs), now, freq))
		pghot_map_raise(sec, block, now, freq);
}

/**
 * struct pghot_map_noted - what came of noting an access
 * @tracked: there is a record of the page
 * @hot: the page has become hot enough for its target; its record says queued from now
 *	on, and the caller has to queue it
 * @warm: it is hot, but less than its target asks for at present
 * @idx: compact index of its target, 0 when there is none; valid if @freq is at least
 *	the parameter freq-threshold
 * @before: its frequency before
 * @freq: its frequency
 */
struct pghot_map_noted {
	bool tracked;
	bool hot;
	bool warm;
	u8 idx;
	u8 before;
	u8 freq;
};

/* The target that a report is for; 0 when it names none and there is no fixed one. */
static __always_inline u8 pghot_target_of(int nid)
{
	/* That of NUMA_NO_NODE is 0. */
	return pghot_target_idx(nid) ?:
	       pghot_target_idx(READ_ONCE(pghot_params.target_nid));
}

/**
 * pghot_map_access - note an access
 * @pfn: page frame number of the folio's head page; any number is safe
 * @nid: node that the page was accessed from, or NUMA_NO_NODE
 * @src: who noticed it
 * @weight: how many accesses the report stands for, at least 1
 * @now: when, in jiffies
 * @single: see pghot_record_report_at()
 *
 * Context: any but NMI. Never sleeps, allocates, or takes a lock.
 * Return: what came of it.
 */
static __always_inline struct pghot_map_noted
pghot_map_access(unsigned long pfn, int nid, enum pghot_source_id src,
		 unsigned int weight, unsigned long now,
		 bool single)
{
	u32 least = READ_ONCE(pghot_params.freq_threshold);
	struct pghot_map_noted noted = {};
	struct pghot_section *sec;
	u32 *rec, old, new;
	u32 window, bucket, time;
	unsigned long i;
	u8 idx;

	count_vm_event(PGHOT_RECORDED_HINTFAULT + src);
	rcu_read_lock();
	sec = pghot_find_section(pfn);
	if (!sec)
		goto out;

	count_vm_event(PGHOT_USEFUL_HINTFAULT + src);
	noted.tracked = true;
	time = pghot_time(now);
	bucket = time & PGHOT_BUCKET_MASK;
	idx = pghot_target_of(nid);
	i = pfn - sec->start_pfn;
	rec = &sec->records[i];
	old = READ_ONCE(*rec);
	do {
		window = pghot_window(old ? FIELD_GET(PGHOT_REC_LEAD, old) : src);
		new = pghot_record_report_at(old, bucket, window,
					     pghot_window(src), src, weight,
					     idx, single);
		noted.freq = FIELD_GET(PGHOT_REC_FREQ, new);
		noted.hot = false;
		if (noted.freq < least)
			continue;
		noted.idx = pghot_record_target(sec, new);
		noted.hot = !(new & PGHOT_REC_QUEUED) &&
			    noted.freq >= READ_ONCE(pghot_hot_from[noted.idx]);
		if (noted.hot)
			new |= PGHOT_REC_QUEUED;
	} while (!try_cmpxchg(rec, &old, new));
	/* In this order, see pghot_map_reset(). */
	pghot_map_show(sec, i, time, noted.freq);

	if (noted.freq >= least) {
		noted.before = pghot_record_freq(old, bucket, window);
		noted.warm = !(new & PGHOT_REC_QUEUED);
	}
	trace_pghot_record(pfn, sec->nid, nid, src, weight,
			   FIELD_GET(PGHOT_REC_FREQ, new));
out:
	rcu_read_unlock();

	return noted;
}

#endif /* _MM_PGHOT_RECORD_ACCESS_H */
