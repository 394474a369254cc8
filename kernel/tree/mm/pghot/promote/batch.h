/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: folios that are migrated together, and what becomes of each. */
#ifndef _MM_PGHOT_PROMOTE_BATCH_H
#define _MM_PGHOT_PROMOTE_BATCH_H

#include <linux/types.h>
#include <uapi/linux/pghot.h>

#include "promote/placement.h"
#include "promote/ruling.h"
#include "queue/heap.h"

struct folio;
struct mem_cgroup;

#define PGHOT_BATCH_MAX		PGHOT_BATCH_NR_MAX

/**
 * enum pghot_outcome - what became of one folio of a batch
 * @PGHOT_OUTCOME_MOVED: promoted
 * @PGHOT_OUTCOME_FAILED: not promoted, for a reason
 * @PGHOT_OUTCOME_REROUTED: its users do not allow this target, for a reason, but
 *	another one
 */
enum pghot_outcome {
	PGHOT_OUTCOME_MOVED,
	PGHOT_OUTCOME_FAILED,
	PGHOT_OUTCOME_REROUTED,
};

/**
 * struct pghot_candidate - one folio on its way from queue to target
 * @entry: what the queue held
 * @folio: isolated, with a reference; NULL otherwise
 * @memcg: that it is charged to, with a reference, until it is settled
 * @nr_pages: base pages
 * @nr_left: base pages of it that did not move, of a folio that was split on the way
 * @from: node that the folio is on
 * @reroute_nid: for PGHOT_OUTCOME_REROUTED, a target that is allowed
 * @page_flags: enum pghot_page_flag, for the log
 * @cgroup_ino: for the log
 * @order: folio order, for the log
 * @outcome: what became of it
 * @reason: why, unless it moved
 * @waits: since a user of the page could not be asked, or for a share
 * @shared: it was taken out of the shares of its memory cgroup
 */
struct pghot_candidate {
	struct pghot_heap_entry entry;
	struct folio *folio;
	struct mem_cgroup *memcg;
	unsigned int nr_pages;
	unsigned int nr_left;
	int from;
	int reroute_nid;
	u32 page_flags;
	u64 cgroup_ino;
	u8 order;
	enum pghot_outcome outcome;
	enum pghot_fail_reason reason;
	bool waits;
	bool shared;
};

/**
 * struct pghot_batch - candidates that are migrated together
 * @nid: target node
 * @nr: candidates in use
 * @placement: what the users of these pages allow, while they are migrated
 * @share_of: base pages per second that memory cgroups have their shares of, 0 when
 *	shares do not matter
 * @ruling: on the one that is being looked at; here since it is too large for a stack
 * @cand: the candidates
 *
 * Belongs to who fills it; no lock.
 */
struct pghot_batch {
	int nid;
	unsigned int nr;
	struct pghot_placement placement;
	u64 share_of;
	struct pghot_ruling ruling;
	struct pghot_candidate cand[PGHOT_BATCH_MAX];
};

void pghot_migrate_batch(struct pghot_batch *batch);

#endif /* _MM_PGHOT_PROMOTE_BATCH_H */
