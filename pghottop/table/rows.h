/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which pages of a sample a table has, and in which order. */
#ifndef PGHOTTOP_TABLE_ROWS_H
#define PGHOTTOP_TABLE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/model.h"
#include "table/columns.h"
#include "table/filter.h"

/**
 * struct rows - the pages that are shown, in order
 * @nr: how many
 * @max: room
 * @order: indices into the entries of the sample
 */
struct rows {
	size_t nr, max;
	uint32_t *order;
};

/**
 * struct row_filter - which pages of the sample to show
 * @nid: those on that node or bound for it, or ALL_NODES
 * @expr: those that pass, NULL for all
 */
struct row_filter {
	int nid;
	const struct filter *expr;
};

/**
 * entries_sort() - sort pages by a column
 * @order: indices into @entries, sorted by this call
 * @nr: how many indices
 * @entries: the pages
 * @col: column
 * @descending: largest first
 * @env: the rest of the world
 *
 * Ties are in the kernel's order.
 *
 * Return: 0, or -ENOMEM with @order unchanged.
 */
int entries_sort(uint32_t *order, size_t nr, const struct pghot_entry *entries,
		 const struct column *col, bool descending, const struct row_env *env);

/**
 * rows_native_sort() - the order in which the kernel sends a view
 * @view: view
 * @descending: set to the direction
 *
 * Return: column that it is sorted by.
 */
const struct column *rows_native_sort(enum view view, bool *descending);

/**
 * rows_build() - filter and sort the pages of the latest sample
 * @rows: zeroed, or used before
 * @m: model
 * @filter: which
 * @sort: column
 * @descending: largest first
 * @env: from row_env_of()
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
