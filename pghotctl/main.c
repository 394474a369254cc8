// SPDX-License-Identifier: GPL-2.0-or-later
/* pghotctl(8): the control tool of pghot. */

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "ctl.h"
#include "ctx.h"
#include "parse.h"

/* The answer must have arrived: a full disk or a closed pipe is no success. */
static int check_stdout(struct ctx *ctx, int status)
{
	struct out *o = &ctx->out;

	if (out_flush(o)) {
		if (!fclose(o->file))
			return status;
		o->errnum = errno;
	}
	fprintf(stderr, "pghotctl: cannot write standard output%s%s\n", o->errnum ? ": " : "",
		o->errnum ? strerror(o->errnum) : "");
	return status ? status : STATUS_FAILED;
}

static int run(struct ctx *ctx, const struct call *call)
{
	static const struct call no_words;

	if (call->globals.version)
		return cmd_version(ctx, call);
	if (call->globals.help || !call->cmd)
		return cmd_help(ctx, call->cmd ? call : &no_words);
	return call->cmd->run(ctx, call);
}

static const char *command_name(const struct call *call)
{
	if (call->globals.version)
		return "version";
	if (call->globals.help)
		return "help";
	return call->cmd ? call->cmd->path : "";
}

int main(int argc, char **argv)
{
	struct ctx ctx = { .out.file = stdout, .root = "" };
	struct call *call = calloc(1, sizeof(*call));
	int status;

	if (!call) {
		fputs("pghotctl: out of memory\n", stderr);
		return STATUS_FAILED;
	}
	ctx.sigpipe = signal(SIGPIPE, SIG_IGN);

	status = parse(argc - 1, argv + 1, call, &ctx.failure);
	ctx.out.json = call->globals.json;
	ctx.out.pretty = call->globals.pretty;
	ctx.out.raw = call->globals.raw;
	out_begin(&ctx.out, command_name(call));
	if (!status)
		status = run(&ctx, call);

	if (status) {
		/* What text went out before stays in front of the complaint. */
		out_flush(&ctx.out);
		if (!ctx.out.json)
			failure_print(&ctx.failure, stderr);
		out_fail(&ctx.out, &ctx.failure);
	} else if (ctx.out.data) {
		out_end(&ctx.out);
	}
	ctl_close(ctx.ctl);
	free(call);
	return check_stdout(&ctx, status);
}
