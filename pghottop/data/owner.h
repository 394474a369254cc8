/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whose memory is hot: memory cgroups, as the tree that they are, processes, or mappings of
 * a process.
 *
 * Memory is charged to one cgroup; what a row of the tree says includes the cgroups below,
 * as memory.stat does. So a cgroup to which nothing is charged has a row when one below it
 * has.
 */
#ifndef PGHOTTOP_DATA_OWNER_H
#define PGHOTTOP_DATA_OWNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* An owner that is at the top. */
#define NO_PARENT SIZE_MAX

/**
 * struct owner - whose memory; sizes are in base pages
 * @ino: inode number of the cgroup, 0 when it is not known or there is none
 * @pid: process, or process that the mapping is of
 * @start: first address of a mapping
 * @end: first address after it
 * @perms: "rw-p" and the like, of a mapping
 * @path: path of a cgroup from the root of the hierarchy, NULL when it is not known; name of
 *	a process or of what is mapped
 * @shown: the same, fit for a terminal
 * @leaf: last part of @shown
 * @parent: index of the one above it, or NO_PARENT
 * @depth: how many are above it
 * @below: how many are below it, at any depth; they follow it in the array
 * @hot: over the kernel's threshold, on lower tiers, with what is below
 * @warm: accessed but not hot, likewise
 * @own_hot: the same without what is below
 * @own_warm: likewise
 * @placed: it is known where its memory is
 * @fast: on top tiers, with what is below
 * @slow: on lower tiers, likewise
 * @shared: of @fast and @slow, what others map, too; not of cgroups
 * @counted: it is known what was moved
 * @promoted: to a top tier, with what is below, since the cgroup was made
 * @demoted: from a top tier, likewise
 * @promoted_per_s: since the sample before, RATE_UNKNOWN when that is not known
 * @demoted_per_s: likewise
 */
struct owner {
	uint64_t ino;
	pid_t pid;
	uint64_t start, end;
	char perms[5];
	char *path;
	char *shown;
	const char *leaf;
	size_t parent;
	size_t depth;
	size_t below;
	uint64_t hot, warm;
	uint64_t own_hot, own_warm;
	bool placed;
	uint64_t fast, slow;
	uint64_t shared;
	bool counted;
	uint64_t promoted, demoted;
	double promoted_per_s, demoted_per_s;
};

/**
 * struct owners - all of them
 * @nr: how many
 * @max: room
 * @at: they; after owners_finish() each before those below it
 * @hot_from: least frequency that is hot
 */
struct owners {
	size_t nr, max;
	struct owner *at;
	uint32_t hot_from;
};

/**
 * owners_clear() - forget all, keep the memory
 * @o: zeroed, or used before
 */
void owners_clear(struct owners *o);

/**
 * owners_release() - free
 * @o: zeroed afterwards
 */
void owners_release(struct owners *o);

/**
 * owners_add() - memory of a cgroup, in one of any number of parts
 * @o: not finished
 * @ino: inode number of the cgroup, 0 for none
 * @hot: base pages that are hot
 * @warm: base pages that were accessed and are not hot
 *
 * Return: 0, or -ENOMEM.
 */
int owners_add(struct owners *o, uint64_t ino, uint64_t hot, uint64_t warm);

/**
 * owners_put() - append a process or a mapping
 * @o: of such only
 * @own: copied, but for the names
 * @name: its name, any bytes
 *
 * Return: 0, or -ENOMEM.
 */
int owners_put(struct owners *o, const struct owner *own, const char *name);

/**
 * owners_finish() - add up, find the names, and make the tree
 * @o: that all was added to
 * @path: returns the path of a cgroup, NULL when it is not known
 * @ctx: passed to @path
 *
 * Return: 0, or -ENOMEM.
 */
int owners_finish(struct owners *o, const char *(*path)(void *ctx, uint64_t ino), void *ctx);

/**
 * owner_compare() - the order of the array
 * @a: an owner
 * @b: another
 *
 * Return: less than, equal to or more than 0 when @a is before, the same as or behind @b.
 */
int owner_compare(const struct owner *a, const struct owner *b);

/**
 * owner_under() - is it that cgroup, or one below it?
 * @path: path of a cgroup, NULL when it is not known
 * @above: path of that cgroup
 */
bool owner_under(const char *path, const char *above);

/**
 * owners_rates() - how much was moved since
 * @o: finished; @promoted_per_s and @demoted_per_s of each are set
 * @before: the same earlier, NULL when nothing is known of that
 * @seconds: so much; 0 keeps the rates that were known before
 */
void owners_rates(struct owners *o, const struct owners *before, double seconds);

#endif
