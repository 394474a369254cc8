/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot, room record: what is known of a page.
 *
 *	record	the 32 bits that are remembered of a page (pure)
 *	weight	how many accesses a report stands for (pure)
 *	summary	how hot the hottest page of many may be (pure)
 *	map	where the records are, by page frame number
 *	search	from the records to the hottest pages
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

/**
 * struct pghot_block - records of neighbouring pages, for those who look at many
 * @pfn: first page frame
 * @nr: how many
 * @nid: their node
 * @records: words that change at any time, 0 where there is no record
 */
struct pghot_block {
	unsigned long pfn;
	unsigned int nr;
	int nid;
	const u32 *records;
};

/**
 * struct pghot_hottest - a search for the hottest pages
 * @least: colder ones are of no interest; may rise while the search goes on
 * @ready: called before each section, and may sleep; false ends the search
 * @visit: called in an RCU read side for each block of the section that may have a page
 *	of that heat
 */
struct pghot_hottest {
	u32 least;
	bool (*ready)(struct pghot_hottest *search);
	void (*visit)(struct pghot_hottest *search,
		      const struct pghot_block *block);
};

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
bool pghot_map_look(unsigned long pfn, u32 *rec, u8 *idx);
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

int pghot_map_hottest(struct pghot_hottest *search);
size_t pghot_map_walk(unsigned long *pfn, unsigned long last, u32 least,
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

static inline bool pghot_map_look(unsigned long pfn, u32 *rec, u8 *idx)
{
	return false;
}

static inline void pghot_map_clear_refill(void)
{
}

static inline u32 pghot_map_refill_sections(int nid)
{
	return 0;
}

static inline int pghot_map_hottest(struct pghot_hottest *search)
{
	return 0;
}

static inline size_t pghot_map_walk(unsigned long *pfn, unsigned long last,
				    u32 least,
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
