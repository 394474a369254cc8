/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Page frames, folios and nodes. There are two nodes, SHIM_FAST and SHIM_SLOW; what is in
 * them is for the model to say.
 */
#ifndef SHIM_LINUX_MM_H
#define SHIM_LINUX_MM_H

#include <linux/atomic.h>
#include <linux/bits.h>
#include <linux/minmax.h>
#include <linux/nodemask.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/types.h>

#define PAGE_SHIFT	  12
#define PAGE_SIZE	  (1UL << PAGE_SHIFT)
#define PFN_SECTION_SHIFT 15
#define PAGES_PER_SECTION (1UL << PFN_SECTION_SHIFT)

#define SHIM_FAST 0
#define SHIM_SLOW 1

#define ALIGN_DOWN(n, to) ((n) & ~((to)-1))
#define ALIGN(n, to)	  ALIGN_DOWN((n) + (to)-1, to)
#define might_sleep()	  ((void)0)

struct folio {
	unsigned long pfn;
	int nid;
};

struct page;
struct pglist_data;

/* The model's. */
unsigned long node_present_pages(int nid);

static inline unsigned long pfn_to_section_nr(unsigned long pfn)
{
	return pfn >> PFN_SECTION_SHIFT;
}

static inline unsigned long section_nr_to_pfn(unsigned long nr)
{
	return nr << PFN_SECTION_SHIFT;
}

#define online_section_nr(nr)	((void)(nr), 1)
#define pfn_to_nid(pfn)		((void)(pfn), SHIM_SLOW)
#define pfn_to_online_page(pfn) ((void)(pfn), (struct page *)NULL)
#define page_to_nid(page)	((void)(page), SHIM_SLOW)

#define virt_to_page(p) ((void)(p), (struct page *)NULL)

#define folio_nid(folio)      ((folio)->nid)
#define folio_pfn(folio)      ((folio)->pfn)
#define folio_nr_pages(folio) ((void)(folio), 1U)
#define folio_put(folio)      ((void)(folio))

#define node_is_toptier(nid) ((nid) == SHIM_FAST)
#define NODE_DATA(nid)	     ((void)(nid), (struct pglist_data *)NULL)

#endif
