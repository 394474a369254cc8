/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * judge - where the hot set is, told once per interval
 */
#ifndef PGHOT_VM_WORKLOAD_JUDGE_H
#define PGHOT_VM_WORKLOAD_JUDGE_H

#include <signal.h>

#include "workload.h"

void judge(struct workload *w, const sigset_t *signals);

#endif /* PGHOT_VM_WORKLOAD_JUDGE_H */
