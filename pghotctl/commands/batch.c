// SPDX-License-Identifier: GPL-2.0-or-later
/* Runs the commands of a file, one per line, on one connection. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backend/ctx.h"
#include "cmdline/invoke.h"
#include "cmdline/command.h"
#include "cmdline/words.h"
#include "commands/commands.h"

struct batch {
	const char *name; /* of the file */
	uint64_t line;
	uint64_t commands;
	uint64_t failed;
	int status; /* of the first that failed */
};

/* A line that is no command at all; told as if it were one that failed. */
static int bad_line(struct ctx *ctx, const struct globals *globals, const char *what)
{
	struct out *o = &ctx->out;

	fail_with(&ctx->failure, STATUS_USAGE, 0, "%s", what);
	snprintf(ctx->failure.location, sizeof(ctx->failure.location), "%s", ctx->location);
	o->json = globals->json;
	o->pretty = globals->pretty;
	out_begin(o, "");
	if (!o->json)
		failure_print(&ctx->failure, stderr);
	out_fail(o, &ctx->failure);
	return STATUS_USAGE;
}

/* Return: exit status of the line. */
static int run_line(struct ctx *ctx, const struct call *call, struct batch *b, const char *line,
		    size_t len)
{
	const struct globals *globals = &call->globals;
	char location[256];
	struct words w;
	int ret = STATUS_OK, err;

	snprintf(location, sizeof(location), "%s:%llu", b->name, (unsigned long long)b->line);
	ctx->location = location;
	err = words_split(&w, line);
	if (strlen(line) != len)
		ret = bad_line(ctx, globals, "not a text file: there is a zero byte");
	else if (err == -ENOMEM)
		ret = bad_line(ctx, globals, "out of memory");
	else if (err)
		ret = bad_line(ctx, globals, words_end_text(w.end));
	else if (w.nr)
		ret = invoke(ctx, call->table, w.nr, w.argv, globals);
	if (w.nr || ret)
		b->commands++;
	words_free(&w);
	ctx->location = "";
	return ret;
}

static int run_lines(struct ctx *ctx, const struct call *call, FILE *file, struct batch *b)
{
	bool keep_going = call_get(call, "--keep-going");
	char *line = NULL;
	size_t size = 0;
	ssize_t len;
	int err = 0;

	for (;;) {
		int ret;

		errno = 0;
		len = getline(&line, &size, file);
		if (len < 0) {
			err = ferror(file) ? errno : 0;
			break;
		}
		b->line++;
		/* So that a backslash at the end has nothing behind it. */
		if (len && line[len - 1] == '\n')
			line[--len] = '\0';
		ret = run_line(ctx, call, b, line, (size_t)len);
		if (ret) {
			b->failed++;
			b->status = b->status ? b->status : ret;
		}
		/* Nobody reads the answers, and each would fail. */
		if (!out_flush(&ctx->out) || (ret && !keep_going))
			break;
	}
	free(line);
	return err;
}

int cmd_batch(struct ctx *ctx, const struct call *call)
{
	const char *path = call_get(call, "FILE")->text;
	bool is_stdin = !strcmp(path, "-");
	struct batch b = { .name = is_stdin ? "<stdin>" : path };
	FILE *file = is_stdin ? stdin : fopen(path, "re");
	struct out *o = &ctx->out;
	int err;

	if (!file)
		return fail_with(&ctx->failure, STATUS_FAILED, errno, "cannot open %s: %s", path,
				 strerror(errno));
	err = run_lines(ctx, call, file, &b);
	if (!is_stdin)
		fclose(file);

	o->json = call->globals.json;
	o->pretty = call->globals.pretty;
	out_begin(o, call->cmd->path);
	if (err)
		return fail_with(&ctx->failure, STATUS_FAILED, err, "cannot read %s: %s", b.name,
				 strerror(err));
	memset(&ctx->failure, 0, sizeof(ctx->failure));
	out_str(o, "file", NULL, is_stdin ? NULL : path);
	out_u64(o, "lines", NULL, b.line, UNIT_NONE);
	out_u64(o, "commands", NULL, b.commands, UNIT_NONE);
	out_u64(o, "failed", NULL, b.failed, UNIT_NONE);
	out_end(o);
	if (b.failed > 1 && !o->json)
		fprintf(stderr, "pghotctl: %s: %llu of %llu commands failed\n", b.name,
			(unsigned long long)b.failed, (unsigned long long)b.commands);
	return b.status;
}
