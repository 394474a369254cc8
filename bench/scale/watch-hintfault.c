// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * NUMA hint faults (source/hintfault.c). NUMA balancing unmaps a stretch of each address
 * space per scan period, and a page is reported when it is accessed next, with the time
 * since then. The rules of the periods are those of kernel/sched/fair.c in Linux 6.12,
 * told anew below; what a latency means is pghot's own code.
 */
#include <math.h>
#include <stdlib.h>

#include <linux/jiffies.h>
#include <linux/log2.h>
#include <linux/min_heap.h>

#include "base/config.h"
#include "base/window.h"
#include "record/weight.h"
#include "run.h"
#include "source/hintfault.h"

/* The time of unmapping is kept in the bits of a CPU number and these, in ms. */
#define ACCESS_TIME_BITS 8

/* Bounds of a pass over 256 MiB, and how often it may be done at all. */
#define SCAN_PERIOD_MIN_MS   1000
#define SCAN_PERIOD_MAX_MS   60000
#define SCAN_PERIOD_FLOOR_MS 100

struct fault {
	u64 at_ns;
	u64 since_ns;
	unsigned int page;
};

DEFINE_MIN_HEAP(struct fault, faults);

/* An address space of the sample. */
struct space {
	unsigned int first;
	unsigned int tables;
	unsigned int next;
	double phase;
	u64 due_ns;
	u32 period_ms;
	double done;
};

struct hintfault {
	u32 pace;
	struct faults faults;
	unsigned int nr;
	struct space space[];
};

static bool sooner(const void *lhs, const void *rhs, void *args)
{
	const struct fault *l = lhs, *r = rhs;

	(void)args;
	return l->at_ns < r->at_ns;
}

static void swap_faults(void *lhs, void *rhs, void *args)
{
	(void)args;
	swap(*(struct fault *)lhs, *(struct fault *)rhs);
}

static const struct min_heap_callbacks soonest_first = { .less = sooner, .swp = swap_faults };

/* MiB of an address space, of all tiers. */
static double space_mib(const struct machine *m)
{
	double mapped = m->slow_gib + (m->full ? m->fast_gib : 0);

	return mapped * 1024 / m->processes;
}

static double windows(const struct machine *m)
{
	return fmax(ceil(space_mib(m) / PGHOT_HINT_SCAN_MIB), 1);
}

/* task_scan_min(), with which a task begins, and task_scan_max(). */
static u32 period_min(const struct machine *m)
{
	return fmax(SCAN_PERIOD_FLOOR_MS, floor(SCAN_PERIOD_MIN_MS / windows(m)));
}

static u32 period_max(const struct machine *m)
{
	return fmax(period_min(m), floor(SCAN_PERIOD_MAX_MS / windows(m)));
}

/* pghot_hint_period() */
static u32 period_of(const struct run *r, const struct space *sp)
{
	return pghot_hint_period_for(sp->period_ms, period_max(r->m), space_mib(r->m),
				     pghot_demand_of(SHIM_FAST));
}

static void *hintfault_start(struct run *r)
{
	const struct sample *s = &r->sample;
	struct hintfault *hf = calloc(1, sizeof(*hf) + s->mms * sizeof(hf->space[0]));
	struct fault *storage = calloc(s->nr, sizeof(*storage));

	if (!hf || !storage) {
		free(hf);
		free(storage);
		return NULL;
	}
	min_heap_init(&hf->faults, storage, s->nr);
	hf->nr = s->mms;
	for (unsigned int i = 0; i < s->mms; i++) {
		struct space *sp = &hf->space[i];

		sp->first = sample_mm_first(s, i);
		sp->tables = sample_mm_first(s, i + 1) - sp->first;
		/* Where in its part of the address space a table lies. */
		sp->phase = random_unit(&r->rng);
		sp->period_ms = period_min(r->m);
		/* Tasks do not begin at the same time. */
		sp->due_ns = r->now_ns + random_unit(&r->rng) * sp->period_ms * NSEC_PER_MSEC;
	}
	return hf;
}

static void hintfault_stop(void *state)
{
	struct hintfault *hf = state;

	free(hf->faults.data);
	free(hf);
}

/* Unmap a table of the sample: each page waits for its next access. */
static void unmap(struct run *r, struct hintfault *hf, unsigned int table)
{
	struct sample *s = &r->sample;

	for (unsigned int page = sample_first(table); page < sample_end(s, table); page++) {
		double wait = random_wait(&r->rng, sample_rate(s, r->m, page));
		struct fault f = { .since_ns = r->now_ns, .page = page };

		/* One that is unmapped already keeps its time. */
		if (s->page[page] & (SAMPLE_UP | SAMPLE_WAITS) || wait > r->m->seconds)
			continue;
		f.at_ns = r->now_ns + wait * NSEC_PER_SEC;
		s->page[page] |= SAMPLE_WAITS;
		min_heap_push(&hf->faults, &f, &soonest_first, NULL);
	}
}

