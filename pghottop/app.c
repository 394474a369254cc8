// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "batch.h"
#include "settings.h"

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

/* Told on the screen, which is about to begin, and behind it, which will be left. */
static void settings_warning(void *data, const char *text)
{
	struct ui *ui = data;

	fprintf(stderr, "pghottop: %s\n", text);
	if (!ui->message[0])
		ui_say(ui, true, "%s", text);
}

/* How it was left last time; the command line is read again on top of that. */
static int apply_settings(struct options *o, struct ui *base, const char *path, int argc,
			  char **argv)
{
	settings_read(path, base, settings_warning, base);
	ui_release(&o->ui);
	return options_parse(o, base, argc, argv);
}

int app_main(int argc, char **argv, const struct collector_ops *ops)
{
	char settings[PATH_MAX] = "";
	struct options o;
	struct ui base;
	void *ctx = NULL;
	int status, err;

	/*
	 * Only how characters are encoded: numbers have a point everywhere. An
	 * unknown locale leaves "C", and so ASCII.
	 */
	setlocale(LC_CTYPE, "");
	ui_init(&base);
	base.ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
	base.theme = theme_default(getenv("NO_COLOR"));
	status = options_parse(&o, &base, argc, argv);
	/* What scripts get follows from the command line alone. */
	if (status < 0 && !o.batch && !settings_path(settings, sizeof(settings)))
		status = apply_settings(&o, &base, settings, argc, argv);
	if (status >= 0) {
		ui_release(&o.ui);
		return finish_stdout(status);
	}

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
		status = live_run(&o, ops, ctx, settings);
	}
	ops->close(ctx);
	ui_release(&o.ui);
	return status;
}
