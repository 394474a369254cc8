// SPDX-License-Identifier: GPL-2.0-or-later
/* pghotctl(8): the control tool of pghot. */

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backend/ctx.h"
#include "backend/netlink.h"
#include "cmdline/invoke.h"
#include "commands/table.h"
#include "standard.h"

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

int main(int argc, char **argv)
{
	struct ctx ctx = { .out.file = stdout, .root = "", .location = "" };
	const char *root = secure_getenv("PGHOT_SYSROOT");
	int status;

	/* Nobody can be told of that, but by the status. */
	if (pghot_standard_open())
		return STATUS_FAILED;
	out_set_up();
	/* For tests: trees of files that mimic other kernels. */
	if (root)
		ctx.root = root;
	ctx.sigpipe = signal(SIGPIPE, SIG_IGN);
	/* A file that grows too long is an error to be told, and has a beginning to be removed. */
	ctx.sigxfsz = signal(SIGXFSZ, SIG_IGN);
	status = invoke(&ctx, &command_table, argc - 1, argv + 1, NULL);
	ctl_close(ctx.ctl);
	return check_stdout(&ctx, status);
}
