// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "data/entry.h"
#include "table/rows.h"

/**
 * struct sort_item - a page with its sort key, found once
 * @index: in the array of pages
 * @known: the key is known
 * @num: key of columns sorted by number
 * @text: key of columns sorted by text
 */
struct sort_item {
	uint32_t index;
	bool known;
	uint64_t num;
	const char *text;
};

struct sort_ctx {
	const struct pghot_entry *entries;
	bool descending, by_text;
};

static int compare_items(const void *pa, const void *pb, void *data)
{
	const struct sort_item *a = pa, *b = pb;
	const struct sort_ctx *ctx = data;
	int diff;

	if (a->known != b->known)
		return a->known ? -1 : 1;
	if (ctx->by_text)
		diff = strcmp(a->text, b->text);
	else
		diff = a->num < b->num ? -1 : a->num > b->num;
	if (diff)
		return ctx->descending ? -diff : diff;
	return entry_hotter(&ctx->entries[a->index], &ctx->entries[b->index]);
}

int entries_sort(uint32_t *order, size_t nr, const struct pghot_entry *entries,
		 const struct column *col, bool descending, const struct row_env *env)
{
	struct sort_ctx ctx = { entries, descending, col->by_text };
	struct sort_item *items;

	if (nr < 2)
		return 0;
	items = malloc(nr * sizeof(*items));
	if (!items)
		return -ENOMEM;

	for (size_t i = 0; i < nr; i++) {
		struct value v;

		column_value(col, env, &entries[order[i]], &v);
		items[i].index = order[i];
		items[i].known = v.known;
		items[i].num = v.num;
		items[i].text = v.raw;
		/* Made-up text goes with the value; numbers without a name come last. */
		if (col->by_text && v.text == v.buf) {
			items[i].known = false;
			items[i].text = "";
		}
	}
	qsort_r(items, nr, sizeof(*items), compare_items, &ctx);
	for (size_t i = 0; i < nr; i++)
		order[i] = items[i].index;
	free(items);
	return 0;
}

const struct column *rows_native_sort(enum view view, bool *descending)
{
	*descending = view != VIEW_PROMOTED;
	return view == VIEW_PROMOTED ? column_find("age", 3) : column_find("freq", 4);
}

static bool wanted(const struct row_filter *filter, const struct pghot_entry *e)
{
	return filter->nid == ALL_NODES || e->nid == filter->nid || e->target_nid == filter->nid;
}

int rows_build(struct rows *rows, const struct model *m, const struct row_filter *filter,
	       const struct column *sort, bool descending, const struct row_env *env)
{
	const struct sample *s = &m->sample;

	if (rows->max < s->nr_entries) {
		uint32_t *order = reallocarray(rows->order, s->nr_entries, sizeof(*order));

		if (!order)
			return -ENOMEM;
		rows->order = order;
		rows->max = s->nr_entries;
	}
	rows->nr = 0;
	for (size_t i = 0; i < s->nr_entries; i++)
		if (wanted(filter, &s->entries[i]) &&
		    filter_match(filter->expr, env, &s->entries[i]))
			rows->order[rows->nr++] = i;
	return entries_sort(rows->order, rows->nr, s->entries, sort, descending, env);
}

void rows_release(struct rows *rows)
{
	free(rows->order);
	memset(rows, 0, sizeof(*rows));
}
