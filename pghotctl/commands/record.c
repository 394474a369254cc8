// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Recording: samples go to a file until there were enough or somebody says stop.
 * Signals that end a program are read from a descriptor, so that what they end is
 * the wait, not the sample.
 */

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "atomic.h"
#include "backend/ctx.h"
#include "backend/query.h"
#include "backend/stop.h"
#include "capture.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "recording.h"
#include "units.h"

#define INTERVAL_MS 1000
/* The kernel may be busy with other dumps, but not for this long. */
#define TIMEOUT_MS  30000

/* In the order of the words in the command table. */
static const enum pghot_dump_kind kinds[] = {
	PGHOT_DUMP_HEAP,
	PGHOT_DUMP_RECORDS,
	PGHOT_DUMP_PROMOTED,
};

/**
 * struct recording - a recording under way
 * @ctx: context
 * @path: of the file, as it was given
 * @fd: file, -1 before it is opened
 * @file: the same, beside @path until it has a sample; not used for standard output
 * @rec: recorder
 * @cap: what takes samples
 * @stop: what ends it
 * @interval_ms: between two samples
 * @left: samples to take still; endless when that is no use
 * @endless: take samples until stopped
 */
struct recording {
	struct ctx *ctx;
	const char *path;
	int fd;
	struct atomic_file file;
	struct pghot_recorder *rec;
	struct pghot_capture *cap;
	struct stop stop;
	uint64_t interval_ms;
	uint64_t left;
	bool endless;
};

static const char both[] = "record: %s cannot be both the recording and JSON";

bool check_record(const struct call *call, struct failure *failure)
{
	const char *path = call_get(call, "FILE")->text;

	if (!strcmp(path, "-") && call->globals.json) {
		fail_with(failure, STATUS_USAGE, 0, both, "standard output");
		return false;
	}
	if (!strcmp(path, "-") && call_get(call, "--force")) {
		fail_with(failure, STATUS_USAGE, 0, "record: --force is for a file");
		return false;
	}
	return true;
}

static int no_file(struct recording *r, int err)
{
	struct failure *f = &r->ctx->failure;

	fail_with(f, STATUS_FAILED, -err, "cannot create %s: %s", r->path, strerror(-err));
	if (err == -EEXIST)
		fail_hint(f, "--force overwrites it");
	if (err == -EPERM)
		fail_hint(f,
			  "the file belongs to somebody else: remove it, or choose another name");
	return STATUS_FAILED;
}

static int open_file(struct recording *r, bool force)
{
	struct failure *f = &r->ctx->failure;
	int err;

	if (!strcmp(r->path, "-")) {
		r->fd = STDOUT_FILENO;
		if (!isatty(r->fd))
			return STATUS_OK;
		return fail_with(f, STATUS_USAGE, 0,
				 "standard output is a terminal, and a recording is no text");
	}
	/* Page frame numbers are for the privileged, and so is the file. */
	err = force ? atomic_open_beside(&r->file, r->path, 0600)
		    : atomic_open_new(&r->file, r->path, 0600);
	if (!err) {
		r->fd = fileno(r->file.file);
		if (out_mixes(&r->ctx->out, r->fd))
			return fail_with(f, STATUS_USAGE, 0, both, r->path);
		return STATUS_OK;
	}
	return no_file(r, err);
}

/* One sample; when a signal comes, none. */
static int take_sample(struct recording *r)
{
	struct failure *f = &r->ctx->failure;
	struct pghot_error err = { 0 };
	int ret;

	pghot_capture_begin(r->cap);
	while ((ret = pghot_capture_step(r->cap, &err)) == PGHOT_STEP_MORE) {
		ret = stop_wait(&r->stop, pghot_capture_fd(r->cap), TIMEOUT_MS);
		if (ret < 0)
			return fail_with(f, STATUS_FAILED, -ret, "cannot wait: %s", strerror(-ret));
		if (r->stop.asked)
			return STATUS_OK;
		if (!ret)
			return fail_with(f, STATUS_FAILED, ETIMEDOUT, "the kernel did not answer");
	}
	if (ret && pghot_capture_lost(r->cap))
		return fail_with(f, STATUS_FAILED, err.errnum, "cannot write %s: %s",
				 strcmp(r->path, "-") ? r->path : "standard output",
				 strerror(err.errnum));
	if (ret == -ENOENT) {
		fail_with(f, STATUS_UNSUPPORTED, ENOENT, "the pghot family has gone");
		no_family_hint(f, r->ctx->root);
		return STATUS_UNSUPPORTED;
	}
	if (ret)
		return fail_kernel(f, &err, "take a sample");
	/* What is refused now will be refused the next time. */
	if (!pghot_capture_refusal(r->cap)->errnum)
		return STATUS_OK;
	return fail_kernel(f, pghot_capture_refusal(r->cap), "record pages");
}

