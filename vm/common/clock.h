/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * clock - time, and waiting for it or for a signal
 */
#ifndef PGHOT_VM_CLOCK_H
#define PGHOT_VM_CLOCK_H

#include <signal.h>
#include <stdint.h>
#include <time.h>

#define NSEC_PER_SEC 1000000000LL

/** now_ns - CLOCK_MONOTONIC in ns */
static inline int64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * NSEC_PER_SEC + ts.tv_nsec;
}

/** seconds_between - from one now_ns() to another, in seconds */
static inline double seconds_between(int64_t from, int64_t to)
{
	return (double)(to - from) / NSEC_PER_SEC;
}

void block_signals(sigset_t *signals);
int sleep_until(int64_t ns, const sigset_t *signals);

#endif /* PGHOT_VM_CLOCK_H */
