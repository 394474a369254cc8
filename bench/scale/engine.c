// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Records, queue, threshold and judge are the kernel's own; here is what kpromoted does
 * with them (promote/kpromoted.c), without threads and page tables. What is promoted is
 * charged for all the pages of a node that a page of the sample stands for.
 */
#include <math.h>
#include <string.h>

#include <linux/jiffies.h>
#include <linux/percpu.h>
#include <linux/pghot.h>

#include "base/config.h"
#include "base/window.h"
#include "kernel.h"
#include "queue/origin.h"
#include "queue/queue.h"
#include "queue/update.h"
#include "record/map.h"
#include "record/record.h"
#include "run.h"

/* Allowance of the rate limit that outlives a rest: PGHOT_BURST_SLACK_MS of kpromoted. */
#define BURST_SLACK_MS 400

/* A queue of fewer entries, of the sample, would not be one. */
#define LEAST_CAPACITY 256U

/* The kernel's queues are never freed either. */
static struct pghot_queue queue;

void run_set_time(struct run *r, u64 ns)
{
	r->now_ns = ns;
	shim_set_time(ns);
}

/* ---- what the kernel asks ------------------------------------------------------ */

static bool is_up(void *arg, unsigned long pfn)
{
	const struct run *r = arg;

	return pfn < r->sample.nr && r->sample.page[pfn] & SAMPLE_UP;
}

static bool is_young(void *arg, unsigned long pfn)
{
	struct run *r = arg;
	bool demoted = pfn >= KERNEL_DEMOTED;
	u64 *seen_ns = demoted ? &r->demoted_ns[pfn - KERNEL_DEMOTED] : &r->sample.seen_ns[pfn];
	double rate = demoted ? r->m->cold_rate : sample_rate(&r->sample, r->m, pfn);
	double apart = (double)(r->now_ns - *seen_ns) / NSEC_PER_SEC;

	*seen_ns = r->now_ns;
	return random_unit(&r->rng) < -expm1(-rate * apart);
}

/* ---- what is found --------------------------------------------------------------- */

static void found(struct run *r, unsigned int page)
{
	struct sample *s = &r->sample;
	unsigned int percent;

	if (s->page[page] & SAMPLE_FOUND)
		return;
	s->page[page] |= SAMPLE_FOUND;
	if (!(s->page[page] & SAMPLE_HOT)) {
		s->found_cold++;
		return;
	}
	s->found_hot++;
	percent = (u64)s->found_hot * 100 / s->hot;
	while (r->percent < percent) {
		r->percent++;
		r->found_s[r->percent] = run_seconds(r);
		if (r->percent <= 95)
			r->wrong = (double)s->found_cold / (s->found_cold + s->found_hot);
	}
}

/*
 * It has been found when it is as hot as its target asks for, whether there is room for it
 * in the queue or not.
 */
static void look_if_found(struct run *r, unsigned int page)
{
	if (FIELD_GET(PGHOT_REC_FREQ, pghot_map_get(page)) >= pghot_hot_from[KERNEL_TARGET])
		found(r, page);
}

/* Rings that fill up are emptied while kpromoted rests, rest_for() of kpromoted.c. */
static void empty_rings(void)
{
	if (pghot_bell_answer_urgent(&queue.bell))
		pghot_queue_update(&queue);
}

void engine_access(struct run *r, unsigned int page, enum scale_source src, unsigned int weight)
{
	pghot_record_access(page, SHIM_FAST, (enum pghot_source_id)src, weight, jiffies);
	look_if_found(r, page);
	empty_rings();
}

void engine_heat(struct run *r, unsigned int page, enum scale_source src, unsigned int heat)
{
	pghot_record_heat(page, SHIM_FAST, (enum pghot_source_id)src, heat, jiffies);
	look_if_found(r, page);
	empty_rings();
}

