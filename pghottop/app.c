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
#include "batch/batch.h"
#include "batch/heatmap.h"
#include "data/replay.h"
#include "live.h"
#include "screen/say.h"
#include "setup/options.h"
#include "setup/settings.h"
#include "standard.h"

/* A full disk or a closed pipe shows at the latest when all is written out. */
static int finish_stdout(int status)
{
	errno = 0;
	if (!ferror(stdout) && !fflush(stdout))
		return status;
	/* What batch_run() failed to write has been told. */
	if (status == EXIT_DONE)
		say_error("cannot write: %s", strerror(errno ? errno : EIO));
	return status == EXIT_DONE ? EXIT_FAILED : status;
}

/* Told on the screen, which is about to begin, and behind it, which will be left. */
static void settings_warning(void *data, const char *text)
{
	struct ui *ui = data;

	say_error("%s", text);
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

/* A recording is opened, and gone to where it shall begin. */
static int open_replay(struct options *o, void **ctx)
{
	struct pghot_recording *rec;
	struct pghot_error error;
	struct player *p;
	char text[192];
	size_t pos;

	if (pghot_recording_open(&rec, o->replay, &error)) {
		bool os = !strncmp(error.message, "cannot ", 7);

		say_error("%s: %s%s%s", o->replay, error.message, os ? ": " : "",
			  os ? strerror(error.errnum) : "");
		return EXIT_FAILED;
	}
	if (replay_damage(rec, text, sizeof(text))) {
		say_error("%s: %s", o->replay, text);
		ui_say(&o->ui, true, "%s", text);
	}
	if (replay_open(ctx, rec)) {
		say_error("%s", strerror(ENOMEM));
		return EXIT_FAILED;
	}
	p = replay_collector.player(*ctx);
	pos = o->heatmap ? p->nr - 1 : 0;
	if (o->seek && player_parse(p, o->seek, &pos)) {
		say_error("--seek: \"%s\" is neither a time such as 90s nor a sample "
			  "from #1 to #%zu",
			  o->seek, p->nr);
		return EXIT_USAGE;
	}
	player_seek(p, pos);
	if (o->speed && player_speed_parse(p, o->speed)) {
		say_error("--speed: no speed \"%s\"; there are %s", o->speed, player_speeds);
		return EXIT_USAGE;
	}
	return EXIT_DONE;
}

static int open_kernel(struct options *o, const struct collector_ops *ops, void **ctx)
{
	struct pghot_error error;
	int err = ops->open(ctx);

	if (err) {
		say_error("%s", strerror(-err));
		return EXIT_FAILED;
	}
	if (o->record && !ops->record) {
		say_error("--record: there is no kernel to record");
		return EXIT_USAGE;
	}
	if (o->record && ops->record(*ctx, o->record, &error)) {
		say_error("--record: %s", error.message);
		return EXIT_FAILED;
	}
	return EXIT_DONE;
}

/* All that there was has been shown, but that was not all. */
static int damage_status(const struct options *o, const struct collector_ops *ops, void *ctx)
{
	const struct player *p = ops->player ? ops->player(ctx) : NULL;

	if (!p || o->iterations)
		return EXIT_DONE;
	return pghot_recording_info(p->rec)->damage == PGHOT_DAMAGE_CORRUPT ? EXIT_FAILED
									    : EXIT_DONE;
}

static int run(struct options *o, const struct collector_ops *ops, void *ctx, const char *settings)
{
	int status;

	if (!o->batch && !o->heatmap)
		return live_run(o, ops, ctx, settings);
	/* A closed pipe is a write error like any other. */
	signal(SIGPIPE, SIG_IGN);
	status = finish_stdout(o->heatmap ? heatmap_run(o, ops, ctx) : batch_run(o, ops, ctx));
	return status ? status : damage_status(o, ops, ctx);
}

int app_main(int argc, char **argv, const struct collector_ops *ops)
{
	char settings[PATH_MAX] = "";
	struct options o;
	struct ui base;
	void *ctx = NULL;
	int status;

	/* Nobody can be told of that, but by the status. */
	if (pghot_standard_open())
		return EXIT_FAILED;
	/* A file that grows too long is an error to be told, and has a beginning to be removed. */
	signal(SIGXFSZ, SIG_IGN);
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
	if (status < 0 && !o.batch && !o.heatmap && !settings_path(settings, sizeof(settings)))
		status = apply_settings(&o, &base, settings, argc, argv);
	if (status >= 0) {
		ui_release(&o.ui);
		return finish_stdout(status);
	}

	if (o.replay)
		ops = &replay_collector;
	status = o.replay ? open_replay(&o, &ctx) : open_kernel(&o, ops, &ctx);
	if (!status)
		status = run(&o, ops, ctx, settings);
	ops->close(ctx);
	ui_release(&o.ui);
	return status;
}
