// SPDX-License-Identifier: GPL-2.0-or-later

#include "cmdline/invoke.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "backend/backend.h"
#include "cmdline/parse.h"

/* With the handler for this kernel. */
static int run_here(struct ctx *ctx, const struct call *call)
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
	fail_hint(&ctx->failure, "probe, status, source list and show, enable, disable, get, set, "
				 "stats and metrics work with it");
	return STATUS_UNSUPPORTED;
}

static int run(struct ctx *ctx, const struct call *call)
{
	bool nested = ctx->location && ctx->location[0];

	if (call->globals.version)
		return call->table->version(ctx, call);
	if (call->globals.help || !call->cmd)
		return call->table->help(ctx, call);
	if (nested && call->cmd->alone)
		return fail_with(&ctx->failure, STATUS_USAGE, 0, "%s cannot be used in a batch",
				 call->cmd->path);
	return run_here(ctx, call);
}

static const char *command_name(const struct call *call)
{
	if (call->globals.version)
		return "version";
	if (call->globals.help)
		return "help";
	return call->cmd ? call->cmd->path : "";
}

int invoke(struct ctx *ctx, const struct command_table *table, int argc, char *const *argv,
	   const struct globals *defaults)
{
	struct call *call = calloc(1, sizeof(*call));
	enum backend backend;
	int status;

	if (!call) {
		fputs("pghotctl: out of memory\n", stderr);
		return STATUS_FAILED;
	}
	parse_globals(argc, argv, &call->globals);
	backend = call->globals.backend;
	if (backend == BACKEND_AUTO && defaults)
		backend = defaults->backend;
	/* Before the line is parsed: what parameters it may name depends on that. */
	if (ctx->backend == BACKEND_AUTO || ctx->asked != backend)
		backend_choose(ctx, backend);
	status = parse(table, backend_params(ctx), argc, argv, defaults, call, &ctx->failure);
	ctx->out.json = call->globals.json;
	ctx->out.pretty = call->globals.pretty;
	ctx->out.raw = call->globals.raw;
	out_begin(&ctx->out, command_name(call));
	if (!status)
		status = run(ctx, call);

	if (status && !ctx->failure.status) {
		/* Of several lines, which told of their failures themselves. */
		out_free(&ctx->out);
	} else if (status) {
		if (ctx->location && !ctx->failure.location[0])
			snprintf(ctx->failure.location, sizeof(ctx->failure.location), "%s",
				 ctx->location);
		/* What text went out before stays in front of the complaint. */
		out_flush(&ctx->out);
		if (!ctx->out.json)
			failure_print(&ctx->failure, stderr);
		out_fail(&ctx->out, &ctx->failure);
	} else if (ctx->out.data) {
		out_end(&ctx->out);
	}
	free(call);
	return status;
}
