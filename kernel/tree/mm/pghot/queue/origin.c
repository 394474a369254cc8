// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: what the queue asks of whoever made a page a candidate.
 */
#include <linux/cache.h>
#include <linux/compiler.h>

#include "queue/origin.h"

/* For those who keep nothing. */
static const struct pghot_origin forgetful;

/* Set at boot. */
static const struct pghot_origin *origins[PGHOT_NR_ORIGINS] __read_mostly = {
	[0 ... PGHOT_NR_ORIGINS - 1] = &forgetful,
};

/**
 * pghot_register_origin - have an origin asked about its candidates
 * @id: which
 * @origin: what to ask; %NULL to ask no more
 *
 * Context: while there are none of its candidates.
 */
void pghot_register_origin(enum pghot_origin_id id,
			   const struct pghot_origin *origin)
{
	WRITE_ONCE(origins[id], origin ?: &forgetful);
}

/* Never %NULL. Context: any. */
const struct pghot_origin *pghot_origin(enum pghot_origin_id id)
{
	return READ_ONCE(origins[id]);
}

/**
 * pghot_origin_look - what is known of a page at present
 * @id: who made it a candidate
 * @pfn: first page frame of the folio
 * @view: set, to nothing when nothing is known
 *
 * Context: any but NMI.
 * Return: false when its origin keeps nothing, or knows nothing of it.
 */
bool pghot_origin_look(enum pghot_origin_id id, unsigned long pfn,
		       struct pghot_view *view)
{
	const struct pghot_origin *origin = pghot_origin(id);

	*view = (struct pghot_view) { .sources = origin->sources };
	return origin->look && origin->look(pfn, view);
}

/**
 * pghot_origin_leave - tell that a candidate leaves its queue
 * @id: who made it one
 * @pfn: first page frame of the folio
 * @idx: compact index of the target of the queue
 * @why: why
 *
 * Context: any but NMI.
 */
void pghot_origin_leave(enum pghot_origin_id id, unsigned long pfn, u8 idx,
			enum pghot_leave why)
{
	const struct pghot_origin *origin = pghot_origin(id);

	if (origin->leave)
		origin->leave(pfn, idx, why);
}

/**
 * pghot_origin_forget - tell that a page frame has been given to another page
 * @id: who may know something of it
 * @pfn: the page frame
 *
 * Context: any but NMI.
 */
void pghot_origin_forget(enum pghot_origin_id id, unsigned long pfn)
{
	const struct pghot_origin *origin = pghot_origin(id);

	if (origin->forget)
		origin->forget(pfn);
}

/**
 * pghot_origin_has_more - has an origin candidates that had found no room?
 * @id: the origin
 * @idx: compact index of their target
 *
 * Context: may sleep.
 */
bool pghot_origin_has_more(enum pghot_origin_id id, u8 idx)
{
	const struct pghot_origin *origin = pghot_origin(id);

	return origin->has_more && origin->has_more(idx);
}

/* Has any origin? Context: may sleep. */
bool pghot_any_origin_has_more(u8 idx)
{
	enum pghot_origin_id id;

	for (id = 0; id < PGHOT_NR_ORIGINS; id++) {
		if (pghot_origin_has_more(id, idx))
			return true;
	}
	return false;
}
