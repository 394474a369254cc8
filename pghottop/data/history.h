/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What was seen of pages over time, as far as samples showed it. The memory is
 * bounded: of more pages than there is room for, those seen last are kept.
 */
#ifndef PGHOTTOP_DATA_HISTORY_H
#define PGHOTTOP_DATA_HISTORY_H

#include <stddef.h>
#include <stdint.h>

#include "data/sample.h"

/* Changes that are kept for a page; older ones are forgotten but for the first. */
#define HISTORY_POINTS 24

/**
 * struct history_point - how a page was from some time on
 * @real_ms: CLOCK_REALTIME; of a promotion when it was promoted
 * @nid: node
 * @target_nid: node to go to
 * @freq: frequency
 * @state: enum pghot_entry_state
 * @promoted: it was promoted
 * @gone: it had no record any more
 */
struct history_point {
	uint64_t real_ms;
	uint16_t nid, target_nid;
	uint8_t freq, state;
	bool promoted, gone;
};

/**
 * struct page_history - what was seen of a page
 * @pfn: its page frame
 * @first_ms: when it was first seen, 0 when this place is free
 * @last_ms: when it was last seen
 * @promoted_ms: when it was last promoted, 0 when that was not seen
 * @seen: in how many samples
 * @max_freq: largest frequency seen
 * @nr: changes, of which the last HISTORY_POINTS are kept
 * @point: they, a ring
 */
struct page_history {
	uint64_t pfn;
	uint64_t first_ms, last_ms;
	uint64_t promoted_ms;
	uint32_t seen;
	uint8_t max_freq;
	uint32_t nr;
	struct history_point point[HISTORY_POINTS];
};

struct history;

/**
 * history_new() - nothing was seen yet
 *
 * Return: the history, NULL without memory.
 */
struct history *history_new(void);

/**
 * history_free() - forget all
 * @h: history, may be NULL
 */
void history_free(struct history *h);

/**
 * history_note() - see what a sample shows
 * @h: history
 * @s: sample; one older than the last, as a recording may have, begins anew
 */
void history_note(struct history *h, const struct sample *s);

/**
 * history_gone() - a page has no record any more
 * @h: history
 * @pfn: page frame
 * @real_ms: when that was seen
 */
void history_gone(struct history *h, uint64_t pfn, uint64_t real_ms);

/**
 * history_find() - what was seen of a page
 * @h: history, may be NULL
 * @pfn: page frame
 *
 * Return: NULL when it was never seen, or long ago.
 */
const struct page_history *history_find(const struct history *h, uint64_t pfn);

/**
 * history_at() - the changes that are kept of a page
 * @ph: page
 * @i: from 0, the oldest
 *
 * Return: NULL past the last.
 */
const struct history_point *history_at(const struct page_history *ph, size_t i);

#endif
