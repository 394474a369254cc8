/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: one page, and what there is between it and its promotion. */
#ifndef _MM_PGHOT_CONTROL_EXPLAIN_H
#define _MM_PGHOT_CONTROL_EXPLAIN_H

#include <linux/types.h>
#include <uapi/linux/pghot.h>
#include <uapi/linux/pghot_entry.h>

#include "promote/failures.h"
#include "promote/placement.h"
#include "promote/ruling.h"
#include "promote/target.h"
#include "queue/heap.h"

/**
 * struct pghot_explained - one page, and what there is between it and its promotion
 * @entry: the page and its record, by the first page frame of its folio
 * @used: there is a folio, with all that only a folio has
 * @tracked: there are records of pages here
 * @window_ms: by which its record decays, 0 when there is none
 * @nid: where it would go; NUMA_NO_NODE for nowhere, with nothing of what follows but
 *	@ruling.reason
 * @target: what promotion to @nid looks like
 * @place: where it is on the way
 * @at: its place in the heap, if it is there
 * @ruling: may it move, if it was its turn now?
 * @mappings: of the folio
 * @references: to the folio
 * @partly_mapped: it is to be split before
 * @room: @nid has room for it
 * @free_pages: of @nid
 * @failed: promotion of it has failed, and that is remembered
 * @failure: how
 * @placement: scratch, of no interest to who asks
 */
struct pghot_explained {
	struct pghot_entry entry;
	bool used;
	bool tracked;
	u32 window_ms;
	int nid;
	struct pghot_target_stats target;
	enum pghot_queue_place place;
	struct pghot_place at;
	struct pghot_ruling ruling;
	u32 mappings;
	u32 references;
	bool partly_mapped;
	bool room;
	u64 free_pages;
	bool failed;
	struct pghot_failure failure;
	struct pghot_placement placement;
};

void pghot_explain(unsigned long pfn, int nid, struct pghot_explained *x);

#endif /* _MM_PGHOT_CONTROL_EXPLAIN_H */
