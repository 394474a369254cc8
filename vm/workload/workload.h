/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * workload - the range and who works on it
 */
#ifndef PGHOT_VM_WORKLOAD_H
#define PGHOT_VM_WORKLOAD_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "options.h"

/**
 * struct workload - the range and who works on it
 * @opt: the command line
 * @base: first byte of the range, aligned to HUGE_BYTES
 * @pages: its length
 * @order: a permutation of the page numbers; the first @hot are the hot set
 * @hot: size of the hot set in pages
 * @is_hot: the same by page number
 * @stop: tells the workers to end
 * @accesses: made so far by all workers, in steps of BURST
 */
struct workload {
	struct options opt;
	char *base;
	size_t pages;
	uint32_t *order;
	size_t hot;
	uint8_t *is_hot;
	atomic_bool stop;
	_Atomic uint64_t accesses;
};

#endif /* PGHOT_VM_WORKLOAD_H */
