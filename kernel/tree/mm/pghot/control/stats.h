/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: counters. */
#ifndef _MM_PGHOT_CONTROL_STATS_H
#define _MM_PGHOT_CONTROL_STATS_H

#include <linux/types.h>

#include "base/config.h"

extern const char * const pghot_fail_reasons[PGHOT_NR_FAIL_REASONS];

unsigned long *pghot_get_events(void);
int pghot_reset_events(void);
void pghot_failed_events(const unsigned long *ev, u64 *failed);

#endif /* _MM_PGHOT_CONTROL_STATS_H */
