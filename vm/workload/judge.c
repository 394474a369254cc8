// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "common/clock.h"
#include "placement.h"
#include "range.h"

/* What counts as "the hot set has been promoted". */
#define ENOUGH_RECALL 0.95

/**
 * struct verdict - what the judge has seen since the last mark
 * @since: the mark, CLOCK_MONOTONIC ns
 * @samples: number of samples
 * @max_recall: the highest
 * @reached: seconds until ENOUGH_RECALL, negative while it was not reached
 * @recall: the latest
 * @precision: the latest
 * @has_precision: whether there is one
 */
struct verdict {
	int64_t since;
	unsigned long samples;
	double max_recall;
	double reached;
	double recall;
	double precision;
	bool has_precision;
};

static void say_ready(const struct workload *w)
{
	int pid = getpid();
	uintptr_t address = (uintptr_t)w->base;

	if (w->opt.json)
		printf("{\"event\":\"ready\",\"pid\":%d,\"address\":%" PRIuPTR
		       ",\"pages\":%zu,\"hot_pages\":%zu,\"node\":%lu}\n",
		       pid, address, w->pages, w->hot, w->opt.node);
	else
		printf("ready pid=%d address=0x%" PRIxPTR " pages=%zu hot=%zu node=%lu\n", pid,
		       address, w->pages, w->hot, w->opt.node);
}

static void say_sample(const struct workload *w, const struct placement *p, const struct verdict *v,
		       double t, double maccess)
{
	char precision[16] = "";

	if (v->has_precision)
		snprintf(precision, sizeof(precision), "%.4f", v->precision);
	if (w->opt.json)
		printf("{\"event\":\"sample\",\"t_s\":%.3f,\"fast_pages\":%zu,\"slow_pages\":%zu,"
		       "\"absent_pages\":%zu,\"recall\":%.4f,\"precision\":%s,\"accesses_per_s\":%."
		       "0f}\n",
		       t, p->on_node[w->opt.fast_node], p->on_node[w->opt.node], p->absent,
		       v->recall, v->has_precision ? precision : "null", maccess * 1e6);
	else
		printf("sample t=%.1f node%lu=%zu node%lu=%zu absent=%zu recall=%.4f precision=%s "
		       "maccess=%.1f\n",
		       t, w->opt.fast_node, p->on_node[w->opt.fast_node], w->opt.node,
		       p->on_node[w->opt.node], p->absent, v->recall,
		       v->has_precision ? precision : "-", maccess);
}

static void say_summary(const struct workload *w, const struct verdict *v, double t)
{
	char precision[16] = "", reached[16] = "";

	if (v->has_precision)
		snprintf(precision, sizeof(precision), "%.4f", v->precision);
	if (v->reached >= 0)
		snprintf(reached, sizeof(reached), "%.1f", v->reached);
	if (w->opt.json)
		printf("{\"event\":\"summary\",\"seconds\":%.3f,\"samples\":%lu,\"max_recall\":%."
		       "4f,\"reached_s\":%s,\"recall\":%.4f,\"precision\":%s}\n",
		       t, v->samples, v->max_recall, v->reached >= 0 ? reached : "null", v->recall,
		       v->has_precision ? precision : "null");
	else
		printf("summary seconds=%.1f samples=%lu max_recall=%.4f reached=%s recall=%.4f "
		       "precision=%s\n",
		       t, v->samples, v->max_recall, v->reached >= 0 ? reached : "-", v->recall,
		       v->has_precision ? precision : "-");
}

static void judge_once(struct workload *w, struct verdict *v, double maccess)
{
	struct placement p;
	double t;

	range_census(w, &p);
	t = seconds_between(v->since, now_ns());
	v->samples++;
	v->recall = placement_recall(&p, w->opt.fast_node);
	v->has_precision = placement_precision(&p, w->opt.fast_node, &v->precision);
	if (v->recall > v->max_recall)
		v->max_recall = v->recall;
	if (v->recall >= ENOUGH_RECALL && v->reached < 0)
		v->reached = t;
	say_sample(w, &p, v, t, maccess);
}

static struct verdict no_verdict(void)
{
	return (struct verdict){ .since = now_ns(), .reached = -1 };
}

/**
 * judge - the main thread's life: ready, a sample per interval, a new start per mark, until
 *	   a signal or the time says stop
 * @w: the range, with its worker threads
 * @signals: from block_signals()
 */
void judge(struct workload *w, const sigset_t *signals)
{
	const int64_t interval = w->opt.interval_ms * 1000000LL;
	uint64_t accesses = 0;
	int64_t next, last;
	struct verdict v;

	say_ready(w);
	v = no_verdict();
	last = v.since;
	next = v.since + interval;

	do {
		int sig = sleep_until(next, signals);
		uint64_t total;
		int64_t now;

		if (sig == SIGUSR1) {
			v = no_verdict();
			next = v.since + interval;
			puts(w->opt.json ? "{\"event\":\"mark\"}" : "mark");
			continue;
		}
		if (sig == SIGINT || sig == SIGTERM)
			break;

		total = atomic_load(&w->accesses);
		now = now_ns();
		judge_once(w, &v, (total - accesses) * 1e3 / (now - last));
		accesses = total;
		last = now;
		/* Late samples are not caught up with. */
		while (next <= now)
			next += interval;
	} while (!w->opt.seconds || seconds_between(v.since, last) < w->opt.seconds);
	say_summary(w, &v, seconds_between(v.since, now_ns()));
}
