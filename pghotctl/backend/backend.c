// SPDX-License-Identifier: GPL-2.0-or-later

#include "backend/backend.h"

#include <errno.h>
#include <string.h>

#include "backend/query.h"

static bool family_is_there(struct ctx *ctx)
{
	bool there = !query_connect(ctx);

	memset(&ctx->failure, 0, sizeof(ctx->failure));
	return there;
}

void backend_choose(struct ctx *ctx, enum backend forced)
{
	enum backend found = BACKEND_NETLINK;

	ctx->asked = forced;
	ctx->posted_found = posted_find(ctx->root, &ctx->posted);
	if (forced != BACKEND_AUTO)
		found = forced;
	/* The files are looked for first: that is cheap, and they are rare. */
	else if (ctx->posted_found && !family_is_there(ctx))
		found = BACKEND_POSTED;
	ctx->backend = found;
}

param_at_fn backend_params(const struct ctx *ctx)
{
	if (ctx->backend == BACKEND_POSTED)
		return posted_param_at(ctx->posted.revision);
	return pghot_param_at;
}

const char *backend_name(const struct ctx *ctx)
{
	return ctx->backend == BACKEND_POSTED ? "posted" : "netlink";
}
