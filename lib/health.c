// SPDX-License-Identifier: GPL-2.0-or-later

#include "health.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "units.h"

#define NUMA_BALANCING "/proc/sys/kernel/numa_balancing"
#define MGLRU	       "/sys/kernel/mm/lru_gen/enabled"
#define IBS_MPROF      "/sys/devices/system/cpu/ibs-mprof/enabled"
/* Bit of kernel.numa_balancing, include/linux/sched/sysctl.h. */
#define MEMORY_TIERING 2
/* The main switch of MGLRU. */
#define LRU_GEN_CORE   1

/* The first line, empty when there is none. */
static void read_line(const char *root, const char *path, char *line, int size)
{
	char whole[PATH_MAX];
	FILE *f;

	line[0] = '\0';
	snprintf(whole, sizeof(whole), "%s%s", root, path);
	f = fopen(whole, "re");
	if (!f)
		return;
	if (!fgets(line, size, f))
		line[0] = '\0';
	fclose(f);
	line[strcspn(line, "\n")] = '\0';
}

static int read_number(const char *root, const char *path)
{
	char line[32];
	uint64_t value;

	read_line(root, path, line, sizeof(line));
	if (pghot_parse_u64(line, &value) || value > INT_MAX)
		return -1;
	return (int)value;
}

static int read_switch(const char *root, const char *path)
{
	char line[32];
	bool on;

	read_line(root, path, line, sizeof(line));
	return pghot_parse_bool(line, &on) ? -1 : on;
}

void pghot_surroundings_read(const char *root, struct pghot_surroundings *sys)
{
	sys->numa_balancing = read_number(root, NUMA_BALANCING);
	sys->mglru = read_number(root, MGLRU);
	sys->ibs_mprof = read_switch(root, IBS_MPROF);
}

/* Each fills what can be said of its problem, and returns whether there is one. */
typedef bool (*find_fn)(const struct pghot_source *src, const struct pghot_surroundings *sys,
			struct pghot_problem *p);

static bool numa_balancing_off(const struct pghot_source *src, const struct pghot_surroundings *sys,
			       struct pghot_problem *p)
{
	(void)src;
	if (sys->numa_balancing < 0 || sys->numa_balancing & MEMORY_TIERING)
		return false;
	snprintf(p->brief, sizeof(p->brief), "kernel.numa_balancing is %d", sys->numa_balancing);
	snprintf(p->message, sizeof(p->message),
		 "hintfault is enabled, but kernel.numa_balancing is %d: no hint faults come until "
		 "it has bit %d",
		 sys->numa_balancing, MEMORY_TIERING);
	return true;
}

static bool mglru_off(const struct pghot_source *src, const struct pghot_surroundings *sys,
		      struct pghot_problem *p)
{
	(void)src;
	if (sys->mglru < 0 || sys->mglru & LRU_GEN_CORE)
		return false;
	snprintf(p->brief, sizeof(p->brief), "the multi-generational LRU is off");
	snprintf(p->message, sizeof(p->message),
		 "lruscan is enabled, but the multi-generational LRU is off: there is nothing to "
		 "walk");
	return true;
}

static bool no_cpu_sampled(const struct pghot_source *src, const struct pghot_surroundings *sys,
			   struct pghot_problem *p)
{
	(void)sys;
	if (!pghot_has(src->counters.present, PGHOT_A_HWHINT_COUNTERS_CPUS) ||
	    src->counters.value[PGHOT_A_HWHINT_COUNTERS_CPUS])
		return false;
	snprintf(p->brief, sizeof(p->brief), "no CPU is sampled");
	snprintf(p->message, sizeof(p->message),
		 "hwhint is enabled, but no CPU is sampled: its event could be set up on none");
	return true;
}

static bool ibs_mprof_off(const struct pghot_source *src, const struct pghot_surroundings *sys,
			  struct pghot_problem *p)
{
	(void)src;
	if (sys->ibs_mprof)
		return false;
	snprintf(p->brief, sizeof(p->brief), "the IBS memory profiler is not armed");
	snprintf(p->message, sizeof(p->message),
		 "hwhint is enabled, but the IBS memory profiler is not armed: no samples come");
	return true;
}

/* clang-format off */
static const struct {
	uint32_t id;
	const char *cause;
	find_fn find;
	const char *way_out;
} known[] = {
	{ PGHOT_SOURCE_ID_HINTFAULT, "numa-balancing-off", numa_balancing_off,
	  "pghotctl enable hintfault" },
	{ PGHOT_SOURCE_ID_LRUSCAN, "mglru-off", mglru_off,
	  "echo y > " MGLRU },
	{ PGHOT_SOURCE_ID_HWHINT, "no-cpu-sampled", no_cpu_sampled,
	  "pghotctl disable hwhint, then enable it again" },
	{ PGHOT_SOURCE_ID_HWHINT, "ibs-mprof-off", ibs_mprof_off,
	  "pghotctl enable ibs" },
};
/* clang-format on */

#define NR_KNOWN (sizeof(known) / sizeof(known[0]))

unsigned int pghot_source_problems(const struct pghot_source *src,
				   const struct pghot_surroundings *sys,
				   struct pghot_problem problems[PGHOT_PROBLEMS_MAX])
{
	unsigned int nr = 0;

	for (size_t i = 0; src->enabled && i < NR_KNOWN && nr < PGHOT_PROBLEMS_MAX; i++) {
		struct pghot_problem *p = &problems[nr];

		if (known[i].id != src->id || !known[i].find(src, sys, p))
			continue;
		p->cause = known[i].cause;
		p->way_out = known[i].way_out;
		nr++;
	}
	return nr;
}

const char *pghot_problem_cause_at(uint32_t id, unsigned int i)
{
	for (size_t k = 0; k < NR_KNOWN; k++)
		if (known[k].id == id && !i--)
			return known[k].cause;
	return NULL;
}
