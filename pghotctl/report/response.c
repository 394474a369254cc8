// SPDX-License-Identifier: GPL-2.0-or-later

#include "report/response.h"

#include <math.h>
#include <string.h>

/* A record keeps quarters of a window. */
#define QUARTERS 4

/* Reports until the chain has forgotten how it began: a window or more for each halving of 63. */
#define ROUNDS 56

#define TOP (RESPONSE_FREQS - 1)

/* Records after a report: probability by frequency and step within the window. */
struct chain {
	double p[RESPONSE_FREQS][RESPONSE_STEPS_MAX];
};

/*
 * What a step with at least one report adds: @inc[k] is the chance of k reports, and
 * @before[k] that of k reports before a read within the step.
 */
struct step {
	unsigned int per_window;
	double none; /* chance of no report */
	double inc[RESPONSE_FREQS];
	double before[RESPONSE_FREQS];
};

static void make_step(struct step *s, const struct response_source *src, double rate)
{
	double mean, p, sum = 0;

	memset(s, 0, sizeof(*s));
	s->per_window = src->looks ? src->steps : QUARTERS;
	mean = rate / s->per_window;
	s->none = exp(-mean);
	if (src->looks) {
		s->inc[1] = s->before[1] = 1;
		return;
	}
	/* Poisson, given at least one; what is beyond 63 is 63. */
	p = s->none;
	for (unsigned int k = 1; k < TOP; k++) {
		p *= mean / k;
		s->inc[k] = p / (1 - s->none);
		sum += s->inc[k];
	}
	s->inc[TOP] = sum < 1 ? 1 - sum : 0;
	for (unsigned int k = 1; k <= TOP; k++) {
		for (unsigned int j = 0; j <= k; j++)
			s->before[j] += s->inc[k] / (k + 1);
	}
}

/* The time without a report: halved by the windows that have passed. */
static void wait_for_report(const struct chain *from, struct chain *to, const struct step *s)
{
	memset(to, 0, sizeof(*to));
	for (unsigned int f = 1; f <= TOP; f++) {
		for (unsigned int q = 0; q < s->per_window; q++) {
			double left = from->p[f][q];

			if (left < 1e-12)
				continue;
			for (unsigned int pos = q + 1;; pos++) {
				unsigned int now = f >> (pos / s->per_window);

				/* Forgotten: a window begins anew, whenever it is. */
				if (!now) {
					to->p[0][0] += left;
					break;
				}
				to->p[now][pos % s->per_window] += left * (1 - s->none);
				left *= s->none;
			}
		}
	}
}

static void report(const struct chain *from, struct chain *to, const struct step *s,
		   unsigned int weight)
{
	memset(to, 0, sizeof(*to));
	for (unsigned int f = 0; f <= TOP; f++) {
		for (unsigned int q = 0; q < s->per_window; q++) {
			if (from->p[f][q] < 1e-12)
				continue;
			for (unsigned int k = 1; k <= TOP; k++) {
				unsigned int sum = f + k * weight;

				if (s->inc[k] > 1e-12)
					to->p[sum < TOP ? sum : TOP][q] +=
						from->p[f][q] * s->inc[k];
			}
		}
	}
}

/*
 * What is read from one report to the next: after @from, which has waited and become @to.
 *
 * A read comes at any moment of a step. Of k samples of the same step j have come before it,
 * with j from 0 to k equally likely, as of k + 1 moments that are drawn alike. Looks come at
 * the beginning of their step.
 */
static void read_records(const struct chain *from, const struct chain *to, const struct step *s,
			 unsigned int weight, double p[RESPONSE_FREQS])
{
	for (unsigned int f = 1; f <= TOP; f++) {
		double here = 0;

		for (unsigned int q = 0; q < s->per_window; q++)
			here += from->p[f][q];
		if (here < 1e-12)
			continue;
		/* Steps without a report, and the time before the first of a step with one. */
		for (unsigned int age = 1;; age++) {
			unsigned int now = f >> (age / s->per_window);

			if (!now) {
				p[0] += here * (s->none / (1 - s->none) + s->before[0]);
				break;
			}
			p[now] += here * (s->none + (1 - s->none) * s->before[0]);
			here *= s->none;
		}
	}
	for (unsigned int f = 0; f <= TOP; f++) {
		for (unsigned int q = 0; q < s->per_window; q++) {
			if (to->p[f][q] < 1e-12)
				continue;
			for (unsigned int j = 1; j <= TOP; j++) {
				unsigned int sum = f + j * weight;

				p[sum < TOP ? sum : TOP] += to->p[f][q] * s->before[j];
			}
		}
	}
}

void response_to(const struct response_source *src, double rate, double p[RESPONSE_FREQS])
{
	struct chain now = { .p[0][0] = 1 }, next;
	double sum = 0;
	struct step s;

	make_step(&s, src, rate);
	memset(p, 0, RESPONSE_FREQS * sizeof(*p));
	/* The first report finds nothing. */
	report(&now, &next, &s, src->weight);
	for (int i = 0; i < ROUNDS; i++) {
		wait_for_report(&next, &now, &s);
		/* A chain with a report in each step returns to its place with each window. */
		if (i >= ROUNDS - RESPONSE_STEPS_MAX / (int)s.per_window * (int)s.per_window)
			read_records(&next, &now, &s, src->weight, p);
		report(&now, &next, &s, src->weight);
	}
	for (unsigned int f = 0; f <= TOP; f++)
		sum += p[f];
	for (unsigned int f = 0; f <= TOP; f++)
		p[f] /= sum;
}

bool response_capped(const struct response_source *src, double rate, const double p[RESPONSE_FREQS])
{
	/* Of twenty looks nineteen find an access. */
	if (src->looks && exp(-rate / src->steps) < 0.05)
		return true;
	return p[TOP] > 0.5;
}
