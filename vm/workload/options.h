/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * options - the command line of pghot-workload
 */
#ifndef PGHOT_VM_WORKLOAD_OPTIONS_H
#define PGHOT_VM_WORKLOAD_OPTIONS_H

#include <stdbool.h>

#define MAX_THREADS 64

/**
 * struct options - the command line
 * @size_mib: size of the range
 * @hot_mib: size of the hot set
 * @skew: share of the accesses that goes to the hot set
 * @rate: upper limit in million accesses per second, over all threads; 0: none
 * @threads: worker threads
 * @seconds: length of the run after ready or the last mark; 0: until a signal
 * @interval_ms: time between two samples
 * @node: where the range is faulted in
 * @fast_node: where the hot set is wanted
 * @seed: of the choice of the hot set and of the access sequence
 * @thp: madvise the range for huge pages, rather than against
 * @bind: leave the range bound to @node, so that promoting it would be wrong
 * @memfd: a shared mapping of a memfd instead of private anonymous memory
 * @mlock: lock the range in memory
 * @read_only: read instead of read-modify-write
 * @flat: uniform accesses: there is a hot set only in name
 * @json: one JSON object per line
 */
struct options {
	unsigned long size_mib;
	unsigned long hot_mib;
	double skew;
	unsigned long rate;
	unsigned long threads;
	unsigned long seconds;
	unsigned long interval_ms;
	unsigned long node;
	unsigned long fast_node;
	unsigned long seed;
	bool thp;
	bool bind;
	bool memfd;
	bool mlock;
	bool read_only;
	bool flat;
	bool json;
};

void parse_options(struct options *o, int argc, char **argv);

#endif /* PGHOT_VM_WORKLOAD_OPTIONS_H */
