/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * memory - what is accessed: memory of a worker process's own, or a file
 */
#ifndef PGHOT_BENCH_LOAD_MEMORY_H
#define PGHOT_BENCH_LOAD_MEMORY_H

#include <stddef.h>

#include "options.h"

/**
 * struct area - what one worker process accesses
 * @base: its first byte; NULL: a file that is not mapped
 * @fd: of the file, or -1
 */
struct area {
	char *base;
	int fd;
};

void memory_set_up(struct area *a, const struct options *o, size_t pages);
char *memory_view_file(const struct options *o, size_t pages);

#endif /* PGHOT_BENCH_LOAD_MEMORY_H */
