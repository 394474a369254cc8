/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot source lruscan: what its two parts, scan and source, know of each other. */
#ifndef _MM_PGHOT_LRUSCAN_H
#define _MM_PGHOT_LRUSCAN_H

#include <linux/types.h>

/**
 * struct lruscan_params - what an administrator can tune
 * @interval_ms: time from one pass to the next
 * @budget_pages: page table entries that a pass looks at, at most
 * @cpu_percent: share of a CPU that klruscand may use
 *
 * Written under pghot_lock, a READ_ONCE()-able word each.
 */
struct lruscan_params {
	u32 interval_ms;
	u32 budget_pages;
	u32 cpu_percent;
};

/**
 * struct lruscan_progress - what an administrator can see
 * @memcg_cursor: cgroup inode of the position, 0 between rounds
 * @rounds: completed ones
 * @round_ms: time from the beginning of the last round to that of the next
 *
 * Since klruscand was started; written by it, a READ_ONCE()-able word each.
 */
struct lruscan_progress {
	u64 memcg_cursor;
	u64 rounds;
	u32 round_ms;
};

extern struct lruscan_params lruscan_params;
extern struct lruscan_progress lruscan_progress;

int lruscan_start(void);
void lruscan_stop(void);
void lruscan_kick(void);
u64 lruscan_bytes(void);

#endif /* _MM_PGHOT_LRUSCAN_H */
