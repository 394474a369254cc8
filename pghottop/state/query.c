// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * query.c - what to ask the kernel for, to show what the user has chosen
 */
#include <limits.h>

#include "state/query.h"

/*
 * A dump can be for one node: of a queue that is the node to go to, of records
 * the one that they are on, of promotions either. Where the kernel has no filter
 * for the tab's node, look at all.
 */
static int kernel_nid(const struct ui *ui, const struct model *m, int nid)
{
	const struct pghot_node *node = sample_node(&m->sample, nid);

	if (!node)
		return ALL_NODES;
	if (ui->view == VIEW_QUEUE && node->toptier)
		return nid;
	if (ui->view == VIEW_RECORDS && !node->toptier)
		return nid;
	if (ui->view == VIEW_PROMOTED)
		return nid;
	return ALL_NODES;
}

static bool kernel_order(const struct ui *ui)
{
	const struct view_state *vs = &ui->views[ui->view];
	bool descending;

	return vs->sort == rows_native_sort(ui->view, &descending) && vs->descending == descending;
}

/* The only number of a range. */
static bool is_one(const struct filter_range *r, int *num)
{
	if (r->lo != r->hi || r->hi > INT_MAX)
		return false;
	*num = (int)r->lo;
	return true;
}

/* A frequency that records can have; more than that and nothing passes anyway. */
static void send_freq(const struct ui *ui, const struct filter_range *freq, struct query *q)
{
	uint64_t least = freq->lo > ui->min_freq ? freq->lo : ui->min_freq;

	if (q->view != VIEW_PROMOTED)
		q->min_freq = least < PGHOT_FREQ_THRESHOLD_MAX ? least : PGHOT_FREQ_THRESHOLD_MAX;
}

/*
 * Leave as much of the filter to the kernel as its dumps can do. Returns whether
 * that is all of it.
 */
static bool send_filter(const struct ui *ui, const struct model *m, struct query *q)
{
	struct filter_bounds b;
	/* Of what a dump can be for one node only. */
	struct filter_range *place = q->view == VIEW_RECORDS ? &b.node
				     : q->view == VIEW_QUEUE ? &b.target
							     : NULL;
	bool all;
	int nid;

	filter_bounds(ui_list(ui)->filter, m->sample.page_size, &b);
	send_freq(ui, &b.freq, q);
	all = b.exact && b.freq.hi == FILTER_ANY && b.freq.lo <= q->min_freq;

	if (q->view == VIEW_RECORDS && !filter_range_any(&b.pfn)) {
		q->pfns = true;
		q->pfn_first = b.pfn.lo;
		q->pfn_last = b.pfn.hi;
	} else if (!filter_range_any(&b.pfn)) {
		all = false;
	}

	/* Without a tab's node, the filter's. */
	if (place && ui->nid == ALL_NODES && q->nid == ALL_NODES && is_one(place, &nid))
		q->nid = kernel_nid(ui, m, nid);
	if (place && is_one(place, &nid) && q->nid == nid)
		*place = (struct filter_range){ 0, FILTER_ANY };
	/* What is left is not sent. */
	if (!filter_range_any(&b.node) || !filter_range_any(&b.target))
		all = false;
	return all;
}

static void query_rows(const struct ui *ui, const struct model *m, uint32_t rows, struct query *q)
{
	const struct view_state *vs = &ui->views[ui->view];
	uint32_t least = vs->window > SORT_WINDOW ? vs->window : SORT_WINDOW;
	bool all;

	*q = (struct query){
		.view = ui->view,
		.nid = kernel_nid(ui, m, ui->nid),
		.limit = rows,
	};
	/* All of them are told, and which node is asked for is the collector's to know. */
	if (row_is_owner(view_rows(ui->view))) {
		q->nid = ui->nid;
		q->min_freq = ui->min_freq;
		q->limit = rows ? UINT32_MAX : 0;
		if (ui->view == VIEW_PROCESSES)
			q->cgroup_ino = ui->within_ino;
		if (ui->view == VIEW_MAPPINGS)
			q->pid = ui->pid;
		/* Mappings are of one process, whichever that is to be. */
		if (ui->view == VIEW_MAPPINGS && !ui->pid)
			q->limit = 0;
		return;
	}
	all = send_filter(ui, m, q);
	/* The kernel has no list by cgroup. */
	if (ui->within && !ui_of_mapping(ui))
		all = false;
	if (ui_of_mapping(ui)) {
		q->pid = ui->pid;
		q->start = ui->start;
		q->end = ui->end;
	}
	if (ui->nid != ALL_NODES && q->nid != ui->nid)
		all = false;
	q->chosen = !all;
	if (!rows)
		return;
	if (all && kernel_order(ui))
		return;
	/* What was needed for a filter is not needed for an order. */
	if (all)
		least = SORT_WINDOW;
	if (q->limit < least)
		q->limit = least;
}

