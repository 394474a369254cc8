/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The machine that is modelled, what runs on it, and what a source makes of it. */
#ifndef SCALE_MACHINE_H
#define SCALE_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

/* The order of enum pghot_source_id. */
enum scale_source {
	SCALE_HINTFAULT,
	SCALE_IBS,
	SCALE_LRUSCAN,
	SCALE_MMSCAN,
	SCALE_SOURCES,
};

extern const char *const scale_source_names[SCALE_SOURCES];

/**
 * struct machine - a machine and its load
 * @slow_gib: slow memory, all of it in use
 * @fast_gib: fast memory
 * @cpus: all of them busy, unless @asleep
 * @top_nodes: nodes of fast memory, equal parts of everything
 * @processes: address spaces, with equal parts of the memory
 * @config_cpus: CPUs that the kernel is built for, CONFIG_NR_CPUS: the clock of hint faults
 *	is as wide
 * @huge: pages are of 2 MiB, not of 4 KiB
 * @full: fast memory is full of pages that are as cold as the rest
 * @asleep: nothing is accessed, no process runs
 * @hot: share of slow memory that is hot, spread at random
 * @idle: share that is never accessed, in stretches of 2 MiB
 * @hot_rate: accesses per second to a hot page, at random
 * @cold_rate: to each of the rest
 * @instruction_ns: what a CPU takes for an instruction
 * @seconds: how long to look, in simulated time
 * @seed: of all that is random
 */
struct machine {
	double slow_gib;
	double fast_gib;
	unsigned int cpus;
	unsigned int top_nodes;
	unsigned long processes;
	unsigned int config_cpus;
	bool huge;
	bool full;
	bool asleep;
	double hot;
	double idle;
	double hot_rate;
	double cold_rate;
	double instruction_ns;
	double seconds;
	uint64_t seed;
};

/* Pages of the size that it has, in slow memory. */
double machine_pages(const struct machine *m);
/* 4 KiB pages in one of its pages. */
unsigned int machine_page_pages(const struct machine *m);

/**
 * struct result - what a source has found on a machine
 * @m: the machine
 * @source: the source
 * @found_s: by percent of the hot set, when so much was found; NAN if it was not
 * @found: share of the hot set that was found in the end
 * @wrong: of what was found by the time of 95 %, the share that is cold
 * @cpu_percent: what the source takes, in percent of one CPU
 * @engine_percent: what the threads kpromoted take, the same
 * @lock_us: longest time that a lock is held, or interrupts are off
 * @lock: which
 * @memory: bytes that pghot takes with this source
 * @bound_s: by when 95 % should be found; NAN if there is no such target
 * @cpu_bound: what the source should take at most, in percent of one CPU; NAN if there
 *	is no such target
 */
struct result {
	struct machine m;
	enum scale_source source;
	double found_s[101];
	double found;
	double wrong;
	double cpu_percent;
	double engine_percent;
	double lock_us;
	const char *lock;
	double memory;
	double bound_s;
	double cpu_bound;
};

/* Have @source look at @m. Takes a second or so; false when there is no memory. */
bool scale_measure(const struct machine *m, enum scale_source source, struct result *res);

/* Is everything as it should be? */
bool result_is_blind(const struct result *res);
bool result_in_time(const struct result *res);
bool result_is_cheap(const struct result *res);

#endif
