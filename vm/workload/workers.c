// SPDX-License-Identifier: GPL-2.0-or-later
#include "workers.h"

#include <stdbool.h>
#include <string.h>

#include "common/clock.h"
#include "common/complain.h"
#include "common/pages.h"
#include "common/random.h"

/* Accesses between two looks at the stop flag and the clock. */
#define BURST 8192

/*
 * Wait until @due, CLOCK_MONOTONIC ns, on the CPU: a thread that slept would be
 * scanned less often by NUMA balancing, whose pace follows a task's run time.
 */
static void compute_until(const struct workload *w, int64_t due)
{
	while (now_ns() < due && !atomic_load_explicit(&w->stop, memory_order_relaxed))
		;
}

/*
 * One random number per access: its upper half decides between hot and cold,
 * its lower half which page.
 */
static void *work(void *arg)
{
	struct worker *worker = arg;
	struct workload *w = worker->w;
	const uint32_t *order = w->order;
	const uint32_t hot = w->hot, cold = w->pages - w->hot;
	const bool write = !w->opt.read_only;
	uint64_t random = worker->random;
	uint64_t hot_below = w->opt.skew * 4294967296.0;
	int64_t burst_ns = 0, due = now_ns();

	if (w->opt.rate)
		burst_ns = BURST * 1000 * w->opt.threads / w->opt.rate;
	if (!cold)
		hot_below = UINT64_MAX;
	if (w->opt.flat)
		hot_below = (double)hot / w->pages * 4294967296.0;

	while (!atomic_load_explicit(&w->stop, memory_order_relaxed)) {
		int i;

		for (i = 0; i < BURST; i++) {
			uint64_t r = next_random(&random);
			uint32_t page;

			if ((r >> 32) < hot_below)
				page = order[pick(r, hot)];
			else
				page = order[hot + pick(r, cold)];
			page_access(w->base, page, write);
		}
		atomic_fetch_add_explicit(&w->accesses, BURST, memory_order_relaxed);

		if (burst_ns) {
			int64_t now = now_ns();

			/* A thread that fell behind does not catch up. */
			due = due + burst_ns > now ? due + burst_ns : now;
			compute_until(w, due);
		}
	}
	return NULL;
}

/**
 * workers_start - start the threads
 * @w: the range; the number of threads is an option
 * @workers: one for each
 */
void workers_start(struct workload *w, struct worker *workers)
{
	unsigned long i;
	int err;

	for (i = 0; i < w->opt.threads; i++) {
		workers[i].w = w;
		workers[i].random = seed_random(w->opt.seed + 1 + i);
		err = pthread_create(&workers[i].thread, NULL, work, &workers[i]);
		if (err)
			die("cannot start thread %lu: %s", i + 1, strerror(err));
	}
}

/**
 * workers_stop - end the threads, and wait for that
 * @w: the range
 * @workers: as workers_start() left them
 */
void workers_stop(struct workload *w, struct worker *workers)
{
	unsigned long i;

	atomic_store(&w->stop, true);
	for (i = 0; i < w->opt.threads; i++)
		pthread_join(workers[i].thread, NULL);
}
