// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A run: time goes from one thing that is due to the next, until the hot set has been
 * found or there is no more time.
 */
#include <math.h>
#include <string.h>

#include <linux/jiffies.h>
#include <linux/percpu.h>

#include "queue/flow.h"
#include "queue/heap.h"
#include "queue/ring.h"
#include "record/access.h"
#include "run.h"

const char *const scale_source_names[SCALE_SOURCES] = {
	[SCALE_HINTFAULT] = "hintfault",
	[SCALE_IBS] = "ibs",
	[SCALE_LRUSCAN] = "lruscan",
	[SCALE_MMSCAN] = "mmscan",
};

static const struct watcher *const watchers[SCALE_SOURCES] = {
	[SCALE_HINTFAULT] = &watch_hintfault,
	[SCALE_IBS] = &watch_ibs,
	[SCALE_LRUSCAN] = &watch_lruscan,
	[SCALE_MMSCAN] = &watch_mmscan,
};

unsigned int machine_page_pages(const struct machine *m)
{
	return m->huge ? 512 : 1;
}

double machine_pages(const struct machine *m)
{
	return m->slow_gib * (1 << 18) / machine_page_pages(m);
}

/* ---- what is asked of sources ------------------------------------------------- */

/* By when a scan should have found 95 %, up to so many GiB. */
static const struct {
	double gib, seconds;
} scan_bounds[] = { { 16, 15 }, { 256, 30 }, { 1024, 120 } };

void scan_bound(const struct machine *m, struct result *res)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(scan_bounds); i++) {
		if (m->slow_gib <= scan_bounds[i].gib) {
			res->bound_s = scan_bounds[i].seconds;
			break;
		}
	}
	res->cpu_bound = fmax(m->slow_gib / 256, 1) * 10;
	if (m->asleep)
		res->cpu_bound = 0.5;
}

/* Who finds half in time, but as if what is accessed at all were drawn by lot, sees nothing. */
bool result_is_blind(const struct result *res)
{
	double accessed = fmax(1 - res->m.idle, res->m.hot);

	return isnan(res->found_s[50]) || res->wrong > 0.9 * (1 - res->m.hot / accessed);
}

/* Where there is no time for a machine of that size, half of it may take an hour. */
bool result_in_time(const struct result *res)
{
	return !result_is_blind(res) && (isnan(res->bound_s) || res->found_s[95] <= res->bound_s);
}

/* A jiffy of rest more or less does not matter. */
bool result_is_cheap(const struct result *res)
{
	return isnan(res->cpu_bound) || res->cpu_percent <= res->cpu_bound * 1.05;
}

/* ---- memory -------------------------------------------------------------------- */

static double memory(const struct machine *m, const struct watcher *w)
{
	double sections = m->slow_gib * (1 << 18) / PAGES_PER_SECTION, bytes;

	/* As pghot_map_bytes() and pghot_queue_bytes() have it, for all CPUs and nodes. */
	shim_cpus = m->cpus;
	bytes = sections * (sizeof(struct pghot_section) + PAGES_PER_SECTION * sizeof(u32));
	bytes += m->top_nodes * (double)(pghot_inbox_bytes() + pghot_flow_bytes());
	bytes += m->top_nodes * (double)PGHOT_HEAP_CAPACITY_DEFAULT *
		 sizeof(struct pghot_heap_entry);
	shim_cpus = 1;
	return bytes + w->bytes(m);
}

/* ---- the run --------------------------------------------------------------------- */

/* What sleeps does so for hours: what the first look at it costs is over by then. */
#define SETTLE_NS (120ULL * NSEC_PER_SEC)

static void count_from_now(struct run *r)
{
	r->source_ns = 0;
	r->counted_ns = r->now_ns;
}

static void run_until_found(struct run *r, const struct watcher *w, void *state)
{
	u64 end = r->now_ns + r->m->seconds * NSEC_PER_SEC, due = r->now_ns, next;

	/* Who sleeps finds nothing; then it is about the cost. */
	while (r->now_ns < end && (r->percent < 95 || r->m->asleep)) {
		if (r->m->asleep && r->counted_ns == RUN_START_NS &&
		    r->now_ns >= RUN_START_NS + SETTLE_NS)
			count_from_now(r);
		if (due <= r->now_ns) {
			due = w->step(r, state);
			continue;
		}
		if (engine_due(r) <= r->now_ns)
			engine_step(r);
		next = due < engine_due(r) ? due : engine_due(r);
		if (next > r->now_ns)
			run_set_time(r, next);
	}
}

static void fill_result(struct result *res, const struct run *r, const struct watcher *w)
{
	double ns = r->now_ns - RUN_START_NS;

	memcpy(res->found_s, r->found_s, sizeof(res->found_s));
	res->found = (double)r->sample.found_hot / r->sample.hot;
	res->wrong = r->wrong;
	res->cpu_percent = r->source_ns / (r->now_ns - r->counted_ns) * 100;
	res->engine_percent = r->engine_ns / ns * 100;
	res->lock_us = w->lock_ns(r->m, &res->lock) / 1000;
	res->memory = memory(r->m, w);
	res->bound_s = NAN;
	res->cpu_bound = NAN;
	w->bound(r->m, res);
	if (r->m->asleep)
		res->bound_s = NAN;
}

bool scale_measure(const struct machine *m, enum scale_source source, struct result *res)
{
	const struct watcher *w = watchers[source];
	static struct run run;
	void *state;
	bool ok = false;

	run = (struct run){ .m = m, .counted_ns = RUN_START_NS, .wrong = NAN };
	for (int i = 1; i <= 100; i++)
		run.found_s[i] = NAN;
	*res = (struct result){ .m = *m, .source = source };
	random_seed(&run.rng, m->seed);
	run_set_time(&run, RUN_START_NS);
	if (!sample_init(&run.sample, m, SAMPLE_TABLES, &run.rng))
		return false;
	if (engine_start(&run)) {
		state = w->start(&run);
		if (state) {
			run_until_found(&run, w, state);
			fill_result(res, &run, w);
			w->stop(state);
			ok = true;
		}
		engine_stop(&run);
	}
	sample_free(&run.sample);
	return ok;
}
