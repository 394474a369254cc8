/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The address spaces of processes, page by page: which frame is behind each address. The
 * kernel does not tell who maps a frame, but every process's pagemap says what it maps: so
 * all of them are read. That can take long and is done a little at a time.
 */
#ifndef PGHOT_LIB_PAGEMAP_H
#define PGHOT_LIB_PAGEMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Entries of pagemap, Documentation/admin-guide/mm/pagemap.rst. */
#define PAGEMAP_PRESENT	  (1ULL << 63)
#define PAGEMAP_EXCLUSIVE (1ULL << 56)
#define PAGEMAP_PFN_MASK  ((1ULL << 55) - 1)

/* Entries that &pagemap_ops.pages gets at once, at most. */
#define PAGEMAP_CHUNK 4096

/**
 * struct pagemap_process - a process
 * @pid: its number
 * @comm: its name, any bytes
 */
struct pagemap_process {
	pid_t pid;
	const char *comm;
};

/**
 * struct pagemap_mapping - a mapping of the process at hand
 * @start: first address
 * @end: first address after
 * @perms: "rw-p" and the like
 * @name: of the file, or what the kernel calls it; empty for anonymous memory. Any bytes;
 *	the kernel escapes newlines
 */
struct pagemap_mapping {
	uint64_t start, end;
	char perms[5];
	const char *name;
};

/**
 * struct pagemap_ops - who wants to know; what is NULL is not called
 * @process: a process is begun
 * @mapping: a mapping of it is begun
 * @pages: part of the mapping, in ascending order: @nr entries of pagemap from @addr on.
 *	What is not present has no PAGEMAP_PRESENT; runs of that are mostly left out, and so
 *	is the zero page where the kernel tells
 * @mapping_end: that was all of it
 * @process_end: the same for the process; not @complete when it ended or executed another
 *	program meanwhile
 *
 * What they get is valid during the call only.
 */
struct pagemap_ops {
	void (*process)(const struct pagemap_process *p, void *data);
	void (*mapping)(const struct pagemap_mapping *m, void *data);
	void (*pages)(uint64_t addr, const uint64_t *entries, size_t nr, void *data);
	void (*mapping_end)(void *data);
	void (*process_end)(bool complete, void *data);
};

/**
 * struct pagemap_status - how far it is
 * @processes: to look at
 * @done: looked at
 * @bytes: address space that was looked at
 * @pages: pages that were present
 * @denied: processes that may not be looked at
 * @gone: processes that ended before all of them was looked at
 * @hidden: pagemap does not show page frames
 * @errnum: why there is no list of processes, 0 when there is one
 * @running: there is more to do
 */
struct pagemap_status {
	size_t processes, done;
	uint64_t bytes;
	uint64_t pages;
	size_t denied;
	size_t gone;
	bool hidden;
	int errnum;
	bool running;
};

struct pagemap_walk;

/**
 * pagemap_start() - begin to walk
 * @proc: where proc is mounted
 * @cgroup: directory of a cgroup: only processes in it and below it; or NULL
 * @pid: only this process, 0 for all
 * @ops: who wants to know; must outlive it
 * @data: passed to @ops
 *
 * Return: the walk, NULL without memory.
 */
struct pagemap_walk *pagemap_start(const char *proc, const char *cgroup, pid_t pid,
				   const struct pagemap_ops *ops, void *data);

/**
 * pagemap_step() - go on for a while
 * @w: walk
 * @budget_ns: about how long
 *
 * Return: true when there is more to do.
 */
bool pagemap_step(struct pagemap_walk *w, uint64_t budget_ns);

/**
 * pagemap_stop() - do no more
 * @w: walk
 *
 * A process at hand ends incomplete.
 */
void pagemap_stop(struct pagemap_walk *w);

/**
 * pagemap_status() - how far it is
 * @w: walk
 */
const struct pagemap_status *pagemap_status(const struct pagemap_walk *w);

/**
 * pagemap_free() - end a walk
 * @w: walk, may be NULL
 *
 * Nothing is called any more.
 */
void pagemap_free(struct pagemap_walk *w);

#endif /* PGHOT_LIB_PAGEMAP_H */
