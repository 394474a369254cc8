// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "batch.h"

/* A full disk or a closed pipe shows at the latest when all is written out. */
static int finish_stdout(int status)
{
	errno = 0;
	if (!ferror(stdout) && !fflush(stdout))
		return status;
	/* What batch_run() failed to write has been told. */
	if (status == EXIT_DONE)
		fprintf(stderr, "pghottop: cannot write: %s\n", strerror(errno ? errno : EIO));
	return status == EXIT_DONE ? EXIT_FAILED : status;
}

int app_main(int argc, char **argv, const struct collector_ops *ops)
{
	struct options o;
	void *ctx = NULL;
	int status, err;

	/*
	 * Only how characters are encoded: numbers have a point everywhere. An
	 * unknown locale leaves "C", and so ASCII.
	 */
	setlocale(LC_CTYPE, "");
	status = options_parse(&o, argc, argv, !strcmp(nl_langinfo(CODESET), "UTF-8"),
			       getenv("NO_COLOR"));
	if (status >= 0)
		return finish_stdout(status);

	err = ops->open(&ctx);
	if (err) {
		fprintf(stderr, "pghottop: %s\n", strerror(-err));
		return EXIT_FAILED;
	}
	if (o.batch) {
		/* A closed pipe is a write error like any other. */
		signal(SIGPIPE, SIG_IGN);
		status = finish_stdout(batch_run(&o, ops, ctx, stdout));
	} else {
		status = live_run(&o, ops, ctx);
	}
	ops->close(ctx);
	ui_release(&o.ui);
	return status;
}
