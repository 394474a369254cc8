/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot, room record: what is known of a page.
 *
 *	record	the 32 bits that are remembered of a page (pure)
 *	weight	how many accesses a report stands for (pure)
 *	map	where the records are, by page frame number
 *	access	noting an access in one of them, which has to be quick
 *
 * It stands on base alone. A page that becomes hot is told to the caller, who has to
 * queue it; there are questions and orders from whoever queues it, and no calls up.
 *
 * Lifetime: sections of records come and go under pghot_lock, when the first source
 * is enabled and the last disabled and by memory hotplug, and are freed after an RCU
 * grace period. All functions that take a page frame accept any number.
 */
#ifndef _MM_PGHOT_RECORD_MAP_H
#define _MM_PGHOT_RECORD_MAP_H

#include <linux/types.h>
#include <uapi/linux/pghot.h>

#ifdef CONFIG_PGHOT_RECORDS

/**
 * enum pghot_map_found - what becomes of a record that a search has found
 * @PGHOT_MAP_DONE: it is taken, or of no interest
 * @PGHOT_MAP_LATER: come back for it
 * @PGHOT_MAP_FULL: no more room; come back for it and what follows
 */
enum pghot_map_found {
	PGHOT_MAP_DONE,
	PGHOT_MAP_LATER,
	PGHOT_MAP_FULL,
};

typedef enum pghot_map_found (*pghot_map_found_fn)(unsigned long pfn, u32 rec,
						   void *arg);

u32 pghot_map_get(unsigned long pfn);
bool pghot_map_tracks(unsigned long pfn);
u32 pghot_map_clear_queued(unsigned long pfn);
void pghot_map_cool(unsigned long pfn);
void pghot_map_forget(unsigned long pfn);
bool pghot_map_queue(unsigned long pfn);
bool pghot_map_retarget(unsigned long pfn, u8 idx);

void pghot_map_flag_refill(unsigned long pfn, u8 idx);
void pghot_map_clear_refill(void);
bool pghot_map_needs_refill(u8 idx);
u32 pghot_map_refill_sections(int nid);
void pghot_map_refill(u8 idx, pghot_map_found_fn found, void *arg);

size_t pghot_map_walk(unsigned long *pfn, unsigned long last,
		      bool (*visit)(unsigned long pfn, int nid, u32 rec,
				    void *arg), void *arg);
u32 pghot_map_seq(void);
unsigned long pghot_map_tracked_pages(int nid);
u64 pghot_map_bytes(void);
u64 pghot_map_bytes_on(int nid);

int pghot_map_add_some(unsigned long *pfn, unsigned long end, int nid,
		       unsigned int most);
int pghot_map_add_range(unsigned long start_pfn, unsigned long nr_pages,
			int nid);
void pghot_map_del_range(unsigned long start_pfn, unsigned long nr_pages);
void pghot_map_del_node(int nid);
void pghot_map_set_defaults(void);
void pghot_map_reset(void);

#else /* !CONFIG_PGHOT_RECORDS: nothing is tracked */

static inline u32 pghot_map_get(unsigned long pfn)
{
	return 0;
}

static inline void pghot_map_clear_refill(void)
{
}

static inline u32 pghot_map_refill_sections(int nid)
{
	return 0;
}

static inline size_t pghot_map_walk(unsigned long *pfn, unsigned long last,
				    bool (*visit)(unsigned long pfn, int nid,
						  u32 rec, void *arg),
				    void *arg)
{
	*pfn = last + 1;
	return 0;
}

static inline u32 pghot_map_seq(void)
{
	return 1;
}

static inline unsigned long pghot_map_tracked_pages(int nid)
{
	return 0;
}

static inline u64 pghot_map_bytes(void)
{
	return 0;
}

static inline u64 pghot_map_bytes_on(int nid)
{
	return 0;
}

static inline int pghot_map_add_some(unsigned long *pfn, unsigned long end,
				     int nid, unsigned int most)
{
	*pfn = end;
	return 0;
}

static inline int pghot_map_add_range(unsigned long start_pfn,
				      unsigned long nr_pages, int nid)
{
	return 0;
}

static inline void pghot_map_del_range(unsigned long start_pfn,
				       unsigned long nr_pages)
{
}

static inline void pghot_map_del_node(int nid)
{
}

static inline void pghot_map_set_defaults(void)
{
}

static inline void pghot_map_reset(void)
{
}

#endif /* CONFIG_PGHOT_RECORDS */

#endif /* _MM_PGHOT_RECORD_MAP_H */
