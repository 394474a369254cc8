// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One scrape over HTTP. Somebody else listens, accepts, and limits who may come and how many
 * at a time: systemd, by pghot-metrics.socket. A process per scrape has nothing to keep, and
 * needs no privilege.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "backend/ctx.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "commands/metrics.h"
#include "output/http.h"

/* How long a client may take to ask, to read each part of the answer, and to go. */
#define ASK_MS	     5000
#define READ_SECONDS 10
#define GO_MS	     1000

#define OPENMETRICS_TYPE "application/openmetrics-text; version=1.0.0; charset=utf-8"
#define PROMETHEUS_TYPE	 "text/plain; version=0.0.4; charset=utf-8"

bool check_metrics(const struct call *call, struct failure *failure)
{
	const char *other = call_get(call, "--output") ? "--output" : "-j";

	if (!call_get(call, "--http") || (!call_get(call, "--output") && !call->globals.json))
		return true;
	fail_with(failure, STATUS_USAGE, 0, "metrics: --http and %s exclude each other", other);
	return false;
}

/* What @command says goes into @text, for free(). */
static int keep_text(struct ctx *ctx, const struct call *call, metrics_command_fn command,
		     char **text, size_t *len)
{
	FILE *out = ctx->out.file, *kept = open_memstream(text, len);
	bool lost;
	int ret;

	if (!kept)
		return fail_with(&ctx->failure, STATUS_FAILED, errno, "out of memory");
	ctx->out.file = kept;
	ret = command(ctx, call);
	ctx->out.file = out;
	lost = ferror(kept);
	if ((fclose(kept) || lost) && !ret)
		ret = fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	return ret;
}

static int answer_metrics(struct ctx *ctx, const struct call *call, metrics_command_fn command,
			  const struct http_request *req)
{
	const struct value *format = call_get(call, "--format");
	char *text = NULL;
	size_t len = 0;
	int ret = keep_text(ctx, call, command, &text, &len);

	if (ret)
		http_refuse(ctx->out.file, req, 503, ctx->failure.message);
	else
		http_answer(ctx->out.file, req, 200,
			    format && !strcmp(format->text, "prometheus") ? PROMETHEUS_TYPE
									  : OPENMETRICS_TYPE,
			    text, len);
	free(text);
	return ret;
}

static int answer(struct ctx *ctx, const struct call *call, metrics_command_fn command,
		  const struct http_request *req)
{
	FILE *to = ctx->out.file;

	switch (req->status) {
	case 0:
		return STATUS_OK;
	case 200:
		break;
	case 404:
		http_refuse(to, req, 404, "the metrics are at /metrics");
		return STATUS_OK;
	case 405:
		http_refuse(to, req, 405, "the method must be GET or HEAD");
		return STATUS_OK;
	case 408:
		http_refuse(to, req, 408, "no request came in time");
		return STATUS_OK;
	case 431:
		http_refuse(to, req, 431, "a request may have 8192 bytes of headers");
		return STATUS_OK;
	case 505:
		http_refuse(to, req, 505, "the version must be HTTP/1.0 or HTTP/1.1");
		return STATUS_OK;
	default:
		http_refuse(to, req, 400, "this is no request of HTTP/1.1");
		return STATUS_OK;
	}
	if (!strcmp(req->path, "/metrics"))
		return answer_metrics(ctx, call, command, req);
	http_refuse(to, req, 404, "the metrics are at /metrics");
	return STATUS_OK;
}

int metrics_serve(struct ctx *ctx, const struct call *call, metrics_command_fn command)
{
	const struct timeval patience = { .tv_sec = READ_SECONDS };
	int out = fileno(ctx->out.file), err, ret;
	struct http_request req;

	if (!call_get(call, "--http"))
		return command(ctx, call);
	if (ctx->location && ctx->location[0])
		return fail_with(&ctx->failure, STATUS_USAGE, 0,
				 "metrics: --http cannot be used in a batch");
	err = http_receive(STDIN_FILENO, ASK_MS, &req);
	/* Nobody is there any more. */
	if (err == -ECONNRESET)
		return STATUS_OK;
	if (err)
		return fail_with(&ctx->failure, STATUS_FAILED, -err, "cannot read the request: %s",
				 strerror(-err));
	/* A client that does not read its answer; for what is no socket nobody has promised that. */
	if (setsockopt(out, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience)) &&
	    errno != ENOTSOCK)
		return fail_with(&ctx->failure, STATUS_FAILED, errno, "cannot bound the answer: %s",
				 strerror(errno));
	ret = answer(ctx, call, command, &req);
	if (out_flush(&ctx->out))
		http_linger(STDIN_FILENO, out, GO_MS);
	return ret;
}
