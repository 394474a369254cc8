// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Accessed bits of address spaces (source/mmscan): kmmscand walks chunks of those that are
 * due, and rests. Whose turn it is and what becomes of an address space is decided by
 * the kernel's own pass.c and queue.h; here is what it would find, and what that costs. An
 * address space of the sample stands for some of the machine, a table for a part of its
 * address space.
 */
#include <math.h>
#include <stdlib.h>

#include <linux/jiffies.h>

#include "run.h"
#include "source/mmscan/mmscan.h"
#include "source/mmscan/queue.h"
#include "source/mmscan/schedule.h"

/* source.c has it. */
struct mmscan_params mmscan_params;

/* An address space of the sample, and where its tables are. */
struct space {
	struct mmscan_waiter waiter;
	struct pghot_mm pm;
	unsigned int first;
	unsigned int tables;
	double phase;
	/* Share of pages that clearing and looking found young last. */
	double young[2];
};

struct mmscan {
	struct mmscan_queue queue;
	struct mmscan_sweep sweep;
	u64 owed_ns;
	struct space space[];
};

static void take_params(void)
{
	mmscan_params = (struct mmscan_params){
		.size_mib = param_value(PARAM_SCAN_SIZE_MIB),
		.period_min_ms = param_value(PARAM_SCAN_PERIOD_MIN_MS),
		.period_max_ms = param_value(PARAM_SCAN_PERIOD_MAX_MS),
		.cpu_percent = param_value(PARAM_CPU_PERCENT),
	};
}

static void *mmscan_start(struct run *r)
{
	const struct sample *s = &r->sample;
	struct mmscan *ms = calloc(1, sizeof(*ms) + s->mms * sizeof(ms->space[0]));

	if (!ms)
		return NULL;
	take_params();
	mmscan_begin_epoch();
	mmscan_sweep_now(&ms->sweep, jiffies);
	for (unsigned int i = 0; i < s->mms; i++) {
		struct space *sp = &ms->space[i];

		sp->first = sample_mm_first(s, i);
		sp->tables = sample_mm_first(s, i + 1) - sp->first;
		/* Where in its part of the address space a table lies. */
		sp->phase = random_unit(&r->rng);
		sp->young[false] = 1;
		mmscan_note(&sp->pm);
		mmscan_queue_add(&ms->queue, &sp->waiter, sp->pm.due, jiffies);
	}
	return ms;
}

/* Look into a table of the sample; the share of its pages that are young. */
static double look_into(struct run *r, struct space *sp, unsigned int table)
{
	unsigned int nr = sample_end(&r->sample, table) - sample_first(table);
	struct sample_look look;

	sample_look(&r->sample, r->m, &r->rng, r->now_ns, table, &look);
	for (unsigned int i = 0; sp->pm.weight && look.nr_young && i < nr; i++) {
		if (look.young[i])
			engine_access(r, sample_first(table) + i, SCALE_MMSCAN, sp->pm.weight);
	}
	return (double)look.nr_young / nr;
}

/*
 * Look into the tables of the sample that lie in a part of the address space. The share of
 * pages that are young; where no table lies it is that of the latest table that was walked
 * for the same end.
 */
static double look_into_some(struct run *r, struct space *sp, double from, double to)
{
	double sum = 0, *young = &sp->young[sp->pm.visit.walk > 0];
	unsigned int nr = 0;

	for (unsigned int t = 0; t < sp->tables; t++) {
		double pos = (t + sp->phase) / sp->tables;

		if (pos < from || pos >= to)
			continue;
		sum += look_into(r, sp, sp->first + t);
		nr++;
	}
	if (nr)
		*young = sum / nr;
	return *young;
}

/* Of one address space, mapped base pages. */
static double space_pages(const struct run *r)
{
	return machine_pages(r->m) * machine_page_pages(r->m) * r->sample.mapped / r->m->processes;
}

/* What looking at so many entries costs, of which a share is young. */
static double entries_ns(const struct run *r, double entries, double young, bool report)
{
	double each =
		young * (run_cost(r, COST_MMSCAN_YOUNG) + report * run_cost(r, COST_REPORT_AGAIN)) +
		(1 - young) * run_cost(r, COST_MMSCAN_OLD);

	return entries * each + entries / SAMPLE_TABLE_PAGES * run_cost(r, COST_MMSCAN_TABLE);
}

/* CPUs that an address space has run on. */
static double space_cpus(const struct machine *m)
{
	return fmax((double)m->cpus / m->processes, 1);
}

/*
 * What walking a chunk finds, mmscan_walk(); what it costs. Addresses are counted in base
 * pages, of which each is mapped.
 */
