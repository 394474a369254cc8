/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: what is known of pages, as struct pghot_entry, for netlink and debugfs. */
#ifndef _MM_PGHOT_CONTROL_DUMP_H
#define _MM_PGHOT_CONTROL_DUMP_H

#include <linux/types.h>
#include <uapi/linux/pghot_entry.h>

/**
 * struct pghot_query - which entries a dump wants
 * @nid: node, or NUMA_NO_NODE for all
 * @limit: at most so many, 0 for all
 * @min_freq: at least this decayed frequency
 * @pfn_start: first page frame
 * @pfn_end: last page frame, inclusive
 */
struct pghot_query {
	int nid;
	u32 limit;
	u32 min_freq;
	unsigned long pfn_start;
	unsigned long pfn_end;
};

void pghot_dump_page(struct pghot_entry *e, unsigned long pfn, u32 rec);
int pghot_dump_heaps(const struct pghot_query *q, struct pghot_entry **entries,
		     size_t *nr);
int pghot_dump_hottest(const struct pghot_query *q,
		       struct pghot_entry **entries, size_t *nr);
size_t pghot_dump_records(const struct pghot_query *q, unsigned long *cursor,
			  struct pghot_entry *entries, size_t nr);
int pghot_dump_promoted(const struct pghot_query *q,
			struct pghot_entry **entries, size_t *nr);

#endif /* _MM_PGHOT_CONTROL_DUMP_H */
