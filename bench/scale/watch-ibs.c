// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Samples of the hardware (source/hwhint). Their rate is what the kernel's rule makes of a
 * busy CPU; of the samples, so many have an address, and so many of those are of slow
 * memory, as accesses to it are of all. Which page it is follows the rates of the pages.
 * What a sample weighs follows their number, as in source/hwhint/sample.c.
 */
#include <math.h>
#include <stdlib.h>

#include <linux/jiffies.h>

#include "base/config.h"
#include "base/window.h"
#include "run.h"
#include "source/hwhint/evidence.h"
#include "source/hwhint/rate.h"

/* Operations of a busy CPU, per second: IBS counts these. */
#define OPS_PER_SEC 2e9

/* Of operations, those that access memory; of these, those that access slow memory. */
#define ADDRESSED 0.4
#define SLOW	  0.5

/*
 * Samples are reported at the next tick. Where nothing has been found for some seconds it
 * need not be so fine, for records count time in 256 ms.
 */
#define FINE_NS	  (SHIM_JIFFY_MS * NSEC_PER_MSEC)
#define FINE_FOR  4
#define COARSE_NS (64 * NSEC_PER_MSEC)

/* Pages are counted in those of the sample: what each stands for cancels out. */
struct ibs {
	double per_sec;
	double per_access;
	unsigned int weight;
	u64 followed_ns;
	u64 sampled;
	struct pghot_hw_pace pace;
};

/* Samples per second of a busy CPU, as pghot_hw_next_period() has them. */
static double sampling_rate(struct random *rng)
{
	struct pghot_hw_rate rate = { 0 };
	u64 period = PGHOT_SAMPLE_PERIOD_DEFAULT, from = 0;
	double ns = NSEC_PER_SEC, seconds = 20;
	unsigned int nr = 0;

	while (ns < (1 + seconds) * NSEC_PER_SEC) {
		/* An operation more or less, and what else there is to do. */
		ns += period / OPS_PER_SEC * NSEC_PER_SEC * (0.9 + 0.2 * random_unit(rng));
		period = pghot_hw_next_period(&rate, ns, period, PGHOT_SAMPLE_PERIOD_DEFAULT,
					      param_value(PARAM_SAMPLES_PER_SEC));
		/* Without the beginning, when the period is found. */
		if (ns < 2 * NSEC_PER_SEC)
			from = ++nr;
		else
			nr++;
	}
	return (nr - from) / (seconds - 1);
}

/* Accesses per second to all of slow memory, on the machine. */
static double accesses(const struct machine *m)
{
	double pages = machine_pages(m);
	double idle = fmin(m->idle, 1 - m->hot);

	return pages * (m->hot * m->hot_rate + (1 - m->hot - idle) * m->cold_rate);
}

static double useful_samples(const struct machine *m, double per_sec)
{
	return m->asleep ? 0 : m->cpus * per_sec * ADDRESSED * SLOW;
}

static void *ibs_start(struct run *r)
{
	struct ibs *ibs = calloc(1, sizeof(*ibs));

	if (!ibs)
		return NULL;
	ibs->per_sec = sampling_rate(&r->rng);
	ibs->per_access = useful_samples(r->m, ibs->per_sec) / accesses(r->m);
	ibs->weight = PGHOT_HW_WEIGHT;
	ibs->followed_ns = r->now_ns;
	return ibs;
}

static void ibs_stop(void *state)
{
	/* pghot_hw_end_samples() */
	pghot_window_wish((enum pghot_source_id)SCALE_IBS, 0);
	free(state);
}

/* Pages of slow memory; of a full node, as many go down as come up. */
static unsigned int lower_pages(const struct run *r)
{
	unsigned int nr = r->sample.nr, up = 0;

	for (unsigned int page = 0; !r->m->full && page < nr; page++)
		up += !!(r->sample.page[page] & SAMPLE_UP);
	return nr - up;
}

/* Once per second; follow_pace() of source/hwhint/sample.c. */
static void follow(const struct run *r, struct ibs *ibs)
{
	u64 ms = (r->now_ns - ibs->followed_ns) / NSEC_PER_MSEC;
	u32 span_ms;

	if (ms < MSEC_PER_SEC)
		return;
	pghot_hw_pace_add(&ibs->pace, ibs->sampled, ms);
	ibs->sampled = 0;
	ibs->followed_ns = r->now_ns;

	span_ms = pghot_hw_span_ms(&ibs->pace, lower_pages(r));
	ibs->weight = pghot_hw_weight(span_ms, pghot_params.window_ms);
	pghot_window_wish((enum pghot_source_id)SCALE_IBS, span_ms);
}

/* The samples that some time brings of one kind of page. */
static void sample_kind(struct run *r, struct ibs *ibs, u8 kind, double rate, double seconds)
{
	struct sample *s = &r->sample;
	/* As if all pages were of that kind: others are not counted. */
	unsigned int nr = random_events(&r->rng, rate * s->nr * seconds);

	for (; nr; nr--) {
		unsigned int page = random_below(&r->rng, s->nr);

		if ((s->page[page] & (SAMPLE_HOT | SAMPLE_IDLE)) != kind ||
		    s->page[page] & SAMPLE_UP)
			continue;
		engine_access(r, page, SCALE_IBS, ibs->weight);
		ibs->sampled++;
	}
}

static u64 ibs_step(struct run *r, void *state)
{
	struct ibs *ibs = state;
	u64 step_ns = run_seconds(r) < FINE_FOR ? FINE_NS : COARSE_NS;
	double seconds = (double)step_ns / NSEC_PER_SEC;

	if (r->m->asleep)
		return r->now_ns + NSEC_PER_SEC;
	sample_kind(r, ibs, SAMPLE_HOT, ibs->per_access * r->m->hot_rate, seconds);
	sample_kind(r, ibs, 0, ibs->per_access * r->m->cold_rate, seconds);
	follow(r, ibs);
	/* All samples cost, also those of what is fast; the report is a small part. */
	r->source_ns += r->m->cpus * ibs->per_sec * seconds * run_cost(r, COST_SAMPLE_NS);
	return r->now_ns + step_ns;
}

/* A tick's samples are looked at in an interrupt; at most as many as the ring holds. */
static double ibs_lock_ns(const struct machine *m, const char **lock)
{
	*lock = "interrupts";
	return PGHOT_HW_RING_SIZE * cost_ns(COST_REPORT_HOT, m->instruction_ns);
}

static double ibs_bytes(const struct machine *m)
{
	/* The ring, and what is beside it in struct pghot_hw_cpu. */
	return m->cpus * (PGHOT_HW_RING_SIZE * sizeof(unsigned long) + 128.0);
}

/*
 * The statistical bound: one sample makes a page hot, and with samples at random 95 % of
 * the pages have had one when each should have had -ln 0.05.
 */
static void ibs_bound(const struct machine *m, struct result *res)
{
	double per_access = useful_samples(m, param_value(PARAM_SAMPLES_PER_SEC)) / accesses(m);

	res->bound_s = 1.5 * -log(0.05) / (per_access * m->hot_rate);
}

const struct watcher watch_ibs = {
	.start = ibs_start,
	.stop = ibs_stop,
	.step = ibs_step,
	.lock_ns = ibs_lock_ns,
	.bytes = ibs_bytes,
	.bound = ibs_bound,
};
