/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot's events: what changed and who changed it, and what was promoted. */
#ifndef _MM_PGHOT_CONTROL_NOTIFY_H
#define _MM_PGHOT_CONTROL_NOTIFY_H

#include <linux/types.h>
#include <uapi/linux/pghot.h>

struct pghot_params;
struct pghot_result;
struct pghot_source_ops;

void pghot_notify_promotion(enum pghot_promotion_kind kind, int nid,
			    const struct pghot_result *res, u32 threshold,
			    u32 heap_length);
void pghot_notify_source(const struct pghot_source_ops *ops);
void pghot_notify_params(const struct pghot_params *old,
			 const struct pghot_params *new);
void pghot_notify_reset(u32 what);

#endif /* _MM_PGHOT_CONTROL_NOTIFY_H */
