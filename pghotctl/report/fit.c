// SPDX-License-Identifier: GPL-2.0-or-later

#include "report/fit.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Rates that are told apart: a step is 15 to 20 %. */
#define RATES 72

/* Rounds of an estimate; they end when so many more make so little of a difference. */
#define ROUNDS		30000
#define ROUNDS_CHECK	100
#define LIKELIHOOD_STEP 0.002

/* The same from an estimate that is near. */
#define ROUNDS_MORE 200
#define REPLICAS    24

/* As likely is what cannot be. */
#define IMPOSSIBLE 1e-12

#define RECORDS_MIN 200

/* Weights that the kernel gives to a look: up to the default of freq-threshold. */
#define WEIGHT_MAX 8

/* Of a source that looks, the least share of pages seen that may be as hot as can be told. */
#define CAPPED_SHARE 0.005

/* By how much the counter and the records may differ. */
#define UNSTEADY 1.5

/* The most that records may differ from what any rates make. */
#define MISFIT 0.2

const double fit_shares[FIT_POINTS] = { 0.5, 0.8, 0.9, 0.95, 0.99 };

/**
 * struct mixture - rates, and how likely each frequency is for them
 * @rate: reports in a window; the first is 0
 * @capped: cannot be told from a higher one
 * @p: response to each
 */
struct mixture {
	double rate[RATES];
	bool capped[RATES];
	double p[RATES][RESPONSE_FREQS];
};

/**
 * struct part - folios that are accessed at one rate
 * @density: reports per base page
 * @pages: base pages
 * @mass: reports in a window
 * @capped: @density and @mass are a lower bound
 */
struct part {
	double density, pages, mass;
	bool capped;
};

/* All orders' parts, by falling density. */
struct parts {
	size_t nr;
	struct part at[FIT_ORDERS * RATES];
};

/* What an estimate works on, and with. */
struct work {
	struct mixture mix;
	double count[FIT_ORDERS][RESPONSE_FREQS];
	double share[FIT_ORDERS][RATES]; /* of the folios of an order, by rate */
	struct parts parts, again;
	double folios[FIT_ORDERS];
	uint64_t random;
};

void fit_add(struct fit_input *in, unsigned int freq, unsigned int order)
{
	/* What a forged recording may have. */
	if (freq >= RESPONSE_FREQS)
		freq = RESPONSE_FREQS - 1;
	in->count[order < FIT_ORDERS ? order : 0][freq]++;
}

/* ---- the mixture ------------------------------------------------------------ */

static void make_mixture(struct mixture *m, const struct response_source *src)
{
	/* From what is seen once in hundreds of windows to what is always at its end. */
	double low = 0.002, high = src->looks ? 8.0 * src->steps : 128.0 / src->weight;
	double step = pow(high / low, 1.0 / (RATES - 2));

	memset(m, 0, sizeof(*m));
	m->p[0][0] = 1;
	for (int g = 1; g < RATES; g++) {
		m->rate[g] = low * pow(step, g - 1);
		response_to(src, m->rate[g], m->p[g]);
		m->capped[g] = response_capped(src, m->rate[g], m->p[g]);
	}
}

/* Rounds of expectation and maximization; returns the logarithm of the likelihood. */
static double improve(const struct mixture *m, const double *count, double *share, int rounds)
{
	double likelihood = 0, total = 0, last = -INFINITY;

	for (int f = 0; f < RESPONSE_FREQS; f++)
		total += count[f];
	for (int i = 0; i < rounds && total > 0; i++) {
		double next[RATES] = { 0 }, used = 0;

		likelihood = 0;
		for (int f = 0; f < RESPONSE_FREQS; f++) {
			double sum = 0;

			if (count[f] <= 0)
				continue;
			for (int g = 0; g < RATES; g++)
				sum += share[g] * m->p[g][f];
			/* What no rate makes, with this weight, tells against it. */
			if (sum < IMPOSSIBLE) {
				likelihood += count[f] * log(IMPOSSIBLE);
				continue;
			}
			likelihood += count[f] * log(sum);
			used += count[f];
			for (int g = 0; g < RATES; g++)
				next[g] += share[g] * m->p[g][f] * count[f] / sum;
		}
		for (int g = 0; g < RATES && used > 0; g++)
			share[g] = next[g] / used;
		if (i % ROUNDS_CHECK == 0) {
			if (likelihood - last < LIKELIHOOD_STEP)
				break;
			last = likelihood;
		}
	}
	return likelihood;
}

/*
 * Folios of which there is no record: of each order so many as have one, as pages. There is
 * no telling how large what was not seen is.
 */
