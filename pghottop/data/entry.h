/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How hot a page is: as one number, and compared with another. */
#ifndef PGHOTTOP_DATA_ENTRY_H
#define PGHOTTOP_DATA_ENTRY_H

#include <stdint.h>
#include <linux/pghot_entry.h>

/**
 * entry_score() - how hot a page is, as one number
 * @e: page
 * @window_ms: the kernel's parameter window-ms
 *
 * Frequency on a logarithmic scale, and within one frequency how recent the
 * last access is: the larger the score, the sooner the kernel promotes.
 *
 * Return: 0 to 1000.
 */
unsigned int entry_score(const struct pghot_entry *e, uint32_t window_ms);

/**
 * entry_hotter() - the kernel's order of pages: frequency, then recency
 * @a: a page
 * @b: another
 *
 * Return: less than, equal to or more than 0 when @a comes before, with or
 * after @b. Equally hot pages are ordered by page frame number, so that a screen
 * does not jump about.
 */
int entry_hotter(const struct pghot_entry *a, const struct pghot_entry *b);

#endif
