/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: how much memory is how hot, and whose. */
#ifndef _MM_PGHOT_CONTROL_SUMMARY_H
#define _MM_PGHOT_CONTROL_SUMMARY_H

#include <linux/log2.h>
#include <linux/minmax.h>
#include <linux/types.h>
#include <uapi/linux/pghot.h>

/* Rows that are kept until they are told. */
#define PGHOT_SUMMARY_ROWS	64

/**
 * struct pghot_summary_row - memory of one kind
 * @nid: node
 * @type: enum pghot_page_type
 * @cgroup_ino: memory cgroup
 * @folios: how many
 * @pages: their base pages, by class of frequency and age
 */
struct pghot_summary_row {
	int nid;
	u32 type;
	u64 cgroup_ino;
	u64 folios;
	u64 pages[PGHOT_SUMMARY_FREQ_CLASSES][PGHOT_SUMMARY_AGE_CLASSES];
};

/**
 * struct pghot_summary - a walk over the records that adds up
 * @nid: node of interest, or NUMA_NO_NODE
 * @least: colder pages are of no interest, at least 1
 * @cursor: page frame to go on with
 * @last: last page frame of interest
 * @now: bucket of the present
 * @nr: rows in use
 * @full: there was another row than those, and the walk stopped before it
 * @budget: records to visit before others have their turn
 * @rows: sums since they were last taken
 *
 * Belongs to who walks; no lock.
 */
struct pghot_summary {
	int nid;
	u32 least;
	unsigned long cursor;
	unsigned long last;
	u32 now;
	unsigned int nr;
	bool full;
	unsigned int budget;
	struct pghot_summary_row rows[PGHOT_SUMMARY_ROWS];
};

/* The class of a frequency of at least 1: by powers of two. */
static inline unsigned int pghot_summary_freq_class(u32 freq)
{
	return min_t(unsigned int, ilog2(freq), PGHOT_SUMMARY_FREQ_CLASSES - 1);
}

/* The class of an age: less than 1 s, 4 s, 16 s and so on. */
static inline unsigned int pghot_summary_age_class(u32 age_ms)
{
	u32 seconds = age_ms / 1000;

	if (!seconds)
		return 0;
	return min_t(unsigned int, 1 + ilog2(seconds) / 2,
		     PGHOT_SUMMARY_AGE_CLASSES - 1);
}

u32 pghot_summary_type(u32 page_flags);
bool pghot_summary_add(struct pghot_summary *s,
		       const struct pghot_summary_row *key, u32 freq,
		       u32 age_ms, unsigned long pages);
int pghot_summary_walk(struct pghot_summary *s);

#endif /* _MM_PGHOT_CONTROL_SUMMARY_H */
