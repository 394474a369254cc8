// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: the hotness map, one 32-bit record per page of the lower tiers.
 *
 *	pfn --section number--> xarray --> struct pghot_section --> records[]
 *
 * Only sections of lower-tier nodes are in the xarray, so a lookup answers two
 * questions at once: is this page one that could be promoted, and what is known
 * of it. It needs no struct page and takes any number for a page frame, valid
 * or not. Walks meet nothing but what they look for.
 *
 * Lifetime: sections come and go under pghot_lock. Readers are in an RCU read
 * side from the lookup to the last use of the section. Records are words that
 * are only ever changed by cmpxchg, so readers need nothing else; a record that
 * is reset while a report is under way may keep that one report.
 *
 * The memory is taken from the nearest top-tier node: what is written at every
 * access should not itself live in slow memory. Where that has none left it comes from
 * elsewhere rather than not at all; how much lies on which node is counted, for
 * administrators to see. Nobody is killed for it.
 */
#include <linux/mm.h>
#include <linux/rcupdate_wait.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <linux/xarray.h>

#include "base/config.h"
#include "base/node.h"
#include "record/access.h"
#include "record/map.h"
#include "record/record.h"

DEFINE_XARRAY(pghot_sections);

/* Sections per node; written under pghot_lock. */
static unsigned long nr_sections[MAX_NUMNODES];

/* Bytes of records by the node that they lie on; written under pghot_lock. */
static u64 record_bytes[MAX_NUMNODES];

#define RECORD_BYTES	(PAGES_PER_SECTION * sizeof(u32))

/*
 * Flags of pghot_section.refill that are set, by target; and sections that have any, by
 * node. Whoever sets the first flag, or clears the last, counts: nobody has to go over
 * all sections to know that there is nothing to do.
 */
static atomic_long_t nr_flags[PGHOT_MAX_TARGETS + 1];
static atomic_long_t nr_flagged[MAX_NUMNODES];

void pghot_section_flag(struct pghot_section *sec, u8 idx)
{
	long old;

	if (atomic_long_read(&sec->refill) & BIT(idx))
		return;
	old = atomic_long_fetch_or(BIT(idx), &sec->refill);
	if (old & BIT(idx))
		return;
	atomic_long_inc(&nr_flags[idx]);
	if (!old)
		atomic_long_inc(&nr_flagged[sec->nid]);
}

/* Was it set? */
bool pghot_section_unflag(struct pghot_section *sec, u8 idx)
{
	long old = atomic_long_fetch_andnot(BIT(idx), &sec->refill);

	if (!(old & BIT(idx)))
		return false;
	atomic_long_dec(&nr_flags[idx]);
	if (old == BIT(idx))
		atomic_long_dec(&nr_flagged[sec->nid]);
	return true;
}

static void clear_flags(struct pghot_section *sec)
{
	unsigned long flags = atomic_long_read(&sec->refill);
	unsigned int idx;

	for_each_set_bit(idx, &flags, PGHOT_MAX_TARGETS + 1)
		pghot_section_unflag(sec, idx);
}

/*
 * Generation of what a dump walks over, never 0, and how many changes of it are
 * under way. While there are any, every look at the generation finds a new one.
 */
static atomic_t map_seq = ATOMIC_INIT(1);
static atomic_t map_changes = ATOMIC_INIT(0);

static void bump_seq(void)
{
	if (!atomic_inc_return(&map_seq))
		atomic_inc(&map_seq);
}

static void begin_change(void)
{
	atomic_inc(&map_changes);
	/* Before the first record changes; pairs with pghot_map_seq(). */
	smp_mb__after_atomic();
}

static void end_change(void)
{
	bump_seq();
	/* The new generation is there before the change is over. */
	smp_mb__before_atomic();
	atomic_dec(&map_changes);
}

/**
 * pghot_map_seq - generation of the map
 *
 * Context: any.
 * Return: a number, never 0. It is the same before and after records were read
 * only if meanwhile no section came or went and no record was reset.
 */
u32 pghot_map_seq(void)
{
	/* After the records that were read before; pairs with begin_change(). */
	smp_mb();
	if (atomic_read(&map_changes))
		bump_seq();

	return atomic_read(&map_seq);
}

static void raise_bound(u32 *bound, u32 epochs, u32 now, u32 freq)
{
	u32 old = READ_ONCE(*bound);
	u32 new;

	do {
		new = pghot_bound_add(old, epochs, now, freq);
	} while (new != old && !try_cmpxchg(bound, &old, new));
}

