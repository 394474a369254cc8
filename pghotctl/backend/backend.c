// SPDX-License-Identifier: GPL-2.0-or-later

#include "backend/backend.h"

#include <errno.h>
#include <string.h>

#include "backend/ctx.h"
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

int backend_run(struct ctx *ctx, const struct call *call)
{
	const struct command *cmd = call->cmd;

	if (ctx->backend != BACKEND_POSTED || cmd->posted == cmd->run)
		return cmd->run(ctx, call);
	if (!ctx->posted_found) {
		fail_with(&ctx->failure, STATUS_UNSUPPORTED, ENOENT,
			  "this kernel has no files of the posted pghot series");
		fail_hint(&ctx->failure, "looked for vm.pghot_* sysctls and for pghot/ in "
					 "/sys/kernel/debug, which takes root and a mounted "
					 "debugfs");
		return STATUS_UNSUPPORTED;
	}
	if (cmd->posted)
		return cmd->posted(ctx, call);
	fail_with(&ctx->failure, STATUS_UNSUPPORTED, EOPNOTSUPP,
		  "%s needs pghot's netlink family: this kernel has the posted series (%s), "
		  "whose files do not tell or take that",
		  cmd->path, posted_revision_text(ctx->posted.revision));
	fail_hint(&ctx->failure, "probe, status, enable, disable, get, set and stats work with it");
	return STATUS_UNSUPPORTED;
}

const char *backend_name(const struct ctx *ctx)
{
	return ctx->backend == BACKEND_POSTED ? "posted" : "netlink";
}
