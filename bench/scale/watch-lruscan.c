// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Page table walks of the multi-generational LRU (source/lruscan): klruscand goes over
 * all address spaces, as far as its budget reaches in a pass. A table of the sample
 * stands for a stretch of tables that are looked at one after the other.
 */
#include <math.h>
#include <stdlib.h>

#include <linux/jiffies.h>

#include "base/config.h"
#include "base/window.h"
#include "record/weight.h"
#include "run.h"
#include "source/lruscan/schedule.h"

/* SCAN_STEP of mm/vmscan.c, in patch 8 of the series. */
#define SCAN_STEP 2048

/* Tables of huge pages have no filter: each of their entries is looked at. */
struct lruscan {
	unsigned long round;
	unsigned long due;
	u64 end_ns;
	u64 unpaid_ns;
	u64 round_ns;
	bool meets_all;
	u64 all_ns;
	double asleep;
	u32 apart_ms;
	bool in_round;
	unsigned int table;
	double left;
	bool *known[2];
};

static void *lruscan_start(struct run *r)
{
	struct lruscan *ls = calloc(1, sizeof(*ls));

	if (!ls)
		return NULL;
	ls->known[0] = calloc(2 * r->sample.tables, sizeof(bool));
	if (!ls->known[0]) {
		free(ls);
		return NULL;
	}
	ls->known[1] = ls->known[0] + r->sample.tables;
	ls->due = jiffies;
	ls->end_ns = r->now_ns;
	return ls;
}

static void lruscan_stop(void *state)
{
	struct lruscan *ls = state;

	/* Both filters. */
	free(ls->known[0]);
	free(ls);
}

static void begin_round(struct run *r, struct lruscan *ls)
{
	if (ls->round)
		ls->apart_ms =
			pghot_scan_smooth(ls->apart_ms, (r->now_ns - ls->round_ns) / NSEC_PER_MSEC);
	ls->round_ns = r->now_ns;
	ls->round++;
	ls->meets_all = lruscan_meets_all(ls->round, (r->now_ns - ls->all_ns) / NSEC_PER_MSEC);
	if (ls->meets_all)
		ls->all_ns = r->now_ns;
	for (unsigned int t = 0; t < r->sample.tables; t++)
		ls->known[~ls->round & 1][t] = false;
	ls->table = 0;
	ls->in_round = true;
}

/* Tables of the machine, with one entry in a pointer of 2^9. */
static double machine_tables(const struct machine *m)
{
	return machine_pages(m) / SAMPLE_TABLE_PAGES;
}

/* A table that is not in the filter is in it by chance: two bits of it are set. */
static double filter_errs(const struct machine *m, double known)
{
	double bits = exp2(lruscan_filter_shift(machine_tables(m)));
	double set = -expm1(-2 * known * machine_tables(m) / bits);

	return set * set;
}

static bool passes_over(struct run *r, const struct lruscan *ls, double errs)
{
	if (r->m->huge || lruscan_is_full_round(ls->round) || ls->known[ls->round & 1][ls->table])
		return false;
	return random_unit(&r->rng) >= errs;
}

/* Look into a table; what that costs for those that it stands for. */
static double look_into(struct run *r, struct lruscan *ls, u32 weight)
{
	struct sample *s = &r->sample;
	struct sample_look look;
	double ns = 0, nr = sample_end(s, ls->table) - sample_first(ls->table);

	sample_look(s, r->m, &r->rng, r->now_ns, ls->table, &look);
	for (unsigned int i = 0; look.nr_young && lruscan_tells(ls->round) && i < nr; i++) {
		unsigned int page = sample_first(ls->table) + i;

		if (!look.young[i])
			continue;
		ns += engine_report_cost(r, page);
		engine_access(r, page, SCALE_LRUSCAN, weight);
	}
	if (look.nr_young)
		ls->known[~ls->round & 1][ls->table] = true;
	ls->left -= nr * s->scale * s->mapped;
	ns += look.nr_young * run_cost(r, COST_LRUSCAN_YOUNG);
	ns += (nr * s->mapped - look.nr_young) * run_cost(r, COST_LRUSCAN_OLD);
	ns += s->mapped * run_cost(r, COST_LRUSCAN_TABLE) * nr / SAMPLE_TABLE_PAGES;
	ns += s->mapped * run_cost(r, COST_LRUSCAN_STEP) * nr / SCAN_STEP;
	return ns * s->scale;
}

