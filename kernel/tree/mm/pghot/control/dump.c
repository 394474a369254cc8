// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: what it knows, as struct pghot_entry, for netlink and debugfs.
 *
 * An entry has two halves. What was recorded comes from the hotness map, a
 * heap, or the log of promotions. What the page is comes from its folio, which
 * is looked at only while a reference to it is held; a page that has been
 * freed since, or that is no folio's head any more, is still an entry, without
 * that half.
 *
 * Lists that are hottest first go through a bounded heap with the coldest
 * entry on top (struct selection): what does not make it into the list is
 * dropped at once, and the folios are looked at only for what remains.
 */

#include <linux/memory_hotplug.h>
#include <linux/min_heap.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/sort.h>

#include "base/config.h"
#include "base/folio.h"
#include "base/heat.h"
#include "base/node.h"
#include "base/window.h"
#include "control/dump.h"
#include "promote/target.h"
#include "queue/origin.h"
#include "record/map.h"
#include "record/record.h"

/* For members of struct pghot_entry that hold a node. */
#define NID_UNKNOWN	U16_MAX

/* How often long loops give way. */
#define RESCHED_EVERY	1024

/* ---- the folio's half ---------------------------------------------------- */

/* Fill in the half of @e that its folio tells. */
static void entry_add_folio(struct pghot_entry *e)
{
	struct page *page = pfn_to_online_page(e->pfn);
	struct folio *folio;

	if (!page)
		return;
	/* Holds for a free page, too. */
	e->nid = page_to_nid(page);

	folio = pghot_get_folio(e->pfn);
	if (!folio)
		return;
	/*
	 * Memory that the kernel uses in other ways has fields of its own where
	 * a folio has its mapping.
	 */
	if (!page_has_type(&folio->page) || folio_test_hugetlb(folio)) {
		e->order = folio_order(folio);
		e->page_flags = pghot_page_flags(folio);
		e->cgroup_ino = pghot_cgroup_ino(folio);
	}
	folio_put(folio);
}

static void entries_add_folios(struct pghot_entry *entries, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		entry_add_folio(&entries[i]);
		if (i % RESCHED_EVERY == 0)
			cond_resched();
	}
}

/* ---- the half that was recorded ------------------------------------------ */

/* The moment and the parameters by which records are read. */
struct view {
	u32 now;
	u32 threshold;
};

static u32 window_of(u32 rec)
{
	return pghot_window(FIELD_GET(PGHOT_REC_LEAD, rec));
}

static void view_init(struct view *view)
{
	view->now = pghot_bucket(jiffies);
	view->threshold = READ_ONCE(pghot_params.freq_threshold);
}

static u16 target_nid(u8 idx)
{
	int nid = pghot_target_nid(idx);

	return nid == NUMA_NO_NODE ? NID_UNKNOWN : nid;
}

static void entry_from_record(struct pghot_entry *e, const struct view *view,
			      unsigned long pfn, u32 rec)
{
	u32 last = pghot_record_time(rec, window_of(rec));

	*e = (struct pghot_entry) {
		.pfn = pfn,
		.age_ms = pghot_bucket_diff(view->now, last) * PGHOT_BUCKET_MS,
		.nid = NID_UNKNOWN,
		.target_nid = target_nid(FIELD_GET(PGHOT_REC_TARGET, rec)),
		.freq = pghot_record_freq(rec, view->now, window_of(rec)),
		.sources = pghot_record_sources(rec),
	};
	if (rec & PGHOT_REC_QUEUED)
		e->state |= PGHOT_ENTRY_STATE_QUEUED;
	if (e->freq >= view->threshold)
		e->state |= PGHOT_ENTRY_STATE_HOT;
}

/**
 * pghot_dump_page - what is known of one page
 * @e: where to put it; without frequency, age and sources when there is no record, and
 *	without what is its folio's when there is none
 * @pfn: head page frame
 * @rec: its record, or 0
 *
 * Context: Process context.
 */
