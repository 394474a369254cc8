// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "data/entry.h"
#include "table/rows.h"

/**
 * struct sort_item - a row with its sort key, found once
 * @index: in the array of pages or of cgroups
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
	const struct sample *s;
	enum row_kind kind;
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
	/* Cgroups come by path, processes by number, mappings by address. */
	if (row_is_owner(ctx->kind))
		return a->index < b->index ? -1 : 1;
	return entry_hotter(&ctx->s->entries[a->index], &ctx->s->entries[b->index]);
}

struct row row_at(const struct rows *rows, const struct model *m, size_t i)
{
	const struct sample *s = &m->sample;

	if (row_is_owner(rows->kind))
		return (struct row){ .owner = &s->owners.at[rows->order[i]] };
	return (struct row){ .page = &s->entries[rows->order[i]] };
}

int rows_sort(struct rows *rows, const struct model *m, const struct column *col, bool descending,
	      const struct row_env *env)
{
	struct sort_ctx ctx = { &m->sample, rows->kind, descending, col->by_text };
	struct sort_item *items;

	if (rows->nr < 2)
		return 0;
	items = malloc(rows->nr * sizeof(*items));
	if (!items)
		return -ENOMEM;

	for (size_t i = 0; i < rows->nr; i++) {
		struct value v;

		column_value(col, env, row_at(rows, m, i), &v);
		items[i].index = rows->order[i];
		items[i].known = v.known;
		items[i].num = v.num;
		items[i].text = v.raw;
		/* Made-up text goes with the value; numbers without a name come last. */
		if (col->by_text && v.text == v.buf) {
			items[i].known = false;
			items[i].text = "";
		}
	}
	qsort_r(items, rows->nr, sizeof(*items), compare_items, &ctx);
	for (size_t i = 0; i < rows->nr; i++)
		rows->order[i] = items[i].index;
	free(items);
	return 0;
}

const struct column *rows_native_sort(enum view view, bool *descending)
{
	*descending = view != VIEW_PROMOTED;
	if (row_is_owner(view_rows(view)))
		return column_find(view_rows(view), "hot", 3);
	return view == VIEW_PROMOTED ? column_find(ROW_PAGE, "age", 3)
				     : column_find(ROW_PAGE, "freq", 4);
}

static bool wanted(const struct row_filter *filter, const struct row_env *env,
		   const struct pghot_entry *e)
{
	if (filter->within) {
		const struct cgroup_name *cg = env->cgroup(env->cgroup_ctx, e->cgroup_ino);

		if (!cg || !owner_under(cg->path, filter->within))
			return false;
	}
	return filter->nid == ALL_NODES || e->nid == filter->nid || e->target_nid == filter->nid;
}

static void pick_pages(struct rows *rows, const struct sample *s, const struct row_filter *filter,
		       const struct row_env *env)
{
	for (size_t i = 0; i < s->nr_entries; i++) {
		struct row row = { .page = &s->entries[i] };

		if (wanted(filter, env, row.page) && filter_match(filter->expr, env, row, ROW_PAGE))
			rows->order[rows->nr++] = i;
	}
}

static void pick_owners(struct rows *rows, const struct sample *s, const struct row_filter *filter,
			const struct row_env *env)
{
	for (size_t i = 0; i < s->owners.nr; i++) {
		struct row row = { .owner = &s->owners.at[i] };

		if (filter_match(filter->expr, env, row, rows->kind))
			rows->order[rows->nr++] = i;
	}
}

/**
 * struct branch - what the tree has at a cgroup
 * @first: the first of those right below it that is shown, NR when there is none
 * @last: the last of them
 * @next: the next one at the same place
 * @shown: it, or something below it, passed
 */
struct branch {
	size_t first, last, next;
	bool shown;
};

static void add_branch(struct branch *b, size_t above, size_t i, size_t none)
{
	b[i].next = none;
	if (b[above].first == none)
		b[above].first = i;
	else
		b[b[above].last].next = i;
	b[above].last = i;
}

/*
 * From a list, in order, of those that passed to the tree of them and those above: all are
 * hung up in the order of the column, and then walked from the top.
 */
static int grow_tree(struct rows *rows, const struct model *m, const struct column *sort,
		     bool descending, const struct row_env *env)
{
	const struct owners *o = &m->sample.owners;
	size_t top = o->nr, none = o->nr + 1, at;
	struct branch *b = calloc(o->nr + 1, sizeof(*b));
	int err;

	if (!b)
		return -ENOMEM;
	for (size_t i = 0; i < rows->nr; i++)
		for (at = rows->order[i]; at != NO_PARENT && !b[at].shown; at = o->at[at].parent)
			b[at].shown = true;
	rows->nr = 0;
	for (size_t i = 0; i < o->nr; i++)
		if (b[i].shown)
			rows->order[rows->nr++] = i;
	err = rows_sort(rows, m, sort, descending, env);
	if (err) {
		free(b);
		return err;
	}
	for (size_t i = 0; i <= o->nr; i++)
		b[i].first = none;
	for (size_t i = 0; i < rows->nr; i++) {
		size_t above = o->at[rows->order[i]].parent;

		add_branch(b, above == NO_PARENT ? top : above, rows->order[i], none);
	}

	rows->nr = 0;
	for (at = b[top].first; at != none;) {
		size_t next = folds_has(env->folds, o->at[at].path) ? none : b[at].first;

		rows->order[rows->nr++] = at;
		/* Down, or else on, or else up until it goes on. */
		while (next == none && at != NO_PARENT) {
			next = b[at].next;
			at = o->at[at].parent;
		}
		at = next;
	}
	free(b);
	return 0;
}

int rows_build(struct rows *rows, const struct model *m, const struct row_filter *filter,
	       const struct column *sort, bool descending, const struct row_env *env)
{
	const struct sample *s = &m->sample;
	size_t max = s->nr_entries > s->owners.nr ? s->nr_entries : s->owners.nr;

	if (rows->max < max) {
		uint32_t *order = reallocarray(rows->order, max, sizeof(*order));

		if (!order)
			return -ENOMEM;
		rows->order = order;
		rows->max = max;
	}
	rows->nr = 0;
	rows->kind = view_rows(s->query.view);
	/* The answer to a change of view is yet to come. */
	if (filter->kind != rows->kind)
		return 0;
	if (rows->kind == ROW_PAGE)
		pick_pages(rows, s, filter, env);
	else
		pick_owners(rows, s, filter, env);
	if (rows->kind == ROW_CGROUP && env->tree)
		return grow_tree(rows, m, sort, descending, env);
	return rows_sort(rows, m, sort, descending, env);
}

void rows_release(struct rows *rows)
{
	free(rows->order);
	memset(rows, 0, sizeof(*rows));
}
