/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * workers - the threads that access the range
 */
#ifndef PGHOT_VM_WORKLOAD_WORKERS_H
#define PGHOT_VM_WORKLOAD_WORKERS_H

#include <pthread.h>
#include <stdint.h>

#include "workload.h"

/**
 * struct worker - one access thread
 * @w: what it works on
 * @thread: its handle
 * @random: state of its random sequence, never 0
 */
struct worker {
	struct workload *w;
	pthread_t thread;
	uint64_t random;
};

void workers_start(struct workload *w, struct worker *workers);
void workers_stop(struct workload *w, struct worker *workers);

#endif /* PGHOT_VM_WORKLOAD_WORKERS_H */
