/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: promotion on somebody's order. */
#ifndef _MM_PGHOT_PROMOTE_BY_HAND_H
#define _MM_PGHOT_PROMOTE_BY_HAND_H

#include <linux/pghot.h>
#include <linux/types.h>

struct pghot_result;

int pghot_promote_pfn(unsigned long pfn, int nid, enum pghot_origin_id origin,
		      struct pghot_result *res);
int pghot_promote_top(int nid, u32 count, struct pghot_result *res);

#endif /* _MM_PGHOT_PROMOTE_BY_HAND_H */
