/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which processes and mappings have the hot memory: lib/mapped looks all their pages up in
 * what is known of page frames. That takes as long as there is memory mapped, so it is done
 * a little at a time.
 */
#ifndef PGHOTTOP_DATA_JOIN_H
#define PGHOTTOP_DATA_JOIN_H

#include <stdbool.h>

#include "data/sample.h"
#include "frames.h"

struct join;

/**
 * join_new() - prepare
 *
 * Return: for join_free(), NULL without memory.
 */
struct join *join_new(void);

/**
 * join_free() - free, what is under way too
 * @j: may be NULL
 */
void join_free(struct join *j);

/**
 * join_begin() - begin anew: forget what was known, and what was under way
 * @j: join
 * @s: tells which nodes there are, and from what frequency on memory is hot
 *
 * Return: frames to add the records to, NULL without memory.
 */
struct pghot_frames *join_begin(struct join *j, const struct sample *s);

/**
 * join_walk() - begin to walk through processes, with the records that were added
 * @j: begun
 * @proc: where proc is mounted
 * @cgroup: directory of a cgroup: only processes in it and below it; or NULL
 * @s: its query says what is wanted, and its owners become that. When that is pages,
 *	they are told by join_page_at() instead
 *
 * Return: 0, or -ENOMEM.
 */
int join_walk(struct join *j, const char *proc, const char *cgroup, struct sample *s);

/**
 * join_step() - go on for a while
 * @j: join
 * @budget_ns: about how long
 *
 * Return: 1 when there is more to do, 0 when the owners of the sample are complete, or a
 * negative errno: -EPERM when page frames are hidden, -ESRCH when the process is gone.
 */
int join_step(struct join *j, uint64_t budget_ns);

/**
 * join_page_at() - a page of the mapping that the query is for, when the walk is complete
 * @j: join
 * @i: from 0, hottest first
 * @pfn: set to the first page frame of its folio
 *
 * Return: false past the last, which is the limit of the query at most.
 */
bool join_page_at(const struct join *j, size_t i, uint64_t *pfn);

/**
 * join_progress() - how far the walk is
 * @j: join
 * @done: set to the processes that were looked at
 * @all: set to those to look at
 *
 * Return: false when there is none.
 */
bool join_progress(const struct join *j, size_t *done, size_t *all);

#endif
