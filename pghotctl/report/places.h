/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the memory of nodes was, in all the samples of recordings, and rows of it. */
#ifndef PGHOTCTL_REPORT_PLACES_H
#define PGHOTCTL_REPORT_PLACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "recording.h"

/**
 * struct timeline_row - page frames of a node
 * @start: first
 * @end: first after
 * @hole: there never was any memory
 */
struct timeline_row {
	uint64_t start, end;
	bool hole;
};

/**
 * struct places - spans of page frames; zero it to start
 * @nr: used elements of @at
 * @max: room
 * @at: spans; after places_settle() by node and page frame, without overlap
 * @settled: so many of them are in that order already
 */
struct places {
	size_t nr, max;
	struct pghot_span *at;
	size_t settled;
};

/* Each adds a span and returns 0 or -ENOMEM. The same again takes no memory. */
int places_add(struct places *p, const struct pghot_span *span);
/* Of a node only the first and the last page frame count. */
int places_widen(struct places *p, const struct pghot_span *span);

/**
 * places_settle() - join what overlaps, and give what is of no node to the nearest below
 * @p: places
 */
void places_settle(struct places *p);

/**
 * places_rows() - cut the memory of a node into rows
 * @p: settled places
 * @nid: node
 * @most: rows that are wanted at most
 * @rows: filled, NULL to count
 * @max: room
 *
 * Rows have a power of two of page frames and begin at multiples of it, but for the ends
 * of memory. A hole that is smaller than a row is part of one.
 *
 * Return: rows.
 */
size_t places_rows(const struct places *p, uint32_t nid, size_t most, struct timeline_row *rows,
		   size_t max);

/**
 * places_free() - free them
 * @p: places, possibly all zero
 */
void places_free(struct places *p);

#endif /* PGHOTCTL_REPORT_PLACES_H */
