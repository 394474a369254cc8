/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: how many pages become how hot, per second. */
#ifndef _MM_PGHOT_QUEUE_FLOW_H
#define _MM_PGHOT_QUEUE_FLOW_H

#include <linux/types.h>

#include "base/heat.h"

#define PGHOT_HEATS	(PGHOT_FREQ_MAX + 1)

/**
 * struct pghot_flow - pages that rose to a heat, per second, by heat
 * @seen: what the CPUs had counted when they were last asked
 * @rate: pages that rose to a heat, less those that left it upwards, in 1/256 per
 *	second, a moving average; the sum from a heat on is the number of pages that
 *	reach it
 * @since: jiffies at which it began
 * @at: jiffies at which it was last brought up to date
 */
struct pghot_flow {
	u32 seen[PGHOT_HEATS];
	s64 rate[PGHOT_HEATS];
	unsigned long since;
	unsigned long at;
};

int pghot_flow_open(u8 idx);
void pghot_flow_close(u8 idx);
u64 pghot_flow_bytes(void);
void pghot_flow_note(u8 idx, u32 before, u32 after);
void pghot_flow_start(struct pghot_flow *f, u8 idx);
bool pghot_flow_update(struct pghot_flow *f, u8 idx, u32 memory_ms);
u32 pghot_flow_heat_for(const struct pghot_flow *f, u64 per_sec, u32 floor);

#endif /* _MM_PGHOT_QUEUE_FLOW_H */