static void count_folios(struct work *w, const struct fit_input *in, const struct fit *fit)
{
	double all[FIT_ORDERS] = { 0 }, pages = 0, unseen;

	for (int o = 0; o < FIT_ORDERS; o++) {
		for (int f = 0; f < RESPONSE_FREQS; f++) {
			w->count[o][f] = (double)in->count[o][f] / in->dumps;
			all[o] += ldexp(w->count[o][f], o);
		}
		pages += all[o];
	}
	unseen = (double)fit->tracked - pages;
	for (int o = 0; o < FIT_ORDERS; o++) {
		if (unseen > 0 && all[o] > 0)
			w->count[o][0] += ldexp(unseen * all[o] / pages, -o);
		w->folios[o] = 0;
		for (int f = 0; f < RESPONSE_FREQS; f++)
			w->folios[o] += w->count[o][f];
	}
}

static double estimate(struct work *w, const struct response_source *src, int rounds)
{
	double likelihood = 0;

	make_mixture(&w->mix, src);
	for (int o = 0; o < FIT_ORDERS; o++) {
		for (int g = 0; g < RATES; g++)
			w->share[o][g] = 1.0 / RATES;
		likelihood += improve(&w->mix, w->count[o], w->share[o], rounds);
	}
	return likelihood;
}

/* ---- the curve -------------------------------------------------------------- */

static int by_density(const void *a, const void *b)
{
	const struct part *x = a, *y = b;

	if (x->capped != y->capped)
		return x->capped ? -1 : 1;
	return x->density > y->density ? -1 : x->density < y->density;
}

/* Returns reports in a window of what is capped, as far as records tell. */
static double make_parts(const struct work *w, double share[][RATES], const double *folios,
			 struct parts *parts, double *total)
{
	double capped = 0;

	parts->nr = 0;
	*total = 0;
	for (int o = 0; o < FIT_ORDERS; o++) {
		for (int g = 0; g < RATES && folios[o] > 0; g++) {
			double nr = folios[o] * share[o][g];
			struct part *p = &parts->at[parts->nr];

			if (nr < 1e-6)
				continue;
			*p = (struct part){
				.density = ldexp(w->mix.rate[g], -o),
				.pages = ldexp(nr, o),
				.mass = nr * w->mix.rate[g],
				.capped = w->mix.capped[g],
			};
			*total += p->mass;
			capped += p->capped ? p->mass : 0;
			parts->nr++;
		}
	}
	qsort(parts->at, parts->nr, sizeof(parts->at[0]), by_density);
	return capped;
}

/* What is capped gets all that is counted and not known to be elsewhere. */
static double settle_capped(struct parts *parts, double total, double capped, double reports)
{
	double more = reports > total && capped > 0 ? (reports - total) / capped : 0;

	for (size_t i = 0; i < parts->nr && parts->at[i].capped; i++)
		parts->at[i].mass *= 1 + more;
	return total + more * capped;
}

/* The share of the hottest @pages. */
static double share_of(const struct parts *parts, double total, double pages)
{
	double mass = 0;

	for (size_t i = 0; i < parts->nr && pages > 0; i++) {
		const struct part *p = &parts->at[i];
		double some = pages < p->pages ? pages / p->pages : 1;

		mass += p->mass * some;
		pages -= p->pages * some;
	}
	return total > 0 ? mass / total : 0;
}

static struct fit_point point_of(const struct parts *parts, double total, double share)
{
	struct fit_point point = { .share = share };
	double left = share * total;

	for (size_t i = 0; i < parts->nr && left > 0; i++) {
		const struct part *p = &parts->at[i];

		/* All of what is capped: which of it comes first is not known. */
		if (p->capped || p->mass <= left) {
			point.pages += p->pages;
			point.at_most = p->capped && p->mass >= left;
			left -= p->mass;
		} else {
			point.pages += p->pages * left / p->mass;
			break;
		}
	}
	return point;
}

static void make_curve(struct fit *fit, const struct parts *parts, double total)
{
	double pages = 0, last = -1;

	fit->nr = 0;
	for (int i = 0; i < FIT_POINTS; i++) {
		fit->point[i] = point_of(parts, total, fit_shares[i]);
		if (fit->point[i].at_most) {
			/* The curve is known from there on. */
			fit->point[i].pages = fit->capped;
			fit->point[i].share = share_of(parts, total, fit->capped);
		}
	}
	/* By doubling from a single page to all, in steps of the FIT_CURVE-th part. */
	for (int i = 0; i < FIT_CURVE; i++) {
		pages = pow((double)fit->tracked, (i + 1.0) / FIT_CURVE);
		if (pages < fit->capped)
			pages = fit->capped;
		if (pages - last < 0.5)
			continue;
		last = pages;
		fit->curve[fit->nr++] = (struct fit_point){
			.pages = pages,
			.share = share_of(parts, total, pages),
		};
	}
}

