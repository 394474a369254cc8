// SPDX-License-Identifier: GPL-2.0-or-later

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "backend/ctx.h"
#include "backend/query.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "output/show.h"

static bool has(const struct node_list *list, uint64_t nid)
{
	for (size_t i = 0; i < list->nr; i++) {
		if (list->at[i].nid == nid)
			return true;
	}
	return false;
}

/* Keeps the nodes that were asked for, each once, in the order asked for. */
static int choose(struct ctx *ctx, const struct call *call, const struct node_list *all,
		  struct node_list *chosen)
{
	for (const struct value *v = call_get(call, "NID"); v; v = call_next(call, "NID", v)) {
		size_t i = 0;

		if (has(chosen, v->number))
			continue;
		while (i < all->nr && all->at[i].nid != v->number)
			i++;
		if (i == all->nr)
			return fail_with(&ctx->failure, STATUS_FAILED, ENXIO,
					 "node %" PRIu64 " does not exist or has no memory",
					 v->number);
		chosen->at[chosen->nr++] = all->at[i];
	}
	return STATUS_OK;
}

int cmd_node(struct ctx *ctx, const struct call *call)
{
	struct node_list all = { 0 }, chosen = { 0 };
	struct pghot_info info;
	int ret;

	/* For the page size. */
	ret = query_info(ctx, &info);
	if (!ret)
		ret = query_nodes(ctx, &all);
	if (!ret && call_get(call, "NID")) {
		chosen.at = calloc(call->nr, sizeof(*chosen.at));
		ret = chosen.at ? choose(ctx, call, &all, &chosen)
				: fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	}
	if (!ret && chosen.at)
		show_nodes(&ctx->out, chosen.at, chosen.nr);
	else if (!ret)
		show_nodes(&ctx->out, all.at, all.nr);
	free(chosen.at);
	free(all.at);
	return ret;
}
