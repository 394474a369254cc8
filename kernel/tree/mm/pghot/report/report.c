// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot, room report: from reports of accesses to candidates for promotion.
 *
 * The one place that knows both the records and the queue, and ties them together:
 *
 *	pghot_record_access()	an access is noted in the record of its page; a page
 *				that becomes hot by it is submitted to the queue
 *	pghot_record_range()	the same for accesses that were counted by the range
 *	records_origin		the queue asks for the present heat of what waits, tells
 *				what became of it, and comes back for what had found
 *				no room
 *
 * A record says "queued" from the moment at which its page becomes hot until the queue
 * lets go of it, so that a page waits once, however often it is reported.
 */
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/pghot.h>

#include "base/config.h"
#include "base/folio.h"
#include "base/heat.h"
#include "base/node.h"
#include "base/window.h"
#include "queue/flow.h"
#include "queue/origin.h"
#include "record/access.h"
#include "record/map.h"
#include "record/record.h"

/* What found no place stays in its record; the target comes back for it. */
static void keep_for_later(unsigned long pfn, u8 idx)
{
	/* In this order: a search that starts in between finds it unqueued. */
	pghot_map_clear_queued(pfn);
	pghot_map_flag_refill(pfn, idx);
}

/* What is to be done with what has been noted. */
static int consequences(unsigned long pfn, const struct pghot_map_noted *noted)
{
	if (noted->freq > noted->before)
		pghot_flow_note(noted->idx, noted->before, noted->freq);

	if (noted->warm)
		pghot_map_flag_refill(pfn, noted->idx);
	if (!noted->hot)
		return noted->warm;
	if (pghot_submit(pfn, 1, pghot_target_nid(noted->idx), noted->freq,
			 PGHOT_ORIGIN_RECORDS))
		keep_for_later(pfn, noted->idx);
	return 1;
}

/* Both functions below have a copy of it, with @single known. */
static __always_inline int note(unsigned long pfn, int nid,
				enum pghot_source_id src, unsigned int weight,
				unsigned long now, bool single)
{
	struct pghot_map_noted noted;

	if (!pghot_active())
		return -ENODEV;

	noted = pghot_map_access(pfn, nid, src, weight, now, single);
	if (likely(!noted.before && !noted.hot && !noted.warm))
		return noted.tracked ? 0 : -ENODEV;
	return consequences(pfn, &noted);
}

/**
 * pghot_record_access - report an access to a page
 * @pfn: page frame number of the folio's head page; any number is safe
 * @nid: node that the page was accessed from, or NUMA_NO_NODE
 * @src: who noticed it
 * @weight: how many accesses the report stands for, at least 1
 * @now: when, in jiffies
 *
 * Does nothing unless a source is enabled and the page is on a lower tier. Reports on
 * a page add up.
 *
 * Context: any but NMI; may be called under a page table lock. Never sleeps,
 * allocates, or takes a lock.
 * Return: 1 when by the report the page became hot, by the parameter freq-threshold or
 * for its target; 0 when it was recorded, -ENODEV when the page is not tracked.
 */
int pghot_record_access(unsigned long pfn, int nid, enum pghot_source_id src,
			unsigned int weight, unsigned long now)
{
	return note(pfn, nid, src, weight, now, false);
}

/**
 * pghot_record_heat - report how hot a page is
 * @pfn: page frame number of the folio's head page; any number is safe
 * @nid: node that the page was accessed from, or NUMA_NO_NODE
 * @src: who noticed it
 * @heat: its heat as this report alone tells it, 1 to PGHOT_FREQ_MAX
 * @now: when, in jiffies
 *
 * As pghot_record_access(), but reports do not add up: see pghot_record_report_at().
 *
 * Context: any but NMI; may be called under a page table lock. Never sleeps,
 * allocates, or takes a lock.
 */
void pghot_record_heat(unsigned long pfn, int nid, enum pghot_source_id src,
		       unsigned int heat, unsigned long now)
{
	note(pfn, nid, src, heat, now, true);
}

/**
 * pghot_record_range - report accesses that were counted for a range of page frames
 * @pfn: first page frame number; any number is safe
 * @nr: page frames, 1 to PGHOT_RANGE_PAGES_MAX
 * @nid: node that it was accessed from, or NUMA_NO_NODE
 * @src: who counted
 * @accesses: how many there were to all of the range
 * @now: when, in jiffies
 *
 * For devices that count by themselves, in units that need not be pages: they know how
 * often a unit was accessed and not which page of it. Each folio is credited with the
 * part of the accesses that its pages have in the range, rounded. One that comes to less
 * than half an access is left out: nothing tells that it was accessed at all. Besides
 * that it is as if pghot_record_access() were called for each. Page frames that are free,
 * offline, or on no lower tier are passed over.
 *
 * Context: may sleep. A call looks at PGHOT_RANGE_PAGES_MAX page frames at most.
 * Return: number of folios that accesses were recorded for; -EINVAL when @nr is 0 or the
 * range wraps around, -E2BIG when it is too long, -ENODEV when no source is enabled.
 */
