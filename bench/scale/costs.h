/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the steps of the sources cost, from measurements and counts elsewhere. */
#ifndef SCALE_COSTS_H
#define SCALE_COSTS_H

#include <stdbool.h>
#include <stddef.h>

enum scale_cost {
	COST_REPORT_FIRST,
	COST_REPORT_AGAIN,
	COST_REPORT_HOT,
	COST_LRUSCAN_OLD,
	COST_LRUSCAN_YOUNG,
	COST_LRUSCAN_TABLE,
	COST_LRUSCAN_STEP,
	COST_LRUSCAN_SKIP,
	COST_LRUSCAN_MM,
	COST_MMSCAN_OLD,
	COST_MMSCAN_YOUNG,
	COST_MMSCAN_TABLE,
	COST_MMSCAN_MM,
	COST_MMSCAN_CHUNK,
	COST_HINT_UNMAP,
	COST_HINT_FAULT,
	COST_HEAP_KEY,
	COST_MIGRATE,
	COST_SAMPLE_NS,
	COST_FLUSH_NS,
	SCALE_COSTS,
};

/**
 * struct cost - what a step costs
 * @name: for --cost
 * @amount: instructions, or nanoseconds where the name ends in -ns
 * @about: what it is
 * @from: where the figure is from
 */
struct cost {
	const char *name;
	double amount;
	const char *about;
	const char *from;
};

extern struct cost scale_costs[SCALE_COSTS];

/* NULL when there is no such name. */
struct cost *cost_by_name(const char *name, size_t len);

/* Nanoseconds of a step, with so many of them for an instruction. */
double cost_ns(enum scale_cost cost, double instruction_ns);

#endif
