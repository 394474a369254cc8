// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Runs a program with a scan scale: what execve(2) starts has the default, unless
 * the process that calls it has asked for another one, for once.
 */

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <linux/pghot_prctl.h>

#include "backend/ctx.h"
#include "cmdline/command.h"
#include "commands/commands.h"

static int no_scale(struct ctx *ctx)
{
	int errnum = errno;

	if (errnum != EINVAL)
		return fail_with(&ctx->failure, STATUS_FAILED, errnum,
				 "cannot set the scan scale: %s", strerror(errnum));
	fail_with(&ctx->failure, STATUS_UNSUPPORTED, errnum,
		  "this kernel knows no scan scale: prctl: %s", strerror(errnum));
	fail_hint(&ctx->failure, "it needs CONFIG_PGHOT_MMSCAN");
	return ctx->failure.status;
}

int cmd_run(struct ctx *ctx, const struct call *call)
{
	const struct value *program = call_get(call, "CMD");
	unsigned long scale = call_get(call, "--scan-scale")->number;
	int errnum;

	if (prctl(PR_PGHOT, PR_PGHOT_SET_SCAN_SCALE, scale, PR_PGHOT_SCAN_SCALE_EXEC, 0))
		return no_scale(ctx);
	if (ctx->sigpipe != SIG_ERR)
		signal(SIGPIPE, ctx->sigpipe);
	if (ctx->sigxfsz != SIG_ERR)
		signal(SIGXFSZ, ctx->sigxfsz);
	execvp(program->text, program->rest);

	errnum = errno;
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	return fail_with(&ctx->failure, errnum == ENOENT ? STATUS_NOT_FOUND : STATUS_CANNOT_EXECUTE,
			 errnum, "cannot run %s: %s", program->text, strerror(errnum));
}
