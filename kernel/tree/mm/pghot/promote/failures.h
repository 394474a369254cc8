/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: what promotion of page frames to a target failed for lately. */
#ifndef _MM_PGHOT_PROMOTE_FAILURES_H
#define _MM_PGHOT_PROMOTE_FAILURES_H

#include <linux/types.h>
#include <uapi/linux/pghot.h>

#define PGHOT_FAILURES_SHIFT	11
#define PGHOT_FAILURES		BIT(PGHOT_FAILURES_SHIFT)

/**
 * struct pghot_failure - the last failure of a page frame
 * @pfn: the page frame
 * @when: jiffies
 * @count: in succession, saturating; 0 when nothing is remembered here
 * @reason: enum pghot_fail_reason
 */
struct pghot_failure {
	unsigned long pfn;
	unsigned long when;
	u16 count;
	u8 reason;
};

/**
 * struct pghot_failures - failures, by page frame
 * @slots: PGHOT_FAILURES of them, for a page frame the one of its hash; the later one
 *	counts. %NULL while nothing is remembered
 *
 * A page that may not move has its heat taken from it, and nothing else tells that it
 * ever was hot. Protected by the lock of the target.
 */
struct pghot_failures {
	struct pghot_failure *slots;
};

int pghot_failures_alloc(struct pghot_failures *f);
void pghot_failures_free(struct pghot_failures *f);
void pghot_failures_note(struct pghot_failures *f, unsigned long pfn,
			 enum pghot_fail_reason reason, unsigned long now);
void pghot_failures_forget(struct pghot_failures *f, unsigned long pfn);
bool pghot_failures_find(const struct pghot_failures *f, unsigned long pfn,
			 struct pghot_failure *failure);

#endif /* _MM_PGHOT_PROMOTE_FAILURES_H */
