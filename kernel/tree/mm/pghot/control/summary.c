// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: how much memory is how hot, and whose.
 *
 * A walk over the records adds up what it finds in a few rows, one for each node, memory
 * cgroup and type of page that it meets. When there are more, what has been added up is
 * told, and the rows begin anew: neighbouring pages mostly belong together, so that few
 * kinds have to be told often, and whoever listens has the memory for all of them. So
 * memory is bounded, however many memory cgroups there are, and no page is told by itself.
 *
 * Only what was accessed is visited: where summaries, see record/summary.h, tell that
 * all is colder than what is asked for the walk goes past it. What is cold is the rest of
 * what the kernel accounts for in any case.
 */
#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/numa.h>
#include <linux/sched/signal.h>

#include "base/folio.h"
#include "base/heat.h"
#include "base/window.h"
#include "control/summary.h"
#include "record/map.h"
#include "record/record.h"

/* Records that are visited before a signal is looked for. */
#define BUDGET	16384

/**
 * pghot_summary_type - the type of a page
 * @page_flags: mask of enum pghot_page_flag
 *
 * Return: enum pghot_page_type.
 */
u32 pghot_summary_type(u32 page_flags)
{
	if (page_flags & PGHOT_PAGE_FLAG_HUGETLB)
		return PGHOT_PAGE_TYPE_HUGETLB;
	if (page_flags & PGHOT_PAGE_FLAG_KSM)
		return PGHOT_PAGE_TYPE_KSM;
	if (page_flags & PGHOT_PAGE_FLAG_SHMEM)
		return PGHOT_PAGE_TYPE_SHMEM;
	if (page_flags & PGHOT_PAGE_FLAG_ANON)
		return page_flags & PGHOT_PAGE_FLAG_LARGE ?
			PGHOT_PAGE_TYPE_THP : PGHOT_PAGE_TYPE_ANON;
	if (page_flags & PGHOT_PAGE_FLAG_FILE)
		return PGHOT_PAGE_TYPE_FILE;
	return PGHOT_PAGE_TYPE_OTHER;
}

static struct pghot_summary_row *find_row(struct pghot_summary *s,
					  const struct pghot_summary_row *key)
{
	struct pghot_summary_row *row;
	unsigned int i;

	/* The latest ones first: neighbours belong together. */
	for (i = s->nr; i--;) {
		row = &s->rows[i];
		if (row->cgroup_ino == key->cgroup_ino &&
		    row->type == key->type && row->nid == key->nid)
			return row;
	}
	if (s->nr == PGHOT_SUMMARY_ROWS)
		return NULL;
	row = &s->rows[s->nr++];
	*row = (struct pghot_summary_row) {
		.nid = key->nid,
		.type = key->type,
		.cgroup_ino = key->cgroup_ino,
	};
	return row;
}

/**
 * pghot_summary_add - add up a folio
 * @s: the summary
 * @key: node, type and memory cgroup; nothing else of it is looked at
 * @freq: frequency of the folio, at least 1
 * @age_ms: time since its last access
 * @pages: its base pages
 *
 * Return: false when there is no row for it, and no room for another one.
 */
bool pghot_summary_add(struct pghot_summary *s,
		       const struct pghot_summary_row *key, u32 freq,
		       u32 age_ms, unsigned long pages)
{
	struct pghot_summary_row *row = find_row(s, key);

	if (!row)
		return false;
	row->folios++;
	row->pages[pghot_summary_freq_class(freq)]
		  [pghot_summary_age_class(age_ms)] += pages;
	return true;
}

static bool visit(unsigned long pfn, int nid, u32 rec, void *arg)
{
	u32 window = pghot_window(FIELD_GET(PGHOT_REC_LEAD, rec));
	struct pghot_summary_row key = { .nid = nid };
	struct pghot_summary *s = arg;
	struct folio *folio;
	u32 freq, age_ms;
	bool added = true;

	if (!s->budget)
		return false;
	s->budget--;
	freq = pghot_record_freq(rec, s->now, window);
	if (freq < s->least || (s->nid != NUMA_NO_NODE && s->nid != nid))
		return true;
	/* What has been freed since is nobody's. */
	folio = pghot_get_folio(pfn);
	if (!folio)
		return true;
	if (!page_has_type(&folio->page) || folio_test_hugetlb(folio)) {
		age_ms = pghot_bucket_diff(s->now,
					   pghot_record_time(rec, window)) *
			 PGHOT_BUCKET_MS;
		key.type = pghot_summary_type(pghot_page_flags(folio));
		key.cgroup_ino = pghot_cgroup_ino(folio);
		added = pghot_summary_add(s, &key, freq, age_ms,
					  folio_nr_pages(folio));
	}
	folio_put(folio);
	s->full = !added;
	return added;
}

/**
 * pghot_summary_walk - add up until there are no more rows
 * @s: the summary, with the rows that were told taken out of it
 *
 * Context: may sleep.
 * Return: 1 when there is more to add up, 0 at the end, -EINTR when the caller is being
 * killed.
 */
int pghot_summary_walk(struct pghot_summary *s)
{
	s->full = false;
	while (s->cursor <= s->last && !s->full) {
		if (fatal_signal_pending(current))
			return -EINTR;
		s->now = pghot_bucket(jiffies);
		s->budget = BUDGET;
		pghot_map_walk(&s->cursor, s->last, s->least, visit, s);
		cond_resched();
	}
	return s->full;
}
