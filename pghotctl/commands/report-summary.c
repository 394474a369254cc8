// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * report hotness, report cgroups: how much memory of lower tiers is how hot, and whose.
 * The kernel adds up; no page is told by itself, so it costs what was accessed lately.
 */

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backend/ctx.h"
#include "backend/query.h"
#include "cgroup.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "commands/report.h"
#include "output/out.h"
#include "report/bars.h"
#include "summary.h"

/* What both commands are asked for. */
static void take_node(const struct call *call, struct summary_list *list)
{
	const struct value *node = call_get(call, "--node");

	list->nid = node ? (int64_t)node->number : -1;
}

/* ---- by frequency and age --------------------------------------------------- */

static const struct column hotness_columns[] = {
	{ "node", "NODE", UNIT_NONE, false, 0 },
	{ "freq_min", NULL, UNIT_NONE, false, 0 },
	{ "freq_max", NULL, UNIT_NONE, false, 0 },
	{ "frequency", "FREQUENCY", UNIT_NONE, false, 0 },
	{ "pages", "SIZE", UNIT_PAGES, false, 0 },
	{ "pages_to_1s", "< 1s", UNIT_PAGES, false, 0 },
	{ "pages_to_4s", "< 4s", UNIT_PAGES, false, 0 },
	{ "pages_to_16s", "< 16s", UNIT_PAGES, false, 0 },
	{ "pages_to_64s", "< 64s", UNIT_PAGES, false, 0 },
	{ "pages_to_256s", "< 256s", UNIT_PAGES, false, 0 },
	{ "pages_older", "OLDER", UNIT_PAGES, false, 0 },
	{ "bar", "", UNIT_NONE, true, 0 },
};

/**
 * struct hotness_row - memory of a node and a class of frequencies
 * @nid: node
 * @class: class
 * @pages: base pages by class of age
 */
struct hotness_row {
	uint32_t nid;
	size_t class;
	uint64_t pages[PGHOT_SUMMARY_AGE_CLASSES];
};

/**
 * struct hotness - all of them, of each node the hottest first
 * @nr: rows
 * @at: they
 * @most: pages of a row at most
 * @page_size: bytes of a page
 */
struct hotness {
	size_t nr;
	struct hotness_row *at;
	uint64_t most;
	uint32_t page_size;
};

/* Cgroups and types added up: a summary is in the order of nodes. */
static bool hotness_gather(struct hotness *h, const struct summary_list *list)
{
	h->at = calloc(list->nr * PGHOT_SUMMARY_FREQ_CLASSES + 1, sizeof(*h->at));
	if (!h->at)
		return false;
	for (size_t i = 0; i < list->nr; i++) {
		const struct pghot_summary_part *part = &list->at[i];
		struct hotness_row *rows;

		if (!i || part->nid != list->at[i - 1].nid)
			h->nr += PGHOT_SUMMARY_FREQ_CLASSES;
		rows = &h->at[h->nr - PGHOT_SUMMARY_FREQ_CLASSES];
		for (size_t f = 0; f < PGHOT_SUMMARY_FREQ_CLASSES; f++) {
			struct hotness_row *row = &rows[PGHOT_SUMMARY_FREQ_CLASSES - 1 - f];

			row->nid = part->nid;
			row->class = f;
			for (size_t a = 0; a < PGHOT_SUMMARY_AGE_CLASSES; a++)
				row->pages[a] += part->pages[f][a];
		}
	}
	return true;
}

static uint64_t pages_of_row(const struct hotness_row *row)
{
	uint64_t pages = 0;

	for (size_t a = 0; a < PGHOT_SUMMARY_AGE_CLASSES; a++)
		pages += row->pages[a];
	return pages;
}

static char *class_text(size_t class, char *text, size_t size)
{
	unsigned int least = 1U << class, last = 2 * least - 1;

	snprintf(text, size, least == last ? "%u" : "%u-%u", least, last);
	return text;
}

static void hotness_show_row(const struct hotness *h, struct out *o, const struct hotness_row *row)
{
	uint64_t pages = pages_of_row(row);
	char bar[BARS_TEXT + 1], text[16];

	cell_u64(o, row->nid);
	cell_u64(o, 1U << row->class);
	cell_u64(o, (2U << row->class) - 1);
	cell_str(o, class_text(row->class, text, sizeof(text)));
	cell_u64(o, pages);
	for (size_t a = 0; a < PGHOT_SUMMARY_AGE_CLASSES; a++)
		cell_u64(o, row->pages[a]);
	bars_text(bar, "#", &pages, h->most);
	cell_str(o, bar);
	out_row_end(o);
}