static double known_share(const struct run *r, const struct lruscan *ls)
{
	unsigned int nr = 0;

	for (unsigned int t = 0; t < r->sample.tables; t++)
		nr += ls->known[ls->round & 1][t];
	return (double)nr / r->sample.tables;
}

/* As far as the budget reaches, or to the end of the round; CPU time that it takes. */
static double scan_pass(struct run *r, struct lruscan *ls)
{
	u32 interval_ms = param_value(PARAM_INTERVAL_MS), apart, weight;
	double ns = 0, errs, tables = r->sample.scale * r->sample.mapped;
	/* Processes that begin in a table of the sample. */
	double meet = (double)r->m->processes / r->sample.tables;

	if (!ls->in_round)
		begin_round(r, ls);
	apart = max(ls->apart_ms, interval_ms);
	pghot_window_follow(PGHOT_SOURCE_ID_LRUSCAN, apart);
	weight = pghot_scan_weight(apart, pghot_window(PGHOT_SOURCE_ID_LRUSCAN),
				   pghot_params.freq_threshold);
	errs = filter_errs(r->m, known_share(r, ls));

	ls->asleep = 0;
	/* A table of the sample is done as a whole, and the rest paid by the next pass. */
	ls->left = fmin(ls->left, 0) + param_value(PARAM_BUDGET_PAGES);
	for (; ls->table < r->sample.tables && ls->left > 0; ls->table++) {
		ns += meet * run_cost(r, COST_LRUSCAN_MM);
		/* Processes that sleep are passed over, with all that they have. */
		if (r->m->asleep && !ls->meets_all) {
			ls->asleep += meet;
			continue;
		}
		if (passes_over(r, ls, errs))
			ns += tables * run_cost(r, COST_LRUSCAN_SKIP);
		else
			ns += look_into(r, ls, weight);
	}
	if (!r->m->asleep)
		ns += fmin(r->m->processes, 1 + ns / 1e6) * run_cost(r, COST_FLUSH_NS);
	if (ls->table == r->sample.tables)
		ls->in_round = false;
	return ns;
}

static u64 lruscan_step(struct run *r, void *state)
{
	struct lruscan *ls = state;
	u32 percent = param_value(PARAM_LRUSCAN_CPU_PERCENT), ms;
	double ns;

	ls->unpaid_ns = lruscan_unpaid_ns(ls->unpaid_ns, r->now_ns - ls->end_ns, percent);
	ns = scan_pass(r, ls);
	r->source_ns += ns;
	ls->unpaid_ns += ns;
	ls->end_ns = r->now_ns + ns;
	ms = lruscan_interval_ms(param_value(PARAM_INTERVAL_MS), ls->asleep);
	ls->due = lruscan_next_pass(ls->due, jiffies + nsecs_to_jiffies(ns), msecs_to_jiffies(ms),
				    nsecs_to_jiffies(lruscan_rest_ns(ls->unpaid_ns, percent)));
	return ls->due * (u64)SHIM_JIFFY_MS * NSEC_PER_MSEC;
}

static double lruscan_lock_ns(const struct machine *m, const char **lock)
{
	*lock = "mmap (read)";
	/* It looks up before each table. */
	return (SCAN_STEP - 1 + SAMPLE_TABLE_PAGES) *
	       (cost_ns(COST_LRUSCAN_YOUNG, m->instruction_ns) +
		cost_ns(COST_REPORT_HOT, m->instruction_ns));
}

static double lruscan_bytes(const struct machine *m)
{
	return 2 * exp2(lruscan_filter_shift(machine_tables(m))) / 8;
}

const struct watcher watch_lruscan = {
	.start = lruscan_start,
	.stop = lruscan_stop,
	.step = lruscan_step,
	.lock_ns = lruscan_lock_ns,
	.bytes = lruscan_bytes,
	.bound = scan_bound,
};
