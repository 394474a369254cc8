/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * workers - the processes that access memory
 */
#ifndef PGHOT_BENCH_LOAD_WORKERS_H
#define PGHOT_BENCH_LOAD_WORKERS_H

#include <stddef.h>
#include <stdint.h>

#include "load.h"

/**
 * struct effort - what all worker processes have done since they began
 * @accesses: number of them
 * @user_s: CPU time in user mode, in seconds
 * @system_s: and in the kernel
 */
struct effort {
	uint64_t accesses;
	double user_s;
	double system_s;
};

void workers_start(struct load *l);
void workers_check(const struct load *l);
void workers_stop(struct load *l);
size_t workers_active(const struct load *l);
uint64_t workers_accesses(const struct load *l);
void workers_effort(const struct load *l, struct effort *e);

#endif /* PGHOT_BENCH_LOAD_WORKERS_H */
