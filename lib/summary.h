/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Summaries of what is hot, as the kernel tells them: parts that are about the same node,
 * memory cgroup and type of page come more than once and are to be added up.
 */
#ifndef PGHOT_LIB_SUMMARY_H
#define PGHOT_LIB_SUMMARY_H

#include <stddef.h>
#include <stdint.h>

#include "family.h"

/**
 * struct pghot_summary - parts of a summary
 * @at: parts; by node, memory cgroup and type after pghot_summary_merge()
 * @nr: how many
 * @room: room for parts
 */
struct pghot_summary {
	struct pghot_summary_part *at;
	size_t nr;
	size_t room;
};

/**
 * pghot_summary_add() - take a part in
 * @sum: zeroed, or used before
 * @part: copied
 *
 * Memory is for what is different, however often it is told.
 *
 * Return: 0, or -ENOMEM.
 */
int pghot_summary_add(struct pghot_summary *sum, const struct pghot_summary_part *part);

/**
 * pghot_summary_merge() - add up the parts that are about the same, and order them
 * @sum: summary
 */
void pghot_summary_merge(struct pghot_summary *sum);

/**
 * pghot_summary_compare() - the order of merged parts
 * @a: a part
 * @b: another
 *
 * Return: less than, equal to or more than 0 when @a comes before, is about the same as or
 * comes after @b.
 */
int pghot_summary_compare(const struct pghot_summary_part *a, const struct pghot_summary_part *b);

/**
 * pghot_summary_release() - free the parts
 * @sum: zeroed afterwards
 */
void pghot_summary_release(struct pghot_summary *sum);

/**
 * pghot_summary_pages() - base pages of some classes of frequency
 * @part: part
 * @class: of this class and of those above it
 */
uint64_t pghot_summary_pages(const struct pghot_summary_part *part, size_t class);

#endif /* PGHOT_LIB_SUMMARY_H */
