/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A run of the model: one source, one machine.
 *
 *	sample	pages that stand for all others
 *	engine	records, queue, threshold and judge of the kernel, and promotion
 *	watch	a source: what it sees, and what that costs
 */
#ifndef SCALE_RUN_H
#define SCALE_RUN_H

#include <linux/types.h>

#include "costs.h"
#include "kernel.h"
#include "machine.h"
#include "params.h"
#include "random.h"
#include "sample.h"

#include "promote/ratelimit.h"
#include "promote/threshold.h"
#include "promote/watch.h"

/* The clock begins here, so that nothing lies before its beginning. */
#define RUN_START_NS (1000ULL * NSEC_PER_SEC)

/**
 * struct run - a run
 * @m: the machine
 * @rng: everything random
 * @sample: its pages
 * @now_ns: simulated time
 * @source_ns: CPU time that the source has taken, on all CPUs
 * @counted_ns: from when on that is counted
 * @engine_ns: that the threads kpromoted have taken
 * @threshold: of the target
 * @limit: rate limit of the target
 * @watch: what a full target may exchange
 * @look_ns: when the pages that are watched are to be looked at next; U64_MAX for never
 * @round_ns: when kpromoted does its next round
 * @moved: base pages of the node that were moved in this round, less those that one thread
 *	has time for; what is more than that is taken from the next
 * @demoted_ns: by page that was demoted, when it was looked at last
 * @next_demoted: the next of these that is used
 * @found_s: see struct result
 * @wrong: see struct result
 * @percent: of the hot set that was found, whole ones
 * @promoted: told of each page that is promoted; may be NULL
 * @arg: for @promoted
 */
struct run {
	const struct machine *m;
	struct random rng;
	struct sample sample;
	u64 now_ns;
	double source_ns;
	u64 counted_ns;
	double engine_ns;

	struct pghot_threshold threshold;
	struct pghot_ratelimit limit;
	struct pghot_watch watch;
	u64 look_ns;
	u64 round_ns;
	double moved;
	u64 demoted_ns[KERNEL_DEMOTED_KEPT];
	unsigned int next_demoted;

	double found_s[101];
	double wrong;
	unsigned int percent;
	void (*promoted)(struct run *r, unsigned int page);
	void *arg;
};

static inline double run_seconds(const struct run *r)
{
	return (double)(r->now_ns - RUN_START_NS) / NSEC_PER_SEC;
}

static inline double run_cost(const struct run *r, enum scale_cost cost)
{
	return cost_ns(cost, r->m->instruction_ns);
}

void run_set_time(struct run *r, u64 ns);

/* ---- engine -------------------------------------------------------------------- */

bool engine_start(struct run *r);
void engine_stop(struct run *r);
/* When there is something to do, in ns; and to do what is due. */
u64 engine_due(const struct run *r);
void engine_step(struct run *r);

/* A report, by a source. */
void engine_access(struct run *r, unsigned int page, enum scale_source src, unsigned int weight);
void engine_heat(struct run *r, unsigned int page, enum scale_source src, unsigned int heat);
/* What a report of @page would cost now, in ns. */
double engine_report_cost(const struct run *r, unsigned int page);

/* ---- sources --------------------------------------------------------------------- */

/**
 * struct watcher - a source in the model
 * @start: begin; a state, or NULL when there is no memory
 * @stop: end; frees the state
 * @step: do what is due at the present time of the run; returns when to come again, in ns
 * @lock_ns: longest time that the source holds a lock, and which
 * @bytes: memory that the source takes by itself
 * @bound: see struct result
 */
struct watcher {
	void *(*start)(struct run *r);
	void (*stop)(void *state);
	u64 (*step)(struct run *r, void *state);
	double (*lock_ns)(const struct machine *m, const char **lock);
	double (*bytes)(const struct machine *m);
	void (*bound)(const struct machine *m, struct result *res);
};

extern const struct watcher watch_hintfault, watch_ibs, watch_lruscan, watch_mmscan;

/* By size of slow memory: by when a scan should have found 95 %, and what it may take. */
void scan_bound(const struct machine *m, struct result *res);

#endif
