/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_TESTS_FAKE_H
#define PGHOTTOP_TESTS_FAKE_H

#include "data/collector.h"

/**
 * struct fake - a made-up machine, the same in every run
 * @tick: samples taken; everything follows from it
 * @nr_nodes: nodes 0 and 2 are top tier, the others lower
 * @nr_pages: pages in the queue
 * @denied: the caller has no CAP_SYS_ADMIN
 * @missing: so many samples find no family first
 * @failing: so many samples fail first
 * @idle: no source is enabled
 * @far: nodes are numbered from 100, and slow memory is on tier 540 as without HMAT
 * @unbalanced: somebody has set kernel.numa_balancing to 0
 */
struct fake {
	unsigned int tick;
	unsigned int nr_nodes;
	unsigned int nr_pages;
	bool denied, idle, unbalanced, far;
	unsigned int missing, failing;
	struct sample *s;
};

/**
 * fake_init() - a machine with a node of each tier and 400 queued pages
 * @f: filled in
 */
void fake_init(struct fake *f);

/**
 * fake_sample() - what the machine's kernel would answer; one second passes
 * @f: machine
 * @q: what is asked for
 * @s: filled in; times are made up too
 */
void fake_sample(struct fake *f, const struct query *q, struct sample *s);

/*
 * The same as a collector, in the present. The environment variable PGHOTTOP_FAKE
 * lists what is special: "denied", "idle", "unbalanced", "missing=N", "failing=N",
 * "nodes=N", "pages=N", separated by commas. PGHOTTOP_FAKE_PROC and PGHOTTOP_FAKE_CGROUP are
 * directories with what its processes and cgroups would be.
 */
extern const struct collector_ops fake_collector;

#endif