int pghot_record_range(unsigned long pfn, unsigned long nr, int nid,
		       enum pghot_source_id src, u64 accesses,
		       unsigned long now)
{
	unsigned long end, at, next, head, pages;
	int recorded = 0;
	u64 part;

	might_sleep();
	if (!nr || check_add_overflow(pfn, nr, &end))
		return -EINVAL;
	if (nr > PGHOT_RANGE_PAGES_MAX)
		return -E2BIG;
	if (!pghot_active())
		return -ENODEV;

	/* More than that saturates any record; and products stay below 2^64. */
	accesses = min(accesses, U32_MAX);
	for (at = pfn; at < end; at = next) {
		/* The next section; none after the last there could be. */
		if (!pghot_map_tracks(at)) {
			next = ALIGN_DOWN(at, PAGES_PER_SECTION);
			if (check_add_overflow(next, PAGES_PER_SECTION, &next))
				break;
			continue;
		}
		head = at;
		pages = pghot_folio_around(&head, false);
		next = pages ? min(head + pages, end) : at + 1;
		part = div64_ul(accesses * (next - at) + nr / 2, nr);
		if (pages && part &&
		    pghot_record_access(head, nid, src,
					min(part, PGHOT_FREQ_MAX), now) >= 0)
			recorded++;
		cond_resched();
	}
	return recorded;
}

/* ---- what the queue asks ---------------------------------------------------- */

static void view_record(struct pghot_view *view, u32 rec, u32 now)
{
	u32 window = pghot_window(FIELD_GET(PGHOT_REC_LEAD, rec));

	*view = (struct pghot_view) {
		.time = pghot_record_time(rec, window),
		.freq = pghot_record_freq(rec, now, window),
		.target_idx = FIELD_GET(PGHOT_REC_TARGET, rec),
		.sources = pghot_record_sources(rec),
		.queued = rec & PGHOT_REC_QUEUED,
	};
}

static bool records_look(unsigned long pfn, struct pghot_view *view)
{
	u32 rec = pghot_map_get(pfn);

	view_record(view, rec, pghot_bucket(jiffies));
	return rec;
}

static void records_leave(unsigned long pfn, u8 idx, enum pghot_leave why)
{
	switch (why) {
	case PGHOT_LEAVE_PROMOTED:
	case PGHOT_LEAVE_GONE:
		pghot_map_forget(pfn);
		break;
	case PGHOT_LEAVE_FAILED:
		pghot_map_cool(pfn);
		break;
	case PGHOT_LEAVE_COLD:
	case PGHOT_LEAVE_DROPPED:
		pghot_map_clear_queued(pfn);
		break;
	case PGHOT_LEAVE_NO_ROOM:
		keep_for_later(pfn, idx);
		break;
	}
}

/* On the way of what a search finds: a record becomes a view. */
struct search {
	pghot_found_fn found;
	void *arg;
	u32 now;
};

static enum pghot_map_found found_record(unsigned long pfn, u32 rec, void *arg)
{
	const struct search *s = arg;
	struct pghot_view view;

	view_record(&view, rec, s->now);
	switch (s->found(pfn, &view, s->arg)) {
	case PGHOT_FOUND_DONE:
		return PGHOT_MAP_DONE;
	case PGHOT_FOUND_LATER:
		return PGHOT_MAP_LATER;
	default:
		return PGHOT_MAP_FULL;
	}
}

static void records_more(u8 idx, pghot_found_fn found, void *arg)
{
	struct search s = {
		.found = found,
		.arg = arg,
		.now = pghot_bucket(jiffies),
	};

	pghot_map_refill(idx, found_record, &s);
}

static const struct pghot_origin records_origin = {
	.look = records_look,
	.leave = records_leave,
	.queue = pghot_map_queue,
	.retarget = pghot_map_retarget,
	.has_more = pghot_map_needs_refill,
	.more = records_more,
	.forget = pghot_map_forget,
};

static int __init report_init(void)
{
	pghot_register_origin(PGHOT_ORIGIN_RECORDS, &records_origin);
	return 0;
}
late_initcall(report_init);
