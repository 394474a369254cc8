// SPDX-License-Identifier: GPL-2.0-or-later

#include "source/named.h"

/* Adds a source, unless it is there: "ibs" and "hwhint" are one. */
static int add(struct ctx *ctx, struct source_list *list, uint32_t id)
{
	for (size_t i = 0; i < list->nr; i++) {
		if (list->at[i].id == id)
			return STATUS_OK;
	}
	return query_source(ctx, id, &list->at[list->nr++]);
}

int named_sources(struct ctx *ctx, const struct call *call, struct source_list *list)
{
	int ret = STATUS_OK;

	list->nr = 0;
	for (const struct value *v = call_get(call, "SRC"); v && !ret;
	     v = call_next(call, "SRC", v)) {
		struct source_list all;

		if (!v->all) {
			ret = add(ctx, list, v->source->id);
			continue;
		}
		ret = query_sources(ctx, &all);
		for (size_t i = 0; !ret && i < all.nr; i++) {
			if (all.at[i].enabled)
				ret = add(ctx, list, all.at[i].id);
		}
	}
	return ret;
}