void pghot_dump_page(struct pghot_entry *e, unsigned long pfn, u32 rec)
{
	struct view view;

	view_init(&view);
	if (rec)
		entry_from_record(e, &view, pfn, rec);
	else
		*e = (struct pghot_entry) {
			.pfn = pfn,
			.nid = NID_UNKNOWN,
			.target_nid = NID_UNKNOWN,
		};
	entry_add_folio(e);
}

/* ---- the hottest so many ------------------------------------------------- */

DEFINE_MIN_HEAP(struct pghot_entry, entry_heap);

/**
 * struct selection - a list of the hottest entries, while it is made
 * @heap: the entries so far, the coldest on top
 * @limit: at most so many
 */
struct selection {
	struct entry_heap heap;
	size_t limit;
};

/*
 * Colder first. Equals, and there are many as ages are coarse, are ordered by
 * page frame number, so that lists of the same state are the same.
 */
static bool colder(const void *lhs, const void *rhs, void *args)
{
	const struct pghot_entry *l = lhs, *r = rhs;

	if (l->freq != r->freq)
		return l->freq < r->freq;
	if (l->age_ms != r->age_ms)
		return l->age_ms > r->age_ms;
	return l->pfn > r->pfn;
}

static void swap_entries(void *lhs, void *rhs, void *args)
{
	swap(*(struct pghot_entry *)lhs, *(struct pghot_entry *)rhs);
}

static const struct min_heap_callbacks coldest_first = {
	.less = colder,
	.swp = swap_entries,
};

static void selection_init(struct selection *sel, u32 limit)
{
	*sel = (struct selection) { .limit = limit ?: INT_MAX };
}

