/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_TABLE_SEARCH_H
#define PGHOTTOP_TABLE_SEARCH_H

#include "table/rows.h"

/**
 * search_rows() - find a row that has a text in one of its columns
 * @m: model
 * @rows: pages shown
 * @columns: columns shown
 * @env: from row_env_of()
 * @text: looked for, upper and lower case alike; empty is nowhere
 * @from: row to begin with
 * @by: 1 to look further down, -1 further up; the search comes round
 *
 * Return: the row, -1 when there is none.
 */
long search_rows(const struct model *m, const struct rows *rows, const struct column_list *columns,
		 const struct row_env *env, const char *text, size_t from, int by);

#endif
