/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whose memory is hot: the mappings of processes (pagemap.h) joined with what is known of
 * the page frames behind them (frames.h).
 *
 * A page counts in each process that maps it, as in the resident size; how much is mapped
 * by others, too, is told beside it. Records are those of the moment when they were read:
 * what moves meanwhile is where its process maps it now.
 */
#ifndef PGHOT_LIB_MAPPED_H
#define PGHOT_LIB_MAPPED_H

#include "frames.h"
#include "pagemap.h"

/* A frequency of 1 of a whole folio, so that base pages can have their parts of it. */
#define PGHOT_MAPPED_FREQ_ONE (1U << 18)

/**
 * struct pghot_mapped_sum - memory that is mapped, in base pages
 * @pages: by side and heat
 * @freq: by side: sum of frequencies, in PGHOT_MAPPED_FREQ_ONE. The frequency of a folio
 *	counts for the part of it that is mapped
 * @shared: of @pages, those that others map, too, or the same process elsewhere
 * @elsewhere: not in @pages, for it is of no node known
 */
struct pghot_mapped_sum {
	uint64_t pages[PGHOT_SIDES][PGHOT_HEATS];
	uint64_t freq[PGHOT_SIDES];
	uint64_t shared;
	uint64_t elsewhere;
};

/**
 * pghot_mapped_pages() - memory on a side, of all heats
 * @sum: sum
 * @side: fast or slow
 */
uint64_t pghot_mapped_pages(const struct pghot_mapped_sum *sum, enum pghot_side side);

/**
 * pghot_mapped_add() - add up
 * @to: sum
 * @more: what is added to it
 */
void pghot_mapped_add(struct pghot_mapped_sum *to, const struct pghot_mapped_sum *more);

/**
 * struct pghot_mapped_ops - who gets it; what is NULL is not called
 * @page: a page of the mapping at hand, whatever its heat; for who wants to look closer
 * @mapping: a mapping, complete or as far as it got
 * @process: a process, likewise, after its mappings; not @complete when it ended or executed
 *	another program meanwhile
 *
 * Strings are any bytes, and valid during the call only.
 */
struct pghot_mapped_ops {
	void (*page)(const struct pagemap_process *p, uint64_t addr, uint64_t pfn,
		     const struct pghot_frame *frame, void *data);
	void (*mapping)(const struct pagemap_process *p, const struct pagemap_mapping *m,
			const struct pghot_mapped_sum *sum, void *data);
	void (*process)(const struct pagemap_process *p, const struct pghot_mapped_sum *sum,
			bool complete, void *data);
};

struct pghot_mapped;

/**
 * pghot_mapped_start() - begin
 * @proc: where proc is mounted
 * @cgroup: directory of a cgroup: only processes in it and below it; or NULL
 * @pid: only this process, 0 for all
 * @nid: only memory of this node, or -1
 * @frames: what is known; must outlive it, and stays the caller's
 * @ops: who gets it; must outlive it
 * @data: passed to @ops
 *
 * It takes some 60 KiB, however many processes, mappings and pages there are.
 *
 * Return: for pghot_mapped_free(), NULL without memory.
 */
struct pghot_mapped *pghot_mapped_start(const char *proc, const char *cgroup, pid_t pid,
					int64_t nid, struct pghot_frames *frames,
					const struct pghot_mapped_ops *ops, void *data);

/* As of pagemap.h. After a stop what there is of the process at hand has been told. */
bool pghot_mapped_step(struct pghot_mapped *mapped, uint64_t budget_ns);
void pghot_mapped_stop(struct pghot_mapped *mapped);
const struct pagemap_status *pghot_mapped_status(const struct pghot_mapped *mapped);

/**
 * pghot_mapped_free() - free
 * @mapped: may be NULL
 */
void pghot_mapped_free(struct pghot_mapped *mapped);

#endif /* PGHOT_LIB_MAPPED_H */
