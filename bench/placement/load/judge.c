// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

#include "common/clock.h"
#include "common/complain.h"
#include "workers.h"

/**
 * struct run - since SIGUSR1
 * @since: that time, in ns
 * @before: what the workers had done until then
 * @room: pages of all processes that the fast node could hold
 * @oracle: the hit if it held the heaviest pages of the active processes
 */
struct run {
	int64_t since;
	struct effort before;
	size_t room;
	double oracle;
};

static void say_ready(const struct load *l)
{
	unsigned long i;

	printf("{\"event\":\"ready\",\"pids\":[");
	for (i = 0; i < l->opt.processes; i++)
		printf("%s%d", i ? "," : "", l->pid[i]);
	printf("],\"pages\":%zu}\n", l->pages * l->opt.processes);
}

/* One look, and a line about it. */
static void say_sample(const struct load *l, const struct census *c, const struct run *r)
{
	int64_t before = now_ns();
	double t = seconds_between(r->since, before);
	struct look look;

	census_take(c, l, &look);
	printf("{\"event\":\"sample\",\"t_s\":%.3f,\"hit\":%.5f,\"oracle\":%.5f,"
	       "\"fast_pages\":%zu,\"slow_pages\":%zu,\"absent_pages\":%zu,"
	       "\"accesses\":%" PRIu64 ",\"look_ms\":%.1f}\n",
	       t, look.hit, r->oracle, look.fast, look.slow, look.absent,
	       workers_accesses(l) - r->before.accesses, (now_ns() - before) / 1e6);
}

static void say_summary(const struct load *l, const struct run *r)
{
	double t = seconds_between(r->since, now_ns());
	struct effort e;

	workers_effort(l, &e);
	printf("{\"event\":\"summary\",\"seconds\":%.3f,\"accesses\":%" PRIu64
	       ",\"user_s\":%.2f,\"system_s\":%.2f,\"room_pages\":%zu}\n",
	       t, e.accesses - r->before.accesses, e.user_s - r->before.user_s,
	       e.system_s - r->before.system_s, r->room);
}

static void ask_oracle(const struct load *l, struct run *r)
{
	const struct phase *p = &l->phases[atomic_load(&l->control->phase)];
	size_t active = workers_active(l);

	r->oracle = popularity_heaviest(p, l->pages, active ? r->room / active : 0);
}

static void start_clock(const struct load *l, const struct census *c, struct run *r)
{
	struct look look;

	census_take(c, l, &look);
	r->room = look.fast + census_free_pages(l->opt.fast_node);
	ask_oracle(l, r);
	workers_effort(l, &r->before);
	r->since = now_ns();
}

/* What the command line has for @t_s seconds after the start; true if that is news. */
static bool change_load(struct load *l, double t_s)
{
	bool changed = false;

	if (l->opt.shift_s) {
		uint32_t phase = t_s / l->opt.shift_s;

		if (phase >= l->nr_phases)
			phase = l->nr_phases - 1;
		changed = atomic_exchange(&l->control->phase, phase) != phase;
	}
	if (l->opt.idle_after_s && t_s >= l->opt.idle_after_s)
		changed |= !atomic_exchange(&l->control->idle[0], true);
	return changed;
}

/**
 * judge - say that the load is ready, wait for SIGUSR1, then report until the end
 * @l: the load, running
 * @c: how to look at it
 * @signals: from block_signals()
 */
void judge(struct load *l, const struct census *c, const sigset_t *signals)
{
	const int64_t interval = l->opt.interval_ms * 1000000LL;
	struct run r;
	int64_t next;
	int sig;

	say_ready(l);
	if (sigwait(signals, &sig) || sig != SIGUSR1)
		die("stopped before it began");
	start_clock(l, c, &r);

	for (next = r.since;;) {
		double t;

		sig = sleep_until(next, signals);
		if (sig == SIGINT || sig == SIGTERM)
			break;
		if (sig)
			continue;
		workers_check(l);

		t = seconds_between(r.since, now_ns());
		if (change_load(l, t))
			ask_oracle(l, &r);
		say_sample(l, c, &r);
		if (t >= l->opt.seconds)
			break;
		/* Late looks are not caught up with. */
		while (next <= now_ns())
			next += interval;
	}
	say_summary(l, &r);
	if (l->opt.hold)
		sigwait(signals, &sig);
}
