// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * batch.c - the loop of the batch mode: one sample after the other, until there were enough
 */
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <string.h>
#include <time.h>

#include "batch/batch.h"
#include "batch/csv.h"
#include "batch/json.h"
#include "batch/text.h"
#include "data/replay.h"
#include "screen/say.h"
#include "state/notice.h"
#include "state/query.h"

static int print_sample(const struct options *o, const struct model *m, const struct rows *rows,
			FILE *out)
{
	size_t nr = rows->nr < o->limit ? rows->nr : o->limit;

	/* Of a failure, JSON says so in its own way and text nothing. */
	if (o->json)
		batch_json(out, o, m, rows, nr);
	else if (o->csv && m->sample.state == SAMPLE_OK)
		batch_csv(out, o, m, rows, nr);
	else if (m->sample.state == SAMPLE_OK)
		batch_text(out, o, m, rows, nr);
	errno = 0;
	if (fflush(out) || ferror(out)) {
		say_error("cannot write: %s", strerror(errno ? errno : EIO));
		return -EIO;
	}
	return 0;
}

static int wait_for(const struct collector_ops *ops, void *ctx)
{
	while (ops->step(ctx) == COLLECT_MORE) {
		struct pollfd pfd = { .fd = ops->fd(ctx), .events = POLLIN };

		if (poll(&pfd, 1, -1) < 0 && errno != EINTR)
			return -errno;
	}
	return 0;
}

/* The first sample tells which nodes there are, and so what can be asked for. */
static int check_node(const struct options *o, const struct model *m)
{
	char list[8 * PGHOT_NODES_MAX] = "";
	size_t used = 0;

	if (o->ui.nid == ALL_NODES || sample_node(&m->sample, o->ui.nid))
		return 0;
	for (size_t i = 0; i < m->sample.nr_nodes && used < sizeof(list); i++)
		used += (size_t)snprintf(list + used, sizeof(list) - used, "%s %" PRIu32,
					 i ? "," : "", m->sample.nodes[i].nid);
	say_error("-N: no node %d with memory; there %s%s", o->ui.nid,
		  m->sample.nr_nodes == 1 ? "is" : "are", list);
	return -ENOENT;
}

static int failure_status(const struct model *m)
{
	const struct sample *s = &m->sample;
	char text[384];

	switch (s->state) {
	case SAMPLE_NO_FAMILY:
		say_error("%s", no_family_notice);
		return EXIT_UNSUPPORTED;
	case SAMPLE_FAILED:
		say_error("%s", failure_notice(&s->error, "pghot", text, sizeof(text)));
		return s->error.errnum == EPERM || s->error.errnum == EACCES ? EXIT_NOT_PERMITTED
									     : EXIT_FAILED;
	default:
		return EXIT_DONE;
	}
}

/* Once is enough to say that pages are hidden; it is part of each sample too. */
static int entries_status(const struct options *o, const struct model *m, bool *told)
{
	const struct pghot_error *error = &m->sample.entries_error;
	char text[640];

	if (!error->errnum)
		return EXIT_DONE;
	if (!*told)
		say_error("%s", entries_notice(m, o->ui.view, NULL, text, sizeof(text)));
	*told = true;
	return error->errnum == EPERM || error->errnum == EACCES ? EXIT_NOT_PERMITTED : EXIT_FAILED;
}

static void wait_until(struct timespec *next, uint32_t interval_ms)
{
	struct timespec now;

	next->tv_sec += interval_ms / 1000;
	next->tv_nsec += interval_ms % 1000 * 1000000L;
	if (next->tv_nsec >= 1000000000) {
		next->tv_nsec -= 1000000000;
		next->tv_sec++;
	}
	/* After a stop, go on from here instead of catching up. */
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (now.tv_sec > next->tv_sec + 1)
		*next = now;
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, next, NULL) == EINTR)
		;
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
 * @player: what moves through a recording, NULL for the kernel
 */
struct batch {
	struct options *o;
	const struct collector_ops *ops;
	void *ctx;
	FILE *out;
	struct model m;
	struct sample s;
	struct rows rows;
	bool told, scope_told;
	struct player *player;
};

static int collect(struct batch *b, uint32_t limit, bool entries_only)
{
	struct query q;
	int err;

	ui_query_rows(&b->o->ui, &b->m, limit, &q);
	q.entries_only = entries_only;
	b->ops->begin(b->ctx, &q, &b->s);
	err = wait_for(b->ops, b->ctx);
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
	const struct row_env env = row_env_of(&b->m, b->o->ui.raw, b->o->ui.ascii);
	int err = rows_build(&b->rows, &b->m, &filter, vs->sort, vs->descending, &env);

	if (err)
		say_error("%s", strerror(-err));
	return err;
}

/* Lines of CSV have no place for it. */
static void warn_scope(struct batch *b)
{
	const struct sample *s = &b->m.sample;

	if (b->scope_told || b->o->csv != CSV_PAGES || !b->o->ui.filter || !b->o->limit ||
	    s->state != SAMPLE_OK || s->entries_error.errnum || b->rows.nr >= b->o->limit ||
	    sample_complete(s))
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
	if (print_sample(b->o, &b->m, &b->rows, b->out))
		return EXIT_FAILED;
	if (b->m.sample.write_error.errnum) {
		say_error("recording ended: %s", strerror(b->m.sample.write_error.errnum));
		return EXIT_FAILED;
	}
	warn_scope(b);
	status = failure_status(&b->m);
	return status ? status : entries_status(b->o, &b->m, &b->told);
}

int batch_run(struct options *o, const struct collector_ops *ops, void *ctx, FILE *out)
{
	struct batch b = { .o = o, .ops = ops, .ctx = ctx, .out = out };
	int status = EXIT_DONE;
	struct timespec next;

	b.player = ops->player ? ops->player(ctx) : NULL;
	/* Rates of a sample in the middle begin with those before. */
	if (b.player && b.player->pos && replay_catch_up(b.player, ops, ctx, &b.m, &b.s))
		status = EXIT_FAILED;

	/* What to ask for depends on what kind of node it is. */
	if (o->ui.nid != ALL_NODES || o->ui.filter) {
		if (collect(&b, 0, false))
			status = EXIT_FAILED;
		else if (b.m.sample.state == SAMPLE_OK && check_node(o, &b.m))
			status = EXIT_USAGE;
	}

	if (o->csv && !status)
		batch_csv_heading(out, o);
	clock_gettime(CLOCK_MONOTONIC, &next);
	for (uint64_t i = 0; !status && (!o->iterations || i < o->iterations); i++) {
		if (i && !b.player)
			wait_until(&next, o->ui.interval_ms);
		else if (i && !player_next(b.player))
			break;
		status = one_sample(&b);
		/* Nodes and sources are worth having, even when pages are hidden. */
		if (b.m.sample.state == SAMPLE_OK && status == EXIT_NOT_PERMITTED &&
		    (!o->iterations || i + 1 < o->iterations))
			status = EXIT_DONE;
	}

	rows_release(&b.rows);
	sample_release(&b.s);
	model_release(&b.m);
	return status;
}
