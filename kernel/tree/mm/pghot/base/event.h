/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot: who outside is told of promotions.
 *
 * Rooms that promote have something to tell; the room that tells it to listeners in
 * user space is above them. It registers itself here.
 */
#ifndef _MM_PGHOT_BASE_EVENT_H
#define _MM_PGHOT_BASE_EVENT_H

#include "base/config.h"

/**
 * struct pghot_result - outcome of an attempt to promote, in base pages
 * @attempted: pages taken off a heap or asked for
 * @promoted: pages that moved
 * @failed: pages that did not, by enum pghot_fail_reason
 */
struct pghot_result {
	u64 attempted;
	u64 promoted;
	u64 failed[PGHOT_NR_FAIL_REASONS];
};

void pghot_result_add(struct pghot_result *sum, const struct pghot_result *res);

/**
 * typedef pghot_listener_fn - told how a batch went, or what holds promotion back
 * @kind: what happened
 * @nid: target node
 * @res: outcome of the batch; %NULL when there was none
 * @threshold: frequency that promotion to @nid asks for at present
 * @heap_length: folios that wait for promotion to @nid
 *
 * Context: process context, may sleep, with locks of the target or its queue held.
 */
typedef void (*pghot_listener_fn)(enum pghot_promotion_kind kind, int nid,
				  const struct pghot_result *res, u32 threshold,
				  u32 heap_length);

void pghot_set_listener(pghot_listener_fn fn);
void pghot_tell(enum pghot_promotion_kind kind, int nid,
		const struct pghot_result *res, u32 threshold, u32 heap_length);

#endif /* _MM_PGHOT_BASE_EVENT_H */
