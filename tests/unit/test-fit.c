// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The estimate of how much fast memory is enough, against the truth: pages that are accessed
 * at known rates, sampled or looked at, and records kept of that by the kernel's own rules,
 * record/record.h, bucket by bucket.
 */

#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "record/record.h"
#include "report/fit.h"

#define PAGES	30000
#define WINDOW	16 /* buckets, 4 s */
#define WINDOWS 14

static uint64_t state;

static double unit(void)
{
	uint64_t v = state += 0x9e3779b97f4a7c15ULL;

	v = (v ^ v >> 30) * 0xbf58476d1ce4e5b9ULL;
	v = (v ^ v >> 27) * 0x94d049bb133111ebULL;
	return ((double)((v ^ v >> 31) >> 11) + 0.5) / 9007199254740992.0;
}

/* Sampled accesses of a page per window. */
static double rates[PAGES];

static void scale(double per_page)
{
	double sum = 0;

	for (int i = 0; i < PAGES; i++)
		sum += rates[i];
	for (int i = 0; i < PAGES; i++)
		rates[i] *= per_page * PAGES / sum;
}

static void zipf(double s, double per_page)
{
	for (int i = 0; i < PAGES; i++)
		rates[i] = pow(i + 1, -s);
	scale(per_page);
}

static void uniform(double per_page)
{
	for (int i = 0; i < PAGES; i++)
		rates[i] = 1;
	scale(per_page);
}

/* A tenth of the pages gets nine tenths of the accesses. */
static void hot_cold(double per_page)
{
	for (int i = 0; i < PAGES; i++)
		rates[i] = i < PAGES / 10 ? 81 : 1;
	scale(per_page);
}

static double truth(double pages)
{
	double sum = 0, some = 0;

	/* They are in falling order. */
	for (int i = 0; i < PAGES; i++) {
		sum += rates[i];
		some += i < pages ? rates[i] * (pages - i < 1 ? pages - i : 1) : 0;
	}
	return some / sum;
}

/**
 * struct moments - when records are read
 * @aligned: the windows of all pages began together, as of those that are accessed all the
 *	time since a source was enabled; otherwise at any time
 * @dumps: within the last window, one or QUARTERS
 */
struct moments {
	bool aligned;
	unsigned int dumps;
};

#define QUARTERS 4

static struct fit_input in;
static struct fit fit;

/* Plays the accesses of a page, and counts its record and the samples of the last window. */
static void sample_page(double rate, unsigned int weight, unsigned int order, struct moments m)
{
	uint32_t rec = 0, end = WINDOWS * WINDOW + (m.aligned ? 3 : (uint32_t)(unit() * WINDOW));
	unsigned int dump = 0;
	double at = 0;

	for (;;) {
		at += -log(unit()) / rate * WINDOW;
		while (dump < m.dumps) {
			uint32_t when = end - (m.dumps - 1 - dump) * WINDOW / QUARTERS;

			if (at < when)
				break;
			fit_add(&in, pghot_record_freq(rec, (when - 1) & PGHOT_BUCKET_MASK, WINDOW),
				order);
			dump++;
		}
		if (at >= end)
			break;
		if (at >= end - WINDOW)
			in.reports++;
		rec = pghot_record_access_at(rec, (uint32_t)at & PGHOT_BUCKET_MASK, WINDOW, 1,
					     weight, 0);
	}
}

/* The same of one that is looked at @looks times per window. */
static void look_at_page(double rate, unsigned int weight, unsigned int looks)
{
	uint32_t rec = 0, end = WINDOWS * WINDOW + (uint32_t)(unit() * WINDOW);
	double step = (double)WINDOW / looks, at = unit() * step;

	for (; at < end; at += step)
		if (unit() > exp(-rate / looks))
			rec = pghot_record_access_at(rec, (uint32_t)at & PGHOT_BUCKET_MASK, WINDOW,
						     2, weight, 0);
	fit_add(&in, pghot_record_freq(rec, (end - 1) & PGHOT_BUCKET_MASK, WINDOW), 0);
}

static void begin(unsigned int weight, struct moments m, double pages)
{
	memset(&in, 0, sizeof(in));
	in.source.weight = weight;
	in.dumps = m.dumps;
	in.tracked = (uint64_t)pages;
	state = 42;
}

static const struct moments once = { false, 1 };

static void sample_all(unsigned int weight, struct moments m)
{
	begin(weight, m, PAGES);
	for (int i = 0; i < PAGES; i++)
		sample_page(rates[i], weight, 0, m);
	in.counted = in.reports;
	assert_int_equal(fit_estimate(&fit, &in), 0);
}

