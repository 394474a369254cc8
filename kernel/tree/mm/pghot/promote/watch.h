/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: the pages that are watched to judge what a full node exchanges. */
#ifndef _MM_PGHOT_PROMOTE_WATCH_H
#define _MM_PGHOT_PROMOTE_WATCH_H

#include <linux/spinlock.h>
#include <linux/types.h>

#include "promote/judge.h"

struct folio;

/* Pages of each kind that are watched. */
#define PGHOT_WATCHED	64U

/**
 * enum pghot_watch_kind - which way a page has gone
 * @PGHOT_WATCH_UP: it was promoted
 * @PGHOT_WATCH_DOWN: it was demoted
 * @PGHOT_WATCH_KINDS: number of kinds
 */
enum pghot_watch_kind {
	PGHOT_WATCH_UP,
	PGHOT_WATCH_DOWN,
	PGHOT_WATCH_KINDS,
};

/**
 * struct pghot_watched - a folio that is watched
 * @pfn: its first page frame, 0 when there is none
 * @looks: how often it has been looked at
 */
struct pghot_watched {
	unsigned long pfn;
	u32 looks;
};

/**
 * struct pghot_watch - what is known of the exchange of a target
 * @lock: protects all below but @armed_ms; a leaf, taken by who migrates as well
 * @judge: outlives the last source
 * @page: who is watched, by kind
 * @next: of each kind, the one that is replaced next
 * @passed: base pages of each kind that have gone since one was taken
 * @news_ms: when the last page has gone either way
 * @armed_ms: when accessed bits were cleared last, 0 when they are to be; the thread's
 *	of the target
 */
struct pghot_watch {
	spinlock_t lock;	/* see above */
	struct pghot_judge judge;
	struct pghot_watched page[PGHOT_WATCH_KINDS][PGHOT_WATCHED];
	unsigned int next[PGHOT_WATCH_KINDS];
	u64 passed[PGHOT_WATCH_KINDS];
	u64 news_ms;
	u64 armed_ms;
};

/**
 * struct pghot_watch_stats - how the exchange of a target is judged at present
 * @verdict: the last one
 * @ratio: that it was passed on, in percent
 * @grant: base pages that may be exchanged before the next one
 * @look_ms: time between two looks
 */
struct pghot_watch_stats {
	enum pghot_verdict verdict;
	u32 ratio;
	u64 grant;
	u32 look_ms;
};

void pghot_watch_init(struct pghot_watch *w, int nid);
u64 pghot_watch_allowance(struct pghot_watch *w);
void pghot_watch_pace(struct pghot_watch *w, u64 *per_sec, u32 *span_ms);
enum pghot_demand pghot_watch_demand(struct pghot_watch *w, bool waiting);
bool pghot_watch_has_news(struct pghot_watch *w);
void pghot_watch_charge(struct pghot_watch *w, u64 pages);
void pghot_watch_add(struct pghot_watch *w, enum pghot_watch_kind kind,
		     unsigned long pfn, unsigned long nr);
void pghot_watch_claim(unsigned long pfn, u32 ms);
bool pghot_watch_claims(unsigned long pfn);
u32 pghot_watch_round(struct pghot_watch *w, int nid);
void pghot_watch_get_stats(struct pghot_watch *w,
			   struct pghot_watch_stats *stats);

#endif /* _MM_PGHOT_PROMOTE_WATCH_H */
