/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: may a folio be promoted, as it is now? */
#ifndef _MM_PGHOT_PROMOTE_RULING_H
#define _MM_PGHOT_PROMOTE_RULING_H

#include <linux/types.h>

#include "promote/placement.h"

struct folio;

/**
 * struct pghot_ruling - may a folio be promoted to a node?
 * @reason: the enum pghot_fail_reason why it may not, or -1
 * @waits: it may not since a user of it could not be asked
 * @asked: its users were asked, and @users is valid; they are not when the folio has to
 *	stay whatever they say
 * @users: what they say
 */
struct pghot_ruling {
	int reason;
	bool waits;
	bool asked;
	struct pghot_users users;
};

bool pghot_waits_to_be_split(struct folio *folio);
void pghot_rule(struct folio *folio, int nid, struct pghot_placement *cache,
		bool split, struct pghot_ruling *ruling);

#endif /* _MM_PGHOT_PROMOTE_RULING_H */
