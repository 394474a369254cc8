// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: which of the pages that are promoted had been demoted just before?
 *
 * The page frames that folios were demoted to are remembered for a minute, in a table
 * with one place for those of the same hash; the later one counts. So what is counted is
 * exact while no more is demoted in a minute than there are places, and a lower bound
 * beyond that. A page frame that was freed since belongs to another folio: it is only
 * taken for the same if its owner is.
 */
#include <linux/hash.h>
#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

#include "promote/returns.h"

/**
 * struct returns - folios that were demoted lately
 * @rcu: for its end
 * @slot: jiffies above, and below what the folio is known by; 0 when there is none
 */
struct returns {
	struct rcu_head rcu;
	u64 slot[PGHOT_RETURNS];
};

static struct returns __rcu *returns;

/* What a folio is known by, never 0. */
static u32 tag_of(unsigned long pfn, u64 owner)
{
	return ((u32)pfn ^ (u32)hash_64(owner, 32)) ?: 1;
}

/**
 * pghot_returns_start - begin to remember
 *
 * Context: pghot_lock held; may sleep.
 * Return: 0, also when it has begun, or -ENOMEM.
 */
int pghot_returns_start(void)
{
	struct returns *r;

	if (rcu_access_pointer(returns))
		return 0;
	r = kvzalloc(sizeof(*r), GFP_KERNEL);
	if (!r)
		return -ENOMEM;
	rcu_assign_pointer(returns, r);
	return 0;
}

/* Forget all and remember no more. Context: pghot_lock held; may sleep. */
void pghot_returns_stop(void)
{
	struct returns *r = rcu_replace_pointer(returns, NULL, true);

	if (r)
		kvfree_rcu(r, rcu);
}

/* Bytes of memory that it takes at present. */
u64 pghot_returns_bytes(void)
{
	return rcu_access_pointer(returns) ? sizeof(struct returns) : 0;
}

/**
 * pghot_returns_note - a folio was demoted
 * @pfn: first page frame of where it is now
 * @owner: whose it is, any number that is always the same
 *
 * Context: any.
 */
void pghot_returns_note(unsigned long pfn, u64 owner)
{
	u64 now = (u32)jiffies;
	struct returns *r;

	rcu_read_lock();
	r = rcu_dereference(returns);
	if (r)
		WRITE_ONCE(r->slot[hash_long(pfn, PGHOT_RETURNS_SHIFT)],
			   now << 32 | tag_of(pfn, owner));
	rcu_read_unlock();
}

/**
 * pghot_returns_claim - had a folio that is promoted been demoted just before?
 * @pfn: first page frame that it was promoted from
 * @owner: whose it is, as above
 *
 * Context: any.
 * Return: true once for each demotion.
 */
bool pghot_returns_claim(unsigned long pfn, u64 owner)
{
	bool found = false;
	struct returns *r;
	u64 *slot, was;

	rcu_read_lock();
	r = rcu_dereference(returns);
	if (r) {
		slot = &r->slot[hash_long(pfn, PGHOT_RETURNS_SHIFT)];
		was = READ_ONCE(*slot);
		if ((u32)was == tag_of(pfn, owner)) {
			u32 age = (u32)jiffies - (u32)(was >> 32);

			WRITE_ONCE(*slot, 0);
			found = age <= msecs_to_jiffies(PGHOT_RETURN_MS);
		}
	}
	rcu_read_unlock();
	return found;
}
