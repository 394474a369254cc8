/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: what keeps the queue of a target in step. */
#ifndef _MM_PGHOT_QUEUE_UPDATE_H
#define _MM_PGHOT_QUEUE_UPDATE_H

struct pghot_queue;

void pghot_queue_update(struct pghot_queue *q);

#endif /* _MM_PGHOT_QUEUE_UPDATE_H */