/* Room for twice as many entries, or as many as there may be. */
static int selection_grow(struct selection *sel)
{
	size_t size = min_t(size_t, sel->limit,
			    max_t(size_t, 512, 2UL * sel->heap.size));
	struct pghot_entry *data;

	data = kvrealloc(sel->heap.data, array_size(size, sizeof(*data)),
			 GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	if (!data)
		return -ENOMEM;
	sel->heap.data = data;
	sel->heap.size = size;
	return 0;
}

static int selection_add(struct selection *sel, const struct pghot_entry *e)
{
	int err;

	if (sel->heap.nr == sel->limit) {
		if (colder(min_heap_peek(&sel->heap), e, NULL))
			min_heap_pop_push(&sel->heap, e, &coldest_first, NULL);
		return 0;
	}
	if (min_heap_full(&sel->heap)) {
		err = selection_grow(sel);
		if (err)
			return err;
	}
	min_heap_push(&sel->heap, e, &coldest_first, NULL);
	return 0;
}

/*
 * Sort the entries in place, hottest first, add what their folios tell and
 * hand them over. After an error free them instead.
 */
static int selection_finish(struct selection *sel, int err,
			    struct pghot_entry **entries, size_t *nr)
{
	struct pghot_entry *data = sel->heap.data;
	size_t total = sel->heap.nr;
	struct pghot_entry coldest;

	if (err) {
		kvfree(data);
		return err;
	}
	/* A heap that shrinks frees the slot that its top belongs into. */
	while (sel->heap.nr) {
		coldest = data[0];
		min_heap_pop(&sel->heap, &coldest_first, NULL);
		data[sel->heap.nr] = coldest;
		if (sel->heap.nr % RESCHED_EVERY == 0)
			cond_resched();
	}
	entries_add_folios(data, total);
	*entries = data;
	*nr = total;
	return 0;
}

/* ---- heaps --------------------------------------------------------------- */

/*
 * The keys in a heap are as old as kpromoted's last look: show what is known by now.
 * False for an entry that has been promoted by hand, reset or gone offline since, and
 * that kpromoted will drop.
 */
static bool entry_from_heap(struct pghot_entry *e, const struct view *view,
			    int target, const struct pghot_heap_entry *h)
{
	bool remembers = pghot_origin(h->origin)->look;
	u32 age = pghot_bucket_diff(view->now, h->time);
	struct pghot_view known;

	if (pghot_origin_look(h->origin, h->pfn, &known)) {
		age = pghot_bucket_diff(view->now, known.time);
	} else {
		known.freq = pghot_decay(h->heat, age /
					 pghot_window_buckets(READ_ONCE(pghot_params.window_ms)));
		known.queued = !remembers;
	}
	if (!known.queued)
		return false;

	*e = (struct pghot_entry) {
		.pfn = h->pfn,
		.age_ms = age * PGHOT_BUCKET_MS,
		.nid = NID_UNKNOWN,
		.target_nid = target,
		.freq = known.freq,
		.sources = known.sources,
		.state = PGHOT_ENTRY_STATE_QUEUED,
	};
	if (e->freq >= view->threshold)
		e->state |= PGHOT_ENTRY_STATE_HOT;
	return true;
}

static int select_from_heap(struct selection *sel, const struct view *view,
			    struct pghot_target *t, u32 min_freq)
{
	struct pghot_heap_entry *copy;
	struct pghot_entry e;
	size_t i, nr;
	int err;

	err = pghot_queue_copy(&t->queue, &copy, &nr);
	for (i = 0; i < nr && !err; i++) {
		if (entry_from_heap(&e, view, t->nid, &copy[i]) &&
		    e.freq >= min_freq)
			err = selection_add(sel, &e);
		if (i % RESCHED_EVERY == 0)
			cond_resched();
	}
	kvfree(copy);
	return err;
}

/**
 * pghot_dump_heaps - what waits for promotion, hottest first
 * @q: nid is a target node, limit and min_freq hold, page frames do not
 * @entries: where to put the array, for kvfree(); %NULL when it is empty
 * @nr: where to put its length
 *
 * A snapshot. Each heap is locked only while it is copied.
 *
 * Context: Process context, may sleep; takes the locks of nodes.
 * Return: 0, -ENOMEM, or -EINTR when the caller is being killed.
 */
int pghot_dump_heaps(const struct pghot_query *q, struct pghot_entry **entries,
		     size_t *nr)
{
	struct selection sel;
	struct view view;
	int idx, err = 0;

	view_init(&view);
	selection_init(&sel, q->limit);
	for (idx = 1; idx <= PGHOT_MAX_TARGETS; idx++) {
		struct pghot_target *t = pghot_target_by_idx(idx);

		if (!t || (q->nid != NUMA_NO_NODE && q->nid != t->nid))
			continue;
		err = fatal_signal_pending(current) ? -EINTR :
			select_from_heap(&sel, &view, t, q->min_freq);
		if (err)
			break;
	}
	return selection_finish(&sel, err, entries, nr);
}

/* ---- records ------------------------------------------------------------- */

/**
 * struct collection - entries that a walk over the map collects
 * @q: which ones
 * @view: when
 * @entries: where to
 * @room: how many
 * @nr: how many there are so far
 */
struct collection {
	const struct pghot_query *q;
	const struct view *view;
	struct pghot_entry *entries;
	size_t room;
	size_t nr;
};

static bool collect(unsigned long pfn, int nid, u32 rec, void *arg)
{
	struct collection *c = arg;
	struct pghot_entry *e;

	if (c->q->nid != NUMA_NO_NODE && c->q->nid != nid)
		return true;
	if (pghot_record_freq(rec, c->view->now, window_of(rec)) <
	    c->q->min_freq)
		return true;
	if (c->nr == c->room)
		return false;

	e = &c->entries[c->nr++];
	entry_from_record(e, c->view, pfn, rec);
	e->nid = nid;
	return true;
}

/*
 * Up to @nr of the records that @q asks for, from *@cursor on, in the order of
 * page frame numbers, without their folios' half.
 */
static size_t collect_records(const struct pghot_query *q,
			      const struct view *view, unsigned long *cursor,
			      struct pghot_entry *entries, size_t nr)
{
	struct collection c = {
		.q = q, .view = view, .entries = entries, .room = nr,
	};
	/* The walk's cursor ends behind the last page frame; let it exist. */
	unsigned long last = min(q->pfn_end, ULONG_MAX - 1);

	*cursor = max(*cursor, q->pfn_start);
	if (*cursor <= last)
		pghot_map_walk(cursor, last, q->min_freq, collect, &c);
	return c.nr;
}

/**
 * pghot_dump_records - records in the order of page frame numbers
 * @q: nid is a lower-tier node, page frames and min_freq hold, limit does not
 * @cursor: where to begin, 0 at first; on return, where to go on
 * @entries: where to put them
 * @nr: how many at most
 *
 * Context: Process context, may sleep.
 * Return: number of entries; less than @nr at the end.
 */
size_t pghot_dump_records(const struct pghot_query *q, unsigned long *cursor,
			  struct pghot_entry *entries, size_t nr)
{
	struct view view;

	view_init(&view);
	nr = collect_records(q, &view, cursor, entries, nr);
	entries_add_folios(entries, nr);
	return nr;
}

/**
 * struct hottest_dump - a list of the hottest records, while it is made
 * @search: over the map
 * @q: which ones
 * @view: when
 * @sel: those found so far
 * @err: why it ended early
 */
struct hottest_dump {
	struct pghot_hottest search;
	const struct pghot_query *q;
	struct view view;
	struct selection sel;
	int err;
};

/* Room for all that a section may have: it is searched where nothing can be allocated. */
static bool hottest_ready(struct pghot_hottest *search)
{
	struct hottest_dump *d = container_of(search, struct hottest_dump, search);
	struct selection *sel = &d->sel;
	size_t room = min(sel->limit, sel->heap.nr + PAGES_PER_SECTION);

	if (fatal_signal_pending(current))
		d->err = -EINTR;
	while (sel->heap.size < room && !d->err)
		d->err = selection_grow(sel);
	return !d->err;
}

/*
 * An entry for the list, unless there is a full list of hotter ones. Few are: what most
 * calls cost is the comparison.
 */
static bool hottest_add(struct hottest_dump *d, const struct pghot_block *block,
			unsigned long pfn, u32 rec, u32 window)
{
	struct selection *sel = &d->sel;
	u32 age = pghot_bucket_diff(d->view.now, pghot_record_time(rec, window));
	struct pghot_entry e = {
		.pfn = pfn,
		.age_ms = age * PGHOT_BUCKET_MS,
		.freq = pghot_decay(FIELD_GET(PGHOT_REC_FREQ, rec), age / window),
	};

	if (e.freq < d->search.least)
		return false;
	if (sel->heap.nr == sel->limit &&
	    !colder(min_heap_peek(&sel->heap), &e, NULL))
		return false;

	entry_from_record(&e, &d->view, pfn, rec);
	e.nid = block->nid;
	selection_add(sel, &e);
	if (sel->heap.nr == sel->limit)
		d->search.least = max_t(u32, d->search.least,
					min_heap_peek(&sel->heap)->freq);
	return true;
}

/* Words that are remembered, most of which differ by when they were written. */
#define LOST_WORDS	8

/*
 * Nearly all records lose, and nearly all by the first comparison: no page is hotter than
 * its record was when written. Where many are equally hot, or cold, words are equal: when
 * one has lost all others like it in the block do, for of equals the first comes first.
 */
static void hottest_visit(struct pghot_hottest *search,
			  const struct pghot_block *block)
{
	struct hottest_dump *d = container_of(search, struct hottest_dump, search);
	const struct pghot_query *q = d->q;
	unsigned long last = min(block->pfn + block->nr - 1, q->pfn_end);
	unsigned long pfn = max(block->pfn, q->pfn_start);
	const u32 *at, *end = &block->records[last + 1 - block->pfn];
	u32 least = search->least, last_lost = 0, lost[LOST_WORDS] = {};

	if ((q->nid != NUMA_NO_NODE && q->nid != block->nid) || pfn > last)
		return;
	for (at = &block->records[pfn - block->pfn]; at < end; at++) {
		u32 rec = READ_ONCE(*at);
		u32 *same = &lost[FIELD_GET(PGHOT_REC_START, rec) % LOST_WORDS];

		if (rec == last_lost || FIELD_GET(PGHOT_REC_FREQ, rec) < least)
			continue;
		if (rec == *same || !rec) {
			last_lost = rec;
			continue;
		}
		pfn = block->pfn + (at - block->records);
		if (hottest_add(d, block, pfn, rec, window_of(rec)))
			least = search->least;
		else
			*same = last_lost = rec;
	}
}

/**
 * pghot_dump_hottest - the records of the hottest pages, hottest first
 * @q: everything holds; with a limit
 * @entries: where to put the array, for kvfree(); %NULL when it is empty
 * @nr: where to put its length
 *
 * Costs what there is to find: where summaries tell that all is colder than a full list
 * nothing is looked at.
 *
 * Context: Process context, may sleep.
 * Return: 0, -ENOMEM, or -EINTR when the caller is being killed.
 */
int pghot_dump_hottest(const struct pghot_query *q,
		       struct pghot_entry **entries, size_t *nr)
{
	struct hottest_dump d = {
		.search = {
			.least = q->min_freq,
			.ready = hottest_ready,
			.visit = hottest_visit,
		},
		.q = q,
	};
	int err;

	view_init(&d.view);
	selection_init(&d.sel, q->limit);
	err = pghot_map_hottest(&d.search);
	return selection_finish(&d.sel, d.err ?: err, entries, nr);
}

/* ---- promotions ---------------------------------------------------------- */

static void entry_from_promoted(struct pghot_entry *e,
				int target, const struct pghot_promoted *p)
{
	u64 age_ms = jiffies64_to_msecs(jiffies - p->when);

	*e = (struct pghot_entry) {
		.pfn = p->pfn,
		.cgroup_ino = p->cgroup_ino,
		.age_ms = min_t(u64, age_ms, U32_MAX),
		.page_flags = p->page_flags,
		.nid = p->from,
		.target_nid = target,
		.freq = p->freq,
		.order = p->order,
		.sources = p->sources,
	};
}

/* The last promotions to a target, the latest first, up to PGHOT_PROMOTED_LOG. */
static size_t read_log(struct pghot_target *t, const struct pghot_query *q,
		       struct pghot_entry *entries)
{
	size_t nr = 0;
	u32 i;

	mutex_lock(&t->lock);
	for (i = 1; i <= pghot_log_length(&t->log); i++) {
		struct pghot_entry *e = &entries[nr];

		entry_from_promoted(e, t->nid, pghot_log_line(&t->log, i));
		if (q->nid == NUMA_NO_NODE || q->nid == e->nid ||
		    q->nid == e->target_nid)
			nr++;
	}
	mutex_unlock(&t->lock);
	return nr;
}

static int cmp_latest_first(const void *lhs, const void *rhs)
{
	const struct pghot_entry *l = lhs, *r = rhs;

	return (l->age_ms > r->age_ms) - (l->age_ms < r->age_ms);
}

/**
 * pghot_dump_promoted - the most recent promotions, latest first
 * @q: nid is either node of a promotion, limit holds, the rest does not
 * @entries: where to put the array, for kvfree(); %NULL when it is empty
 * @nr: where to put its length
 *
 * Context: Process context, may sleep; takes the locks of nodes.
 * Return: 0 or -ENOMEM.
 */
int pghot_dump_promoted(const struct pghot_query *q,
			struct pghot_entry **entries, size_t *nr)
{
	size_t room = 0, got = 0;
	struct pghot_entry *all;
	int idx;

	*entries = NULL;
	*nr = 0;
	for (idx = 1; idx <= PGHOT_MAX_TARGETS; idx++)
		if (pghot_target_by_idx(idx))
			room += PGHOT_PROMOTED_LOG;
	all = kvmalloc_array(room, sizeof(*all), GFP_KERNEL_ACCOUNT);
	if (!all)
		return -ENOMEM;

	for (idx = 1; idx <= PGHOT_MAX_TARGETS; idx++) {
		struct pghot_target *t = pghot_target_by_idx(idx);

		/* One that has appeared since has promoted nothing yet. */
		if (t && got + PGHOT_PROMOTED_LOG <= room)
			got += read_log(t, q, all + got);
	}
	sort(all, got, sizeof(*all), cmp_latest_first, NULL);
	if (q->limit)
		got = min_t(size_t, got, q->limit);
	*entries = all;
	*nr = got;
	return 0;
}
