/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: a batch, from the queue to the verdict on each of its candidates. */
#ifndef _MM_PGHOT_PROMOTE_RUN_H
#define _MM_PGHOT_PROMOTE_RUN_H

#include <linux/types.h>

struct pghot_batch;
struct pghot_result;
struct pghot_target;

unsigned int pghot_fill_batch(struct pghot_target *t, struct pghot_batch *batch,
			      u32 least, u64 max_pages, unsigned int max_folios);
void pghot_run_batch(struct pghot_target *t, struct pghot_batch *batch,
		     bool requeue, struct pghot_result *res);

#endif /* _MM_PGHOT_PROMOTE_RUN_H */
