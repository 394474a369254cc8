// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * live.c - the loop of the live view
 *
 * One thread waits in one place for whatever comes first: a key, a signal, more
 * of the kernel's answer, or the time for the next sample. Signals are read from
 * a descriptor, so that nothing here runs in a signal handler.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "batch/save.h"
#include "data/replay.h"
#include "input/input.h"
#include "live.h"
#include "screen/keycodes.h"
#include "screen/say.h"
#include "screen/term.h"
#include "setup/settings.h"
#include "state/query.h"
#include "views/render.h"

/* The age of a sample on the screen is renewed this often. */
#define AGE_NS	  1000000000ULL
/* A sample for the heat map is followed by so many times the time that it took. */
#define HEAT_REST 4
/* How far a search is, likewise. */
#define SEARCH_NS 100000000ULL

/**
 * struct live - the live view
 * @o: what was asked for
 * @ui: its part that the user changes
 * @settings: file that the settings are written to, "" when there is none
 * @ops: where samples come from
 * @ctx: opened by @ops
 * @m: model
 * @s: sample to collect into
 * @rows: pages to show
 * @term: terminal
 * @canvas: of the terminal's size
 * @signals: descriptor that delivers signals
 * @old_mask: signals blocked before
 * @collecting: a sample is under way
 * @partial: it is of entries only
 * @dirty: the screen has to be drawn
 * @keys_left: keys were left unread, some of which ncurses may have taken from the
 *	terminal already, so that poll() does not tell of them
 * @due_ns: when the next sample begins
 * @drawn_ns: when the screen was drawn
 * @theme: theme that the terminal has
 * @write_error: why recording ended, 0 when it did not
 */
struct live {
	const struct options *o;
	struct ui *ui;
	const char *settings;
	const struct collector_ops *ops;
	void *ctx;
	struct model m;
	struct sample s;
	struct rows rows;
	struct term *term;
	struct canvas canvas;
	int signals;
	sigset_t old_mask;
	bool collecting, partial, dirty, keys_left;
	uint64_t due_ns, drawn_ns;
	const struct theme *theme;
	int write_error;
};

static uint64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static int catch_signals(struct live *l)
{
	static const int caught[] = {
		SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH,
	};
	sigset_t mask;

	sigemptyset(&mask);
	for (size_t i = 0; i < sizeof(caught) / sizeof(caught[0]); i++)
		sigaddset(&mask, caught[i]);
	if (sigprocmask(SIG_BLOCK, &mask, &l->old_mask))
		return -errno;
	/* Written to after the terminal has gone: an error, not the end. */
	signal(SIGPIPE, SIG_IGN);
	l->signals = signalfd(-1, &mask, SFD_NONBLOCK | SFD_CLOEXEC);
	return l->signals < 0 ? -errno : 0;
}

/* Stops as a program that knows nothing of SIGTSTP does, the terminal restored. */
static void stop_self(struct live *l)
{
	struct sigaction dfl = { .sa_handler = SIG_DFL }, old;
	sigset_t tstp;

	term_suspend(l->term);
	sigemptyset(&tstp);
	sigaddset(&tstp, SIGTSTP);
	sigaction(SIGTSTP, &dfl, &old);
	raise(SIGTSTP);
	sigprocmask(SIG_UNBLOCK, &tstp, NULL);
	/* Here it stops, and here it goes on. */
	sigprocmask(SIG_BLOCK, &tstp, NULL);
	sigaction(SIGTSTP, &old, NULL);
}

static int resize(struct live *l)
{
	int rows, cols;

	term_resize(l->term, &rows, &cols);
	if (rows == l->canvas.rows && cols == l->canvas.cols)
		return 0;
	l->dirty = true;
	return canvas_resize(&l->canvas, rows, cols);
}

static int take_signals(struct live *l)
{
	struct signalfd_siginfo si;
	int err = 0;

	while (!err && read(l->signals, &si, sizeof(si)) == sizeof(si)) {
		switch (si.ssi_signo) {
		case SIGTSTP:
			stop_self(l);
			__attribute__((fallthrough));
		case SIGCONT:
			term_resume(l->term);
			l->ui->redraw = l->dirty = true;
			err = resize(l);
			break;
		case SIGWINCH:
			err = resize(l);
			break;
		default:
			l->ui->quit = true;
		}
	}
	return err;
}

static void begin(struct live *l, bool entries_only)
{
	struct query q;

	ui_query(l->ui, &l->m, &q);
	q.entries_only = entries_only;
	l->ops->begin(l->ctx, &q, &l->s);
	l->collecting = true;
	l->partial = entries_only;
}

