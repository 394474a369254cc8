/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Settings of the system, outside of pghot, that promotion depends on. */
#ifndef PGHOTCTL_SYSTEM_H
#define PGHOTCTL_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>

/* Bit of kernel.numa_balancing, include/linux/sched/sysctl.h. */
#define NUMA_BALANCING_MEMORY_TIERING 2

#define NUMA_BALANCING_PATH "/proc/sys/kernel/numa_balancing"
#define DEMOTION_PATH	    "/sys/kernel/mm/numa/demotion_enabled"
#define MGLRU_PATH	    "/sys/kernel/mm/lru_gen/enabled"

/**
 * system_read() - read the first line of a file of /proc or /sys
 * @root: prefix of the path
 * @path: file
 * @buf: buffer
 * @size: its bytes
 *
 * Return: 0 or a negative errno.
 */
int system_read(const char *root, const char *path, char *buf, size_t size);

/**
 * system_write() - write to a file of /proc or /sys, with one call
 * @root: prefix of the path
 * @path: file, which must exist
 * @text: what to write
 *
 * Return: 0 or a negative errno.
 */
int system_write(const char *root, const char *path, const char *text);

/**
 * numa_balancing_get() - read kernel.numa_balancing
 * @root: prefix of the path
 * @mode: result
 *
 * Return: 0 or a negative errno; -ENOENT when the kernel has no NUMA balancing.
 */
int numa_balancing_get(const char *root, int *mode);

/**
 * numa_balancing_set() - write kernel.numa_balancing
 * @root: prefix of the path
 * @mode: mask
 *
 * Return: 0 or a negative errno.
 */
int numa_balancing_set(const char *root, int mode);

/**
 * numa_balancing_words() - a mode in words
 * @mode: mask
 */
const char *numa_balancing_words(int mode);

/**
 * demotion_get() - may reclaim demote to lower tiers?
 * @root: prefix of the path
 * @on: result
 *
 * Return: 0 or a negative errno; -ENOENT when the kernel cannot demote.
 */
int demotion_get(const char *root, bool *on);

/**
 * demotion_set() - let reclaim demote to lower tiers, or not
 * @root: prefix of the path
 * @on: value
 *
 * Return: 0 or a negative errno.
 */
int demotion_set(const char *root, bool on);

/**
 * mglru_get() - is the multi-generational LRU on?
 * @root: prefix of the path
 * @mask: its mask of components, bit 0 being the main switch
 *
 * Return: 0 or a negative errno; -ENOENT when the kernel has none.
 */
int mglru_get(const char *root, unsigned int *mask);

#endif /* PGHOTCTL_SYSTEM_H */
