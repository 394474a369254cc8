// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>

#include "random.h"

static uint64_t rotate(uint64_t x, int by)
{
	return x << by | x >> (64 - by);
}

/* A state that is not all zero, of any seed: splitmix64. */
void random_seed(struct random *r, uint64_t seed)
{
	for (int i = 0; i < 4; i++) {
		uint64_t z = seed += 0x9e3779b97f4a7c15;

		z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
		z = (z ^ z >> 27) * 0x94d049bb133111eb;
		r->s[i] = z ^ z >> 31;
	}
}

uint64_t random_u64(struct random *r)
{
	uint64_t *s = r->s, result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotate(s[3], 45);
	return result;
}

double random_unit(struct random *r)
{
	return (random_u64(r) >> 11) * 0x1p-53;
}

uint32_t random_below(struct random *r, uint32_t n)
{
	return ((random_u64(r) >> 32) * n) >> 32;
}

double random_wait(struct random *r, double rate)
{
	return rate > 0 ? -log1p(-random_unit(r)) / rate : INFINITY;
}

/* Poisson: by adding up waits, or for many as the normal distribution it approaches. */
unsigned int random_events(struct random *r, double mean)
{
	unsigned int n = 0;
	double left = mean, angle, size;

	if (mean > 100) {
		angle = 2 * M_PI * random_unit(r);
		size = sqrt(-2 * log1p(-random_unit(r)));
		return fmax(mean + sqrt(mean) * size * cos(angle) + 0.5, 0);
	}
	while ((left -= random_wait(r, 1)) >= 0)
		n++;
	return n;
}
