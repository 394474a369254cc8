// SPDX-License-Identifier: GPL-2.0-or-later

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "backend/ctx.h"
#include "backend/query.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "commands/stats.h"
#include "jsontext.h"
#include "output/show.h"
#include "units.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* Titles of a watch come again after so many lines. */
#define TITLES_EVERY 20

/* The counters other than those of sources and failures. */
struct counter {
	const char *key;
	const char *label;
	enum unit unit;
	size_t offset;
};

/* clang-format off */
static const struct counter counters[] = {
	{ "hot", "became hot", UNIT_COUNT, offsetof(struct pghot_stats, hot) },
	{ "promoted_pages", "promoted", UNIT_PAGES,
	  offsetof(struct pghot_stats, promoted) },
	{ "batches", "batches", UNIT_COUNT, offsetof(struct pghot_stats, batches) },
	{ "pruned", "went cold waiting", UNIT_COUNT,
	  offsetof(struct pghot_stats, pruned) },
	{ "refilled", "found again", UNIT_COUNT,
	  offsetof(struct pghot_stats, refilled) },
	{ "dropped_ring", "dropped, ring full", UNIT_COUNT,
	  offsetof(struct pghot_stats, dropped_ring) },
	{ "dropped_heap", "dropped, heap full", UNIT_COUNT,
	  offsetof(struct pghot_stats, dropped_heap) },
	{ "rate_limited", "times rate-limited", UNIT_COUNT,
	  offsetof(struct pghot_stats, rate_limited) },
};
/* clang-format on */

bool check_stats(const struct call *call, struct failure *failure)
{
	if (call_get(call, "--count") && !call_get(call, "--watch")) {
		fail_with(failure, STATUS_USAGE, 0, "stats: --count needs --watch");
		return false;
	}
	return true;
}

static uint64_t counter_of(const struct pghot_stats *stats, const struct counter *c)
{
	uint64_t v;

	memcpy(&v, (const char *)stats + c->offset, sizeof(v));
	return v;
}

void show_no_stats(struct out *o)
{
	for (size_t i = 0; i < ARRAY_LEN(counters); i++)
		out_value(o, counters[i].key, NULL, json_null(), "");
	out_value(o, "failed_pages", NULL, json_null(), "");
}

static void show_stats(struct out *o, const struct pghot_stats *stats)
{
	char text[256];

	out_heading(o, "Accesses");
	show_stats_sources(o, stats->sources, stats->nr_sources);
	out_value(o, "vmstat", NULL, json_null(), "");
	out_heading(o, "Candidates and promotions");
	for (size_t i = 0; i < ARRAY_LEN(counters); i++)
		out_u64(o, counters[i].key, counters[i].label, counter_of(stats, &counters[i]),
			counters[i].unit);
	out_value(o, "failed_pages", "pages failed", failed_json(&stats->failed),
		  failed_text(o, &stats->failed, text, sizeof(text)));
}

/* ---- watching ------------------------------------------------------------ */

struct sample {
	struct pghot_stats stats;
	struct timespec time;
};

static uint64_t ms_between(const struct timespec *a, const struct timespec *b)
{
	int64_t ms = (b->tv_sec - a->tv_sec) * 1000 + (b->tv_nsec - a->tv_nsec) / 1000000;

	return ms > 0 ? (uint64_t)ms : 1;
}

/* After a reset in between a counter stands lower: all of it is new then. */
static uint64_t rate(uint64_t before, uint64_t now, uint64_t ms)
{
	return (now >= before ? now - before : now) * 1000 / ms;
}

static uint64_t recorded_of(const struct pghot_stats *stats)
{
	uint64_t sum = 0;

	for (unsigned int i = 0; i < stats->nr_sources; i++)
		sum += stats->sources[i].recorded;
	return sum;
}

static uint64_t useful_of(const struct pghot_stats *stats)
{
	uint64_t sum = 0;

	for (unsigned int i = 0; i < stats->nr_sources; i++)
		sum += stats->sources[i].useful;
	return sum;
}

static json_t *rate_json(uint64_t v)
{
	return pghot_json_u64(v);
}