/**
 * pghot_map_raise - show a report in the bounds of its block and section
 * @sec: the section
 * @block: number of the block in it
 * @now: pghot_time() of the report
 * @freq: frequency that it left in the record
 *
 * Rarely called: for a block once per epoch, and when it has become hotter.
 *
 * Context: any.
 */
void pghot_map_raise(struct pghot_section *sec, unsigned long block, u32 now,
		     u32 freq)
{
	u32 epochs = READ_ONCE(pghot_epochs);

	raise_bound(&sec->bounds[block], epochs, now, freq);
	raise_bound(&sec->bound, epochs, now, freq);
}

static u32 *find_record(unsigned long pfn)
{
	struct pghot_section *sec = pghot_find_section(pfn);

	return sec ? &sec->records[pfn - sec->start_pfn] : NULL;
}

/**
 * pghot_map_get - the record of a page
 * @pfn: head page frame
 *
 * Context: any.
 * Return: the record, 0 when the page is not tracked.
 */
u32 pghot_map_get(unsigned long pfn)
{
	u32 *rec, val;

	rcu_read_lock();
	rec = find_record(pfn);
	val = rec ? READ_ONCE(*rec) : 0;
	rcu_read_unlock();

	return val;
}

/**
 * pghot_map_tracks - is a page of a lower tier, and so one to report?
 * @pfn: any number
 *
 * The answer is the same for all pages of a section.
 *
 * Context: any but NMI.
 */
bool pghot_map_tracks(unsigned long pfn)
{
	bool tracks;

	rcu_read_lock();
	tracks = pghot_find_section(pfn);
	rcu_read_unlock();

	return tracks;
}

/**
 * pghot_map_look - what is known of a page, and where it would go
 * @pfn: head page frame
 * @rec: set to its record, 0 when no access was noted
 * @idx: set to the compact index of its target, 0 when there is none
 *
 * Context: any but NMI.
 * Return: false when it is not tracked, and nothing is set.
 */
bool pghot_map_look(unsigned long pfn, u32 *rec, u8 *idx)
{
	struct pghot_section *sec;

	rcu_read_lock();
	sec = pghot_find_section(pfn);
	if (sec) {
		*rec = READ_ONCE(sec->records[pfn - sec->start_pfn]);
		*idx = pghot_record_target(sec, *rec);
	}
	rcu_read_unlock();

	return sec;
}

/* Replace the bits in @mask by those of @bits; the record as it was before. */
static u32 change_record(unsigned long pfn, u32 mask, u32 bits)
{
	u32 *rec, old = 0;

	rcu_read_lock();
	rec = find_record(pfn);
	if (rec) {
		old = READ_ONCE(*rec);
		do {
			if (!old)
				break;
		} while (!try_cmpxchg(rec, &old, (old & ~mask) | bits));
	}
	rcu_read_unlock();

	return old;
}

/**
 * pghot_map_clear_queued - a page no longer waits in a ring or heap
 * @pfn: head page frame
 *
 * Return: the record before, 0 when the page is not tracked.
 */
u32 pghot_map_clear_queued(unsigned long pfn)
{
	return change_record(pfn, PGHOT_REC_QUEUED, 0);
}

/**
 * pghot_map_cool - let a page earn its heat anew
 * @pfn: head page frame of a folio that could not be promoted
 *
 * Without this a page that may never move would be queued again by every
 * single access to it.
 */
void pghot_map_cool(unsigned long pfn)
{
	change_record(pfn, PGHOT_REC_QUEUED | PGHOT_REC_FREQ, 0);
}

/**
 * pghot_map_forget - drop what is known of a page frame
 * @pfn: page frame whose content has moved elsewhere
 */
void pghot_map_forget(unsigned long pfn)
{
	change_record(pfn, ~0U, 0);
}

/**
 * pghot_map_retarget - send a queued page to another node
 * @pfn: head page frame of a folio that has been taken off a queue
 * @idx: compact index of the new target
 *
 * Return: true when the record names the target and says queued, and so the caller
 * has to queue the page there; false when it is not tracked any more.
 */
bool pghot_map_retarget(unsigned long pfn, u8 idx)
{
	return change_record(pfn, PGHOT_REC_TARGET,
			     FIELD_PREP(PGHOT_REC_TARGET, idx) |
			     PGHOT_REC_QUEUED);
}