/* Each record of a page in a mapping is asked for by itself. */
static void bound_mapped(struct query *q)
{
	if (q->pid && view_rows(q->view) == ROW_PAGE && q->limit > SORT_WINDOW)
		q->limit = SORT_WINDOW;
}

void ui_query_rows(const struct ui *ui, const struct model *m, uint32_t rows, struct query *q)
{
	query_rows(ui, m, rows, q);
	bound_mapped(q);
}

size_t ui_wanted(const struct ui *ui)
{
	const struct view_state *vs = &ui->views[ui->view];
	size_t rows = vs->top + 2 * ui->page;

	return vs->end || rows > SCROLL_MAX ? SCROLL_MAX : rows;
}

void ui_query(const struct ui *ui, const struct model *m, struct query *q)
{
	/* The map lies over the table. */
	ui_query_rows(ui, m, ui->map.on ? 0 : (uint32_t)ui_wanted(ui), q);
	q->heat = ui->map.on;
	if (q->heat)
		map_range(&ui->map, &q->range);
	q->page = ui->popup == POPUP_DETAILS;
	q->explain = ui->popup == POPUP_WHY;
	q->pfn = q->page ? ui->details.e.pfn : q->explain ? ui->why : 0;
}

bool ui_widen(struct ui *ui, const struct model *m, size_t passed, size_t wanted)
{
	const struct sample *s = &m->sample;
	const struct query *have = &s->query;

	if (s->state != SAMPLE_OK || have->view != ui->view || !have->chosen || passed >= wanted ||
	    s->nr_entries < have->limit || have->limit >= SCROLL_MAX || have->pid)
		return false;
	ui->views[ui->view].window =
		have->limit < SCROLL_MAX / WINDOW_GROWTH ? have->limit * WINDOW_GROWTH : SCROLL_MAX;
	return true;
}

bool ui_narrowed(const struct ui *ui, const struct model *m)
{
	const struct query *have = &m->sample.query;
	struct query want;

	ui_query(ui, m, &want);
	if (have->min_freq > want.min_freq)
		return true;
	return have->pfns &&
	       (!want.pfns || have->pfn_first > want.pfn_first || have->pfn_last < want.pfn_last);
}

bool ui_covered(const struct ui *ui, const struct model *m)
{
	const struct query *have = &m->sample.query;
	struct query want;

	ui_query(ui, m, &want);
	return have->view == want.view && (have->nid == want.nid || have->nid == ALL_NODES) &&
	       query_within(have, &want);
}

bool ui_stale(const struct ui *ui, const struct model *m)
{
	const struct sample *s = &m->sample;
	struct query want;

	if (ui->frozen || s->state != SAMPLE_OK)
		return false;
	if (ui->map.on)
		return map_stale(&ui->map, s);
	ui_query(ui, m, &want);
	if (s->query.view != want.view || s->query.nid != want.nid ||
	    s->query.min_freq != want.min_freq || s->query.pfns != want.pfns ||
	    s->query.pfn_first != want.pfn_first || s->query.pfn_last != want.pfn_last ||
	    !query_within(&s->query, &want))
		return true;
	if (want.page && (!s->query.page || s->query.pfn != want.pfn))
		return true;
	if (want.explain && (!s->query.explain || s->query.pfn != want.pfn))
		return true;
	if (s->entries_error.errnum)
		return false;
	/* It ended at the limit, so there is more. */
	return want.limit > s->query.limit && s->nr_entries >= s->query.limit;
}
