// SPDX-License-Identifier: GPL-2.0-or-later

#include <string.h>

#include "backend/backend.h"
#include "backend/ctx.h"
#include "backend/query.h"
#include "cmdline/command.h"
#include "commands/commands.h"

#ifndef PGHOT_VERSION
#error "the build gives the version"
#endif

int cmd_version(struct ctx *ctx, const struct call *call)
{
	struct out *o = &ctx->out;
	struct pghot_info info;

	(void)call;
	out_text(o, "pghotctl " PGHOT_VERSION);
	out_str(o, "version", NULL, PGHOT_VERSION);
	out_u64(o, "family_version_known", NULL, PGHOT_FAMILY_VERSION, UNIT_NONE);
	out_str(o, "backend", NULL, backend_name(ctx));
	if (ctx->backend == BACKEND_POSTED && ctx->posted_found) {
		out_text(o, "kernel: pghot as posted, %s",
			 posted_revision_text(ctx->posted.revision));
		out_value(o, "family_version", NULL, json_null(), "");
		out_str(o, "posted_revision", NULL, posted_revision_text(ctx->posted.revision));
		return STATUS_OK;
	}
	out_str(o, "posted_revision", NULL, NULL);
	/* A kernel without the family is no failure here. */
	if (query_info(ctx, &info)) {
		out_text(o, "kernel: %s", ctx->failure.message);
		out_value(o, "family_version", NULL, json_null(), "");
		memset(&ctx->failure, 0, sizeof(ctx->failure));
		return STATUS_OK;
	}
	out_text(o, "kernel: pghot family version %u", info.version);
	out_u64(o, "family_version", NULL, info.version, UNIT_NONE);
	return STATUS_OK;
}