/* task_numa_work(): a window of an address space, and when the next one is due. */
static void scan_window(struct run *r, struct hintfault *hf, struct space *sp)
{
	double all = windows(r->m), entries;

	sp->done++;
	while (sp->next < sp->tables && (sp->next + sp->phase) * all < sp->done * sp->tables)
		unmap(r, hf, sp->first + sp->next++);
	if (sp->done >= all) {
		sp->done = 0;
		sp->next = 0;
		/* Private faults that found their way: slower by three tenths. */
		sp->period_ms =
			min(sp->period_ms + 3 * ((sp->period_ms + 9) / 10), period_max(r->m));
	}
	sp->due_ns += period_of(r, sp) * NSEC_PER_MSEC;
	entries = fmin(space_mib(r->m), PGHOT_HINT_SCAN_MIB) * 256 / machine_page_pages(r->m);
	r->source_ns +=
		r->sample.mm_scale * (entries / r->sample.mapped * run_cost(r, COST_HINT_UNMAP) +
				      run_cost(r, COST_FLUSH_NS));
}

/* pghot_hint_fault() */
static void take_fault(struct run *r, struct hintfault *hf, const struct fault *f)
{
	u32 mask = (1U << (ACCESS_TIME_BITS + order_base_2(r->m->config_cpus))) - 1;
	u32 latency = ((f->at_ns - f->since_ns) / NSEC_PER_MSEC) & mask;
	u32 threshold = pghot_params.freq_threshold, hot_ms = param_value(PARAM_HOT_LATENCY_MS);
	u32 heat, period = period_of(r, &hf->space[0]);

	hf->pace = pghot_hint_pace(hf->pace, pghot_hint_pass_ms(space_mib(r->m), period));
	pghot_window_follow(PGHOT_SOURCE_ID_HINTFAULT, hf->pace);
	if (r->m->full)
		hot_ms = pghot_hint_hot_ms(hot_ms, hf->pace);
	heat = pghot_hint_heat(latency, hot_ms, threshold);
	if (r->m->full)
		heat = pghot_hint_eased(heat, threshold, pghot_demand_ease(SHIM_FAST));
	else
		heat = pghot_hint_welcome(heat, threshold);

	r->source_ns +=
		r->sample.scale * (run_cost(r, COST_HINT_FAULT) + engine_report_cost(r, f->page));
	engine_heat(r, f->page, SCALE_HINTFAULT, heat);
}

static u64 hintfault_step(struct run *r, void *state)
{
	struct hintfault *hf = state;
	u64 due = U64_MAX;

	/* Tasks that sleep are not scanned. */
	if (r->m->asleep)
		return r->now_ns + NSEC_PER_SEC;
	for (unsigned int i = 0; i < hf->nr; i++) {
		if (hf->space[i].due_ns <= r->now_ns)
			scan_window(r, hf, &hf->space[i]);
		due = min(due, hf->space[i].due_ns);
	}
	while (hf->faults.nr && hf->faults.data[0].at_ns <= r->now_ns) {
		struct fault f = hf->faults.data[0];

		min_heap_pop(&hf->faults, &soonest_first, NULL);
		r->sample.page[f.page] &= ~SAMPLE_WAITS;
		if (!(r->sample.page[f.page] & SAMPLE_UP))
			take_fault(r, hf, &f);
	}
	/* Faults are taken at the tick; records know no finer time. */
	if (hf->faults.nr)
		due = min(due,
			  max(hf->faults.data[0].at_ns, r->now_ns + SHIM_JIFFY_MS * NSEC_PER_MSEC));
	return due;
}

static double hintfault_lock_ns(const struct machine *m, const char **lock)
{
	*lock = "page table";
	return cost_ns(COST_REPORT_HOT, m->instruction_ns);
}

static double hintfault_bytes(const struct machine *m)
{
	(void)m;
	return 0;
}

/* One and a half passes. */
static void hintfault_bound(const struct machine *m, struct result *res)
{
	res->bound_s = 1.5 * pghot_hint_pass_ms(space_mib(m), period_min(m)) / 1000;
}

const struct watcher watch_hintfault = {
	.start = hintfault_start,
	.stop = hintfault_stop,
	.step = hintfault_step,
	.lock_ns = hintfault_lock_ns,
	.bytes = hintfault_bytes,
	.bound = hintfault_bound,
};