/* How far the curve is from the truth where it is furthest, in points. */
static double furthest(void)
{
	double most = 0;

	for (size_t i = 0; i < fit.nr; i++) {
		double off = fabs(truth(fit.curve[i].pages) - fit.curve[i].share) * 100;

		most = off > most ? off : most;
	}
	return most;
}

/* As far as it promises, and by less than @points where people look. */
static void within(const char *what, double points)
{
	double off = furthest();

	if (getenv("FIT_VERBOSE"))
		printf("%s: %.2f points, 90 %% in %.0f, which get %.3f, ± %.3f\n", what, off,
		       fit.point[2].pages, truth(fit.point[2].pages), fit.point[2].error);
	assert_int_equal(fit.doubt, FIT_KNOWN);
	assert_true(fit.nr > 10);
	if (off > fit.accuracy * 100)
		fail_msg("%s: %.2f points off", what, off);
	for (int i = 0; i < FIT_POINTS; i++) {
		double is = truth(fit.point[i].pages);

		if (!(fit.point[i].error >= 0 && fit.point[i].error < 0.2))
			fail_msg("%s: an error of %g", what, fit.point[i].error);
		if (fabs(is - fit.point[i].share) * 100 > points)
			fail_msg("%s: %.0f %% is %.1f %%", what, fit_shares[i] * 100, is * 100);
	}
}

static const struct {
	double per_page;
	unsigned int weight;
	double skewed, flat; /* points, of distributions with a slope and without */
} budgets[] = {
	/* As evidence.h has it: few samples with full weight, many with little. */
	{ 0.1, 8, 5, 5 },
	{ 0.5, 8, 3, 3 },
	{ 2, 2, 3, 4 },
	{ 4, 1, 3, 3 },
};

static void known_distributions(struct moments m, size_t first)
{
	static const double skews[] = { 0.8, 0.99, 1.2 };
	char what[64];

	for (size_t b = first; b < ARRAY_LEN(budgets); b += 1 + first) {
		for (size_t k = 0; k < ARRAY_LEN(skews); k++) {
			zipf(skews[k], budgets[b].per_page);
			sample_all(budgets[b].weight, m);
			snprintf(what, sizeof(what), "zipf %.2f, %.1f samples", skews[k],
				 budgets[b].per_page);
			within(what, budgets[b].skewed);
		}
		uniform(budgets[b].per_page);
		sample_all(budgets[b].weight, m);
		snprintf(what, sizeof(what), "uniform, %.1f samples", budgets[b].per_page);
		within(what, budgets[b].flat);
		hot_cold(budgets[b].per_page);
		sample_all(budgets[b].weight, m);
		snprintf(what, sizeof(what), "hot and cold, %.1f samples", budgets[b].per_page);
		within(what, budgets[b].flat);
	}
}

static void samples_of_known_distributions(void **s)
{
	(void)s;
	known_distributions(once, 0);
}

/* Windows that all end at once: by several dumps, no moment of them is special. */
static void windows_in_step(void **s)
{
	(void)s;
	/* Some of them, for it takes time. */
	known_distributions((struct moments){ true, QUARTERS }, 1);
}

/* What adding up frequencies would say of pages that are all the same. */
static void naive_is_wrong(void **s)
{
	double sum = 0, some = 0, left = PAGES / 2;

	(void)s;
	uniform(0.5);
	sample_all(8, once);
	for (int f = RESPONSE_FREQS - 1; f >= 0; f--)
		sum += f * (double)in.count[0][f];
	for (int f = RESPONSE_FREQS - 1; f > 0 && left > 0; f--) {
		double nr = (double)in.count[0][f] < left ? (double)in.count[0][f] : left;

		some += f * nr;
		left -= nr;
	}
	/* Half of the pages get half of the accesses, and seem to get nearly all. */
	assert_true(some / sum > 0.75);
	assert_true(furthest() < 3);
}

