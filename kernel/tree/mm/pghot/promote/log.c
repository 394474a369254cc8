// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: the log of recent promotions to a target.
 */
#include <linux/slab.h>

#include "promote/log.h"

/* Begin to log. Context: may sleep. Return: 0 or -ENOMEM. */
int pghot_log_alloc(struct pghot_log *log)
{
	log->lines = kvcalloc(PGHOT_PROMOTED_LOG, sizeof(*log->lines),
			      GFP_KERNEL);
	log->head = 0;
	return log->lines ? 0 : -ENOMEM;
}

/* Forget all and log no more. Context: may sleep. */
void pghot_log_free(struct pghot_log *log)
{
	kvfree(log->lines);
	log->lines = NULL;
}

/* Write a line, over the oldest when there are PGHOT_PROMOTED_LOG. */
void pghot_log_add(struct pghot_log *log, const struct pghot_promoted *line)
{
	if (log->lines)
		log->lines[log->head++ % PGHOT_PROMOTED_LOG] = *line;
}