static void watch_json(struct out *o, const struct sample *a, const struct sample *b, uint64_t ms)
{
	out_u64(o, "interval_ms", NULL, ms, UNIT_NONE);
	out_object(o, "per_second");
	out_value(o, "recorded", NULL,
		  rate_json(rate(recorded_of(&a->stats), recorded_of(&b->stats), ms)), "");
	out_value(o, "useful", NULL,
		  rate_json(rate(useful_of(&a->stats), useful_of(&b->stats), ms)), "");
	for (size_t i = 0; i < ARRAY_LEN(counters); i++)
		out_value(o, counters[i].key, NULL,
			  rate_json(rate(counter_of(&a->stats, &counters[i]),
					 counter_of(&b->stats, &counters[i]), ms)),
			  "");
	out_value(o, "failed_pages", NULL,
		  rate_json(rate(pghot_failed_total(&a->stats.failed),
				 pghot_failed_total(&b->stats.failed), ms)),
		  "");
	out_object_end(o);
	show_stats(o, &b->stats);
}

static void watch_text(struct out *o, const struct sample *a, const struct sample *b, uint64_t ms,
		       uint64_t line)
{
	const struct pghot_stats *x = &a->stats, *y = &b->stats;
	char buf[7][PGHOT_UNIT_LEN];

	if (line % TITLES_EVERY == 0)
		out_text(o, "%10s %10s %10s %14s %12s %10s %10s", "RECORDED/s", "USEFUL/s", "HOT/s",
			 "PROMOTED/s", "FAILED/s", "DROPPED/s", "PRUNED/s");
	out_text(
		o, "%10s %10s %10s %14s %12s %10s %10s",
		out_format(o, rate(recorded_of(x), recorded_of(y), ms), UNIT_COUNT, buf[0]),
		out_format(o, rate(useful_of(x), useful_of(y), ms), UNIT_COUNT, buf[1]),
		out_format(o, rate(x->hot, y->hot, ms), UNIT_COUNT, buf[2]),
		out_format(o, rate(x->promoted, y->promoted, ms), UNIT_PAGES, buf[3]),
		out_format(o,
			   rate(pghot_failed_total(&x->failed), pghot_failed_total(&y->failed), ms),
			   UNIT_PAGES, buf[4]),
		out_format(o,
			   rate(x->dropped_ring + x->dropped_heap,
				y->dropped_ring + y->dropped_heap, ms),
			   UNIT_COUNT, buf[5]),
		out_format(o, rate(x->pruned, y->pruned, ms), UNIT_COUNT, buf[6]));
}

static int take_sample(struct ctx *ctx, struct sample *s)
{
	clock_gettime(CLOCK_MONOTONIC, &s->time);
	return query_stats(ctx, &s->stats);
}

static int watch(struct ctx *ctx, const struct call *call)
{
	uint64_t interval = call_get(call, "--watch")->number;
	const struct value *count = call_get(call, "--count");
	struct sample samples[2];
	struct out *o = &ctx->out;
	int ret;

	/* One object per line, always. */
	o->pretty = false;
	ret = take_sample(ctx, &samples[0]);
	for (uint64_t i = 0; !ret && (!count || i < count->number); i++) {
		struct sample *before = &samples[i % 2], *now = &samples[(i + 1) % 2];
		uint64_t ms;

		/* Nobody reads? main tells. */
		if (out_wait(o, -1, (int64_t)interval) < 0)
			break;
		ret = take_sample(ctx, now);
		if (ret)
			break;
		ms = ms_between(&before->time, &now->time);
		if (o->json) {
			out_begin(o, call->cmd->path);
			watch_json(o, before, now, ms);
			out_end(o);
		} else {
			watch_text(o, before, now, ms, i);
		}
		if (!out_flush(o))
			break;
	}
	/* Every line was an answer of its own. */
	if (!ret)
		out_free(o);
	return ret;
}

int cmd_stats(struct ctx *ctx, const struct call *call)
{
	struct pghot_stats stats;
	struct pghot_info info;
	int ret = query_info(ctx, &info);

	if (ret)
		return ret;
	if (call_get(call, "--watch"))
		return watch(ctx, call);
	ret = query_stats(ctx, &stats);
	if (ret)
		return ret;
	out_value(&ctx->out, "interval_ms", NULL, json_null(), "");
	out_value(&ctx->out, "per_second", NULL, json_null(), "");
	show_stats(&ctx->out, &stats);
	return STATUS_OK;
}