static bool sample_due(struct live *l, uint64_t now)
{
	if (l->ui->player)
		return player_turn(l->ui->player, now);
	if (l->ui->frozen || now < l->due_ns)
		return false;
	l->due_ns = now + l->ui->interval_ms * 1000000ULL;
	return true;
}

/* Processes take their time: who looks at something else by now does not wait for them. */
static void give_up(struct live *l)
{
	const struct query *under_way = &l->s.query;
	struct query want;

	ui_query(l->ui, &l->m, &want);
	l->ui->progress_all = 0;
	if (l->ops->progress)
		l->ops->progress(l->ctx, &l->ui->progress_done, &l->ui->progress_all);
	if ((!row_is_owner(view_rows(under_way->view)) && !under_way->pid) ||
	    (under_way->view == want.view && under_way->nid == want.nid &&
	     query_within(under_way, &want)))
		return;
	l->ops->cancel(l->ctx);
	l->collecting = false;
	l->due_ns = 0;
}

/*
 * A sample when it is due; its pages alone, at once, when others are to be shown
 * than it has.
 */
static int collect(struct live *l)
{
	uint64_t now = now_ns();
	int err;

	if (!l->collecting && sample_due(l, now)) {
		err = 0;
		if (l->ui->player && l->ui->player->jumped)
			err = replay_catch_up(l->ui->player, l->ops, l->ctx, &l->m, &l->s);
		if (err)
			return err;
		begin(l, false);
	} else if (!l->collecting && ui_stale(l->ui, &l->m)) {
		begin(l, true);
	}
	if (!l->collecting)
		return 0;
	if (l->ops->step(l->ctx) == COLLECT_MORE) {
		give_up(l);
		return 0;
	}

	l->collecting = false;
	l->dirty = true;
	l->ui->progress_all = 0;
	/* The screen was frozen with what it showed. */
	if (l->ui->frozen)
		return 0;
	if (l->s.write_error.errnum)
		l->write_error = l->s.write_error.errnum;
	/* All records of a large node may take long: leave the kernel most of its time. */
	if ((l->s.query.heat || row_is_owner(view_rows(l->s.query.view)) || l->s.query.pid) &&
	    !l->ui->player && l->due_ns < now_ns() + l->s.wall_us * 1000 * HEAT_REST)
		l->due_ns = now_ns() + l->s.wall_us * 1000 * HEAT_REST;
	err = model_accept(&l->m, &l->s);
	if (!err && l->ui->popup == POPUP_DETAILS)
		details_update(&l->ui->details, &l->m);
	return err;
}

static int draw(struct live *l)
{
	const struct view_state *vs = &l->ui->views[l->ui->view];
	struct row_filter filter;
	struct row_env env;
	int err;

	/* Its node may have gone with its memory. */
	if (l->m.sample.state == SAMPLE_OK && l->ui->nid != ALL_NODES &&
	    !sample_node(&l->m.sample, l->ui->nid))
		l->ui->nid = ALL_NODES;
	if (l->theme != l->ui->theme) {
		term_theme(l->term, l->ui->theme);
		l->theme = l->ui->theme;
	}

	env = ui_row_env(l->ui, &l->m);
	filter = ui_row_filter(l->ui);
	err = rows_build(&l->rows, &l->m, &filter, vs->sort, vs->descending, &env);
	if (err)
		return err;
	/* The next query asks for more, at once. */
	ui_widen(l->ui, &l->m, l->rows.nr, ui_wanted(l->ui));
	l->drawn_ns = now_ns();
	render(&l->canvas, l->ui, &l->m, &l->rows,
	       l->ui->player ? l->m.sample.mono_ns : l->drawn_ns);
	term_show(l->term, &l->canvas, l->ui->redraw);
	l->ui->redraw = l->dirty = false;
	return 0;
}

static int timeout_ms(const struct live *l)
{
	uint64_t now = now_ns(), until = l->drawn_ns + AGE_NS;

	if (l->ui->player && !l->ui->player->paused && !l->collecting &&
	    l->ui->player->due_ns < until)
		until = l->ui->player->due_ns;
	else if (!l->ui->player && !l->ui->frozen && !l->collecting && l->due_ns < until)
		until = l->due_ns;
	if (details_searching(&l->ui->details))
		return 0;
	return until > now ? (int)((until - now + 999999) / 1000000) : 0;
}

static void save(struct live *l)
{
	struct prompt *p = &l->ui->prompt;
	char error[sizeof(p->error)];

	if (save_sample(p->text, l->o, &l->m, &l->rows, error, sizeof(error))) {
		prompt_fail(p, p->len, error);
		return;
	}
	ui_say(l->ui, false, "%zu %s saved to %s", l->rows.nr,
	       l->rows.nr == 1 ? row_name(l->rows.kind)->one : row_name(l->rows.kind)->many,
	       p->text);
	prompt_close(p);
}