static void hotness_show(const struct hotness *h, struct out *o)
{
	out_table_begin(o, "classes", hotness_columns,
			sizeof(hotness_columns) / sizeof(hotness_columns[0]), false);
	for (size_t i = 0; i < h->nr; i++)
		hotness_show_row(h, o, &h->at[i]);
	out_table_end(o, "no access to slow memory was noted lately");
}

/* The later an access, the stronger. */
static const struct bars_part age_parts[PGHOT_SUMMARY_AGE_CLASSES] = {
	{ "< 1 s ago", "l6" }, { "< 4 s", "l5" },   { "< 16 s", "l4" },
	{ "< 64 s", "l3" },    { "< 256 s", "l2" }, { "earlier", "l1" },
};

static void hotness_bar(const void *data, size_t i, struct bars_row *row)
{
	const struct hotness *h = data;
	char text[16];

	snprintf(row->label, sizeof(row->label), "node %" PRIu32 ", frequency %s", h->at[i].nid,
		 class_text(h->at[i].class, text, sizeof(text)));
	memcpy(row->pages, h->at[i].pages, sizeof(h->at[i].pages));
}

static struct bars hotness_bars(const struct hotness *h)
{
	return (struct bars){
		.title = "Slow memory by frequency and last access",
		.first = "-frequency",
		.parts = age_parts,
		.nr_parts = PGHOT_SUMMARY_AGE_CLASSES,
		.page_size = h->page_size,
		.row = hotness_bar,
		.nr = h->nr,
		.data = h,
	};
}

static void hotness_plot(const void *report, FILE *to)
{
	const struct bars b = hotness_bars(report);

	bars_plot(&b, to);
}

static void hotness_page(const void *report, FILE *to)
{
	const struct bars b = hotness_bars(report);

	bars_page(&b, to);
}

int cmd_report_hotness(struct ctx *ctx, const struct call *call)
{
	struct summary_list list = { .min_freq = 1 };
	struct hotness h = { 0 };
	int ret;

	take_node(call, &list);
	ret = query_page_size(ctx);
	if (!ret)
		ret = query_summary(ctx, &list);
	if (ret)
		return ret;
	h.page_size = ctx->out.page_size;
	if (!hotness_gather(&h, &list))
		ret = fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	for (size_t i = 0; i < h.nr; i++)
		h.most = pages_of_row(&h.at[i]) > h.most ? pages_of_row(&h.at[i]) : h.most;
	if (!ret)
		ret = report_draw(ctx, call, "pghot: how much slow memory is how hot", hotness_plot,
				  hotness_page, &h);
	if (!ret && !report_shows_picture(call))
		hotness_show(&h, &ctx->out);
	free(h.at);
	free(list.at);
	return ret;
}

/* ---- by cgroup ---------------------------------------------------------------- */

/**
 * struct owner - memory of one cgroup
 * @ino: inode number of the cgroup, 0 when there is none
 * @hot: base pages that are hot
 * @warm: base pages that were accessed, and are not
 */
struct owner {
	uint64_t ino;
	uint64_t hot;
	uint64_t warm;
};

static int cmp_ino(const void *lhs, const void *rhs)
{
	const struct owner *l = lhs, *r = rhs;

	return (l->ino > r->ino) - (l->ino < r->ino);
}

static int cmp_hotter(const void *lhs, const void *rhs)
{
	const struct owner *l = lhs, *r = rhs;

	if (l->hot != r->hot)
		return l->hot > r->hot ? -1 : 1;
	if (l->warm != r->warm)
		return l->warm > r->warm ? -1 : 1;
	return cmp_ino(lhs, rhs);
}

/* One of each cgroup, hottest first; how many. */
static size_t gather(struct owner *owners, const struct summary_list *all,
		     const struct summary_list *hot)
{
	size_t nr = 0, total = 0;

	for (size_t i = 0; i < all->nr; i++)
		owners[total++] = (struct owner){ .ino = all->at[i].cgroup_ino,
						  .warm = pghot_summary_pages(&all->at[i], 0) };
	for (size_t i = 0; i < hot->nr; i++)
		owners[total++] = (struct owner){ .ino = hot->at[i].cgroup_ino,
						  .hot = pghot_summary_pages(&hot->at[i], 0) };
	if (!total)
		return 0;
	qsort(owners, total, sizeof(*owners), cmp_ino);
	for (size_t i = 1; i < total; i++) {
		if (owners[i].ino == owners[nr].ino) {
			owners[nr].hot += owners[i].hot;
			owners[nr].warm += owners[i].warm;
		} else {
			owners[++nr] = owners[i];
		}
	}
	nr++;
	/* So far what is hot is warm as well; and it may have become hot in between. */
	for (size_t i = 0; i < nr; i++)
		owners[i].warm = owners[i].warm > owners[i].hot ? owners[i].warm - owners[i].hot
								: 0;
	qsort(owners, nr, sizeof(*owners), cmp_hotter);
	return nr;
}

