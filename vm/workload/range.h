/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * range - the memory: which of it is hot, and that it is on the node that it is wanted on
 */
#ifndef PGHOT_VM_WORKLOAD_RANGE_H
#define PGHOT_VM_WORKLOAD_RANGE_H

#include "placement.h"
#include "workload.h"

void range_set_up(struct workload *w);
void range_census(const struct workload *w, struct placement *p);

#endif /* PGHOT_VM_WORKLOAD_RANGE_H */
