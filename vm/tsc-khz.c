// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tsc-khz - print the frequency of this machine's time stamp counter in kHz
 *
 * The emulated TSC is the host's own. Left to itself, a guest measures it against an
 * emulated timer, and when the host takes the CPU away meanwhile the result is wrong
 * by any factor: all its clocks then run fast or slow, and with them every limit of
 * time in the tests.
 *
 * Here a reading of the clock between two of the counter tells by their distance
 * whether anything came between; the closest of many counts, twice, some time apart.
 */
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#define APART_NS 60000000
#define TRIES	 2000

#if defined(__x86_64__)
#include <x86intrin.h>

struct moment {
	uint64_t tsc;
	int64_t ns;
};

static int64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC_RAW, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static struct moment moment(void)
{
	uint64_t closest = UINT64_MAX;
	struct moment best = { 0 };

	for (int i = 0; i < TRIES; i++) {
		uint64_t before = __rdtsc();
		int64_t ns = now_ns();
		uint64_t after = __rdtsc();

		if (after - before >= closest)
			continue;
		closest = after - before;
		best = (struct moment){ before + closest / 2, ns };
	}
	return best;
}

int main(void)
{
	const struct timespec apart = { .tv_nsec = APART_NS };
	struct moment a = moment(), b;

	nanosleep(&apart, NULL);
	b = moment();
	if (b.ns - a.ns < APART_NS / 2)
		return 1;
	printf("%.0f\n", (double)(b.tsc - a.tsc) * 1e6 / (double)(b.ns - a.ns));
	return 0;
}
#else
int main(void)
{
	fputs("tsc-khz: this machine has no time stamp counter\n", stderr);
	return 1;
}
#endif
