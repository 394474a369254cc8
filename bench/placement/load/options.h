/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * options - the command line of bench-load
 */
#ifndef PGHOT_BENCH_LOAD_OPTIONS_H
#define PGHOT_BENCH_LOAD_OPTIONS_H

#include <stdbool.h>

#define MAX_PROCESSES 8
#define MAX_THREADS   16

/** MAX_PHASES - how often the popularity may change, and one */
#define MAX_PHASES 64

/** enum memory - what is accessed, and how */
enum memory {
	MEMORY_ANON, /* private anonymous memory, 4 KiB pages */
	MEMORY_THP, /* the same, advised for huge pages */
	MEMORY_READ, /* a file, by pread(2): the page cache alone */
	MEMORY_MMAP, /* a file, by a shared mapping */
};

/** enum shape - how the accesses are distributed over the ranks of the pages */
enum shape {
	SHAPE_UNIFORM,
	SHAPE_ZIPF, /* 1 / rank^exponent */
	SHAPE_HOT, /* a share goes to a hot set, evenly, the rest elsewhere */
};

/**
 * struct options - the command line
 * @mib: memory of each process
 * @shape: of the distribution
 * @exponent: of SHAPE_ZIPF
 * @hot_mib: size of the hot set of SHAPE_HOT
 * @share: of the accesses, that goes there
 * @unit: pages that are neighbours in rank as well: 1, or 512 for whole huge pages
 * @memory: what is accessed
 * @file: for MEMORY_READ and MEMORY_MMAP
 * @processes: worker processes
 * @threads: of each
 * @seconds: length of the run, from SIGUSR1
 * @hold: the load outlives the run, until it is told to end
 * @interval_ms: between two looks
 * @shift_s: every so often the ranks are drawn anew; 0: never
 * @idle_after_s: then the first process stops; 0: never
 * @node: where memory is faulted in; -1: where the kernel puts it
 * @fast_node: the one that serves hits
 * @seed: of everything random
 */
struct options {
	unsigned long mib;
	enum shape shape;
	double exponent;
	unsigned long hot_mib;
	double share;
	unsigned long unit;
	enum memory memory;
	const char *file;
	unsigned long processes;
	unsigned long threads;
	unsigned long seconds;
	bool hold;
	unsigned long interval_ms;
	unsigned long shift_s;
	unsigned long idle_after_s;
	long node;
	unsigned long fast_node;
	unsigned long seed;
};

void parse_options(struct options *o, int argc, char **argv);

#endif /* PGHOT_BENCH_LOAD_OPTIONS_H */