double engine_report_cost(const struct run *r, unsigned int page)
{
	u32 rec = pghot_map_get(page);

	if (!rec)
		return run_cost(r, COST_REPORT_FIRST);
	return run_cost(r, rec & PGHOT_REC_QUEUED ? COST_REPORT_AGAIN : COST_REPORT_HOT);
}

/* ---- kpromoted ------------------------------------------------------------------- */

static u64 pages_per_sec(void)
{
	return (u64)pghot_params.rate_limit_mbps << (20 - PAGE_SHIFT);
}

static u64 rate_allowance(struct run *r)
{
	return pghot_ratelimit_fill(&r->limit, ktime_get_ns(), pages_per_sec(),
				    pghot_params.sleep_ms + BURST_SLACK_MS);
}

static void adjust_threshold(struct run *r)
{
	enum pghot_demand demand = PGHOT_DEMAND_USUAL;
	u32 memory_ms = pghot_params.window_ms, span_ms;
	u64 per_sec = pages_per_sec(), pace;

	r->threshold.full = r->m->full;
	if (r->threshold.full) {
		pghot_watch_pace(&r->watch, &pace, &span_ms);
		per_sec = min(per_sec, pace);
		memory_ms = max3(memory_ms, span_ms, pghot_slowest_pace());
	}
	pghot_threshold_adjust(&r->threshold, SHIM_FAST, KERNEL_TARGET, per_sec, memory_ms);
	pghot_queue_set_threshold(&queue, r->threshold.value);
	if (r->threshold.full)
		demand = pghot_watch_demand(&r->watch, pghot_queue_length(&queue));
	pghot_demand_tell(SHIM_FAST, demand, r->threshold.ease);
}

/* What comes up sends as much down, of what reclaim finds cold. */
static void demote(struct run *r, double pages)
{
	unsigned int i = r->next_demoted++ % KERNEL_DEMOTED_KEPT;

	r->demoted_ns[i] = r->now_ns;
	pghot_watch_add(&r->watch, PGHOT_WATCH_DOWN, KERNEL_DEMOTED + i, fmax(pages, 1));
}

/* Promote a page of the sample; base pages of the node that this makes. */
static double promote(struct run *r, const struct pghot_heap_entry *e)
{
	double pages = r->sample.node_scale * machine_page_pages(r->m);

	found(r, e->pfn);
	r->sample.page[e->pfn] |= SAMPLE_UP;
	if (r->promoted)
		r->promoted(r, e->pfn);
	r->sample.seen_ns[e->pfn] = r->now_ns;
	pghot_origin_leave(e->origin, e->pfn, KERNEL_TARGET, PGHOT_LEAVE_PROMOTED);
	pghot_watch_add(&r->watch, PGHOT_WATCH_UP, e->pfn, fmax(pages, 1));
	if (r->m->full)
		demote(r, pages);
	return pages;
}

/*
 * Promote what is hot enough, within the limits and the time that one thread has; false
 * when there is nothing to do, or it must not be done, now.
 */
static bool promote_some(struct run *r)
{
	u64 allowed = rate_allowance(r), charged;
	struct pghot_heap_entry e;
	double pages = 0, folios = 0, most;
	unsigned int nr;

	if (!pghot_params.promote)
		return false;
	if (r->m->full)
		allowed = min(allowed, pghot_watch_allowance(&r->watch));
	most = fmin(allowed, -r->moved);
	while (pages < most && pghot_queue_pop(&queue, r->threshold.value, U64_MAX, &e, &nr)) {
		pages += promote(r, &e);
		folios += r->sample.node_scale;
	}
	if (!pages) {
		/* note_unused() of kpromoted.c */
		if (allowed)
			r->threshold.unused = true;
		return false;
	}
	charged = fmax(pages, 1);
	r->moved += pages;
	r->engine_ns += pages * run_cost(r, COST_MIGRATE) * r->m->top_nodes;
	pghot_ratelimit_charge(&r->limit, charged);
	pghot_threshold_promoted(&r->threshold, fmax(folios, 1), charged);
	if (r->m->full)
		pghot_watch_charge(&r->watch, charged);
	return true;
}

