/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot, room promote: the engine.
 *
 *	target		what is kept per node that is promoted to, and its lifetime
 *	kpromoted	the thread of a target, and how much it promotes when
 *	by_hand		promotion on somebody's order
 *	run		a batch from queue to verdict
 *	migrate		a batch of page frames to another node
 *	ruling		may a folio be promoted
 *	placement	what the users of a page allow
 *	threshold	how hot a page must be
 *	ratelimit	how much per second
 *	judge		is what comes up worth what goes down for it (pure)
 *	watch		the pages that are looked at to find out
 *	migrated	what migrate_pages() tells of what goes up and down
 *	room		has a node room
 *	cgroup		what memory cgroups were told, and what became of their pages
 *	returns		pages that were demoted just before
 *	log		recent promotions
 *	failures	what promotion failed for lately
 *
 * It stands on queue and base. Candidates come to it through pghot_submit(), from
 * whoever; what it has to say of them goes to their origin. It knows neither records
 * nor detectors.
 */
#ifndef _MM_PGHOT_PROMOTE_TARGET_H
#define _MM_PGHOT_PROMOTE_TARGET_H

#include <linux/mutex.h>
#include <linux/types.h>

#include "base/event.h"
#include "promote/failures.h"
#include "promote/log.h"
#include "promote/ratelimit.h"
#include "promote/threshold.h"
#include "promote/watch.h"
#include "queue/queue.h"

struct pghot_batch;
struct task_struct;

/**
 * struct pghot_tally - what promotion to a target has brought about
 * @result: sum of all attempts
 * @second_at: jiffies at which the second being counted began
 * @this_second: base pages promoted in it so far
 * @last_second: promoted in the one before
 */
struct pghot_tally {
	struct pghot_result result;
	unsigned long second_at;
	u64 this_second;
	u64 last_second;
};

/**
 * struct pghot_target - what is kept per node that is promoted to
 * @nid: the node
 * @queue: what waits for it; has a lock of its own
 * @thread: kpromotedN while the target runs; under pghot_lock
 * @batch: what the thread is migrating; the thread's, no lock; NULL unless running
 * @lock: protects all below; may be taken under pghot_lock, outside queue.lock; not
 *	held while folios are migrated
 * @threshold: how hot a page must be
 * @limit: token bucket of the promotion rate
 * @per_sec: base pages that may be promoted per second: what memory cgroups share
 * @limited: the rate limit holds promotion back at present
 * @tally: what came of it so far
 * @log: recent promotions
 * @failures: what promotion failed for lately
 * @watch: what may be promoted while the node is full; has a lock of its own, below all
 *	others
 *
 * Made when a node is first seen in a top tier and never freed, so that a pointer to
 * it needs no protection. What only a running target needs is allocated by
 * pghot_target_open() and freed by pghot_target_close().
 */
struct pghot_target {
	int nid;
	struct pghot_queue queue;
	struct task_struct *thread;
	struct pghot_batch *batch;

	struct mutex lock;	/* see above */
	struct pghot_threshold threshold;
	struct pghot_ratelimit limit;
	u64 per_sec;
	bool limited;
	struct pghot_tally tally;
	struct pghot_log log;
	struct pghot_failures failures;

	struct pghot_watch watch;
};

/**
 * struct pghot_target_stats - what a target looks like
 * @queue: what waits
 * @limited: the rate limit holds promotion back at present
 * @full: promotion means demotion at present
 * @threshold: how hot a page must be at present
 * @watch: how the exchange with lower tiers is judged
 * @promoted_per_sec: base pages promoted in the last second
 * @result: sum of all attempts
 */
struct pghot_target_stats {
	struct pghot_queue_stats queue;
	bool limited;
	bool full;
	u32 threshold;
	struct pghot_watch_stats watch;
	u64 promoted_per_sec;
	struct pghot_result result;
};

struct pghot_target *pghot_target(int nid);
struct pghot_target *pghot_target_by_idx(u8 idx);
int pghot_update_targets(void);
int pghot_target_open(struct pghot_target *t);
void pghot_target_close(struct pghot_target *t);
int pghot_targets_resize(u32 capacity);
u64 pghot_targets_bytes(void);

bool pghot_target_last_failure(struct pghot_target *t, unsigned long pfn,
			       struct pghot_failure *failure);
void pghot_tally_add(struct pghot_tally *tally, const struct pghot_result *res);
void pghot_target_get_stats(struct pghot_target *t,
			    struct pghot_target_stats *stats);
void pghot_target_reset_stats(struct pghot_target *t);

#endif /* _MM_PGHOT_PROMOTE_TARGET_H */