static void write_settings(struct live *l)
{
	char error[sizeof(l->ui->message)];

	if (!*l->settings)
		ui_say(l->ui, true,
		       "no place for settings: neither XDG_CONFIG_HOME nor HOME is set");
	else if (settings_write(l->settings, l->ui, error, sizeof(error)))
		ui_say(l->ui, true, "%s", error);
	else
		ui_say(l->ui, false, "settings written to %s", l->settings);
}

static void do_request(struct live *l)
{
	enum ui_request request = l->ui->request;

	l->ui->request = REQUEST_NONE;
	switch (request) {
	case REQUEST_SAVE:
		save(l);
		break;
	case REQUEST_SETTINGS:
		write_settings(l);
		break;
	case REQUEST_NONE:
		break;
	}
}

static void take_keys(struct live *l)
{
	uint32_t interval = l->ui->interval_ms;
	bool frozen = l->ui->frozen;
	int input;

	l->keys_left = false;
	while (!l->ui->quit && (input = term_input(l->term)) != INPUT_NONE) {
		if (input == INPUT_CLICK)
			term_mouse(l->term, &l->ui->mouse_row, &l->ui->mouse_col);
		if (ui_input(l->ui, &l->m, &l->rows, input))
			l->dirty = true;
		do_request(l);
		/* A step is drawn before the next counts rows that it fetched. */
		if (l->dirty && ui_stale(l->ui, &l->m)) {
			l->keys_left = true;
			break;
		}
	}
	if (l->ui->interval_ms < interval || (frozen && !l->ui->frozen))
		l->due_ns = 0;
}

static int loop(struct live *l)
{
	int err = resize(l);

	/* The first request asks for as much as will be shown. */
	l->ui->page = render_page(l->ui, &l->m, l->canvas.rows);
	while (!err && !l->ui->quit) {
		struct pollfd fds[] = {
			{ .fd = STDIN_FILENO, .events = POLLIN },
			{ .fd = l->signals, .events = POLLIN },
			{ .fd = -1, .events = POLLIN },
		};
		bool more_keys;

		err = collect(l);
		/* Drawn less often than they go on: for people a tenth is at once. */
		if (l->collecting && l->ui->progress_all && now_ns() >= l->drawn_ns + SEARCH_NS)
			l->dirty = true;
		if (details_step(&l->ui->details) &&
		    (now_ns() >= l->drawn_ns + SEARCH_NS || !details_searching(&l->ui->details)))
			l->dirty = true;
		if (!err && (l->dirty || now_ns() >= l->drawn_ns + AGE_NS))
			err = draw(l);
		/* What was drawn may show that more is to be asked for. */
		if (err || (!l->collecting && ui_stale(l->ui, &l->m)))
			continue;

		fds[2].fd = l->collecting ? l->ops->fd(l->ctx) : -1;
		more_keys = l->keys_left && !ui_stale(l->ui, &l->m);
		if (poll(fds, 3, more_keys ? 0 : timeout_ms(l)) < 0 && errno != EINTR)
			return -errno;
		if (fds[1].revents)
			err = take_signals(l);
		if (fds[0].revents & POLLIN || more_keys)
			take_keys(l);
		else if (fds[0].revents)
			l->ui->quit = true;
	}
	return err;
}

int live_run(struct options *o, const struct collector_ops *ops, void *ctx, const char *settings)
{
	struct live l = {
		.o = o,
		.ui = &o->ui,
		.settings = settings,
		.ops = ops,
		.ctx = ctx,
		.signals = -1,
	};
	char error[160];
	int err;

	if (ops->player)
		l.ui->player = ops->player(ctx);
	l.ui->details.host = ops->host ? ops->host(ctx) : NULL;
	err = catch_signals(&l);
	if (!err) {
		err = term_open(&l.term, !o->no_mouse, error, sizeof(error));
		if (err) {
			say_error("%s", error);
			return err == -ENOTTY ? EXIT_USAGE : EXIT_FAILED;
		}
		/* Without memory for it there is none. */
		l.m.history = history_new();
		err = loop(&l);
		if (l.collecting)
			ops->cancel(ctx);
		term_close(l.term);
	}
	if (err)
		say_error("%s", strerror(-err));
	if (l.write_error)
		say_error("recording ended: %s", strerror(l.write_error));

	canvas_release(&l.canvas);
	rows_release(&l.rows);
	sample_release(&l.s);
	model_release(&l.m);
	if (l.signals >= 0)
		close(l.signals);
	sigprocmask(SIG_SETMASK, &l.old_mask, NULL);
	return err || l.write_error ? EXIT_FAILED : EXIT_DONE;
}
