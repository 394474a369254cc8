/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which pages or cgroups of a sample a table has, and in which order. */
#ifndef PGHOTTOP_TABLE_ROWS_H
#define PGHOTTOP_TABLE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/model.h"
#include "table/columns.h"
#include "table/filter.h"

/**
 * struct rows - what is shown, in order
 * @kind: what they are
 * @nr: how many
 * @max: room
 * @order: indices into the entries of the sample, or into its owners
 */
struct rows {
	enum row_kind kind;
	size_t nr, max;
	uint32_t *order;
};

/**
 * row_at() - a row
 * @rows: of the latest sample of
 * @m: model
 * @i: less than there are
 */
struct row row_at(const struct rows *rows, const struct model *m, size_t i);

/**
 * struct row_filter - which pages or cgroups of the sample to show
 * @kind: what they are to be; there are none when the sample has something else
 * @nid: pages on that node or bound for it, or ALL_NODES
 * @within: pages of that cgroup and of those below it only, NULL for all
 * @expr: those that pass, NULL for all
 */
struct row_filter {
	enum row_kind kind;
	int nid;
	const char *within;
	const struct filter *expr;
};

/**
 * rows_sort() - sort rows by a column
 * @rows: rows, sorted by this call
 * @m: model
 * @col: column of what they are
 * @descending: largest first
 * @env: the rest of the world
 *
 * Ties of pages are in the kernel's order, those of cgroups by path.
 *
 * Return: 0, or -ENOMEM with @rows unchanged.
 */
int rows_sort(struct rows *rows, const struct model *m, const struct column *col, bool descending,
	      const struct row_env *env);

/**
 * rows_native_sort() - the order in which the kernel sends a view
 * @view: view
 * @descending: set to the direction
 *
 * Return: column that it is sorted by.
 */
const struct column *rows_native_sort(enum view view, bool *descending);

/**
 * rows_build() - filter and sort the pages or cgroups of the latest sample
 * @rows: zeroed, or used before
 * @m: model
 * @filter: which
 * @sort: column of what they are to be
 * @descending: largest first
 * @env: from row_env_of(); tells whether cgroups are a tree and what is folded
 *
 * In a tree, a cgroup that passes brings those above it along, and the order is that of
 * the cgroups at the same place.
 *
 * Return: 0, or -ENOMEM.
 */
int rows_build(struct rows *rows, const struct model *m, const struct row_filter *filter,
	       const struct column *sort, bool descending, const struct row_env *env);

/**
 * rows_release() - free
 * @rows: zeroed afterwards
 */
void rows_release(struct rows *rows);

#endif
