/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How likely each frequency of a record is for a page that is accessed at a given rate.
 *
 * That follows from how the kernel keeps records (record/record.h): reports within a window
 * add up, up to 63; a report after the window halves first, once for each window that has
 * passed since it began; and who reads a record halves it for each window since the last
 * report. Time is cut into steps, of which a window has a few, as a record keeps the time of
 * the last report in quarters of a window. Between two steps with a report there is a
 * geometric number without one, so that the records after a report are a Markov chain of
 * frequency and place in the window; what is read is that chain, weighted by how long each
 * of its states lasts.
 */
#ifndef PGHOTCTL_REPORT_RESPONSE_H
#define PGHOTCTL_REPORT_RESPONSE_H

#include <stdbool.h>

/* Frequencies of a record: 0 to 63. */
#define RESPONSE_FREQS	   64
#define RESPONSE_STEPS_MAX 8

/**
 * struct response_source - what reports
 * @looks: looks whether there was an access, with accessed bits; otherwise samples accesses
 * @weight: that a report adds to a frequency, 1 to 63
 * @steps: of a source that looks: looks in a window, 1 to RESPONSE_STEPS_MAX
 */
struct response_source {
	bool looks;
	unsigned int weight;
	unsigned int steps;
};

/**
 * response_to() - how likely frequencies are
 * @src: source
 * @rate: accesses in a window, of a source that samples those sampled; above 0
 * @p: set to the probability of each frequency, at a moment that has nothing to do with it
 */
void response_to(const struct response_source *src, double rate, double p[RESPONSE_FREQS]);

/**
 * response_capped() - can a rate not be told from higher ones?
 * @src: source
 * @rate: as above
 * @p: response to it
 */
bool response_capped(const struct response_source *src, double rate,
		     const double p[RESPONSE_FREQS]);

#endif /* PGHOTCTL_REPORT_RESPONSE_H */
