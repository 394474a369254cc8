/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: the log of recent promotions to a target. */
#ifndef _MM_PGHOT_PROMOTE_LOG_H
#define _MM_PGHOT_PROMOTE_LOG_H

#include <linux/types.h>

#define PGHOT_PROMOTED_LOG	1024	/* lines, power of two */

/**
 * struct pghot_promoted - one line of the log
 * @pfn: head page frame that the folio came from
 * @cgroup_ino: its memory cgroup
 * @when: jiffies
 * @page_flags: enum pghot_page_flag
 * @from: node that it came from
 * @order: folio order
 * @freq: its frequency when it was promoted
 * @sources: who saw it, mask of BIT(enum pghot_source_id)
 */
struct pghot_promoted {
	unsigned long pfn;
	u64 cgroup_ino;
	unsigned long when;
	u32 page_flags;
	s16 from;
	u8 order;
	u8 freq;
	u8 sources;
};

/**
 * struct pghot_log - a ring of lines
 * @lines: the lines; NULL while nothing is logged
 * @head: lines ever written
 *
 * Protected by the lock of the target.
 */
struct pghot_log {
	struct pghot_promoted *lines;
	u32 head;
};

int pghot_log_alloc(struct pghot_log *log);
void pghot_log_free(struct pghot_log *log);
void pghot_log_add(struct pghot_log *log, const struct pghot_promoted *line);

/* Lines that there are. */
static inline u32 pghot_log_length(const struct pghot_log *log)
{
	if (!log->lines)
		return 0;
	return log->head < PGHOT_PROMOTED_LOG ? log->head : PGHOT_PROMOTED_LOG;
}

/* A line, 1 for the latest, up to pghot_log_length() for the oldest. */
static inline const struct pghot_promoted *
pghot_log_line(const struct pghot_log *log, u32 back)
{
	return &log->lines[(log->head - back) % PGHOT_PROMOTED_LOG];
}

#endif /* _MM_PGHOT_PROMOTE_LOG_H */
