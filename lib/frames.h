/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is known of page frames: the tier of each, and the records of those that were
 * accessed, packed so that a walk through page tables can look all of them up.
 *
 * A record takes two bytes for each base page of its folio, in blocks of 512 pages (2 MiB of
 * 4 KiB pages) that are there once a page in them has a record; a block with a single folio,
 * as a huge page is, takes none of these. Beside that it is 5 KiB for each 262144 pages
 * (1 GiB) with a record. So it never takes more than a 2000th of the memory that was
 * accessed lately, and next to nothing for the rest of the machine.
 */
#ifndef PGHOT_LIB_FRAMES_H
#define PGHOT_LIB_FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "family.h"
#include "recording.h"

/**
 * enum pghot_side - which side of promotion memory is on
 * @PGHOT_SIDE_FAST: a top tier, where pages are promoted to
 * @PGHOT_SIDE_SLOW: a lower tier, where they are promoted from
 * @PGHOT_SIDES: how many; of a frame that is of no node known, such as a device's
 */
enum pghot_side {
	PGHOT_SIDE_FAST,
	PGHOT_SIDE_SLOW,
	PGHOT_SIDES,
};

/**
 * enum pghot_heat - what its record says of a page
 * @PGHOT_HEAT_HOT: its frequency is that from which pages are hot, or above
 * @PGHOT_HEAT_WARM: it was accessed lately, and is not hot
 * @PGHOT_HEAT_COLD: no access was noted lately
 * @PGHOT_HEAT_UNTRACKED: of a node that has no records, as fast ones: it may be anything
 * @PGHOT_HEATS: how many
 */
enum pghot_heat {
	PGHOT_HEAT_HOT,
	PGHOT_HEAT_WARM,
	PGHOT_HEAT_COLD,
	PGHOT_HEAT_UNTRACKED,
	PGHOT_HEATS,
};

/**
 * struct pghot_frame - a page frame
 * @nid: its node, PGHOT_NODES_MAX when it is of none known
 * @side: fast or slow
 * @heat: how hot
 * @freq: frequency of the folio that it is part of, 0 without a record
 * @order: order of that folio, 0 without a record
 */
struct pghot_frame {
	uint32_t nid;
	enum pghot_side side;
	enum pghot_heat heat;
	unsigned int freq;
	unsigned int order;
};

struct pghot_frames;

/**
 * pghot_frames_new() - know nothing yet
 * @hot_from: frequency from which pages are hot, the parameter freq-threshold
 *
 * Return: for pghot_frames_free(), NULL without memory.
 */
struct pghot_frames *pghot_frames_new(uint32_t hot_from);

/**
 * pghot_frames_free() - free
 * @f: frames, may be NULL
 */
void pghot_frames_free(struct pghot_frames *f);

/* Each adds what is known, and returns 0 or -ENOMEM; as callbacks take them. */

/**
 * pghot_frames_node() - add a node: its side, and whether it has records
 * @node: node; one with a number of PGHOT_NODES_MAX or above is left out
 * @frames: struct pghot_frames
 */
int pghot_frames_node(const struct pghot_node *node, void *frames);

/**
 * pghot_frames_span() - add where memory of a node lies
 * @span: page frames, as pghot_spans_read() has them
 * @frames: struct pghot_frames
 */
int pghot_frames_span(const struct pghot_span *span, void *frames);

/**
 * pghot_frames_entry() - add a record
 * @e: of a dump of records. What has no frequency any more, or is no folio's, is left out
 * @nid: ignored
 * @frames: struct pghot_frames
 *
 * Cheapest in the order of page frames, which is that of dumps without a limit.
 */
int pghot_frames_entry(const struct pghot_entry *e, uint32_t nid, void *frames);

/**
 * pghot_frames_records() - folios that have a record
 * @f: frames
 */
uint64_t pghot_frames_records(const struct pghot_frames *f);

/**
 * pghot_frames_tracked() - does a side have records at all?
 * @f: frames
 * @side: fast or slow
 */
bool pghot_frames_tracked(const struct pghot_frames *f, enum pghot_side side);

/**
 * pghot_frames_bytes() - memory that records take here
 * @f: frames
 */
size_t pghot_frames_bytes(const struct pghot_frames *f);

/**
 * pghot_frames_find() - look a page frame up
 * @f: frames; remembers where it found the last one, so not for several threads
 * @pfn: page frame
 * @frame: filled
 */
void pghot_frames_find(struct pghot_frames *f, uint64_t pfn, struct pghot_frame *frame);

#endif /* PGHOT_LIB_FRAMES_H */
