/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot: is a candidate that could not be promoted tried again?
 *
 * A failure that may pass is, a few times: mostly the page is in somebody's hands just
 * now, and if it still is the next time it probably always will be. A page that waits for
 * a user who could not be asked is another matter. Nothing is known against it, and
 * whoever changes an address space may be at it for long: fork() of a process with a
 * terabyte takes seconds. It is asked for again about eight times per window, until it has
 * gone cold, or for so long that it would only be in the way of others. The same goes for a
 * page whose memory cgroup has had its share for now.
 */
#ifndef _MM_PGHOT_PROMOTE_RETRY_H
#define _MM_PGHOT_PROMOTE_RETRY_H

#include <linux/types.h>
#include <uapi/linux/pghot.h>

#include "queue/heap.h"

/* How often a failure that may pass is tried again before its origin is told. */
#define PGHOT_MAX_TRIES		3

/* How often a page has to wait for a user before its origin is told. */
#define PGHOT_MAX_WAITS		128

static inline bool pghot_may_pass(enum pghot_fail_reason reason)
{
	return reason == PGHOT_FAIL_REASON_BUSY ||
	       reason == PGHOT_FAIL_REASON_MIGRATE ||
	       reason == PGHOT_FAIL_REASON_NO_MEMORY;
}

/**
 * pghot_try_again - count a failure, and decide what becomes of the candidate
 * @e: the candidate
 * @reason: why it was not promoted
 * @waits: since a user of the page could not be asked, or for a share
 *
 * Context: any.
 * Return: true when it is to be tried again, false when its origin is to be told.
 */
static inline bool pghot_try_again(struct pghot_heap_entry *e,
				   enum pghot_fail_reason reason, bool waits)
{
	if (waits)
		return ++e->waits < PGHOT_MAX_WAITS;

	return ++e->tries < PGHOT_MAX_TRIES && pghot_may_pass(reason);
}

#endif /* _MM_PGHOT_PROMOTE_RETRY_H */