/**
 * pghot_map_flag_refill - remember that a hot page found no place
 * @pfn: the page
 * @idx: compact index of its target
 *
 * Context: any.
 */
void pghot_map_flag_refill(unsigned long pfn, u8 idx)
{
	struct pghot_section *sec;

	rcu_read_lock();
	sec = pghot_find_section(pfn);
	if (sec)
		pghot_section_flag(sec, idx);
	rcu_read_unlock();
}

/*
 * Walks over sections are in an RCU read side, which they leave between
 * sections for others to run.
 */
static void pause_walk(struct xa_state *xas)
{
	xas_pause(xas);
	cond_resched_rcu();
}

/**
 * pghot_map_queue - mark a page as queued, unless a report was faster
 * @pfn: head page frame
 *
 * Context: any.
 * Return: true when the caller now owns the right to put the page into a heap.
 */
bool pghot_map_queue(unsigned long pfn)
{
	u32 old = change_record(pfn, 0, PGHOT_REC_QUEUED);

	return old && !(old & PGHOT_REC_QUEUED);
}

/**
 * pghot_map_needs_refill - is a section flagged for a target?
 * @idx: compact index of the target
 *
 * Context: any.
 */
bool pghot_map_needs_refill(u8 idx)
{
	return atomic_long_read(&nr_flags[idx]);
}

/**
 * pghot_map_refill_sections - how many sections of a node are flagged
 * @nid: a lower-tier node
 *
 * Context: any.
 */
u32 pghot_map_refill_sections(int nid)
{
	return atomic_long_read(&nr_flagged[nid]);
}

/* False when @visit wants to stop before the page that @pfn then holds. */
static bool walk_section(struct pghot_section *sec, unsigned long *pfn,
			 unsigned long last, u32 least, size_t *nr,
			 bool (*visit)(unsigned long pfn, int nid, u32 rec,
				       void *arg), void *arg)
{
	unsigned long end = sec->start_pfn + PAGES_PER_SECTION - 1;
	u32 now = pghot_time(jiffies);

	*pfn = max(*pfn, sec->start_pfn);
	if (pghot_map_bound(&sec->bound, now) < least) {
		*pfn = end + 1;
		return true;
	}
	for (last = min(last, end); *pfn <= last; (*pfn)++) {
		unsigned long i = *pfn - sec->start_pfn;
		u32 rec = READ_ONCE(sec->records[i]);

		if (i % PGHOT_BLOCK_PAGES == 0 &&
		    pghot_map_bound(&sec->bounds[i >> PGHOT_BLOCK_SHIFT],
				    now) < least) {
			*pfn += PGHOT_BLOCK_PAGES - 1;
			continue;
		}
		if (!rec || FIELD_GET(PGHOT_REC_FREQ, rec) < least)
			continue;
		if (!visit(*pfn, sec->nid, rec, arg))
			return false;
		(*nr)++;
	}
	return true;
}

/**
 * pghot_map_walk - visit the records of a range of page frames
 * @pfn: where to begin; on return, where to go on
 * @last: last page frame, inclusive
 * @least: pages that are colder need not be visited, and where summaries tell that there
 *	are no others they are not even looked at; 0 for all
 * @visit: called in an RCU read side for every page that has a record and may be that
 *	hot; returns false to stop before that page
 * @arg: passed to @visit
 *
 * Context: may sleep between sections.
 * Return: number of records visited.
 */
size_t pghot_map_walk(unsigned long *pfn, unsigned long last, u32 least,
		      bool (*visit)(unsigned long pfn, int nid, u32 rec,
				    void *arg), void *arg)
{
	XA_STATE(xas, &pghot_sections, pfn_to_section_nr(*pfn));
	struct pghot_section *sec;
	bool stopped = false;
	size_t nr = 0;

	rcu_read_lock();
	xas_for_each(&xas, sec, pfn_to_section_nr(last)) {
		if (xas_retry(&xas, sec))
			continue;
		stopped = !walk_section(sec, pfn, last, least, &nr, visit,
					arg);
		if (stopped)
			break;
		pause_walk(&xas);
	}
	rcu_read_unlock();

	if (!stopped)
		*pfn = last + 1;
	return nr;
}

/* ---- lifetime: all below under pghot_lock --------------------------------- */

