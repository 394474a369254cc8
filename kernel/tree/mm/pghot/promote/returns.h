/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: which of the pages that are promoted had been demoted just before? */
#ifndef _MM_PGHOT_PROMOTE_RETURNS_H
#define _MM_PGHOT_PROMOTE_RETURNS_H

#include <linux/types.h>

/* Folios whose demotion is remembered, at most. */
#define PGHOT_RETURNS_SHIFT	16
#define PGHOT_RETURNS		BIT(PGHOT_RETURNS_SHIFT)

/* And for how long. */
#define PGHOT_RETURN_MS		60000

int pghot_returns_start(void);
void pghot_returns_stop(void);
u64 pghot_returns_bytes(void);
void pghot_returns_note(unsigned long pfn, u64 owner);
bool pghot_returns_claim(unsigned long pfn, u64 owner);

#endif /* _MM_PGHOT_PROMOTE_RETURNS_H */