/* ---- the error -------------------------------------------------------------- */

/* splitmix64: https://prng.di.unimi.it/splitmix64.c, in the public domain. */
static double random_unit(uint64_t *state)
{
	uint64_t v = *state += 0x9e3779b97f4a7c15ULL;

	v = (v ^ v >> 30) * 0xbf58476d1ce4e5b9ULL;
	v = (v ^ v >> 27) * 0x94d049bb133111ebULL;
	v ^= v >> 31;
	return ((double)(v >> 11) + 0.5) / 9007199254740992.0;
}

/* Box and Muller. */
static double random_normal(uint64_t *state)
{
	double u = random_unit(state), v = random_unit(state);

	return sqrt(-2 * log(u)) * cos(2 * M_PI * v);
}

static double random_count(uint64_t *state, double mean)
{
	double limit, p = 1;
	int k = 0;

	if (mean > 60) {
		double v = mean + sqrt(mean) * random_normal(state);

		return v > 0 ? v : 0;
	}
	for (limit = exp(-mean); (p *= random_unit(state)) > limit;)
		k++;
	return k;
}

static void draw_again(struct work *w, const struct fit_input *in, struct fit_point *points[],
		       size_t nr, double *sum)
{
	double(*share)[RATES] = malloc(sizeof(w->share));
	double folios[FIT_ORDERS], total, capped, reports = in->reports;

	if (!share)
		return;
	memcpy(share, w->share, sizeof(w->share));
	for (int o = 0; o < FIT_ORDERS; o++) {
		double count[RESPONSE_FREQS];

		folios[o] = 0;
		for (int f = 0; f < RESPONSE_FREQS; f++) {
			count[f] = random_count(&w->random, w->count[o][f]);
			folios[o] += count[f];
		}
		improve(&w->mix, count, share[o], ROUNDS_MORE);
	}
	if (reports > 0 && in->counted > 0)
		reports *= 1 + random_normal(&w->random) / sqrt(in->counted);
	capped = make_parts(w, share, folios, &w->again, &total);
	total = settle_capped(&w->again, total, capped, reports);
	for (size_t i = 0; i < nr; i++) {
		double off = share_of(&w->again, total, points[i]->pages) - points[i]->share;

		sum[i] += off * off;
	}
	free(share);
}

static void find_errors(struct work *w, const struct fit_input *in, struct fit *fit)
{
	struct fit_point *points[FIT_POINTS + FIT_CURVE];
	double sum[FIT_POINTS + FIT_CURVE] = { 0 };
	size_t nr = 0;

	for (int i = 0; i < FIT_POINTS; i++)
		points[nr++] = &fit->point[i];
	for (size_t i = 0; i < fit->nr; i++)
		points[nr++] = &fit->curve[i];
	w->random = 1;
	for (int i = 0; i < REPLICAS; i++)
		draw_again(w, in, points, nr, sum);
	/* The twentieth of a normal distribution is further off than 1.96 deviations. */
	for (size_t i = 0; i < nr; i++)
		points[i]->error = 1.96 * sqrt(sum[i] / REPLICAS);
}

/* ---- all of it -------------------------------------------------------------- */

static void count_records(struct fit *fit, const struct fit_input *in)
{
	double pages = 0;

	for (int o = 0; o < FIT_ORDERS; o++) {
		for (int f = 0; f < RESPONSE_FREQS; f++) {
			uint64_t nr = in->count[o][f] / in->dumps;

			pages += ldexp((double)nr, o);
			if (!f)
				continue;
			fit->records += nr;
			fit->seen += nr << o;
		}
	}
	fit->tracked = in->tracked;
	/* Of pages that have gone offline, say. */
	if ((double)fit->tracked < pages && pages < 0x1p62)
		fit->tracked = (uint64_t)pages;
}

static bool all_equal(const struct fit_input *in)
{
	int found = 0;

	for (int f = 1; f < RESPONSE_FREQS; f++) {
		bool any = false;

		for (int o = 0; o < FIT_ORDERS; o++)
			any |= in->count[o][f];
		found += any;
	}
	return found == 1;
}

static void choose_weight(struct work *w, struct response_source *src)
{
	double best = -INFINITY;
	unsigned int chosen = 1;

	for (src->weight = 1; src->weight <= WEIGHT_MAX; src->weight++) {
		double likelihood = estimate(w, src, 200);

		if (likelihood > best) {
			best = likelihood;
			chosen = src->weight;
		}
	}
	src->weight = chosen;
}