/* Count where the records of a section lie: @sign is 1 or -1. */
static void count_records(const u32 *records, int sign)
{
	const s64 step = sign * (s64)min(PAGE_SIZE, RECORD_BYTES);
	const void *at, *end = (const void *)records + RECORD_BYTES;
	int nid;

	for (at = records; at < end; at += PAGE_SIZE) {
		nid = page_to_nid(is_vmalloc_addr(at) ? vmalloc_to_page(at) :
							virt_to_page(at));
		WRITE_ONCE(record_bytes[nid], record_bytes[nid] + step);
	}
}

/* In one piece if there is one at hand, which spares TLB entries. */
static u32 *alloc_records(int home)
{
	u32 *records = kzalloc_node(RECORD_BYTES,
				    GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN,
				    home);

	if (!records)
		records = __vmalloc_node(RECORD_BYTES, 1,
					 GFP_KERNEL | __GFP_ZERO |
					 __GFP_RETRY_MAYFAIL | __GFP_NOWARN,
					 home, __builtin_return_address(0));
	return records;
}

static struct pghot_section *alloc_section(unsigned long start_pfn, int nid)
{
	int home = pghot_nearest_toptier(nid, NULL);
	struct pghot_section *sec;

	sec = kzalloc_node(sizeof(*sec), GFP_KERNEL | __GFP_RETRY_MAYFAIL, home);
	if (!sec)
		return NULL;

	sec->records = alloc_records(home);
	if (!sec->records) {
		kfree(sec);
		return NULL;
	}
	count_records(sec->records, 1);
	sec->start_pfn = start_pfn;
	sec->nid = nid;
	sec->default_idx = pghot_target_idx(home);
	return sec;
}

static void free_section(struct pghot_section *sec)
{
	clear_flags(sec);
	count_records(sec->records, -1);
	kvfree(sec->records);
	kfree(sec);
}

/* Remove the sections of @nid, or of any node, with indices in a range. */
static void remove_sections(unsigned long first, unsigned long last, int nid)
{
	struct pghot_section *sec;
	struct xarray removed;
	unsigned long index;

	if (nid != NUMA_NO_NODE && !nr_sections[nid])
		return;

	begin_change();
	xa_init(&removed);
	xa_for_each_range(&pghot_sections, index, sec, first, last) {
		if (nid != NUMA_NO_NODE && sec->nid != nid)
			continue;
		xa_erase(&pghot_sections, index);
		nr_sections[sec->nid]--;
		/*
		 * Wait for readers once for all sections; if there is no memory
		 * even to remember this one, wait for it alone.
		 */
		if (xa_err(xa_store(&removed, index, sec, GFP_KERNEL))) {
			synchronize_rcu();
			free_section(sec);
		}
		cond_resched();
	}
	end_change();
	if (xa_empty(&removed))
		return;

	synchronize_rcu();
	xa_for_each(&removed, index, sec) {
		free_section(sec);
		cond_resched();
	}
	xa_destroy(&removed);
}

/**
 * pghot_map_add_some - track the pages of a part of a range
 * @pfn: first page frame, rounded down to a section; on return, where to go on
 * @end: the page frame after the last, rounded up to a section
 * @nid: lower-tier node of the range
 * @most: sections to allocate at most
 *
 * Sections that are offline, of another node, or tracked already are skipped.
 *
 * Context: pghot_lock held, memory hotplug excluded; may sleep.
 * Return: 0, or -ENOMEM with the range tracked in part. When it is done @pfn is @end or
 * more.
 */
int pghot_map_add_some(unsigned long *pfn, unsigned long end, int nid,
		       unsigned int most)
{
	int err = 0;

	lockdep_assert_held(&pghot_lock);

	begin_change();
	for (; *pfn < end && most; *pfn = ALIGN(*pfn + 1, PAGES_PER_SECTION)) {
		unsigned long nr = pfn_to_section_nr(*pfn);
		struct pghot_section *sec;

		cond_resched();
		if (!online_section_nr(nr) || pfn_to_nid(*pfn) != nid ||
		    xa_load(&pghot_sections, nr))
			continue;

		sec = alloc_section(section_nr_to_pfn(nr), nid);
		err = sec ? xa_err(xa_store(&pghot_sections, nr, sec, GFP_KERNEL)) :
			    -ENOMEM;
		if (err) {
			if (sec)
				free_section(sec);
			break;
		}
		nr_sections[nid]++;
		most--;
	}
	end_change();
	return err;
}

