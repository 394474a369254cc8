// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: tracepoints, and who outside is told of promotions.
 */
#include <linux/compiler.h>

#include "base/event.h"

#define CREATE_TRACE_POINTS
#include <trace/events/pghot.h>

/* Set once, at boot. */
static pghot_listener_fn listener;

/**
 * pghot_set_listener - from now on, have a function told
 * @fn: the function
 *
 * Context: boot.
 */
void pghot_set_listener(pghot_listener_fn fn)
{
	WRITE_ONCE(listener, fn);
}

/**
 * pghot_tell - tell the listener, if there is one
 * @kind: what happened
 * @nid: target node
 * @res: outcome of a batch; %NULL when there was none
 * @threshold: frequency that promotion to @nid asks for at present
 * @heap_length: folios that wait for promotion to @nid
 *
 * Context: process context, may sleep.
 */
void pghot_tell(enum pghot_promotion_kind kind, int nid,
		const struct pghot_result *res, u32 threshold, u32 heap_length)
{
	pghot_listener_fn fn = READ_ONCE(listener);

	if (fn)
		fn(kind, nid, res, threshold, heap_length);
}

/**
 * pghot_result_add - sum up outcomes
 * @sum: takes the sum
 * @res: what is added
 */
void pghot_result_add(struct pghot_result *sum, const struct pghot_result *res)
{
	int i;

	sum->attempted += res->attempted;
	sum->promoted += res->promoted;
	for (i = 0; i < PGHOT_NR_FAIL_REASONS; i++)
		sum->failed[i] += res->failed[i];
}
