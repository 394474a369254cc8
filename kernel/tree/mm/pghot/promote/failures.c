// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: what promotion of page frames to a target failed for lately.
 */
#include <linux/hash.h>
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "promote/failures.h"

/* Begin to remember. Context: may sleep. Return: 0 or -ENOMEM. */
int pghot_failures_alloc(struct pghot_failures *f)
{
	f->slots = kvcalloc(PGHOT_FAILURES, sizeof(*f->slots), GFP_KERNEL);
	return f->slots ? 0 : -ENOMEM;
}

/* Forget all and remember no more. Context: may sleep. */
void pghot_failures_free(struct pghot_failures *f)
{
	kvfree(f->slots);
	f->slots = NULL;
}

static struct pghot_failure *slot_of(const struct pghot_failures *f,
				     unsigned long pfn)
{
	return f->slots ? &f->slots[hash_long(pfn, PGHOT_FAILURES_SHIFT)] : NULL;
}

/**
 * pghot_failures_note - a page frame was not promoted
 * @f: what is remembered; another page frame may have to be forgotten for it
 * @pfn: head page frame
 * @reason: why
 * @now: jiffies
 */
void pghot_failures_note(struct pghot_failures *f, unsigned long pfn,
			 enum pghot_fail_reason reason, unsigned long now)
{
	struct pghot_failure *slot = slot_of(f, pfn);

	if (!slot)
		return;
	if (slot->pfn != pfn || !slot->count)
		*slot = (struct pghot_failure) { .pfn = pfn };
	slot->when = now;
	slot->reason = reason;
	if (slot->count < U16_MAX)
		slot->count++;
}

/**
 * pghot_failures_forget - a page frame was promoted, or there is another page in it
 * @f: what is remembered
 * @pfn: the page frame
 */
void pghot_failures_forget(struct pghot_failures *f, unsigned long pfn)
{
	struct pghot_failure *slot = slot_of(f, pfn);

	if (slot && slot->pfn == pfn)
		slot->count = 0;
}

/**
 * pghot_failures_find - the last failure of a page frame
 * @f: what is remembered
 * @pfn: the page frame
 * @failure: set to a copy
 *
 * Return: false when none is remembered.
 */
bool pghot_failures_find(const struct pghot_failures *f, unsigned long pfn,
			 struct pghot_failure *failure)
{
	const struct pghot_failure *slot = slot_of(f, pfn);

	if (!slot || slot->pfn != pfn || !slot->count)
		return false;
	*failure = *slot;
	return true;
}