static const struct column cgroup_columns[] = {
	{ "cgroup_inode", NULL, UNIT_NONE, false, 0 },
	{ "hot_pages", "HOT", UNIT_PAGES, false, 0 },
	{ "warm_pages", "WARM", UNIT_PAGES, false, 0 },
	{ "cgroup", "CGROUP", UNIT_NONE, true, 0 },
};

/**
 * struct owners - all of them
 * @hot_from: frequency from which pages are hot
 * @page_size: bytes of a page
 * @nr: how many there are
 * @most: how many are shown
 * @at: they, in their order
 * @cgroups: their paths
 */
struct owners {
	uint32_t hot_from;
	uint32_t page_size;
	size_t nr, most;
	struct owner *at;
	struct pghot_cgroups *cgroups;
};

static const char *owner_path(const struct owners *w, size_t i)
{
	return w->at[i].ino ? pghot_cgroup_path(w->cgroups, w->at[i].ino) : NULL;
}

static void owners_show(const struct owners *w, struct out *o)
{
	out_u64(o, "hot_from_freq", NULL, w->hot_from, UNIT_NONE);
	out_u64(o, "cgroups_count", NULL, w->nr, UNIT_NONE);
	out_table_begin(o, "cgroups", cgroup_columns,
			sizeof(cgroup_columns) / sizeof(cgroup_columns[0]), false);
	for (size_t i = 0; i < w->most; i++) {
		cell_u64(o, w->at[i].ino);
		cell_u64(o, w->at[i].hot);
		cell_u64(o, w->at[i].warm);
		cell_str(o, owner_path(w, i));
		out_row_end(o);
	}
	out_table_end(o, "no access to slow memory was noted lately");
}

static const struct bars_part owner_parts[] = { { "hot", "l5" }, { "warm", "l3" } };

static void owner_bar(const void *data, size_t i, struct bars_row *row)
{
	const struct owners *w = data;
	const char *path = owner_path(w, i);

	if (path)
		snprintf(row->label, sizeof(row->label), "%s", path);
	else if (w->at[i].ino)
		snprintf(row->label, sizeof(row->label), "inode %" PRIu64, w->at[i].ino);
	else
		snprintf(row->label, sizeof(row->label), "no cgroup");
	row->pages[0] = w->at[i].hot;
	row->pages[1] = w->at[i].warm;
}

static struct bars owners_bars(const struct owners *w)
{
	return (struct bars){
		.title = "Slow memory of cgroups that is hot or warm",
		.first = "-cgroup",
		.parts = owner_parts,
		.nr_parts = sizeof(owner_parts) / sizeof(owner_parts[0]),
		.page_size = w->page_size,
		.row = owner_bar,
		.nr = w->most,
		.data = w,
	};
}

static void owners_plot(const void *report, FILE *to)
{
	const struct bars b = owners_bars(report);

	bars_plot(&b, to);
}

static void owners_page(const void *report, FILE *to)
{
	const struct bars b = owners_bars(report);

	bars_page(&b, to);
}

static int show_cgroups(struct ctx *ctx, const struct call *call, const struct summary_list *all,
			const struct summary_list *hot)
{
	const struct value *top = call_get(call, "--top");
	struct owners w = {
		.hot_from = hot->min_freq,
		.page_size = ctx->out.page_size,
		.at = calloc(all->nr + hot->nr + 1, sizeof(*w.at)),
		.cgroups = pghot_cgroups_open(NULL),
	};
	int ret = STATUS_OK;

	if (!w.at || !w.cgroups)
		ret = fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	else
		w.nr = gather(w.at, all, hot);
	w.most = top && top->number < w.nr ? (size_t)top->number : w.nr;
	if (!ret)
		ret = report_draw(ctx, call, "pghot: whose slow memory is hot", owners_plot,
				  owners_page, &w);
	if (!ret && !report_shows_picture(call))
		owners_show(&w, &ctx->out);
	pghot_cgroups_close(w.cgroups);
	free(w.at);
	return ret;
}

int cmd_report_cgroups(struct ctx *ctx, const struct call *call)
{
	struct summary_list all = { .min_freq = 1 }, hot = { 0 };
	struct pghot_params params = { 0 };
	int ret;

	take_node(call, &all);
	take_node(call, &hot);
	ret = query_page_size(ctx);
	if (!ret)
		ret = query_params(ctx, &params);
	hot.min_freq = (uint32_t)params.value[PGHOT_A_PARAM_FREQ_THRESHOLD];
	if (!ret)
		ret = query_summary(ctx, &all);
	if (!ret) {
		ret = query_summary(ctx, &hot);
		if (!ret)
			ret = show_cgroups(ctx, call, &all, &hot);
		free(hot.at);
	}
	free(all.at);
	return ret;
}