static double walk(struct run *r, struct space *sp, struct mmscan_chunk *c)
{
	double all = space_pages(r), pages, young;

	/* The kernel ends with a table. */
	pages = ceil((double)c->pages / SAMPLE_TABLE_PAGES) * SAMPLE_TABLE_PAGES;
	pages = fmin(pages, (c->limit == ULONG_MAX ? all : c->limit) - c->pos);
	young = look_into_some(r, sp, c->pos / all, (c->pos + pages) / all);
	c->pos += pages;
	c->pages = pages;
	c->end = c->pos >= (c->limit == ULONG_MAX ? floor(all) : c->limit);
	c->lower = pages / r->sample.mapped;
	c->accessed = c->lower * young;
	c->cleared = c->accessed;
	return run_cost(r, COST_MMSCAN_CHUNK) +
	       entries_ns(r, pages / machine_page_pages(r->m), young / r->sample.mapped, c->weight);
}

/* scan_chunk() of mm.c; what it costs, others too. */
static double scan_chunk(struct run *r, struct mmscan *ms, struct space *sp)
{
	struct mmscan_chunk c = { 0 };
	struct pghot_mm *pm = &sp->pm;
	double ns;

	if (!r->m->asleep)
		mmscan_ran(pm);
	mmscan_chunk_begin(pm, &c);
	ns = walk(r, sp, &c);
	mmscan_chunk_end(pm, &c, c.pages, space_pages(r), ns,
			 ms->queue.sharing * r->sample.mm_scale);
	if (mmscan_flushes(pm))
		ns += run_cost(r, COST_FLUSH_NS) + space_cpus(r->m) * MMSCAN_FLUSH_CPU_NS;
	return ns;
}

/* sweep_some() of mm.c, which finds nobody new; what it costs. */
static double sweep_some(struct run *r, struct mmscan_sweep *s)
{
	unsigned int met;

	if (!mmscan_sweep_begin(s, jiffies))
		return 0;
	met = min(r->m->processes + 1 - s->nr, (unsigned long)MMSCAN_SWEEP_STEP);
	s->nr += met;
	if ((unsigned long)s->nr > r->m->processes)
		s->nr = 0;
	mmscan_sweep_end(s, met, jiffies);
	return met * run_cost(r, COST_MMSCAN_MM);
}

/*
 * mmscan_work() of mm.c, and the rest after it. Time goes on meanwhile, for it may take
 * long.
 */
static u64 mmscan_step(struct run *r, void *state)
{
	u64 most = mmscan_go_ns(mmscan_params.cpu_percent);
	u64 began = r->now_ns, ended, next;
	struct mmscan *ms = state;
	struct mmscan_waiter *w;
	unsigned long due, go = jiffies;
	double busy;

	mmscan_follow_pace();
	busy = sweep_some(r, &ms->sweep);
	do {
		w = mmscan_queue_take(&ms->queue, jiffies);
		if (w) {
			struct space *sp = container_of(w, struct space, waiter);

			if (!mmscan_has_turn(&sp->pm, RUN_START_NS / NSEC_PER_MSEC / SHIM_JIFFY_MS))
				busy += r->sample.mm_scale * scan_chunk(r, ms, sp);
			mmscan_queue_share(&ms->queue, w, mmscan_shares(&sp->pm));
			mmscan_queue_add(&ms->queue, w, sp->pm.due, jiffies);
		}
		run_set_time(r, began + busy);
	} while (busy < most && mmscan_queue_goes_on(&ms->queue, go));
	due = mmscan_queue_due(&ms->queue, ms->sweep.wake);

	r->source_ns += busy;
	ms->owed_ns = mmscan_owe(ms->owed_ns, busy, mmscan_params.cpu_percent);
	ended = r->now_ns;
	next = ended + nsecs_to_jiffies(ms->owed_ns) * SHIM_JIFFY_MS * NSEC_PER_MSEC;
	next = max(next, (u64)due * SHIM_JIFFY_MS * NSEC_PER_MSEC);
	ms->owed_ns = mmscan_rested(ms->owed_ns, next - ended);
	return next;
}

static double mmscan_lock_ns(const struct machine *m, const char **lock)
{
	*lock = "mmap (read)";
	return MMSCAN_STEP_ENTRIES * (cost_ns(COST_MMSCAN_YOUNG, m->instruction_ns) +
				      cost_ns(COST_REPORT_HOT, m->instruction_ns));
}

/* Notes on address spaces, and what waits: a struct process in 64 bytes, a slot of an array. */
static double notes_bytes(const struct machine *m)
{
	return m->processes * (double)(sizeof(struct pghot_mm) + 64 + 9);
}

const struct watcher watch_mmscan = {
	.start = mmscan_start,
	.stop = free,
	.step = mmscan_step,
	.lock_ns = mmscan_lock_ns,
	.bytes = notes_bytes,
	.bound = scan_bound,
};
