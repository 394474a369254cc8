/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: the way into a queue. For all but its neighbours it is pghot_submit(). */
#ifndef _MM_PGHOT_QUEUE_SUBMIT_H
#define _MM_PGHOT_QUEUE_SUBMIT_H

#include <linux/types.h>

struct pghot_heap_entry;

void pghot_queue_reroute(const struct pghot_heap_entry *e, u8 idx);

#endif /* _MM_PGHOT_QUEUE_SUBMIT_H */
