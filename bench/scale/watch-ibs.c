// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Samples of the hardware (source/hwhint). Their rate is what the kernel's rule makes of a
 * busy CPU; of the samples, so many have an address, and so many of those are of slow
 * memory, as accesses to it are of all. Which page it is follows the rates of the pages.
 */
#include <math.h>
#include <stdlib.h>

#include <linux/jiffies.h>

#include "record/weight.h"
#include "run.h"
#include "source/hwhint/rate.h"
#include "source/hwhint/sample.h"

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

struct ibs {
	double per_sec;
	double per_access;
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
	return ibs;
}

/* The samples that some time brings of one kind of page. */
static void sample_kind(struct run *r, u8 kind, double rate, double seconds)
{
	struct sample *s = &r->sample;
	/* As if all pages were of that kind: others are not counted. */
	unsigned int nr = random_events(&r->rng, rate * s->nr * seconds);

	for (; nr; nr--) {
		unsigned int page = random_below(&r->rng, s->nr);

		if ((s->page[page] & (SAMPLE_HOT | SAMPLE_IDLE)) == kind &&
		    !(s->page[page] & SAMPLE_UP))
			engine_access(r, page, SCALE_IBS, PGHOT_HW_WEIGHT);
	}
}

static u64 ibs_step(struct run *r, void *state)
{
	const struct ibs *ibs = state;
	u64 step_ns = run_seconds(r) < FINE_FOR ? FINE_NS : COARSE_NS;
	double seconds = (double)step_ns / NSEC_PER_SEC;

	if (r->m->asleep)
		return r->now_ns + NSEC_PER_SEC;
	sample_kind(r, SAMPLE_HOT, ibs->per_access * r->m->hot_rate, seconds);
	sample_kind(r, 0, ibs->per_access * r->m->cold_rate, seconds);
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
	/* The ring, and what is beside it in struct hw_cpu. */
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
	.stop = free,
	.step = ibs_step,
	.lock_ns = ibs_lock_ns,
	.bytes = ibs_bytes,
	.bound = ibs_bound,
};
