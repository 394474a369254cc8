/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * census - where the pages are, and what share of the accesses goes to the fast node
 */
#ifndef PGHOT_BENCH_LOAD_CENSUS_H
#define PGHOT_BENCH_LOAD_CENSUS_H

#include <stddef.h>

#include "load.h"
#include "nodes.h"

/**
 * struct census - what it takes to look
 * @pagemap: of the worker processes, or the judge's own for @file_view
 * @nodes: which node a page frame is on
 * @file_view: the judge's mapping of a file that no worker maps, or NULL
 */
struct census {
	int pagemap[MAX_PROCESSES];
	struct nodes nodes;
	char *file_view;
};

/**
 * struct look - where everything was at one time
 * @hit: weight on the fast node
 * @fast: pages there
 * @slow: pages on other nodes
 * @absent: pages nowhere, or on their way
 */
struct look {
	double hit;
	size_t fast;
	size_t slow;
	size_t absent;
};

void census_find_nodes(struct census *c);
void census_open(struct census *c, const struct load *l);
void census_take(const struct census *c, const struct load *l, struct look *look);
size_t census_free_pages(unsigned long node);

#endif /* PGHOT_BENCH_LOAD_CENSUS_H */
