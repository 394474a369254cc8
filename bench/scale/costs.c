// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the steps of the sources cost.
 *
 * Instructions do not depend on the machine, and the model takes them for time at the
 * rate of --instruction-ns. What is "counted" was counted in the disassembly of Linux
 * 6.12.117 with the series, gcc 12 at -O2, along the path that the step takes; for what is
 * "estimated" the lengths of the functions on the way were added up. Run in the machine
 * whose clock counts instructions, bench/sources/run measures what the entries of a
 * scan cost, all in all:
 *
 *	vm/boot --icount --mem1 2304 --timeout 7200 -- bench/sources/run
 */
#include <string.h>

#include "costs.h"

#define ICOUNT	  "bench/record/run, -icount"
#define COUNTED	  "counted"
#define ESTIMATED "estimated"
#define ASSUMED	  "assumed"

/* clang-format off */
struct cost scale_costs[SCALE_COSTS] = {
	[COST_REPORT_FIRST]	= { "report-first",	230,	"first report of a page",		ICOUNT },
	[COST_REPORT_AGAIN]	= { "report-again",	249,	"another one",				ICOUNT },
	[COST_REPORT_HOT]	= { "report-hot",	515,	"one that makes it hot",		ICOUNT },
	[COST_LRUSCAN_OLD]	= { "lruscan-old",	13,	"entry that was not accessed",		COUNTED },
	[COST_LRUSCAN_YOUNG]	= { "lruscan-young",	200,	"entry that was, but for its report",	ESTIMATED },
	[COST_LRUSCAN_TABLE]	= { "lruscan-table",	200,	"page table, locks included",		ESTIMATED },
	[COST_LRUSCAN_STEP]	= { "lruscan-step",	600,	"locks of a walk, given back and taken",	ESTIMATED },
	[COST_LRUSCAN_SKIP]	= { "lruscan-skip",	80,	"page table that is passed over",	ESTIMATED },
	[COST_LRUSCAN_MM]	= { "lruscan-mm",	450,	"look at the threads of a process",	"5300 for a pass over a dozen, -icount, pghot.rst" },
	[COST_MMSCAN_OLD]	= { "mmscan-old",	34,	"entry that was not accessed",		COUNTED },
	[COST_MMSCAN_YOUNG]	= { "mmscan-young",	140,	"entry that was, but for its report",	ESTIMATED },
	[COST_MMSCAN_TABLE]	= { "mmscan-table",	120,	"page table, locks included",		ESTIMATED },
	[COST_MMSCAN_MM]	= { "mmscan-mm",	450,	"process that a sweep meets",		"that of lruscan-mm" },
	[COST_MMSCAN_CHUNK]	= { "mmscan-chunk",	3000,	"choice of a target, for a chunk",	ESTIMATED },
	[COST_HINT_UNMAP]	= { "hint-unmap",	60,	"entry that is unmapped for a hint",	ESTIMATED },
	[COST_HINT_FAULT]	= { "hint-fault",	1500,	"hint fault, but for its report",	ASSUMED },
	[COST_HEAP_KEY]		= { "heap-key",		140,	"key of a heap, taken and put in order", ESTIMATED },
	[COST_MIGRATE]		= { "migrate",		6000,	"4 KiB page that is promoted",		ASSUMED },
	[COST_SAMPLE_NS]	= { "sample-ns",	2000,	"sample by IBS, interrupt included",	"2 % of a CPU at 10000/s, pghot.rst" },
	[COST_FLUSH_NS]		= { "flush-ns",		4000,	"flush of an address space from the TLBs", ASSUMED },
};
/* clang-format on */

struct cost *cost_by_name(const char *name, size_t len)
{
	for (struct cost *c = scale_costs; c < scale_costs + SCALE_COSTS; c++) {
		if (strlen(c->name) == len && !strncmp(c->name, name, len))
			return c;
	}
	return NULL;
}

double cost_ns(enum scale_cost cost, double instruction_ns)
{
	double amount = scale_costs[cost].amount;

	return cost == COST_SAMPLE_NS || cost == COST_FLUSH_NS ? amount : amount * instruction_ns;
}
