/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The units of this machine that sample memory accesses with their addresses, as
 * sysfs describes them.
 */
#ifndef PGHOTCTL_SYSTEM_PMU_H
#define PGHOTCTL_SYSTEM_PMU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PMU_PATH "/sys/bus/event_source/devices"

/* Length of a PMU's name that is shown, with the final zero. */
#define PMU_NAME_LEN 32

/* Shortest period for processors; where it is too short, the kernel lengthens it. */
#define PMU_PERIOD 1024

/*
 * Cycles that a load has to take for PEBS to sample it. A last-level cache answers within
 * 70 to 150, memory on the same socket in 200 and more, slow memory in twice that.
 */
#define PMU_LOAD_LATENCY 192

/**
 * struct pmu_event - what to sample
 * @name: of the PMU
 * @type: its number
 * @config: words of the event, as in struct perf_event_attr
 * @l3_miss_only: only accesses that missed the last cache are sampled
 */
struct pmu_event {
	char name[PMU_NAME_LEN];
	uint32_t type;
	uint64_t config[3];
	bool l3_miss_only;
};

/**
 * pmu_find_ibs() - AMD: sample micro-ops by IBS
 * @root: prefix of the path
 * @ev: filled: counts ops rather than cycles, and only misses of the last cache,
 *	where the processor can
 *
 * Return: 0, -ENOENT when there is no such unit, or another negative errno.
 */
int pmu_find_ibs(const char *root, struct pmu_event *ev);

/**
 * pmu_find_pebs() - Intel: sample loads by PEBS
 * @root: prefix of the path
 * @ev: filled with the event that sysfs calls mem-loads, and with PMU_LOAD_LATENCY where
 *	it has the field ldlat
 *
 * Return: 0, -ENOENT when there is no such unit, or another negative errno.
 */
int pmu_find_pebs(const char *root, struct pmu_event *ev);

/**
 * pmu_set_term() - set one named field of an event
 * @format: of the field as sysfs has it: "config:19", "config1:0-15,32-35"
 * @value: of the field
 * @config: words to set it in; other fields are kept
 *
 * Return: 0, -EINVAL when @format cannot be read, -ERANGE when @value is too large.
 */
int pmu_set_term(const char *format, uint64_t value, uint64_t config[3]);

/**
 * pmu_name() - name of a PMU by its number
 * @root: prefix of the path
 * @type: its number
 * @buf: buffer
 * @size: its bytes
 *
 * Return: 0 or a negative errno.
 */
int pmu_name(const char *root, uint32_t type, char *buf, size_t size);

#endif /* PGHOTCTL_SYSTEM_PMU_H */
