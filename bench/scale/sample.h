/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pages that stand for all pages of slow memory.
 *
 * They come by tables, as many as a page table maps, for that is what scans skip. Each
 * page is accessed at random, independently of all others, at the rate of its kind.
 */
#ifndef SCALE_SAMPLE_H
#define SCALE_SAMPLE_H

#include <linux/types.h>

#include "machine.h"
#include "random.h"

#define SAMPLE_TABLE_PAGES 512U
#define SAMPLE_TABLES	   256U

/* Bits of a page. */
#define SAMPLE_HOT   0x1
#define SAMPLE_FOUND 0x2
#define SAMPLE_UP    0x4
#define SAMPLE_WAITS 0x8
#define SAMPLE_IDLE  0x10

/**
 * struct sample - the sample
 * @nr: its pages
 * @tables: page tables with SAMPLE_TABLE_PAGES of them each; the last may have fewer
 * @scale: pages of the machine that each stands for
 * @node_scale: pages of a node's share, each node has one
 * @mapped: page table entries of the machine per page of slow memory
 * @page: bits of each page
 * @looked_ns: by table, when accessed bits were cleared; 0 never
 * @seen_ns: by page, when it was looked at after its promotion; 0 never
 * @mms: address spaces that the sample has
 * @mm_scale: that each of these stands for
 * @hot: number of hot pages
 * @found_hot: those that have been found
 * @found_cold: others that have
 */
struct sample {
	unsigned int nr;
	unsigned int tables;
	double scale;
	double node_scale;
	double mapped;
	u8 *page;
	u64 *looked_ns;
	u64 *seen_ns;
	unsigned int mms;
	double mm_scale;
	unsigned int hot;
	unsigned int found_hot;
	unsigned int found_cold;
};

bool sample_init(struct sample *s, const struct machine *m, unsigned int tables,
		 struct random *rng);
void sample_free(struct sample *s);

/* Accesses per second to a page. */
double sample_rate(const struct sample *s, const struct machine *m, unsigned int page);

/* The first page of a table, and of the one after. */
static inline unsigned int sample_first(unsigned int table)
{
	return table * SAMPLE_TABLE_PAGES;
}

static inline unsigned int sample_end(const struct sample *s, unsigned int table)
{
	unsigned int end = sample_first(table + 1);

	return end < s->nr ? end : s->nr;
}

/* The first table of an address space of the sample, and of the one after. */
static inline unsigned int sample_mm_first(const struct sample *s, unsigned int mm)
{
	return (u64)mm * s->tables / s->mms;
}

/**
 * struct sample_look - what a look at the accessed bits of a table finds
 * @young: by page of the table, whether its bit was set
 * @nr: pages of the table in slow memory
 * @nr_young: those whose bit was set
 */
struct sample_look {
	bool young[SAMPLE_TABLE_PAGES];
	unsigned int nr;
	unsigned int nr_young;
};

/* Test and clear the bits of a table. The first look finds all set. */
void sample_look(struct sample *s, const struct machine *m, struct random *rng, u64 now_ns,
		 unsigned int table, struct sample_look *look);

#endif
