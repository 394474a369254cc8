// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ui-query.c - what to ask the kernel for, to show what the user has chosen
 */
#include "ui.h"

const struct column *ui_native_sort(enum view view, bool *descending)
{
	*descending = view != VIEW_PROMOTED;
	return view == VIEW_PROMOTED ? column_find("age", 3) : column_find("freq", 4);
}

/*
 * A dump can be for one node: of a queue that is the node to go to, of records
 * the one that they are on, of promotions either. Where the kernel has no filter
 * for the tab's node, look at all.
 */
static int kernel_nid(const struct ui *ui, const struct model *m)
{
	const struct pghot_node *node = sample_node(&m->sample, ui->nid);

	if (!node)
		return ALL_NODES;
	if (ui->view == VIEW_QUEUE && node->toptier)
		return ui->nid;
	if (ui->view == VIEW_RECORDS && !node->toptier)
		return ui->nid;
	if (ui->view == VIEW_PROMOTED)
		return ui->nid;
	return ALL_NODES;
}

static bool kernel_order(const struct ui *ui)
{
	const struct view_state *vs = &ui->views[ui->view];
	bool descending;

	return vs->sort == ui_native_sort(ui->view, &descending) && vs->descending == descending;
}

void ui_query_rows(const struct ui *ui, const struct model *m, uint32_t rows, struct query *q)
{
	uint32_t min_freq = filter_min_freq(ui->filter);

	*q = (struct query){
		.view = ui->view,
		.nid = kernel_nid(ui, m),
		.limit = rows,
		.min_freq = min_freq > ui->min_freq ? min_freq : ui->min_freq,
	};
	if (rows && rows < SORT_WINDOW && (q->nid != ui->nid || !kernel_order(ui) || ui->filter))
		q->limit = SORT_WINDOW;
}

void ui_query(const struct ui *ui, const struct model *m, struct query *q)
{
	const struct view_state *vs = &ui->views[ui->view];
	size_t rows = vs->top + 2 * ui->page;

	if (vs->end || rows > SCROLL_MAX)
		rows = SCROLL_MAX;
	/* The map lies over the table. */
	if (ui->map.on)
		rows = 0;
	ui_query_rows(ui, m, rows, q);
	q->heat = ui->map.on;
	if (q->heat)
		map_range(&ui->map, &q->range);
	q->page = ui->popup == POPUP_DETAILS;
	q->pfn = q->page ? ui->details.e.pfn : 0;
}

bool ui_covered(const struct ui *ui, const struct model *m)
{
	const struct query *have = &m->sample.query;
	struct query want;

	ui_query(ui, m, &want);
	return have->view == want.view && (have->nid == want.nid || have->nid == ALL_NODES);
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
	    s->query.min_freq != want.min_freq)
		return true;
	if (want.page && (!s->query.page || s->query.pfn != want.pfn))
		return true;
	if (s->entries_error.errnum)
		return false;
	/* It ended at the limit, so there is more. */
	return want.limit > s->query.limit && s->nr_entries >= s->query.limit;
}
