/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The case "hottest": do the hottest come first when there are many more than the queue holds? */
#ifndef SCALE_HOTTEST_H
#define SCALE_HOTTEST_H

#include "machine.h"

/* Of the first GiB, so much should be of the hottest quarter. */
#define HOTTEST_BOUND 0.9

/**
 * struct hottest - what came first
 * @full: fast memory is full
 * @share: of the first GiB promoted, what belongs to the hottest quarter of candidates
 * @seconds: simulated time that it took, from when promotion was allowed
 * @promoted_gib: that was promoted in the end: 1, or less if it took too long
 */
struct hottest {
	bool full;
	double share;
	double seconds;
	double promoted_gib;
};

/* 16 GiB of candidates on @m, whose memory is chosen here; false without memory. */
bool hottest_measure(const struct machine *m, struct hottest *h);

#endif