/*
 * Do the records look as those of pages that are accessed at any rates? The share of those
 * seen that would have to have another frequency, less what chance makes of few.
 */
static bool fits(const struct work *w, const struct fit *fit)
{
	double off = 0, seen = (double)fit->records;

	for (int f = 1; f < RESPONSE_FREQS; f++) {
		double found = 0, made = 0;

		for (int o = 0; o < FIT_ORDERS; o++) {
			found += w->count[o][f];
			for (int g = 0; g < RATES && w->folios[o] > 0; g++)
				made += w->folios[o] * w->share[o][g] * w->mix.p[g][f];
		}
		off += fabs(found - made) / 2;
	}
	return off / seen < MISFIT + 0.5 * sqrt(RESPONSE_FREQS / seen);
}

/* As measured, rounded up. */
static double accuracy_of(const struct work *w, const struct response_source *src, double total)
{
	double folios = 0;

	for (int o = 0; o < FIT_ORDERS; o++)
		folios += w->folios[o];
	if (src->looks)
		return 0.08;
	return total < 0.3 * folios ? 0.06 : 0.04;
}

static void find_curve(struct fit *fit, struct work *w, const struct fit_input *in)
{
	struct response_source src = in->source;
	double total, capped;

	count_folios(w, in, fit);
	if (!src.weight)
		choose_weight(w, &src);
	fit->weight = src.weight;
	estimate(w, &src, ROUNDS);
	capped = make_parts(w, w->share, w->folios, &w->parts, &total);
	for (size_t i = 0; i < w->parts.nr && w->parts.at[i].capped; i++)
		fit->capped += w->parts.at[i].pages;

	if (!fits(w, fit)) {
		fit->doubt = FIT_UNSTEADY;
		return;
	}

	/* Looks are counted, but not what they missed. */
	if (fit->capped >= 0.5 && (src.looks || in->reports < 0)) {
		if (fit->capped > CAPPED_SHARE * (double)fit->seen) {
			fit->doubt = FIT_CAPPED;
			return;
		}
	} else if (!src.looks && in->reports >= 0 &&
		   (in->reports * UNSTEADY < total ||
		    (fit->capped < 0.5 && in->reports > UNSTEADY * total))) {
		fit->doubt = FIT_UNSTEADY;
		return;
	}
	total = settle_capped(&w->parts, total, capped, src.looks ? -1 : in->reports);
	fit->accuracy = accuracy_of(w, &src, total);
	make_curve(fit, &w->parts, total);
	find_errors(w, in, fit);
}

int fit_estimate(struct fit *fit, const struct fit_input *in)
{
	struct work *w;

	memset(fit, 0, sizeof(*fit));
	count_records(fit, in);
	if (!fit->records)
		fit->doubt = FIT_NO_RECORDS;
	else if (fit->records < RECORDS_MIN)
		fit->doubt = FIT_FEW;
	else if (all_equal(in))
		fit->doubt = FIT_EQUAL;
	if (fit->doubt)
		return 0;
	w = calloc(1, sizeof(*w));
	if (!w)
		return -ENOMEM;
	find_curve(fit, w, in);
	free(w);
	return 0;
}

static const struct {
	const char *name, *text;
} doubts[NR_FIT_DOUBTS] = {
	[FIT_KNOWN] = { NULL, "it is known" },
	[FIT_NO_RECORDS] = { "no-records",
			     "no access to slow memory has been seen: enable a source" },
	[FIT_LIMITED] = { "limited", "only the hottest records are there: record with --limit 0" },
	[FIT_FEW] = { "few",
		      "too few pages have been seen accessed: wait until there are hundreds" },
	[FIT_LATENCY] = { "latency",
			  "hint faults tell how soon a page was accessed, not how often: "
			  "use ibs or pebs, or a source that scans" },
	[FIT_MIXED] = { "mixed", "several sources made the records, in different units: "
				 "enable one, and reset records" },
	[FIT_EQUAL] = { "equal", "all pages have the same frequency: nothing tells them apart" },
	[FIT_CAPPED] = { "capped",
			 "the hottest pages are hotter than frequencies can tell, and how "
			 "often they were accessed was not counted: use ibs or pebs, and "
			 "record more than one sample" },
	[FIT_UNSTEADY] = { "unsteady", "records do not fit to each other or to what the source "
				       "counted: accesses "
				       "have changed within the last windows, try again" },
};

const char *fit_doubt_name(enum fit_doubt doubt)
{
	return doubts[doubt].name;
}

const char *fit_doubt_text(enum fit_doubt doubt)
{
	return doubts[doubt].text;
}
