// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Every page of 16 GiB is a candidate, the queue holds 256 MiB of them. Heat is spread
 * evenly from the threshold to the most that there is. All pages are reported in the order
 * of their addresses, pass after pass, as a scan does it; when their heat is known well,
 * promotion is allowed. No page stands for another here: there are four million records.
 */
#include <math.h>
#include <stdlib.h>

#include <linux/jiffies.h>

#include "base/config.h"
#include "base/heat.h"
#include "base/window.h"
#include "hottest.h"
#include "run.h"

#define CANDIDATES_GIB 16
#define HOTTEST_PART   0.25
#define FIRST_PAGES    (1U << 18)

/*
 * A pass over all, as long as one of NUMA balancing over a process of that size; the parts
 * that it comes in; and passes before promotion.
 */
#define PASS_MS		6400
#define PARTS		256
#define PASSES_BEFORE	3
#define SECONDS_AT_MOST 300

struct progress {
	u8 *heat;
	unsigned int nr;
	unsigned int hottest;
};

/* The hottest quarter is hotter than all others. */
static u8 *make_heats(const struct sample *s, struct random *rng)
{
	u32 least = param_value(PARAM_FREQ_THRESHOLD), all = PGHOT_FREQ_MAX + 1 - least;
	u32 quarter = all * HOTTEST_PART;
	u8 *heat = malloc(s->nr);

	for (unsigned int page = 0; heat && page < s->nr; page++) {
		if (s->page[page] & SAMPLE_HOT)
			heat[page] = PGHOT_FREQ_MAX - random_below(rng, quarter);
		else
			heat[page] = least + random_below(rng, all - quarter);
	}
	return heat;
}

static void count(struct run *r, unsigned int page)
{
	struct progress *p = r->arg;

	if (p->nr == FIRST_PAGES)
		return;
	p->nr++;
	p->hottest += r->sample.page[page] & SAMPLE_HOT;
}

static void report_part(struct run *r, const struct progress *p, unsigned int part)
{
	unsigned int page = (u64)r->sample.nr * part / PARTS;
	unsigned int end = (u64)r->sample.nr * (part + 1) / PARTS;

	for (; page < end; page++) {
		if (!(r->sample.page[page] & SAMPLE_UP))
			engine_heat(r, page, SCALE_HINTFAULT, p->heat[page]);
	}
}

static void promote_first(struct run *r, const struct progress *p, struct hottest *h)
{
	u64 apart = PASS_MS * NSEC_PER_MSEC / PARTS, due = r->now_ns, began = 0, next;
	unsigned int part = 0;

	pghot_window_follow(PGHOT_SOURCE_ID_HINTFAULT, PASS_MS);
	pghot_params.promote = false;
	while (p->nr < FIRST_PAGES && run_seconds(r) < SECONDS_AT_MOST) {
		if (part == PASSES_BEFORE * PARTS && !pghot_params.promote) {
			pghot_params.promote = true;
			began = r->now_ns;
		}
		if (due <= r->now_ns) {
			report_part(r, p, part++ % PARTS);
			due += apart;
		}
		if (engine_due(r) <= r->now_ns)
			engine_step(r);
		next = due < engine_due(r) ? due : engine_due(r);
		if (next > r->now_ns)
			run_set_time(r, next);
	}
	pghot_params.promote = true;
	h->seconds = (double)(r->now_ns - began) / NSEC_PER_SEC;
	h->promoted_gib = (double)p->nr / FIRST_PAGES;
	h->share = p->nr ? (double)p->hottest / p->nr : 0;
}

bool hottest_measure(const struct machine *machine, struct hottest *h)
{
	struct machine m = *machine;
	struct progress p = { 0 };
	static struct run run;
	bool ok = false;

	m.slow_gib = CANDIDATES_GIB;
	m.fast_gib = CANDIDATES_GIB;
	m.top_nodes = 1;
	m.huge = false;
	m.hot = HOTTEST_PART;
	m.idle = 0;
	run = (struct run){ .m = &m, .promoted = count, .arg = &p };
	random_seed(&run.rng, m.seed);
	run_set_time(&run, RUN_START_NS);
	if (!sample_init(&run.sample, &m, UINT32_MAX / SAMPLE_TABLE_PAGES, &run.rng))
		return false;
	p.heat = make_heats(&run.sample, &run.rng);
	if (p.heat && engine_start(&run)) {
		*h = (struct hottest){ .full = m.full };
		promote_first(&run, &p, h);
		engine_stop(&run);
		ok = true;
	}
	free(p.heat);
	sample_free(&run.sample);
	return ok;
}
