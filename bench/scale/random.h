/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Random numbers that are the same on every machine: xoshiro256** of Blackman and Vigna. */
#ifndef SCALE_RANDOM_H
#define SCALE_RANDOM_H

#include <stdint.h>

struct random {
	uint64_t s[4];
};

void random_seed(struct random *r, uint64_t seed);
uint64_t random_u64(struct random *r);
/* 0 to less than 1. */
double random_unit(struct random *r);
/* 0 to less than @n. */
uint32_t random_below(struct random *r, uint32_t n);
/* Time to the next event, at @rate a second; infinite for 0. */
double random_wait(struct random *r, double rate);
/* Number of events when @mean are expected. */
unsigned int random_events(struct random *r, double mean);

#endif