/* What it takes the queues of all nodes to have their keys taken anew. */
static double refresh_ns(const struct run *r)
{
	double length = pghot_queue_length(&queue) * r->sample.node_scale;

	return fmin(length, pghot_params.heap_capacity) * run_cost(r, COST_HEAP_KEY) *
	       r->m->top_nodes;
}

static void promote_round(struct run *r)
{
	u64 rest_ns = pghot_params.sleep_ms * NSEC_PER_MSEC;
	double moves = rest_ns / run_cost(r, COST_MIGRATE);

	pghot_bell_answer(&queue.bell);
	/* Time that was not used is lost, what was used too much is not. */
	r->moved = fmax(r->moved, 0) - moves;
	rate_allowance(r);
	do {
		pghot_queue_update(&queue);
		adjust_threshold(r);
	} while (promote_some(r) && r->moved < 0);
	r->round_ns = r->now_ns + rest_ns;
	r->engine_ns += refresh_ns(r) * pghot_params.sleep_ms /
			(pghot_params.window_ms / PGHOT_WINDOW_PARTS);
}

/* ---- on and off --------------------------------------------------------------------- */

static u32 capacity(const struct run *r)
{
	return fmax(pghot_params.heap_capacity / r->sample.node_scale, LEAST_CAPACITY);
}

/**
 * engine_start - begin with no records and an empty queue
 * @r: the run, with a machine and a sample
 *
 * Return: false when there is no memory.
 */
bool engine_start(struct run *r)
{
	kernel_set_world(&(struct kernel_world){
		.fast_pages = r->m->fast_gib * (1 << 18) / r->m->top_nodes,
		.page_pages = machine_page_pages(r->m),
		.full = r->m->full,
		.is_up = is_up,
		.young = is_young,
		.arg = r,
	});
	pghot_params.freq_threshold = param_value(PARAM_FREQ_THRESHOLD);
	pghot_params.window_ms = param_value(PARAM_WINDOW_MS);
	shim_cpus = 1;
	shim_count = fmax(round(r->sample.node_scale), 1);
	pghot_window_update();
	if (pghot_map_add_range(0, r->sample.nr, SHIM_SLOW)) {
		pghot_map_del_node(NUMA_NO_NODE);
		return false;
	}
	pghot_queue_init(&queue, SHIM_FAST, KERNEL_TARGET);
	pghot_threshold_init(&r->threshold);
	if (pghot_queue_open(&queue, capacity(r), r->threshold.value)) {
		pghot_map_del_node(NUMA_NO_NODE);
		return false;
	}
	pghot_threshold_start(&r->threshold, KERNEL_TARGET);
	pghot_ratelimit_init(&r->limit, ktime_get_ns());
	pghot_watch_init(&r->watch, SHIM_FAST);
	r->round_ns = r->now_ns;
	r->look_ns = U64_MAX;
	return true;
}

void engine_stop(struct run *r)
{
	(void)r;
	pghot_queue_close(&queue);
	pghot_map_del_node(NUMA_NO_NODE);
	for (int src = 0; src < SCALE_SOURCES; src++)
		pghot_window_follow((enum pghot_source_id)src, 0);
}

u64 engine_due(const struct run *r)
{
	return min(r->round_ns, r->look_ns);
}

/* A round, then a look at what was exchanged, and one more before the next round. */
void engine_step(struct run *r)
{
	bool round = r->round_ns <= r->now_ns;
	u32 look_ms = 0;

	if (round)
		promote_round(r);
	if (r->m->full)
		look_ms = pghot_watch_round(&r->watch, SHIM_FAST);
	r->look_ns = U64_MAX;
	if (round && look_ms && look_ms < pghot_params.sleep_ms)
		r->look_ns = r->now_ns + look_ms * NSEC_PER_MSEC;
}
