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
	double phase;
	/* Share of pages that clearing and looking found young last. */
	double young[2];
};

struct mmscan {
	struct mmscan_pace pace;
	u64 owed_ns;
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
		sp->pm.look_ms = U32_MAX;
		sp->young[false] = 1;
	}
	return ms;
}

static unsigned long after_ms(u32 ms)
{
	return jiffies + msecs_to_jiffies(ms);
}

/* begin_pass() of mm.c */
static void begin_pass(struct space *sp)
{
	struct pghot_mm *pm = &sp->pm;

	if (pm->passes)
		pm->round_ms =
			pghot_scan_smooth(pm->round_ms, jiffies_to_msecs(jiffies - pm->began));
	pm->began = jiffies;
	pm->in_pass = true;
	pm->cursor = 0;
	pm->accessed = 0;
	pm->visit.from = 0;
	if (!pm->visit.always)
		mmscan_visit_begin(&pm->visit, pm->look_ms);
}

/* begin_walk() of mm.c */
static void begin_walk(struct mmscan *ms, struct space *sp)
{
	struct pghot_mm *pm = &sp->pm;
	struct pghot_visit *v = &pm->visit;
	u32 last = mmscan_walk_begin(v, jiffies), round_ms;

	pm->weight = 0;
	if (!v->walk)
		return;
	if (v->always || v->walk > 1 || !pm->interval_ms)
		pm->interval_ms = pghot_scan_smooth(pm->interval_ms, last);
	round_ms = max(pm->round_ms, jiffies_to_msecs(jiffies - pm->began));
	pghot_window_follow(
		PGHOT_SOURCE_ID_MMSCAN,
		mmscan_pace_add(&ms->pace, mmscan_told_ms(v, pm->interval_ms, round_ms), jiffies));
	pm->weight = pghot_scan_weight_in(pm->interval_ms, pghot_window(PGHOT_SOURCE_ID_MMSCAN),
					  pghot_params.freq_threshold,
					  v->always ? PGHOT_SCAN_LOOKS : v->looks);
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
	pm->due = pm->began + msecs_to_jiffies(mmscan_round_ms(pm->look_ms, pm->period_ms,
							       pghot_window(PGHOT_SOURCE_ID_MMSCAN)
								       << PGHOT_BUCKET_SHIFT));
}

static u32 interval_of(const struct space *sp)
{
	return mmscan_interval(sp->pm.look_ms, sp->pm.period_ms);
}

/* end_visit() of mm.c */
static void end_visit(struct space *sp)
{
	struct pghot_mm *pm = &sp->pm;
	struct pghot_visit *v = &pm->visit;
	u32 interval = interval_of(sp);

	pm->accessed += v->accessed;
	if (v->walk)
		pm->look_ms = mmscan_sparser(pm->look_ms, pm->period_ms, v->lower, v->accessed);
	if (!v->always)
		v->quota = mmscan_next_quota(v, interval, interval_of(sp),
					     param_value(PARAM_CPU_PERCENT));
	if (v->to == ULONG_MAX) {
		end_pass(sp);
		return;
	}
	v->from = v->to;
	mmscan_visit_begin(v, pm->look_ms);
	pm->cursor = v->from;
	pm->due = jiffies;
}

/* end_walk() of mm.c */
static void end_walk(struct space *sp, bool end)
{
	struct pghot_mm *pm = &sp->pm;
	struct pghot_visit *v = &pm->visit;
	u32 interval = interval_of(sp);

	if (mmscan_walk_end(v, pm->cursor, end, interval, pm->period_ms, jiffies)) {
		pm->cursor = v->from;
		pm->due = v->began + msecs_to_jiffies(interval);
	} else {
		end_visit(sp);
	}
}

/* next_chunk_due() of mm.c */
static unsigned long next_chunk_due(const struct space *sp, double chunks)
{
	const struct pghot_visit *v = &sp->pm.visit;
	u64 all = v->last_chunks ? v->last_chunks : (u64)chunks;

	if (!mmscan_is_whole(v))
		return jiffies;
	return v->began + msecs_to_jiffies(mmscan_chunk_ms(interval_of(sp), v->chunks, all));
}

/* adapt() of mm.c */
static void adapt(struct space *sp, unsigned long lower, unsigned long accessed)
{
	struct pghot_mm *pm = &sp->pm;

	pm->period_ms = mmscan_shorter(pm->period_ms, lower, accessed,
				       param_value(PARAM_SCAN_PERIOD_MIN_MS));
	mmscan_adapt(pm, interval_of(sp), lower, accessed, param_value(PARAM_CPU_PERCENT));
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

/*
 * scan_chunk() of mm.c; what it costs. Addresses are counted in base pages, of which each is
 * mapped.
 */
static double scan_chunk(struct run *r, struct mmscan *ms, struct space *sp)
{
	double size = (double)param_value(PARAM_SCAN_SIZE_MIB) * 256;
	double all = space_pages(r), pages, young, ns;
	struct pghot_mm *pm = &sp->pm;
	struct pghot_visit *v = &pm->visit;
	unsigned long lower, accessed;
	bool end;

	if (!pm->in_pass)
		begin_pass(sp);
	if (!v->in_walk)
		begin_walk(ms, sp);
	pages = mmscan_chunk_pages(v, size, pm->passes, interval_of(sp), jiffies);
	/* The kernel ends with a table. */
	pages = ceil(pages / SAMPLE_TABLE_PAGES) * SAMPLE_TABLE_PAGES;
	pages = fmin(pages, (v->to == ULONG_MAX ? all : v->to) - pm->cursor);
	young = look_into_some(r, sp, pm->cursor / all, (pm->cursor + pages) / all);
	pm->cursor += pages;
	end = pm->cursor >= (v->to == ULONG_MAX ? floor(all) : v->to);

	lower = pages / r->sample.mapped;
	accessed = lower * young;
	ns = run_cost(r, COST_MMSCAN_CHUNK) +
	     entries_ns(r, pages / machine_page_pages(r->m), young / r->sample.mapped, pm->weight) +
	     (accessed ? run_cost(r, COST_FLUSH_NS) : 0);
	v->chunks++;
	v->pages += pages;
	v->lower += lower;
	v->accessed += accessed;
	v->ns += ns;
	if (v->walk)
		adapt(sp, lower, accessed);
	if (v->in_walk && (end || !mmscan_room(v, interval_of(sp), jiffies)))
		end_walk(sp, end);
	else
		pm->due = next_chunk_due(sp, all / size);
	return ns;
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
	u64 ended, next;

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
	ms->owed_ns = mmscan_owe(ms->owed_ns, busy, param_value(PARAM_CPU_PERCENT));
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
