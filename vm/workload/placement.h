/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * placement - where the pages of a mapping are, as the kernel's memory
 * management says and not as pghot says
 */
#ifndef PGHOT_VM_PLACEMENT_H
#define PGHOT_VM_PLACEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** PLACEMENT_NODES - number of NUMA nodes told apart; x86 has at most 1024 */
#define PLACEMENT_NODES 1024

/**
 * struct placement - a census of one range of pages
 * @on_node: pages on each node
 * @hot_on_node: those among them that belong to the hot set
 * @absent: pages that are on no node: swapped out, or in flight between two
 * @hot: size of the hot set within the range
 */
struct placement {
	size_t on_node[PLACEMENT_NODES];
	size_t hot_on_node[PLACEMENT_NODES];
	size_t absent;
	size_t hot;
};

int placement_take(struct placement *p, const void *base, size_t pages, size_t page_size,
		   const uint8_t *is_hot);
double placement_recall(const struct placement *p, int node);
bool placement_precision(const struct placement *p, int node, double *precision);

#endif /* PGHOT_VM_PLACEMENT_H */
