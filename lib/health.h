/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is wrong with a source that is enabled. The kernel says only that it is; whether
 * it can see anything depends on settings of the system, too, which anybody can change
 * at any time. This is the one place that knows them, for all that shows sources.
 */
#ifndef PGHOT_LIB_HEALTH_H
#define PGHOT_LIB_HEALTH_H

#include "family.h"

/**
 * struct pghot_surroundings - settings of the system that sources depend on
 * @numa_balancing: sysctl kernel.numa_balancing, -1 when it is not known
 * @mglru: mask of /sys/kernel/mm/lru_gen/enabled, -1 when it is not known
 * @ibs_mprof: 1 when the IBS memory profiler is armed, 0 when not, -1 when there is none:
 *	only kernels with pghot as it was posted have it
 */
struct pghot_surroundings {
	int numa_balancing;
	int mglru;
	int ibs_mprof;
};

/* Of what is not known nothing is said. */
#define PGHOT_SURROUNDINGS_UNKNOWN ((struct pghot_surroundings){ -1, -1, -1 })

/**
 * pghot_surroundings_read() - look at the system
 * @root: prefix of paths in /proc and /sys, "" as a rule
 * @sys: filled; what cannot be read is not known
 */
void pghot_surroundings_read(const char *root, struct pghot_surroundings *sys);

/**
 * struct pghot_problem - why a source sees nothing although it is enabled
 * @cause: name for programs, such as "numa-balancing-off"
 * @brief: a few words for a narrow place
 * @message: in a sentence
 * @way_out: a command that helps
 */
struct pghot_problem {
	const char *cause;
	char brief[64];
	char message[160];
	const char *way_out;
};

/* No source has more. */
#define PGHOT_PROBLEMS_MAX 2

/**
 * pghot_source_problems() - what is wrong with a source
 * @src: source
 * @sys: the system
 * @problems: filled
 *
 * Return: how many there are; of a source that is not enabled none.
 */
unsigned int pghot_source_problems(const struct pghot_source *src,
				   const struct pghot_surroundings *sys,
				   struct pghot_problem problems[PGHOT_PROBLEMS_MAX]);

/**
 * pghot_problem_cause_at() - enumerate what can be wrong with a source
 * @id: enum pghot_source_id
 * @i: from 0
 *
 * Return: &pghot_problem.cause, NULL past the last.
 */
const char *pghot_problem_cause_at(uint32_t id, unsigned int i);

#endif /* PGHOT_LIB_HEALTH_H */
