// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Accessed bits of address spaces (source/mmscan): kmmscand goes over the processes round
 * after round, looks at a chunk of each that is due, and rests in between. Its rules are
 * the kernel's; here is what mm.c and source.c do with them. An address space of the
 * sample stands for some of the machine, a table for a part of its address space.
 */
#include <math.h>
#include <stdlib.h>

#include <linux/jiffies.h>

#include "base/config.h"
#include "base/window.h"
#include "record/weight.h"
#include "run.h"
#include "source/mmscan/mmscan.h"
#include "source/mmscan/schedule.h"

/* An address space of the sample: struct pghot_mm, and where its tables are. */
struct space {
	struct pghot_mm pm;
	unsigned int first;
	unsigned int tables;
	unsigned int next;
	double phase;
	double young;
};

struct mmscan {
	struct mmscan_pace pace;
	unsigned int nr;
	struct space space[];
};

static void *mmscan_start(struct run *r)
{
	const struct sample *s = &r->sample;
	struct mmscan *ms = calloc(1, sizeof(*ms) + s->mms * sizeof(ms->space[0]));

	if (!ms)
		return NULL;
	ms->nr = s->mms;
	for (unsigned int i = 0; i < s->mms; i++) {
		struct space *sp = &ms->space[i];

		sp->first = sample_mm_first(s, i);
		sp->tables = sample_mm_first(s, i + 1) - sp->first;
		/* Where in its part of the address space a table lies. */
		sp->phase = random_unit(&r->rng);
		sp->pm.due = jiffies;
		sp->pm.period_ms = param_value(PARAM_SCAN_PERIOD_MIN_MS);
	}
	return ms;
}

static unsigned long after_ms(u32 ms)
{
	return jiffies + msecs_to_jiffies(ms);
}

/* begin_pass() of mm.c */
static void begin_pass(struct mmscan *ms, struct space *sp)
{
	struct pghot_mm *pm = &sp->pm;
	u32 last = jiffies_to_msecs(jiffies - pm->began);

	pm->weight = 0;
	if (pm->passes) {
		pm->interval_ms = pghot_scan_smooth(pm->interval_ms, last);
		pghot_window_follow(PGHOT_SOURCE_ID_MMSCAN,
				    mmscan_pace_add(&ms->pace, pm->interval_ms, jiffies));
		pm->weight = pghot_scan_weight(pm->interval_ms,
					       pghot_window(PGHOT_SOURCE_ID_MMSCAN),
					       pghot_params.freq_threshold);
	}
	pm->began = jiffies;
	pm->in_pass = true;
	pm->chunks = 0;
	pm->lower = 0;
	pm->accessed = 0;
	sp->next = 0;
}

/* end_pass() of mm.c */
static void end_pass(struct space *sp)
{
	struct pghot_mm *pm = &sp->pm;

	if (pm->passes)
		pm->period_ms = mmscan_longer(pm->period_ms, pm->accessed,
					      param_value(PARAM_SCAN_PERIOD_MAX_MS));
	pm->passes++;
	pm->in_pass = false;
	pm->last_chunks = pm->chunks;
	pm->due = pm->began + msecs_to_jiffies(pm->period_ms);
}

/* Look into a table of the sample. */
static void look_into(struct run *r, struct space *sp, unsigned int table)
{
	unsigned int nr = sample_end(&r->sample, table) - sample_first(table);
	struct sample_look look;

	sample_look(&r->sample, r->m, &r->rng, r->now_ns, table, &look);
	sp->young = (double)look.nr_young / nr;
	for (unsigned int i = 0; sp->pm.weight && look.nr_young && i < nr; i++) {
		if (look.young[i])
			engine_access(r, sample_first(table) + i, SCALE_MMSCAN, sp->pm.weight);
	}
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

/* scan_chunk() of mm.c; what it costs. */
static double scan_chunk(struct run *r, struct mmscan *ms, struct space *sp)
{
	double size = (double)param_value(PARAM_SCAN_SIZE_MIB) * 256;
	double pages = space_pages(r), chunks = fmax(ceil(pages / size), 1), young;
	struct pghot_mm *pm = &sp->pm;
	unsigned long lower, accessed;
	double entries;

	if (!pm->in_pass)
		begin_pass(ms, sp);
	pm->chunks++;
	/* The tables of the sample that lie in this chunk. */
	while (sp->next < sp->tables &&
	       (sp->next + sp->phase) * chunks < pm->chunks * (double)sp->tables)
		look_into(r, sp, sp->first + sp->next++);

	lower = fmin(pages, size) / r->sample.mapped;
	accessed = lower * sp->young;
	pm->lower += lower;
	pm->accessed += accessed;
	if (pm->passes)
		pm->period_ms = mmscan_shorter(pm->period_ms, lower, accessed,
					       param_value(PARAM_SCAN_PERIOD_MIN_MS));
	entries = fmin(pages, size) / machine_page_pages(r->m);
	young = sp->young / r->sample.mapped;
	if (pm->chunks >= chunks)
		end_pass(sp);
	else
		pm->due = pm->began +
			  msecs_to_jiffies(mmscan_chunk_ms(pm->period_ms, pm->chunks, chunks));
	return run_cost(r, COST_MMSCAN_CHUNK) + entries_ns(r, entries, young, pm->weight) +
	       (accessed ? run_cost(r, COST_FLUSH_NS) : 0);
}

/*
 * A round over all processes, mmscan_round() of mm.c, and the rest after it. Time goes on
 * during the round, for it may take long.
 */
static u64 mmscan_step(struct run *r, void *state)
{
	u64 began = r->now_ns;
	struct mmscan *ms = state;
	double busy = 0, pass_over = r->sample.mm_scale * run_cost(r, COST_MMSCAN_MM);
	unsigned long due = after_ms(MMSCAN_NOTICE_MS);
	u64 rest;

	pghot_window_follow(PGHOT_SOURCE_ID_MMSCAN, mmscan_pace_fade(&ms->pace, jiffies));
	for (unsigned int i = 0; i < ms->nr; i++) {
		struct space *sp = &ms->space[i];

		busy += pass_over;
		if (!time_after(sp->pm.due, after_ms(MMSCAN_SLACK_MS)))
			busy += r->sample.mm_scale * scan_chunk(r, ms, sp);
		if (time_before(sp->pm.due, due))
			due = sp->pm.due;
		run_set_time(r, began + busy);
	}
	r->source_ns += busy;
	rest = mmscan_rest_ns(busy, param_value(PARAM_CPU_PERCENT));
	rest = nsecs_to_jiffies(rest) * SHIM_JIFFY_MS * NSEC_PER_MSEC;
	return max(r->now_ns + rest, (u64)due * SHIM_JIFFY_MS * NSEC_PER_MSEC);
}

static double mmscan_lock_ns(const struct machine *m, const char **lock)
{
	*lock = "mmap (read)";
	return MMSCAN_STEP_ENTRIES * (cost_ns(COST_MMSCAN_YOUNG, m->instruction_ns) +
				      cost_ns(COST_REPORT_HOT, m->instruction_ns));
}

static double mmscan_bytes(const struct machine *m)
{
	return m->processes * (double)sizeof(struct pghot_mm);
}

const struct watcher watch_mmscan = {
	.start = mmscan_start,
	.stop = free,
	.step = mmscan_step,
	.lock_ns = mmscan_lock_ns,
	.bytes = mmscan_bytes,
	.bound = scan_bound,
};
