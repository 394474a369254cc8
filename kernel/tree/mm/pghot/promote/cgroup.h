/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: what is kept of a memory cgroup. See cgroup.c. */
#ifndef _MM_PGHOT_PROMOTE_CGROUP_H
#define _MM_PGHOT_PROMOTE_CGROUP_H

#include <linux/atomic.h>
#include <linux/types.h>

#include "base/config.h"
#include "base/node.h"
#include "promote/ratelimit.h"

struct folio;
struct mem_cgroup;

/**
 * enum pghot_cgroup_event - what is counted of a memory cgroup, in base pages
 * @PGHOT_CGROUP_PROMOTED: promoted
 * @PGHOT_CGROUP_DEMOTED: demoted to make room in a top tier
 * @PGHOT_CGROUP_RETURNED: promoted again soon after they had been demoted
 * @PGHOT_CGROUP_FAILED: not promoted, for the first of the reasons; others follow in the
 *	order of enum pghot_fail_reason
 * @PGHOT_CGROUP_NR_EVENTS: number of counters
 */
enum pghot_cgroup_event {
	PGHOT_CGROUP_PROMOTED,
	PGHOT_CGROUP_DEMOTED,
	PGHOT_CGROUP_RETURNED,
	PGHOT_CGROUP_FAILED,
	PGHOT_CGROUP_NR_EVENTS = PGHOT_CGROUP_FAILED + PGHOT_NR_FAIL_REASONS,
};

/**
 * struct pghot_cgroup_counts - what has happened to pages of a memory cgroup
 * @n: base pages by enum pghot_cgroup_event
 */
struct pghot_cgroup_counts {
	u64 n[PGHOT_CGROUP_NR_EVENTS];
};

/**
 * struct pghot_shares - what a memory cgroup has left of its shares
 * @bucket: of promotion to each target, by its compact index; only for who promotes to
 *	that
 */
struct pghot_shares {
	struct pghot_ratelimit bucket[PGHOT_MAX_TARGETS + 1];
};

/**
 * struct pghot_cgroup - what is kept of a memory cgroup
 * @ino: inode number of the cgroup
 * @parent: of the memory cgroup that it is in, NULL for the root
 * @promote: it was not told to stay out of promotion
 * @share: percent of what is promoted that it can have, with all that is below
 * @shares: what is left of that; NULL while it was not told of any
 * @count: by enum pghot_cgroup_event, with all that is below
 * @rcu: for its end
 *
 * Found and read under RCU. Only settings and counters change.
 */
struct pghot_cgroup {
	u64 ino;
	struct pghot_cgroup *parent;
	bool promote;
	u32 share;
	struct pghot_shares *shares;
	atomic64_t count[PGHOT_CGROUP_NR_EVENTS];
	struct rcu_head rcu;
};

/**
 * struct pghot_cgroup_view - what is known of a memory cgroup
 * @ino: inode number of the cgroup
 * @promote: as it was set
 * @promotes: what follows from that, and from what its ancestors were set to
 * @share: as it was set, in percent
 * @least_share: what follows from that likewise
 * @counts: since it was made, with those of all that is or was below
 */
struct pghot_cgroup_view {
	u64 ino;
	bool promote;
	bool promotes;
	u32 share;
	u32 least_share;
	struct pghot_cgroup_counts counts;
};

/**
 * struct pghot_cgroup_settings - what a memory cgroup is to be told
 * @sets_promote: @promote is among it
 * @sets_share: @share is
 * @promote: whether its pages are promoted
 * @share: percent of what is promoted that it can have
 */
struct pghot_cgroup_settings {
	bool sets_promote;
	bool sets_share;
	bool promote;
	u32 share;
};

bool pghot_cgroup_promotes(const struct pghot_cgroup *g);
u32 pghot_cgroup_least_share(const struct pghot_cgroup *g);
bool pghot_cgroup_take_share(struct pghot_cgroup *g, u8 idx, u64 pages_per_sec,
			     u64 now_ns, unsigned int pages);
void pghot_cgroup_give_back(struct pghot_cgroup *g, u8 idx, unsigned int pages);
void pghot_cgroup_add(struct pghot_cgroup *g,
		      const struct pghot_cgroup_counts *counts);

struct mem_cgroup *pghot_folio_memcg(struct folio *folio);
bool pghot_folio_may_promote(struct folio *folio);
bool pghot_memcg_take_share(struct mem_cgroup *memcg, u8 idx, u64 pages_per_sec,
			    unsigned int pages);
void pghot_memcg_give_back(struct mem_cgroup *memcg, u8 idx, unsigned int pages);
void pghot_cgroup_count(struct mem_cgroup *memcg,
			const struct pghot_cgroup_counts *counts);
void pghot_cgroup_count_demoted(struct folio *folio);
u32 pghot_cgroup_seq(void);
void pghot_cgroup_view(struct mem_cgroup *memcg, struct pghot_cgroup_view *view);
bool pghot_cgroup_next(unsigned long *serial, struct pghot_cgroup_view *view);
int pghot_cgroup_set(struct mem_cgroup *memcg,
		     const struct pghot_cgroup_settings *s);

#endif /* _MM_PGHOT_PROMOTE_CGROUP_H */
