/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * load - what bench-load's processes know in common
 */
#ifndef PGHOT_BENCH_LOAD_H
#define PGHOT_BENCH_LOAD_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "options.h"
#include "popularity.h"

/**
 * struct control - what the processes share
 * @phase: number of the current one
 * @stop: workers end
 * @base: address of each process's memory, once all of it is there
 * @idle: which have stopped
 * @accesses: that each has made, in steps of a burst
 */
struct control {
	_Atomic uint32_t phase;
	atomic_bool stop;
	_Atomic uintptr_t base[MAX_PROCESSES];
	atomic_bool idle[MAX_PROCESSES];
	_Atomic uint64_t accesses[MAX_PROCESSES];
};

/**
 * struct load - what is accessed, how, and by whom
 * @opt: the command line
 * @pages: of each process
 * @phases: @nr_phases of them
 * @control: shared by all processes
 * @pid: the worker processes
 */
struct load {
	struct options opt;
	size_t pages;
	struct phase phases[MAX_PHASES];
	unsigned int nr_phases;
	struct control *control;
	pid_t pid[MAX_PROCESSES];
};

#endif /* PGHOT_BENCH_LOAD_H */
