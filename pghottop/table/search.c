// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "table/search.h"
#include "units.h"

static bool row_has(struct row row, const struct column_list *columns, const struct row_env *env,
		    const char *text)
{
	for (size_t i = 0; i < columns->nr; i++) {
		char buf[PGHOT_UNIT_LEN];
		struct value v;

		column_value(columns->col[i], env, row, &v);
		if (!v.known)
			continue;
		/* As it is seen, and as it is where escapes are seen. */
		if (strcasestr(column_text(columns->col[i], env, &v, buf, sizeof(buf)), text) ||
		    (v.raw && strcasestr(v.raw, text)))
			return true;
	}
	return false;
}

long search_rows(const struct model *m, const struct rows *rows, const struct column_list *columns,
		 const struct row_env *env, const char *text, size_t from, int by)
{
	size_t at = from;

	if (!*text || !rows->nr)
		return -1;
	for (size_t i = 0; i < rows->nr; i++) {
		at = (from + rows->nr + (by > 0 ? i : rows->nr - i)) % rows->nr;
		if (row_has(row_at(rows, m, at), columns, env, text))
			return (long)at;
	}
	return -1;
}
