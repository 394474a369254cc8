/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _MM_PGHOT_EXCHANGE_H
#define _MM_PGHOT_EXCHANGE_H

#include <linux/types.h>

#include "promote/ratelimit.h"

/**
 * struct pghot_exchange - what a full node may exchange with lower tiers
 * @allowance: base pages
 * @waiting: candidates that waited when the following began to be counted
 * @folios: folios promoted since
 * @pages: their base pages
 *
 * Protected by the lock of whatever it limits.
 */
struct pghot_exchange {
	struct pghot_ratelimit allowance;
	u32 waiting;
	u64 folios;
	u64 pages;
};

void pghot_exchange_init(struct pghot_exchange *x, u64 now_ns);
u64 pghot_exchange_allowance(struct pghot_exchange *x, u64 now_ns,
			     unsigned long size);
void pghot_exchange_charge(struct pghot_exchange *x, u64 folios, u64 pages);
bool pghot_exchange_judge(struct pghot_exchange *x, u64 now_ns, u32 waiting,
			  unsigned long size);

#endif /* _MM_PGHOT_EXCHANGE_H */
