/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How much fast memory is enough: which share of the accesses to slow memory its hottest
 * pages get.
 *
 * A record does not hold how often its page is accessed. Of all accesses a source reports a
 * sample, or whether there was any between two looks; what it reports adds up with a weight,
 * is halved for each window that passes, and ends at 63 (kernel: record/record.h). To order
 * pages by it and add it up would promise too much: of equally hot pages of which half were
 * sampled, half would seem to get all accesses. And a page that is three times as hot as one
 * at 63 has 63 too.
 *
 * So what is estimated is how rates of access are distributed over pages, as the one that
 * makes the frequencies that were found the most likely: the nonparametric maximum
 * likelihood estimate of a mixing distribution (J. Kiefer and J. Wolfowitz, "Consistency of
 * the maximum likelihood estimator in the presence of infinitely many incidental
 * parameters", 1956), found by expectation and maximization on a grid of rates (N. Laird,
 * "Nonparametric maximum likelihood estimation of a mixing distribution", 1978). How likely
 * each frequency is for a rate follows from the rules of records: response.h. Of the rates
 * so found the curve is the Lorenz curve. It is that of the hottest pages, whichever they
 * are: what a placement reaches that knows them no better than the records do is less.
 *
 * Rates that make a record stay at 63 cannot be told from higher ones. Their pages together
 * get what the source counted altogether less what all others get: the curve begins behind
 * them. Where nobody counted, as accessed bits do not, it is not known.
 *
 * The sampling error is that of the frequencies as counts, and of the counter: the estimate
 * is repeated for counts drawn anew around those that were found (parametric bootstrap,
 * B. Efron, 1979). It does not include accesses that change meanwhile.
 */
#ifndef PGHOTCTL_REPORT_FIT_H
#define PGHOTCTL_REPORT_FIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report/response.h"

/* Orders of folios: of 2^31 pages there are none. */
#define FIT_ORDERS 32
#define FIT_POINTS 5
#define FIT_CURVE  64

/**
 * enum fit_doubt - why there is no curve
 * @FIT_KNOWN: there is one
 * @FIT_NO_RECORDS: nothing was accessed, as far as anybody saw
 * @FIT_LIMITED: only the hottest records are there
 * @FIT_FEW: too few records to tell
 * @FIT_LATENCY: records are of hint faults, which tell how soon, not how often
 * @FIT_MIXED: several sources made the records, whose units differ
 * @FIT_EQUAL: all frequencies are the same
 * @FIT_CAPPED: too much is as hot as can be told, and nobody counted how hot that is
 * @FIT_UNSTEADY: no rates of access make such records, or not what was counted: accesses
 *	changed meanwhile
 */
enum fit_doubt {
	FIT_KNOWN,
	FIT_NO_RECORDS,
	FIT_LIMITED,
	FIT_FEW,
	FIT_LATENCY,
	FIT_MIXED,
	FIT_EQUAL,
	FIT_CAPPED,
	FIT_UNSTEADY,
	NR_FIT_DOUBTS
};

/**
 * struct fit_input - records, counted; zero it to start
 * @source: what made them; a weight of 0 is not known, and found by what is likeliest
 * @reports: that hit tracked pages in a window, less than 0 when not known
 * @counted: reports that @reports was measured with
 * @tracked: base pages that could have a record
 * @dumps: that the records are of, at least one: of pages that are accessed all the time
 *	windows may end together, and only on average over a window is a frequency what it
 *	is at any moment
 * @count: records by order and frequency, of all dumps
 */
struct fit_input {
	struct response_source source;
	double reports;
	double counted;
	uint64_t tracked;
	unsigned int dumps;
	uint64_t count[FIT_ORDERS][RESPONSE_FREQS];
};

/**
 * struct fit_point - a point of the curve
 * @pages: so many of the hottest base pages
 * @share: get this share of the accesses to slow memory, 0 to 1
 * @error: of @share: it is off by more once in twenty times
 * @at_most: fewer pages may do: they are too hot to be told apart
 */
struct fit_point {
	double pages;
	double share;
	double error;
	bool at_most;
};

/* Shares that points are for: 50, 80, 90, 95 and 99 %. */
extern const double fit_shares[FIT_POINTS];

/**
 * struct fit - the answer
 * @doubt: why there is none; all else but the counts is 0 then
 * @tracked: base pages
 * @seen: base pages of folios with a frequency above 0
 * @records: of them
 * @capped: base pages that are as hot as can be told
 * @weight: of a report
 * @accuracy: how far, as a share, an estimate from so many reports has been from the truth
 *	at most, beside the sampling error, for pages accessed by known distributions
 *	(tests/unit/test-fit.c): few reports tell neighbouring rates apart badly
 * @point: for fit_shares
 * @nr: points of the curve
 * @curve: by size
 */
struct fit {
	enum fit_doubt doubt;
	uint64_t tracked, seen, records;
	double capped;
	unsigned int weight;
	double accuracy;
	struct fit_point point[FIT_POINTS];
	size_t nr;
	struct fit_point curve[FIT_CURVE];
};

/**
 * fit_add() - count a record
 * @in: input
 * @freq: its frequency
 * @order: of its folio
 */
void fit_add(struct fit_input *in, unsigned int freq, unsigned int order);

/**
 * fit_estimate() - estimate the curve
 * @fit: filled
 * @in: records
 *
 * Deterministic: the same records give the same curve and the same errors.
 *
 * Return: 0 or -ENOMEM.
 */
int fit_estimate(struct fit *fit, const struct fit_input *in);

/**
 * fit_doubt_name() - a doubt in a word, for programs
 * @doubt: which
 *
 * Return: word, NULL for FIT_KNOWN.
 */
const char *fit_doubt_name(enum fit_doubt doubt);

/**
 * fit_doubt_text() - the same for people, with what to do about it
 * @doubt: which
 */
const char *fit_doubt_text(enum fit_doubt doubt);

#endif /* PGHOTCTL_REPORT_FIT_H */
