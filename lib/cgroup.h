/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Paths of memory cgroups by inode number, which is what a page's record has.
 *
 * Numbers are those of the hierarchy that has the memory controller: cgroup v2, or on a
 * machine where both are mounted perhaps one of v1. In the other one the same number is
 * another cgroup.
 *
 * The number is the inode of the cgroup's directory, and on a 64-bit kernel also its
 * file handle, so that one open_by_handle_at(2) finds it. That takes
 * CAP_DAC_READ_SEARCH; without, the hierarchy is walked, and walked again for a
 * number that was not there, but not more often than every few seconds.
 */
#ifndef PGHOT_LIB_CGROUP_H
#define PGHOT_LIB_CGROUP_H

#include <stdbool.h>
#include <stdint.h>

struct pghot_cgroups;

/**
 * pghot_cgroups_find() - where the memory cgroups are mounted
 * @proc: "/proc", or what stands for it
 *
 * Return: path to free(), or NULL when they are mounted nowhere, or without memory.
 */
char *pghot_cgroups_find(const char *proc);

/**
 * pghot_cgroups_open() - start a cache
 * @root: where memory cgroups are mounted, NULL for pghot_cgroups_find()
 *
 * A machine where they are mounted nowhere gives a cache that knows no path.
 *
 * Return: the cache, NULL when out of memory.
 */
struct pghot_cgroups *pghot_cgroups_open(const char *root);

/**
 * pghot_cgroups_close() - free a cache
 * @cgs: cache, may be NULL
 */
void pghot_cgroups_close(struct pghot_cgroups *cgs);

/**
 * pghot_cgroups_usable() - is a hierarchy of memory cgroups mounted?
 * @cgs: cache
 */
bool pghot_cgroups_usable(const struct pghot_cgroups *cgs);

/**
 * pghot_cgroups_root() - where the hierarchy is
 * @cgs: cache
 *
 * Return: path of the mount point, empty when there is none.
 */
const char *pghot_cgroups_root(const struct pghot_cgroups *cgs);

/**
 * pghot_cgroup_path() - path of a cgroup, relative to the root of the hierarchy
 * @cgs: cache
 * @ino: inode number; 0 is no cgroup
 *
 * May block on the file system.
 *
 * Return: path of any length that begins with '/' ("/" is the root), or NULL when it is
 * not known: removed, or not visible from here. Valid until the next call.
 */
const char *pghot_cgroup_path(struct pghot_cgroups *cgs, uint64_t ino);

/**
 * pghot_cgroup_ino() - inode number of a cgroup by its path
 * @cgs: cache
 * @path: relative to the root of the hierarchy, with or without leading '/', or
 *	below the mount point ("/sys/fs/cgroup/…")
 * @ino: result
 *
 * Return: 0 or a negative errno.
 */
int pghot_cgroup_ino(struct pghot_cgroups *cgs, const char *path, uint64_t *ino);

#endif /* PGHOT_LIB_CGROUP_H */
