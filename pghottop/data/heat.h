/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is hot where: the page frames of a node, cut into equal ranges.
 *
 * Records are counted into bins as they arrive and not kept, so that the memory
 * this takes does not depend on how much the node has.
 */
#ifndef PGHOTTOP_DATA_HEAT_H
#define PGHOTTOP_DATA_HEAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/pghot.h>
#include <linux/pghot_entry.h>

#include "recording.h"

/* As fine as any screen or picture can show. */
#define HEAT_BINS_MAX 16384

/**
 * struct heat_range - page frames to look at
 * @nid: node that they are on
 * @start: first
 * @end: first after; 0 takes all that the node has
 */
struct heat_range {
	int nid;
	uint64_t start, end;
};

/**
 * struct heat_bin - what is known of a range of page frames
 * @tracked: base pages with a record
 * @hot: of them, those over the kernel's threshold
 * @freq: highest frequency
 */
struct heat_bin {
	uint64_t tracked;
	uint64_t hot;
	uint32_t freq;
};

/**
 * struct heat - page frames of a node in bins
 * @range: page frames that have bins; no end when there are none
 * @node_start: first page frame of the node
 * @node_end: first after its last
 * @shift: a bin has 1 << @shift page frames
 * @records: that were counted
 * @limit: only so many of the hottest were looked at; 0 for all
 * @nr: bins
 * @max: room for bins
 * @bins: they
 */
struct heat {
	struct heat_range range;
	uint64_t node_start, node_end;
	unsigned int shift;
	uint64_t records;
	uint32_t limit;
	size_t nr, max;
	struct heat_bin *bins;
};

/**
 * heat_prepare() - make empty bins
 * @h: zeroed, or used before
 * @want: what to look at
 * @spans: where memory of nodes lies
 * @nr: how many
 *
 * Return: 0; -ENOENT when it is not known where the node's memory lies, with no
 * bins then; or -ENOMEM.
 */
int heat_prepare(struct heat *h, const struct heat_range *want, const struct pghot_span *spans,
		 size_t nr);

/**
 * heat_add() - count a record
 * @h: bins
 * @e: record; one of other page frames or another node is not counted
 */
void heat_add(struct heat *h, const struct pghot_entry *e);

/**
 * heat_sum() - what is known of some page frames
 * @h: bins
 * @start: first page frame
 * @end: first after
 *
 * Where bins are coarser than what is asked for, those that overlap it count.
 */
struct heat_bin heat_sum(const struct heat *h, uint64_t start, uint64_t end);

/**
 * heat_clear() - forget bins, keep their memory
 * @h: zeroed, or used before
 */
void heat_clear(struct heat *h);

/**
 * heat_release() - free
 * @h: zeroed afterwards
 */
void heat_release(struct heat *h);

/**
 * spans_overlap() - does a node have memory there?
 * @spans: where memory of nodes lies
 * @nr: how many
 * @nid: node
 * @start: first page frame
 * @end: first after
 *
 * Return: page frames of the node there.
 */
uint64_t spans_overlap(const struct pghot_span *spans, size_t nr, int nid, uint64_t start,
		       uint64_t end);

/* What a colour stands for. */
enum heat_metric {
	HEAT_FREQ, /* highest frequency of the range */
	HEAT_HOT, /* share of hot pages */
	HEAT_TRACKED, /* share of pages with a record */
	NR_HEAT_METRICS
};

/* Levels above nothing. */
#define NR_HEAT_LEVELS 6

/**
 * struct heat_scale - a metric and its levels
 * @name: in a word, as --heat-metric takes it
 * @title: what it says, with its unit
 * @brief: the same where there is little room
 * @levels: what each level means
 */
struct heat_scale {
	const char *name;
	const char *title;
	const char *brief;
	const char *levels[NR_HEAT_LEVELS];
};

/**
 * heat_scale() - the scale of a metric
 * @metric: which
 */
const struct heat_scale *heat_scale(enum heat_metric metric);

/**
 * heat_level() - how hot a range is
 * @metric: what counts
 * @bin: of the range
 * @pages: that the node has there
 *
 * Return: 0 for nothing to NR_HEAT_LEVELS.
 */
unsigned int heat_level(enum heat_metric metric, const struct heat_bin *bin, uint64_t pages);

/**
 * heat_cell_size() - a range of page frames for people: "256 KiB", or pages
 * @buf: written to
 * @size: its size
 * @pages: page frames
 * @page_size: bytes of one, 0 for pages
 *
 * Return: @buf.
 */
char *heat_cell_size(char *buf, size_t size, uint64_t pages, uint32_t page_size);

#endif
