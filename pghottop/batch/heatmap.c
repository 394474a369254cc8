// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * heatmap.c - --heatmap: one sample, one file
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "atomic.h"
#include "batch/heatmap.h"
#include "batch/output.h"
#include "batch/svg.h"
#include "batch/verdict.h"
#include "screen/say.h"
#include "state/notice.h"

static int take_sample(const struct collector_ops *ops, void *ctx, const struct query *q,
		       struct sample *s)
{
	char text[NOTICE_LEN];
	int status;

	ops->begin(ctx, q, s);
	while (ops->step(ctx) == COLLECT_MORE) {
		struct pollfd pfd = { .fd = ops->fd(ctx), .events = POLLIN };

		if (poll(&pfd, 1, -1) < 0 && errno != EINTR) {
			say_error("%s", strerror(errno));
			return EXIT_FAILED;
		}
	}
	status = verdict_of_sample(s);
	if (status || !q->heat || !heat_notice(s, text, sizeof(text)))
		return status;
	say_error("%s", text);
	return verdict_of_error(&s->heat_error);
}

/* The node asked for, or the first that has records. */
static int choose_node(const struct options *o, const struct sample *s, int *nid)
{
	const struct pghot_node *node = sample_node(s, o->ui.nid);

	if (verdict_of_node(s, o->ui.nid))
		return EXIT_USAGE;
	if (node && node->toptier) {
		say_error("-N: node %d is top tier, and pghot tracks lower tiers only", o->ui.nid);
		return EXIT_USAGE;
	}
	for (size_t i = 0; i < s->nr_nodes && !node; i++)
		if (!s->nodes[i].toptier)
			node = &s->nodes[i];
	if (!node) {
		say_error("no node is on a lower tier, so there is nothing to draw");
		return EXIT_UNSUPPORTED;
	}
	*nid = (int)node->nid;
	return EXIT_DONE;
}

static int complain(const char *path, int err)
{
	say_error("cannot write %s: %s", path, strerror(err));
	return EXIT_FAILED;
}

/* The old picture stays until the new one is complete. */
static int write_file(const struct options *o, const struct sample *s)
{
	struct atomic_file f;
	struct output out;
	int err;

	if (!strcmp(o->heatmap, "-")) {
		err = output_open(&out, STDOUT_FILENO);
		if (!err) {
			heat_svg(out.file, o, s);
			err = output_flush(&out);
			output_close(&out);
		}
		return err ? complain("standard output", -err) : EXIT_DONE;
	}
	/* Where hot pages lie is for the privileged, and so is the file. */
	err = atomic_open(&f, o->heatmap, 0600);
	if (!err) {
		heat_svg(f.file, o, s);
		err = atomic_commit(&f);
	}
	return err ? complain(o->heatmap, -err) : EXIT_DONE;
}

int heatmap_run(const struct options *o, const struct collector_ops *ops, void *ctx)
{
	struct query q = { .nid = ALL_NODES };
	struct sample s = { 0 };
	int status, nid = 0;

	/* The first sample tells which nodes there are. */
	status = take_sample(ops, ctx, &q, &s);
	if (!status)
		status = choose_node(o, &s, &nid);
	if (!status) {
		q.heat = true;
		q.range.nid = nid;
		status = take_sample(ops, ctx, &q, &s);
	}
	if (!status)
		status = write_file(o, &s);
	sample_release(&s);
	return status;
}