static void progress(const struct recording *r, bool end)
{
	char buf[PGHOT_UNIT_LEN];
	uint64_t samples, bytes = pghot_recorder_written(r->rec, &samples);

	if (!isatty(STDERR_FILENO))
		return;
	if (end)
		fputs("\r\033[K", stderr);
	else
		fprintf(stderr, "\r%" PRIu64 " samples, %s, Ctrl-C ends ", samples,
			pghot_format_size(buf, sizeof(buf), bytes));
}

static uint64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
}

/* There is a sample, which is worth more than what may be in the file's place. */
static int show_file(struct recording *r)
{
	uint64_t samples;
	int err;

	pghot_recorder_written(r->rec, &samples);
	if (!samples || r->fd == STDOUT_FILENO)
		return STATUS_OK;
	err = atomic_place(&r->file);
	return err ? no_file(r, err) : STATUS_OK;
}

static int take_samples(struct recording *r)
{
	uint64_t due = now_ms();
	int ret = STATUS_OK;

	while (!ret && !r->stop.asked) {
		uint64_t now;

		ret = take_sample(r);
		if (!ret)
			ret = show_file(r);
		if (ret || r->stop.asked || (!r->endless && !--r->left))
			break;
		progress(r, false);
		due += r->interval_ms;
		for (now = now_ms(); now < due && !r->stop.asked && !ret; now = now_ms()) {
			uint64_t ms = due - now;

			if (stop_wait(&r->stop, -1, ms > 60000 ? 60000 : (int)ms) < 0)
				ret = fail_with(&r->ctx->failure, STATUS_FAILED, errno,
						"cannot wait: %s", strerror(errno));
		}
		/* After a stop, go on from here instead of catching up. */
		if (now > due + r->interval_ms)
			due = now;
	}
	progress(r, true);
	return ret;
}

static void fill_what(const struct call *call, struct pghot_capture_what *what)
{
	const struct value *v = call_get(call, "--limit");

	what->limit = v ? (uint32_t)v->number : PGHOT_CAPTURE_LIMIT;
	for (v = call_get(call, "WHAT"); v; v = call_next(call, "WHAT", v))
		what->dumps |= 1U << kinds[v->number];
	if (!what->dumps)
		for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
			what->dumps |= 1U << kinds[i];
}

static void report(struct recording *r)
{
	struct out *o = &r->ctx->out;
	uint64_t samples, bytes = pghot_recorder_written(r->rec, &samples);

	/* The recording went there. */
	if (r->fd == STDOUT_FILENO) {
		out_free(o);
		return;
	}
	if (!samples)
		out_note(o, "stopped before the first sample: nothing was written");
	out_str(o, "file", "file", samples ? r->path : NULL);
	out_u64(o, "samples_count", "samples", samples, UNIT_COUNT);
	out_u64(o, "size_bytes", "size", bytes, UNIT_BYTES);
}

/* What has no sample is not worth keeping, and has not taken its place. */
static int close_file(struct recording *r, int ret)
{
	int err;

	if (!r->file.file)
		return ret;
	if (r->file.temp[0]) {
		atomic_abort(&r->file);
		return ret;
	}
	err = atomic_commit(&r->file);
	if (!err || ret)
		return ret;
	return fail_with(&r->ctx->failure, STATUS_FAILED, -err, "cannot write %s: %s", r->path,
			 strerror(-err));
}

static int run(struct recording *r, const struct pghot_capture_what *what, bool force)
{
	struct failure *f = &r->ctx->failure;
	struct pghot_error err = { 0 };
	int ret;

	ret = open_file(r, force);
	if (!ret)
		ret = stop_catch(&r->stop, r->ctx);
	if (ret)
		return ret;
	if (pghot_recorder_open(&r->rec, r->fd, "pghotctl " PGHOT_VERSION, &err))
		return fail_with(f, STATUS_FAILED, err.errnum, "cannot write %s: %s", r->path,
				 strerror(err.errnum));
	if (pghot_capture_open(&r->cap, r->rec, what))
		return fail_with(f, STATUS_FAILED, ENOMEM, "out of memory");
	ret = take_samples(r);
	if (!ret)
		report(r);
	return ret;
}

int cmd_record(struct ctx *ctx, const struct call *call)
{
	const struct value *count = call_get(call, "--count");
	const struct value *interval = call_get(call, "--interval");
	struct recording r = {
		.ctx = ctx,
		.path = call_get(call, "FILE")->text,
		.fd = -1,
		.stop.fd = -1,
		.interval_ms = interval ? interval->number : INTERVAL_MS,
		.endless = !count,
		.left = count ? count->number : 0,
	};
	struct pghot_capture_what what = { 0 };
	int ret;

	/* Before there is a file: the one place that explains a missing family. */
	ret = query_connect(ctx);
	if (ret)
		return ret;
	fill_what(call, &what);
	ret = run(&r, &what, call_get(call, "--force"));
	pghot_capture_close(r.cap);
	pghot_recorder_close(r.rec);
	stop_release(&r.stop);
	return close_file(&r, ret);
}
