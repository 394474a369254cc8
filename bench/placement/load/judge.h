/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * judge - the run: its clock, its changes and what is reported of it
 */
#ifndef PGHOT_BENCH_LOAD_JUDGE_H
#define PGHOT_BENCH_LOAD_JUDGE_H

#include <signal.h>

#include "census.h"
#include "load.h"

void judge(struct load *l, const struct census *c, const sigset_t *signals);

#endif /* PGHOT_BENCH_LOAD_JUDGE_H */