/* The response is that of the kernel's records. */
static void responds_as_records_do(void **s)
{
	static const double some[] = { 0.05, 0.5, 2, 8, 30 };

	(void)s;
	for (unsigned int weight = 1; weight <= 8; weight += 7) {
		for (size_t r = 0; r < ARRAY_LEN(some); r++) {
			const struct response_source src = { .weight = weight };
			double p[RESPONSE_FREQS], mean = 0, sum = 0, seen = 0, is = 0;
			const int nr = 20000;

			response_to(&src, some[r], p);
			for (int f = 0; f < RESPONSE_FREQS; f++) {
				assert_true(p[f] >= 0);
				sum += p[f];
				mean += f * p[f];
			}
			assert_true(fabs(sum - 1) < 1e-9);
			begin(weight, once, nr);
			for (int i = 0; i < nr; i++)
				sample_page(some[r], weight, 0, once);
			for (int f = 1; f < RESPONSE_FREQS; f++) {
				is += f * (double)in.count[0][f] / nr;
				seen += (double)in.count[0][f];
			}
			if (fabs(mean - is) > 0.06 * is + 0.02)
				fail_msg("rate %g weight %u: mean %.3f, records have %.3f", some[r],
					 weight, mean, is);
			assert_true(fabs((1 - p[0]) - seen / nr) < 0.03);
		}
	}
}

/* Accessed bits tell what is accessed less than once a look, and no more. */
static void looks(void **s)
{
	(void)s;
	for (int dense = 0; dense < 2; dense++) {
		if (dense)
			zipf(1.2, 4);
		else
			zipf(0.5, 0.3);
		begin(0, once, PAGES);
		for (int i = 0; i < PAGES; i++)
			look_at_page(rates[i], 3, 2);
		in.source = (struct response_source){ .looks = true, .steps = 2 };
		in.reports = -1;
		assert_int_equal(fit_estimate(&fit, &in), 0);
		if (dense) {
			assert_int_equal(fit.doubt, FIT_CAPPED);
			assert_int_equal(fit.nr, 0);
		} else {
			within("looks", 8);
			assert_int_equal(fit.weight, 3);
		}
	}
}

/* A huge page counts as many pages, and its accesses once. */
static void huge_pages(void **s)
{
	const double huge = 3, small = 0.25, mass = 320 * huge + 20000 * small;

	(void)s;
	/* Of 512 pages each, and unseen ones as large as the others. */
	begin(4, once, 320 * 512 + 20000);
	for (int i = 0; i < 320; i++)
		sample_page(huge, 4, 9, once);
	for (int i = 0; i < 20000; i++)
		sample_page(small, 4, 0, once);
	in.counted = in.reports;
	assert_int_equal(fit_estimate(&fit, &in), 0);
	assert_int_equal(fit.doubt, FIT_KNOWN);
	/* By page the small ones are hotter, and come first. */
	assert_true(fabs(fit.point[0].pages - 0.5 * mass / small) < 0.05 * 20000);
	assert_true(fit.point[2].pages > 20000 + 0.3 * 320 * 512);
}

static void says_when_it_cannot_know(void **s)
{
	(void)s;
	begin(8, once, 1000);
	in.reports = -1;
	assert_int_equal(fit_estimate(&fit, &in), 0);
	assert_int_equal(fit.doubt, FIT_NO_RECORDS);
	for (int i = 0; i < 100; i++)
		fit_add(&in, 8 + i % 2, 0);
	assert_int_equal(fit_estimate(&fit, &in), 0);
	assert_int_equal(fit.doubt, FIT_FEW);
	memset(in.count, 0, sizeof(in.count));
	for (int i = 0; i < 1000; i++)
		fit_add(&in, 255, 255);
	assert_int_equal(fit_estimate(&fit, &in), 0);
	assert_int_equal(fit.doubt, FIT_EQUAL);
	/* Hotter than can be told, and nobody counted; or somebody counted otherwise. */
	zipf(1.2, 0.5);
	sample_all(8, once);
	in.reports = -1;
	assert_int_equal(fit_estimate(&fit, &in), 0);
	assert_int_equal(fit.doubt, FIT_CAPPED);
	uniform(0.5);
	sample_all(8, once);
	in.reports *= 2;
	assert_int_equal(fit_estimate(&fit, &in), 0);
	assert_int_equal(fit.doubt, FIT_UNSTEADY);
	in.reports /= 4;
	assert_int_equal(fit_estimate(&fit, &in), 0);
	assert_int_equal(fit.doubt, FIT_UNSTEADY);
	for (int d = 0; d < NR_FIT_DOUBTS; d++) {
		assert_non_null(fit_doubt_text((enum fit_doubt)d));
		assert_int_equal(!fit_doubt_name((enum fit_doubt)d), d == FIT_KNOWN);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(responds_as_records_do),
		cmocka_unit_test(samples_of_known_distributions),
		cmocka_unit_test(windows_in_step),
		cmocka_unit_test(naive_is_wrong),
		cmocka_unit_test(looks),
		cmocka_unit_test(huge_pages),
		cmocka_unit_test(says_when_it_cannot_know),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
