// SPDX-License-Identifier: GPL-2.0-or-later

#include "report/walk.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backend/named-cgroup.h"
#include "backend/query.h"
#include "spans.h"
#include "units.h"

/* The kernel may be busy with other dumps, but not for this long. */
#define TIMEOUT_MS 30000

/* Between two looks for Ctrl-C. */
#define STEP_NS 100000000

static int no_memory(struct ctx *ctx)
{
	return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
}

/* On a line of its own that is written over and over; nothing ends it. */
static void progress(const char *text)
{
	if (!isatty(STDERR_FILENO))
		return;
	if (text)
		fprintf(stderr, "\r%s\033[K", text);
	else
		fputs("\r\033[K", stderr);
}

/* ---- records ------------------------------------------------------------------ */

static int finish_dump(struct pghot_conn *conn, struct stop *stop, struct pghot_error *err)
{
	struct stop nobody = { .fd = -1 };
	int ret;

	if (!stop)
		stop = &nobody;
	while ((ret = pghot_conn_step(conn, err)) == PGHOT_STEP_MORE) {
		ret = stop_wait(stop, pghot_conn_fd(conn), TIMEOUT_MS);
		if (ret < 0)
			return pghot_error_set(err, -ret, "cannot wait for the kernel");
		if (stop->asked)
			return pghot_conn_cancel(conn, err);
		if (!ret)
			return pghot_error_set(err, ETIMEDOUT, "the kernel did not answer");
	}
	return ret;
}

int walk_dump(struct ctx *ctx, struct stop *stop, const struct pghot_dump_filter *filter,
	      pghot_entry_fn fn, void *data)
{
	struct pghot_conn *conn = NULL;
	struct pghot_error err = { 0 };
	int ret = pghot_conn_open(&conn, &err);

	if (!ret)
		ret = pghot_start_dump(conn, PGHOT_DUMP_RECORDS, filter, fn, data, &err);
	if (!ret)
		ret = finish_dump(conn, stop, &err);
	pghot_conn_close(conn);
	if (!ret)
		return STATUS_OK;
	if (!err.errnum)
		pghot_error_set(&err, -ret, "%s", strerror(-ret));
	return fail_kernel(&ctx->failure, &err, "read records");
}

static int add_nodes(struct ctx *ctx, struct pghot_frames *frames)
{
	struct node_list nodes = { 0 };
	int ret = query_nodes(ctx, &nodes), err;

	for (size_t i = 0; i < nodes.nr && !ret; i++)
		pghot_frames_node(&nodes.at[i], frames);
	free(nodes.at);
	if (ret)
		return ret;
	err = pghot_spans_read(ctx->root, pghot_frames_span, frames);
	return err ? fail_with(&ctx->failure, status_of_errno(-err), -err,
			       "cannot find out where the memory of nodes is: %s", strerror(-err))
		   : STATUS_OK;
}

static int read_nodes(struct ctx *ctx, uint32_t hot_from, struct pghot_frames **frames)
{
	*frames = pghot_frames_new(hot_from);
	return *frames ? add_nodes(ctx, *frames) : no_memory(ctx);
}

int walk_nodes(struct ctx *ctx, struct pghot_frames **frames)
{
	return read_nodes(ctx, 1, frames);
}

int walk_records(struct ctx *ctx, struct stop *stop, uint32_t *hot_from,
		 struct pghot_frames **frames)
{
	static const struct pghot_dump_filter accessed = {
		.present = 1ULL << PGHOT_A_DUMP_MIN_FREQ,
		.min_freq = 1,
	};
	struct pghot_info *info = calloc(1, sizeof(*info));
	struct pghot_params params = { 0 };
	int ret;

	if (!info)
		return no_memory(ctx);
	/* For the page size. */
	ret = query_info(ctx, info);
	free(info);
	if (!ret)
		ret = query_params(ctx, &params);
	if (ret)
		return ret;
	*hot_from = (uint32_t)params.value[PGHOT_A_PARAM_FREQ_THRESHOLD];
	ret = read_nodes(ctx, *hot_from, frames);
	if (!ret) {
		progress("Reading records, Ctrl-C ends ");
		ret = walk_dump(ctx, stop, &accessed, pghot_frames_entry, *frames);
		progress(NULL);
	}
	return ret;
}

/* ---- page tables -------------------------------------------------------------- */

static void tell(const struct pagemap_status *st)
{
	char text[128], pages[PGHOT_UNIT_LEN];

	pghot_format_count(pages, sizeof(pages), st->pages);
	snprintf(text, sizeof(text), "Process %zu of %zu, %s pages, Ctrl-C shows what there is ",
		 st->done, st->processes, pages);
	progress(text);
}

static int cannot_list(struct ctx *ctx, const struct walk_whose *whose, int err)
{
	if (whose->pid && err == ESRCH)
		fail_with(&ctx->failure, STATUS_FAILED, err, "there is no process %d", whose->pid);
	else
		fail_with(&ctx->failure, status_of_errno(err), err, "cannot list processes: %s",
			  strerror(err));
	return ctx->failure.status;
}

static int check_seen(struct ctx *ctx, const struct walk_whose *whose,
		      const struct pagemap_status *st)
{
	if (st->hidden || (whose->pid && st->denied)) {
		fail_with(&ctx->failure, STATUS_PERMISSION, EPERM,
			  "page tables do not show page frames to this user");
		fail_hint(&ctx->failure, "run it as root: it takes CAP_SYS_ADMIN, and "
					 "CAP_SYS_PTRACE for the processes of others");
		return ctx->failure.status;
	}
	return STATUS_OK;
}

static int walk(struct ctx *ctx, struct stop *stop, const struct walk_whose *whose,
		const char *cgroup, struct pghot_frames *frames, const struct pghot_mapped_ops *ops,
		void *data, struct pagemap_status *status)
{
	struct pghot_mapped *m;
	char *proc = NULL;

	if (asprintf(&proc, "%s/proc", ctx->root) < 0)
		return no_memory(ctx);
	m = pghot_mapped_start(proc, cgroup, whose->pid, whose->nid, frames, ops, data);
	free(proc);
	if (!m)
		return no_memory(ctx);
	while (!stop->asked && pghot_mapped_step(m, STEP_NS)) {
		tell(pghot_mapped_status(m));
		stop_wait(stop, -1, 0);
	}
	pghot_mapped_stop(m);
	progress(NULL);
	*status = *pghot_mapped_status(m);
	pghot_mapped_free(m);
	if (status->errnum)
		return cannot_list(ctx, whose, status->errnum);
	return check_seen(ctx, whose, status);
}

int walk_mapped(struct ctx *ctx, struct stop *stop, const struct walk_whose *whose,
		struct pghot_frames *frames, const struct pghot_mapped_ops *ops, void *data,
		struct pagemap_status *status)
{
	struct pghot_cgroups *cgroups;
	char *path = NULL, *dir = NULL;
	int ret;

	if (!whose->cgroup)
		return walk(ctx, stop, whose, NULL, frames, ops, data, status);
	cgroups = named_cgroups_open(ctx->root);
	if (!cgroups)
		return no_memory(ctx);
	ret = named_cgroup_find(ctx, cgroups, whose->cgroup, &path);
	if (!ret && asprintf(&dir, "%s%s", pghot_cgroups_root(cgroups), path) < 0) {
		dir = NULL;
		ret = no_memory(ctx);
	}
	pghot_cgroups_close(cgroups);
	if (!ret)
		ret = walk(ctx, stop, whose, dir, frames, ops, data, status);
	free(path);
	free(dir);
	return ret;
}
