/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pages - sizes of pages, and how a worker accesses one
 */
#ifndef PGHOT_VM_PAGES_H
#define PGHOT_VM_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PAGE_BYTES    4096UL
#define HUGE_BYTES    (2UL << 20)
#define PAGES_PER_MIB ((1UL << 20) / PAGE_BYTES)

/**
 * page_word - which word of a range stands for a page
 * @page: its number
 *
 * The word within the page depends on the page, so that a hot set does not fall into a
 * few sets of the CPU's caches.
 *
 * Return: offset from the start of the range in bytes, a multiple of 64.
 */
static inline size_t page_word(uint32_t page)
{
	return page * PAGE_BYTES + (page & 63) * 64;
}

/**
 * page_access - read the word that stands for a page, and count it up
 * @base: the range
 * @page: its number
 * @write: false to read only
 *
 * Other threads may be at the same word: no matter.
 */
static inline void page_access(char *base, uint32_t page, bool write)
{
	uint64_t *word = (uint64_t *)(base + page_word(page));
	uint64_t value = __atomic_load_n(word, __ATOMIC_RELAXED);

	if (write)
		__atomic_store_n(word, value + 1, __ATOMIC_RELAXED);
}

#endif /* PGHOT_VM_PAGES_H */
