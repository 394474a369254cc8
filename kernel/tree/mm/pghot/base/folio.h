/* SPDX-License-Identifier: GPL-2.0-only */
/* pghot: from a page frame number to a folio, and what a folio tells. */
#ifndef _MM_PGHOT_BASE_FOLIO_H
#define _MM_PGHOT_BASE_FOLIO_H

#include <linux/types.h>

struct folio;

struct folio *pghot_get_folio(unsigned long pfn);
unsigned long pghot_folio_around(unsigned long *pfn, bool on_lru);
unsigned int pghot_pfn_pages(unsigned long pfn);
u32 pghot_page_flags(struct folio *folio);
u64 pghot_cgroup_ino(struct folio *folio);
void pghot_folio_accessed(struct folio *folio);
void pghot_folio_not_idle(struct folio *folio);
bool pghot_folio_test_clear_young(struct folio *folio);

#endif /* _MM_PGHOT_BASE_FOLIO_H */
