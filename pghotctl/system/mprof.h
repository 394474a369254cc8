/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The IBS memory profiler of AMD's CPUs from Zen 6 on, as kernels with the posted pghot series
 * have it: it samples once it is armed, and its samples count once pghot's hardware hints are
 * enabled. Both are needed. It is pghot's alone; perf has another part of IBS.
 */
#ifndef PGHOTCTL_SYSTEM_MPROF_H
#define PGHOTCTL_SYSTEM_MPROF_H

#include <stdbool.h>

#define MPROF_PATH    "/sys/devices/system/cpu/ibs-mprof/enabled"
#define MPROF_DEBUGFS "/sys/kernel/debug/ibs-mprof/"

/* Exists while pghotctl has armed it; like that it is gone after a boot. */
#define MPROF_MARK "/run/pghot/ibs-mprof-armed"

/**
 * mprof_get() - is it armed?
 * @root: prefix of the path
 * @armed: result
 *
 * Return: 0 or a negative errno; -ENOENT when the kernel or the CPU has none.
 */
int mprof_get(const char *root, bool *armed);

/**
 * mprof_set() - arm or disarm it, and see that this was taken
 * @root: prefix of the path
 * @armed: value
 *
 * Return: 0, a negative errno, or -ESTALE when it is not so afterwards.
 */
int mprof_set(const char *root, bool armed);

/**
 * mprof_mark() - remember that we armed it, so that it is us who disarm it
 * @root: prefix of the path
 * @mark: remember or forget it
 *
 * Return: 0 or a negative errno.
 */
int mprof_mark(const char *root, bool mark);

/**
 * mprof_marked() - was it us who armed it?
 * @root: prefix of the path
 */
bool mprof_marked(const char *root);

#endif /* PGHOTCTL_SYSTEM_MPROF_H */
