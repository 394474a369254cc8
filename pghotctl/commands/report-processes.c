// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * report processes, report mappings, report why: whose memory is where, how hot, and why it
 * stays there.
 */

#include <errno.h>
#include <stdlib.h>

#include "commands/commands.h"
#include "commands/report.h"
#include "report/blame.h"
#include "report/mappers.h"

bool check_report_processes(const struct call *call, struct failure *failure)
{
	if (call_get(call, "--pid") && call_get(call, "--cgroup")) {
		fail_with(failure, STATUS_USAGE, 0,
			  "%s: --pid and --cgroup: a process is asked for, or those of a cgroup",
			  call->cmd->path);
		return false;
	}
	return check_report(call, failure);
}

static void picture(const void *report, FILE *to)
{
	mappers_plot(report, to);
}

static void rest(const void *report, FILE *to)
{
	mappers_page(report, to);
}

static int report(struct ctx *ctx, const struct call *call, bool mappings, const char *title)
{
	const struct value *node = call_get(call, "--node"), *pid = call_get(call, "--pid");
	const struct value *cgroup = call_get(call, "--cgroup"), *top = call_get(call, "--top");
	const struct value *sort = call_get(call, "--sort");
	struct mappers p = {
		.mappings = mappings,
		.nid = node ? (int64_t)node->number : -1,
		.pid = pid ? (pid_t)pid->number : 0,
		.cgroup = cgroup ? cgroup->text : NULL,
		.top = top ? (size_t)top->number : MAPPERS_TOP,
		.sort = sort ? (enum mappers_sort)sort->number : MAPPERS_BY_HOT,
	};
	int ret = mappers_read(&p, ctx);

	if (!ret)
		ret = report_draw(ctx, call, title, picture, rest, &p);
	if (!ret && !report_shows_picture(call))
		mappers_show(&p, &ctx->out);
	mappers_free(&p);
	return ret;
}

int cmd_report_processes(struct ctx *ctx, const struct call *call)
{
	return report(ctx, call, false, "pghot: whose memory is hot");
}

int cmd_report_why(struct ctx *ctx, const struct call *call)
{
	const struct value *node = call_get(call, "--node"), *sample = call_get(call, "--sample");
	struct blame *b = calloc(1, sizeof(*b));
	int ret;

	if (!b)
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	b->pid = (pid_t)call_get(call, "PID")->number;
	b->nid = node ? (int64_t)node->number : -1;
	b->sample = sample ? (size_t)sample->number : BLAME_SAMPLE;
	ret = blame_read(b, ctx);
	if (!ret)
		blame_show(b, &ctx->out);
	free(b);
	return ret;
}

int cmd_report_mappings(struct ctx *ctx, const struct call *call)
{
	return report(ctx, call, true, "pghot: which mappings are hot");
}
