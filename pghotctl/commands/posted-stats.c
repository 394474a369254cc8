// SPDX-License-Identifier: GPL-2.0-or-later
/* What kernels with the posted series count, all of it in /proc/vmstat. */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "backend/ctx.h"
#include "backend/query.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "commands/posted.h"
#include "commands/stats.h"
#include "jsontext.h"
#include "output/show.h"
#include "units.h"

static void add_counter(const char *name, uint64_t value, void *data)
{
	struct counters *c = data;

	if (c->nr == COUNTERS_MAX)
		return;
	snprintf(c->at[c->nr].name, sizeof(c->at[c->nr].name), "%s", name);
	c->at[c->nr++].value = value;
}

int posted_read_counters(struct ctx *ctx, struct counters *c)
{
	int err;

	c->nr = 0;
	clock_gettime(CLOCK_MONOTONIC, &c->time);
	err = posted_counters(&ctx->posted, add_counter, c);
	return err ? posted_fail_file(ctx, "read the counters", "/proc/vmstat", err) : STATUS_OK;
}

static uint64_t counter_value(const struct counters *c, const char *name, bool *found)
{
	for (size_t i = 0; i < c->nr; i++) {
		if (strcmp(c->at[i].name, name))
			continue;
		*found = true;
		return c->at[i].value;
	}
	return 0;
}

/* Return: exit status. */
static int show_counters(struct ctx *ctx, const struct counters *c)
{
	struct out *o = &ctx->out;
	struct source_list list;
	bool found = false;
	uint64_t promoted;

	if (posted_sources(ctx, &list) == -ENOMEM)
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	show_no_stats(o);
	out_heading(o, "Accesses");
	show_stats_sources(o, list.at, list.nr);
	promoted = counter_value(c, "pgpromote_success", &found);
	out_value(o, "promoted_pages", NULL, found ? pghot_json_u64(promoted) : json_null(), "");
	out_heading(o, "Counters of /proc/vmstat");
	out_object(o, "vmstat");
	for (size_t i = 0; i < c->nr; i++)
		out_u64(o, c->at[i].name, c->at[i].name, c->at[i].value, UNIT_COUNT);
	out_object_end(o);
	return STATUS_OK;
}

static uint64_t rate(const struct counters *a, const struct counters *b, size_t i, uint64_t ms)
{
	bool found = false;
	uint64_t before = counter_value(a, b->at[i].name, &found);

	return b->at[i].value >= before ? (b->at[i].value - before) * 1000 / ms : 0;
}

/* Return: exit status. */
static int show_rates(struct ctx *ctx, const struct counters *a, const struct counters *b)
{
	struct out *o = &ctx->out;
	int64_t passed = (b->time.tv_sec - a->time.tv_sec) * 1000 +
			 (b->time.tv_nsec - a->time.tv_nsec) / 1000000;
	uint64_t ms = passed > 0 ? (uint64_t)passed : 1;
	char text[PGHOT_UNIT_LEN];
	bool any = false;

	if (o->json) {
		out_begin(o, "stats");
		out_u64(o, "interval_ms", NULL, ms, UNIT_NONE);
		out_object(o, "per_second");
		for (size_t i = 0; i < b->nr; i++)
			out_u64(o, b->at[i].name, NULL, rate(a, b, i, ms), UNIT_NONE);
		out_object_end(o);
		if (show_counters(ctx, b))
			return ctx->failure.status;
		out_end(o);
		return STATUS_OK;
	}
	/* What does not move is not worth a word. */
	for (size_t i = 0; i < b->nr; i++) {
		uint64_t v = rate(a, b, i, ms);

		if (!v)
			continue;
		fprintf(o->file, "%s%s %s/s", any ? ", " : "", b->at[i].name,
			out_format(o, v, UNIT_COUNT, text));
		any = true;
	}
	fputs(any ? "\n" : "-\n", o->file);
	return STATUS_OK;
}

int cmd_posted_stats(struct ctx *ctx, const struct call *call)
{
	const struct value *interval = call_get(call, "--watch"), *count;
	struct counters samples[2];
	struct timespec pause;
	int ret = posted_read_counters(ctx, &samples[0]);

	if (ret)
		return ret;
	if (!interval) {
		out_value(&ctx->out, "interval_ms", NULL, json_null(), "");
		out_value(&ctx->out, "per_second", NULL, json_null(), "");
		return show_counters(ctx, &samples[0]);
	}
	ctx->out.pretty = false;
	pause.tv_sec = (time_t)(interval->number / 1000);
	pause.tv_nsec = (long)(interval->number % 1000) * 1000000;
	count = call_get(call, "--count");
	for (uint64_t i = 0; !count || i < count->number; i++) {
		clock_nanosleep(CLOCK_MONOTONIC, 0, &pause, NULL);
		ret = posted_read_counters(ctx, &samples[(i + 1) % 2]);
		if (ret)
			return ret;
		ret = show_rates(ctx, &samples[i % 2], &samples[(i + 1) % 2]);
		if (ret)
			return ret;
		if (!out_flush(&ctx->out))
			break;
	}
	out_free(&ctx->out);
	return STATUS_OK;
}
