/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rates of counters. */
#ifndef PGHOTTOP_DATA_RATE_H
#define PGHOTTOP_DATA_RATE_H

#include <stdint.h>

/* A rate that is not known, as all are after the first sample. */
#define RATE_UNKNOWN (-1.0)

/*
 * Closer samples than this would make rates of single events; the counters wait
 * for a later one.
 */
#define MIN_RATE_NS 50000000ULL

/**
 * counter_rate() - how fast a counter goes
 * @now: what it says
 * @before: what it said
 * @seconds: between the two
 */
static inline double counter_rate(uint64_t now, uint64_t before, double seconds)
{
	/* Counters can be reset; what they have now is what came since. */
	return (double)(now >= before ? now - before : now) / seconds;
}

#endif
