// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * batch.c - the loop of the batch mode: one sample after the other, until there were enough
 */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "batch/batch.h"
#include "batch/csv.h"
#include "batch/json.h"
#include "batch/output.h"
#include "batch/text.h"
#include "batch/verdict.h"
#include "data/replay.h"
#include "screen/say.h"
#include "state/notice.h"
#include "state/query.h"

static int write_failed(const struct output *out)
{
	say_error("cannot write: %s", strerror(out->errnum));
	return -out->errnum;
}

static int print_sample(const struct options *o, const struct model *m, const struct rows *rows,
			struct output *out)
{
	size_t nr = rows->nr < o->limit ? rows->nr : o->limit;

	/* Of a failure, JSON says so in its own way and text nothing. */
	if (o->json)
		batch_json(out->file, o, m, rows, nr);
	else if (o->csv && m->sample.state == SAMPLE_OK)
		batch_csv(out->file, o, m, rows, nr);
	else if (m->sample.state == SAMPLE_OK)
		batch_text(out->file, o, m, rows, nr);
	return output_flush(out) ? write_failed(out) : 0;
}

/* -EPIPE when nobody waits for the sample any more. */
static int wait_for(const struct collector_ops *ops, void *ctx, struct output *out)
{
	while (ops->step(ctx) == COLLECT_MORE) {
		struct pollfd fds[] = {
			{ .fd = ops->fd(ctx), .events = POLLIN },
			output_poll(out),
		};

		if (poll(fds, 2, -1) < 0) {
			if (errno != EINTR)
				return -errno;
		} else if (output_gone(out, &fds[1])) {
			return -EPIPE;
		}
	}
	return 0;
}

/* Once is enough to say that pages are hidden; it is part of each sample too. */
static int entries_status(const struct options *o, const struct model *m, bool *told)
{
	const struct pghot_error *error = &m->sample.entries_error;
	char text[NOTICE_LEN];

	if (!error->errnum)
		return EXIT_DONE;
	if (!*told)
		say_error("%s", entries_notice(m, o->ui.view, NULL, text, sizeof(text)));
	*told = true;
	return verdict_of_error(error);
}

/**
 * struct batch - a run
 * @o: what was asked for
 * @ops: where samples come from
 * @ctx: opened by @ops
 * @out: where to print
 * @m: model
 * @s: sample to collect into
 * @rows: pages to print
 * @told: that pages are missing has been said
 * @scope_told: so has been from which they were chosen
 * @next_ns: CLOCK_MONOTONIC when the sample was due
 * @player: what moves through a recording, NULL for the kernel
 */
struct batch {
	struct options *o;
	const struct collector_ops *ops;
	void *ctx;
	struct output out;
	struct model m;
	struct sample s;
	struct rows rows;
	bool told, scope_told;
	uint64_t next_ns;
	struct player *player;
};

/* The next sample is due an interval after the last one was. */
static int wait_until(struct batch *b)
{
	struct timespec ts;
	uint64_t now;

	b->next_ns += b->o->ui.interval_ms * 1000000ULL;
	/* After a stop, go on from here instead of catching up. */
	clock_gettime(CLOCK_MONOTONIC, &ts);
	now = (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
	if (now > b->next_ns + 1000000000)
		b->next_ns = now;
	return output_wait(&b->out, b->next_ns);
}

static int collect(struct batch *b, uint32_t limit, bool entries_only)
{
	struct query q;
	int err;

	ui_query_rows(&b->o->ui, &b->m, limit, &q);
	q.entries_only = entries_only;
	b->ops->begin(b->ctx, &q, &b->s);
	err = wait_for(b->ops, b->ctx, &b->out);
	if (b->out.errnum)
		return write_failed(&b->out);
	if (!err)
		err = model_accept(&b->m, &b->s);
	if (err)
		say_error("%s", strerror(-err));
	return err;
}

static int choose(struct batch *b)
{
	const struct view_state *vs = &b->o->ui.views[b->o->ui.view];
	const struct row_filter filter = ui_row_filter(&b->o->ui);
	const struct row_env env = ui_row_env(&b->o->ui, &b->m);
	int err = rows_build(&b->rows, &b->m, &filter, vs->sort, vs->descending, &env);

	if (err)
		say_error("%s", strerror(-err));
	return err;
}

/* Lines of CSV have no place for it. */
static void warn_scope(struct batch *b)
{
	const struct sample *s = &b->m.sample;

	if (b->scope_told || b->rows.kind != ROW_PAGE || b->o->csv != CSV_PAGES ||
	    !ui_list(&b->o->ui)->filter || !b->o->limit || s->state != SAMPLE_OK ||
	    s->entries_error.errnum || b->rows.nr >= b->o->limit || sample_complete(s))
		return;
	say_error("only the %zu %s pages were looked at", s->nr_entries,
		  scope_order(b->o->ui.view));
	b->scope_told = true;
}

/* Takes and prints one sample. Returns enum exit_status. */
static int one_sample(struct batch *b)
{
	int status;

	if (collect(b, b->o->limit, false) || choose(b))
		return EXIT_FAILED;
	while (ui_widen(&b->o->ui, &b->m, b->rows.nr, b->o->limit))
		if (collect(b, b->o->limit, true) || choose(b))
			return EXIT_FAILED;
	if (print_sample(b->o, &b->m, &b->rows, &b->out))
		return EXIT_FAILED;
	if (b->m.sample.write_error.errnum) {
		say_error("recording ended: %s", strerror(b->m.sample.write_error.errnum));
		return EXIT_FAILED;
	}
	warn_scope(b);
	status = verdict_of_sample(&b->m.sample);
	return status ? status : entries_status(b->o, &b->m, &b->told);
}

int batch_run(struct options *o, const struct collector_ops *ops, void *ctx)
{
	struct batch b = { .o = o, .ops = ops, .ctx = ctx };
	int status = EXIT_DONE;
	struct timespec ts;

	if (output_open(&b.out, STDOUT_FILENO)) {
		say_error("%s", strerror(ENOMEM));
		return EXIT_FAILED;
	}
	b.player = ops->player ? ops->player(ctx) : NULL;
	/* Rates of a sample in the middle begin with those before. */
	if (b.player && b.player->pos && replay_catch_up(b.player, ops, ctx, &b.m, &b.s))
		status = EXIT_FAILED;

	/* What to ask for depends on what kind of node it is. */
	if (o->ui.nid != ALL_NODES || ui_list(&o->ui)->filter) {
		if (collect(&b, 0, false))
			status = EXIT_FAILED;
		else
			status = verdict_of_node(&b.m.sample, o->ui.nid);
	}

	if (o->csv && !status)
		batch_csv_heading(b.out.file, o);
	clock_gettime(CLOCK_MONOTONIC, &ts);
	b.next_ns = (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
	for (uint64_t i = 0; !status && (!o->iterations || i < o->iterations); i++) {
		if (i && !b.player && wait_until(&b)) {
			write_failed(&b.out);
			status = EXIT_FAILED;
			break;
		}
		if (i && b.player && !player_next(b.player))
			break;
		status = one_sample(&b);
		/* Nodes and sources are worth having, even when pages are hidden. */
		if (b.m.sample.state == SAMPLE_OK && status == EXIT_NOT_PERMITTED &&
		    (!o->iterations || i + 1 < o->iterations))
			status = EXIT_DONE;
	}

	output_close(&b.out);
	rows_release(&b.rows);
	sample_release(&b.s);
	model_release(&b.m);
	return status;
}
