/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _MM_PGHOT_RATELIMIT_H
#define _MM_PGHOT_RATELIMIT_H

#include <linux/types.h>

/**
 * struct pghot_ratelimit - a token bucket that lends
 * @level: pages that may be promoted now, times NSEC_PER_SEC; below zero after
 *	a folio larger than what was left
 * @filled_ns: time up to which @level has been filled
 *
 * Protected by the lock of whatever it limits.
 */
struct pghot_ratelimit {
	s64 level;
	u64 filled_ns;
};

void pghot_ratelimit_init(struct pghot_ratelimit *rl, u64 now_ns);
u64 pghot_ratelimit_fill(struct pghot_ratelimit *rl, u64 now_ns,
			 u64 pages_per_sec, u32 burst_ms);
void pghot_ratelimit_charge(struct pghot_ratelimit *rl, s64 pages);

#endif /* _MM_PGHOT_RATELIMIT_H */