/**
 * pghot_map_add_range - track the pages of a range
 * @start_pfn: first page frame; rounded down to a section
 * @nr_pages: length; rounded up to a section
 * @nid: lower-tier node of the range
 *
 * pghot_map_add_some() without a bound.
 *
 * Context: pghot_lock held, memory hotplug excluded; may sleep.
 * Return: 0, or -ENOMEM with the range tracked in part.
 */
int pghot_map_add_range(unsigned long start_pfn, unsigned long nr_pages,
			int nid)
{
	return pghot_map_add_some(&start_pfn, start_pfn + nr_pages, nid,
				  UINT_MAX);
}

/**
 * pghot_map_del_range - stop tracking the pages of a range
 * @start_pfn: first page frame, aligned to a section
 * @nr_pages: length
 *
 * Context: pghot_lock held; may sleep.
 */
void pghot_map_del_range(unsigned long start_pfn, unsigned long nr_pages)
{
	lockdep_assert_held(&pghot_lock);
	remove_sections(pfn_to_section_nr(start_pfn),
			pfn_to_section_nr(start_pfn + nr_pages - 1),
			NUMA_NO_NODE);
}

/**
 * pghot_map_del_node - stop tracking a node
 * @nid: the node, or NUMA_NO_NODE for all of them
 *
 * Context: pghot_lock held; may sleep.
 */
void pghot_map_del_node(int nid)
{
	lockdep_assert_held(&pghot_lock);
	remove_sections(0, ULONG_MAX, nid);
}

/**
 * pghot_map_set_defaults - recompute the nearest targets after tiers changed
 *
 * Context: pghot_lock held.
 */
void pghot_map_set_defaults(void)
{
	struct pghot_section *sec;
	int nid = NUMA_NO_NODE;
	unsigned long index;
	u8 idx = 0;

	lockdep_assert_held(&pghot_lock);
	xa_for_each(&pghot_sections, index, sec) {
		/* The same for all sections of a node. */
		if (sec->nid != nid) {
			nid = sec->nid;
			idx = pghot_target_idx(pghot_nearest_toptier(nid, NULL));
		}
		WRITE_ONCE(sec->default_idx, idx);
		cond_resched();
	}
}

/**
 * pghot_map_reset - forget all records
 *
 * Pages that wait in rings and heaps are not looked for; the caller empties
 * those.
 *
 * Context: may sleep.
 */
void pghot_map_reset(void)
{
	XA_STATE(xas, &pghot_sections, 0);
	struct pghot_section *sec;
	unsigned long i;

	begin_change();
	rcu_read_lock();
	xas_for_each(&xas, sec, ULONG_MAX) {
		if (xas_retry(&xas, sec))
			continue;
		clear_flags(sec);
		WRITE_ONCE(sec->bound, 0);
		for (i = 0; i < PGHOT_BLOCKS; i++)
			WRITE_ONCE(sec->bounds[i], 0);
		/*
		 * A report that comes too late to be forgotten below finds the bounds
		 * cleared. Pairs with the cmpxchg of records.
		 */
		smp_mb();
		for (i = 0; i < PAGES_PER_SECTION; i++)
			WRITE_ONCE(sec->records[i], 0);
		pause_walk(&xas);
	}
	rcu_read_unlock();
	end_change();
}

/**
 * pghot_map_clear_refill - forget that pages found no place
 *
 * Context: may sleep.
 */
void pghot_map_clear_refill(void)
{
	XA_STATE(xas, &pghot_sections, 0);
	struct pghot_section *sec;

	rcu_read_lock();
	xas_for_each(&xas, sec, ULONG_MAX) {
		if (xas_retry(&xas, sec))
			continue;
		clear_flags(sec);
		pause_walk(&xas);
	}
	rcu_read_unlock();
}

/**
 * pghot_map_tracked_pages - pages that the map covers
 * @nid: a node
 */
unsigned long pghot_map_tracked_pages(int nid)
{
	return READ_ONCE(nr_sections[nid]) * PAGES_PER_SECTION;
}

/**
 * pghot_map_bytes_on - memory of a node that the records of all nodes take
 * @nid: a node
 *
 * Context: any.
 */
u64 pghot_map_bytes_on(int nid)
{
	return READ_ONCE(record_bytes[nid]);
}

/* Bytes of memory that the map takes. */
u64 pghot_map_bytes(void)
{
	u64 bytes = 0;
	int nid;

	for_each_node(nid)
		bytes += (u64)READ_ONCE(nr_sections[nid]) *
			 (sizeof(struct pghot_section) + RECORD_BYTES);
	return bytes;
}
