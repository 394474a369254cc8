/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Settings of the system, outside of pghot, that promotion depends on. */
#ifndef PGHOTCTL_SYSTEM_H
#define PGHOTCTL_SYSTEM_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

/* Bit of kernel.numa_balancing, include/linux/sched/sysctl.h. */
#define NUMA_BALANCING_MEMORY_TIERING 2

#define NUMA_BALANCING_PATH "/proc/sys/kernel/numa_balancing"
#define DEMOTION_PATH	    "/sys/kernel/mm/numa/demotion_enabled"
#define MGLRU_PATH	    "/sys/kernel/mm/lru_gen/enabled"

/* Instead of ENOENT when /proc or /sys are not mounted, as in a bare chroot. */
#define SYSTEM_NOT_MOUNTED ENXIO

/**
 * system_error() - why a file of /proc or /sys cannot be read or written
 * @path: file
 * @err: negative errno of system_read() or system_write(), or SYSTEM_NOT_MOUNTED
 * @buf: buffer
 * @size: its bytes, 160 is enough
 *
 * Return: @buf: "PATH: cause".
 */
char *system_error(const char *path, int err, char *buf, size_t size);

/**
 * system_hint() - what to do about it
 * @err: as above
 *
 * Return: text, NULL when there is no more to say than the cause.
 */
const char *system_hint(int err);

/**
 * system_missing() - tell a file that does not exist from one whose file system does not
 * @root: prefix of the path
 * @path: file
 * @err: negative errno of opening it
 *
 * Return: @err, or -SYSTEM_NOT_MOUNTED.
 */
int system_missing(const char *root, const char *path, int err);

/**
 * system_read() - read the first line of a file of /proc or /sys
 * @root: prefix of the path
 * @path: file
 * @buf: buffer
 * @size: its bytes
 *
 * Return: 0 or a negative errno, -SYSTEM_NOT_MOUNTED among them.
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
