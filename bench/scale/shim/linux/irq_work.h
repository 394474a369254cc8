/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SHIM_LINUX_IRQ_WORK_H
#define SHIM_LINUX_IRQ_WORK_H

#include <linux/types.h>

/* As large as the kernel's. */
struct irq_work {
	void *node[2];
	void (*func)(struct irq_work *work);
	void *wait;
};

static inline void init_irq_work(struct irq_work *work, void (*func)(struct irq_work *work))
{
	work->func = func;
}

#define irq_work_queue(work) ((work)->func(work))
#define irq_work_sync(work)  ((void)(work))

#endif
