// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * report hotness, report cgroups: how much memory of lower tiers is how hot, and whose.
 * The kernel adds up; no page is told by itself, so it costs what was accessed lately.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backend/ctx.h"
#include "backend/query.h"
#include "cgroup.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "output/out.h"

#define BAR_MAX 24

static uint64_t pages_of_class(const struct pghot_summary_part *part, size_t class)
{
	uint64_t pages = 0;

	for (size_t a = 0; a < PGHOT_SUMMARY_AGE_CLASSES; a++)
		pages += part->pages[class][a];
	return pages;
}

static uint64_t pages_of(const struct pghot_summary_part *part)
{
	uint64_t pages = 0;

	for (size_t f = 0; f < PGHOT_SUMMARY_FREQ_CLASSES; f++)
		pages += pages_of_class(part, f);
	return pages;
}

/* What both commands are asked for. */
static void take_node(const struct call *call, struct summary_list *list)
{
	const struct value *node = call_get(call, "--node");

	list->nid = node ? (int64_t)node->number : -1;
}

static int query_page_size(struct ctx *ctx)
{
	struct pghot_info *info = calloc(1, sizeof(*info));
	int ret;

	if (!info)
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	ret = query_info(ctx, info);
	free(info);
	return ret;
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

static void hotness_row(struct out *o, const struct pghot_summary_part *sum, size_t class,
			uint64_t most)
{
	unsigned int least = 1U << class, last = 2 * least - 1;
	uint64_t pages = pages_of_class(sum, class);
	size_t bar = most ? (size_t)((pages * BAR_MAX + most - 1) / most) : 0;
	char text[BAR_MAX + 1];

	cell_u64(o, sum->nid);
	cell_u64(o, least);
	cell_u64(o, last);
	snprintf(text, sizeof(text), least == last ? "%u" : "%u-%u", least, last);
	cell_str(o, text);
	cell_u64(o, pages);
	for (size_t a = 0; a < PGHOT_SUMMARY_AGE_CLASSES; a++)
		cell_u64(o, sum->pages[class][a]);
	memset(text, '#', bar);
	text[bar] = '\0';
	cell_str(o, text);
	out_row_end(o);
}

/* The rows of a node, hottest first, its cgroups and types added up. */
static size_t hotness_node(struct out *o, const struct summary_list *list, size_t i)
{
	struct pghot_summary_part sum = list->at[i];
	uint64_t most = 0;
	size_t n;

	for (n = 1; i + n < list->nr && list->at[i + n].nid == sum.nid; n++) {
		for (size_t f = 0; f < PGHOT_SUMMARY_FREQ_CLASSES; f++) {
			for (size_t a = 0; a < PGHOT_SUMMARY_AGE_CLASSES; a++)
				sum.pages[f][a] += list->at[i + n].pages[f][a];
		}
	}
	for (size_t f = 0; f < PGHOT_SUMMARY_FREQ_CLASSES; f++) {
		if (pages_of_class(&sum, f) > most)
			most = pages_of_class(&sum, f);
	}
	for (size_t f = PGHOT_SUMMARY_FREQ_CLASSES; f--;)
		hotness_row(o, &sum, f, most);
	return n;
}

int cmd_report_hotness(struct ctx *ctx, const struct call *call)
{
	struct summary_list list = { .min_freq = 1 };
	struct out *o = &ctx->out;
	int ret;

	take_node(call, &list);
	ret = query_page_size(ctx);
	if (!ret)
		ret = query_summary(ctx, &list);
	if (ret)
		return ret;
	out_table_begin(o, "classes", hotness_columns,
			sizeof(hotness_columns) / sizeof(hotness_columns[0]), false);
	for (size_t i = 0; i < list.nr;)
		i += hotness_node(o, &list, i);
	out_table_end(o, "no access to slow memory was noted lately");
	free(list.at);
	return STATUS_OK;
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
						  .warm = pages_of(&all->at[i]) };
	for (size_t i = 0; i < hot->nr; i++)
		owners[total++] = (struct owner){ .ino = hot->at[i].cgroup_ino,
						  .hot = pages_of(&hot->at[i]) };
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

static int show_cgroups(struct ctx *ctx, const struct call *call, const struct summary_list *all,
			const struct summary_list *hot)
{
	const struct value *top = call_get(call, "--top");
	struct owner *owners = calloc(all->nr + hot->nr + 1, sizeof(*owners));
	struct pghot_cgroups *cgroups = pghot_cgroups_open(NULL);
	struct out *o = &ctx->out;
	size_t nr, most;

	if (!owners || !cgroups) {
		free(owners);
		pghot_cgroups_close(cgroups);
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	}
	nr = gather(owners, all, hot);
	most = top && top->number < nr ? (size_t)top->number : nr;
	out_u64(o, "hot_from_freq", NULL, hot->min_freq, UNIT_NONE);
	out_u64(o, "cgroups_count", NULL, nr, UNIT_NONE);
	out_table_begin(o, "cgroups", cgroup_columns,
			sizeof(cgroup_columns) / sizeof(cgroup_columns[0]), false);
	for (size_t i = 0; i < most; i++) {
		cell_u64(o, owners[i].ino);
		cell_u64(o, owners[i].hot);
		cell_u64(o, owners[i].warm);
		cell_str(o, owners[i].ino ? pghot_cgroup_path(cgroups, owners[i].ino) : NULL);
		out_row_end(o);
	}
	out_table_end(o, "no access to slow memory was noted lately");
	pghot_cgroups_close(cgroups);
	free(owners);
	return STATUS_OK;
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
