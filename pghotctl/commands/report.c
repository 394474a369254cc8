// SPDX-License-Identifier: GPL-2.0-or-later
/* Reports: what records and recordings add up to. report/ has what each tells. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "commands/commands.h"
#include "commands/report.h"
#include "report/diff.h"
#include "report/fit-read.h"
#include "report/plot.h"
#include "report/timeline.h"

static bool to_output(const struct call *call, const char *name)
{
	const struct value *v = call_get(call, name);

	return v && !strcmp(v->text, "-");
}

bool check_report(const struct call *call, struct failure *failure)
{
	bool svg = to_output(call, "--svg"), html = to_output(call, "--html");

	if (svg && html) {
		fail_with(failure, STATUS_USAGE, 0,
			  "%s: --svg and --html cannot both be standard output", call->cmd->path);
		return false;
	}
	if ((svg || html) && call->globals.json) {
		fail_with(failure, STATUS_USAGE, 0,
			  "%s: standard output cannot be both a picture and JSON", call->cmd->path);
		return false;
	}
	return true;
}

bool report_shows_picture(const struct call *call)
{
	return to_output(call, "--svg") || to_output(call, "--html");
}

int report_draw(struct ctx *ctx, const struct call *call, const char *title,
		void (*picture)(const void *report, FILE *to),
		void (*rest)(const void *report, FILE *to), const void *report)
{
	static const char *const options[] = { "--svg", "--html" };
	int ret = STATUS_OK;

	for (int page = 0; page < 2 && !ret; page++) {
		const struct value *v = call_get(call, options[page]);
		struct plot_file p;

		if (!v)
			continue;
		ret = plot_open(&p, ctx, v->text, page, title);
		if (ret)
			break;
		picture(report, p.to);
		if (page)
			rest(report, p.to);
		ret = plot_close(&p, ctx);
	}
	return ret;
}

static void timeline_picture(const void *report, FILE *to)
{
	timeline_plot(report, to);
}

static void timeline_rest(const void *report, FILE *to)
{
	timeline_page(report, to);
}

int cmd_report_timeline(struct ctx *ctx, const struct call *call)
{
	struct timeline *t = calloc(1, sizeof(*t));
	const char *paths[VALUES_MAX];
	size_t nr = 0;
	int ret;

	if (!t)
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	for (const struct value *v = call_get(call, "FILE"); v; v = call_next(call, "FILE", v))
		paths[nr++] = v->text;
	ret = timeline_read(t, ctx, paths, nr);
	if (!ret)
		ret = report_draw(ctx, call, "pghot: what was hot when and where", timeline_picture,
				  timeline_rest, t);
	if (!ret && !report_shows_picture(call))
		timeline_show(t, &ctx->out);
	timeline_free(t);
	free(t);
	return ret;
}

bool check_report_fit(const struct call *call, struct failure *failure)
{
	if (call_get(call, "FILE") && (call_get(call, "--pid") || call_get(call, "--cgroup"))) {
		fail_with(failure, STATUS_USAGE, 0,
			  "%s: --pid and --cgroup are for what the kernel has now, not for FILE",
			  call->cmd->path);
		return false;
	}
	return check_report_processes(call, failure);
}

static void fit_picture(const void *report, FILE *to)
{
	fit_plot(report, to);
}

static void fit_rest(const void *report, FILE *to)
{
	fit_page(report, to);
}

int cmd_report_fit(struct ctx *ctx, const struct call *call)
{
	const struct value *file = call_get(call, "FILE"), *node = call_get(call, "--node");
	const struct value *cgroup = call_get(call, "--cgroup"), *pid = call_get(call, "--pid");
	struct fit_reading *r = calloc(1, sizeof(*r));
	int ret;

	if (!r)
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	r->nid = node ? (uint32_t)node->number : FIT_ALL_NODES;
	r->cgroup = cgroup ? cgroup->text : NULL;
	r->pid = pid ? (pid_t)pid->number : 0;
	ret = file ? fit_read_file(r, ctx, file->text) : fit_read_kernel(r, ctx);
	if (!r->page_size)
		r->page_size = 4096;
	if (!ret)
		ret = report_draw(ctx, call, "pghot: how much fast memory is enough", fit_picture,
				  fit_rest, r);
	if (!ret && !report_shows_picture(call))
		fit_show(r, &ctx->out);
	free(r);
	return ret;
}

static void diff_picture(const void *report, FILE *to)
{
	diff_plot(report, to);
}

static void diff_rest(const void *report, FILE *to)
{
	diff_page(report, to);
}

int cmd_report_diff(struct ctx *ctx, const struct call *call)
{
	const struct value *top = call_get(call, "--top"), *sort = call_get(call, "--sort");
	struct diff d = { 0 };
	int ret = diff_read(&d, ctx, call_get(call, "FIRST")->text, call_get(call, "SECOND")->text);

	if (!ret) {
		diff_sort(&d, sort ? (enum diff_sort)sort->number : DIFF_BY_CHANGE);
		ret = report_draw(ctx, call, "pghot: what became hot and what went cold",
				  diff_picture, diff_rest, &d);
	}
	if (!ret && !report_shows_picture(call))
		diff_show(&d, top ? (size_t)top->number : 0, &ctx->out);
	diff_free(&d);
	return ret;
}
