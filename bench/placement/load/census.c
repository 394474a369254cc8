// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * census - where the pages are, and what share of the accesses goes to the fast node
 *
 * The page frame of every page is in /proc/PID/pagemap, and which node that is on does
 * not change.  move_pages(2) says the same, and takes ten times as long: half of a CPU of
 * the emulated machine.
 */
#include "census.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/complain.h"
#include "memory.h"
#include "common/pages.h"
#include "workers.h"

/* Entries of pagemap per read(2). */
#define CHUNK 8192

/* An entry of pagemap, see Documentation/admin-guide/mm/pagemap.rst. */
#define PAGEMAP_PRESENT (1ULL << 63)
#define PAGEMAP_PFN	((1ULL << 55) - 1)

/** census_find_nodes - learn which node memory is on, or end the program */
void census_find_nodes(struct census *c)
{
	const char *wrong = nodes_find(&c->nodes);

	if (wrong)
		die("%s", wrong);
}

/**
 * census_open - find what to look at
 * @c: the census
 * @l: the load, with its worker processes
 */
void census_open(struct census *c, const struct load *l)
{
	unsigned long i;

	if (l->opt.memory == MEMORY_READ)
		c->file_view = memory_view_file(&l->opt, l->pages);
	for (i = 0; i < l->opt.processes; i++) {
		char path[64];

		snprintf(path, sizeof(path), "/proc/%d/pagemap",
			 c->file_view ? getpid() : l->pid[i]);
		c->pagemap[i] = open(path, O_RDONLY | O_CLOEXEC);
		if (c->pagemap[i] < 0)
			die("%s: %s", path, strerror(errno));
	}
}

/* The pages of one process, each with a weight of @scale times its own. */
static void look_at(const struct census *c, const struct load *l, unsigned long process,
		    double scale, struct look *look)
{
	const float *weight = l->phases[atomic_load(&l->control->phase)].weight;
	uintptr_t base = c->file_view ? (uintptr_t)c->file_view
				      : atomic_load(&l->control->base[process]);
	static uint64_t entries[CHUNK];
	size_t done, i, n;

	for (done = 0; done < l->pages; done += n) {
		off_t at = (base / PAGE_BYTES + done) * sizeof(*entries);

		n = l->pages - done < CHUNK ? l->pages - done : CHUNK;
		if (pread(c->pagemap[process], entries, n * sizeof(*entries), at) !=
		    (ssize_t)(n * sizeof(*entries)))
			die("pagemap of process %d: %s", l->pid[process], strerror(errno));
		for (i = 0; i < n; i++) {
			uint64_t pfn = entries[i] & PAGEMAP_PFN;

			if (!(entries[i] & PAGEMAP_PRESENT)) {
				look->absent++;
			} else if (nodes_of(&c->nodes, pfn * PAGE_BYTES) == (int)l->opt.fast_node) {
				look->fast++;
				look->hit += weight[done + i] * scale;
			} else {
				look->slow++;
			}
		}
	}
}

/**
 * census_take - look at all pages
 * @c: the census
 * @l: the load; of its accesses each active process makes the same share
 * @look: filled in
 *
 * Not a snapshot: pages may move meanwhile.
 */
void census_take(const struct census *c, const struct load *l, struct look *look)
{
	size_t active = workers_active(l);
	unsigned long i;

	*look = (struct look){ 0 };
	for (i = 0; i < l->opt.processes; i++)
		look_at(c, l, i, atomic_load(&l->control->idle[i]) ? 0.0 : 1.0 / active, look);
}

/**
 * census_free_pages - what is free on a node above the marks up to which reclaim frees it
 * @node: number of the node
 *
 * Return: number of pages.
 */
size_t census_free_pages(unsigned long node)
{
	FILE *f = fopen("/proc/zoneinfo", "re");
	unsigned long zone_node = ULONG_MAX, value, free_here = 0;
	size_t sum = 0;
	char line[256];

	if (!f)
		die("/proc/zoneinfo: %s", strerror(errno));
	while (fgets(line, sizeof(line), f)) {
		if (sscanf(line, "Node %lu, zone", &zone_node) == 1 || zone_node != node)
			continue;
		if (sscanf(line, " pages free %lu", &value) == 1)
			free_here = value;
		else if (sscanf(line, " high %lu", &value) == 1 && free_here > value)
			sum += free_here - value;
	}
	fclose(f);
	return sum;
}
