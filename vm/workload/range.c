// SPDX-License-Identifier: GPL-2.0-or-later
#include "range.h"

#include <errno.h>
#include <linux/mempolicy.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "common/complain.h"
#include "common/pages.h"
#include "common/random.h"

/* The hot set: the first @hot of a shuffled deck of page numbers. */
static void choose_hot_set(struct workload *w)
{
	uint64_t random = seed_random(w->opt.seed);
	size_t i;

	w->order = allocate(w->pages, sizeof(*w->order));
	w->is_hot = allocate(w->pages, sizeof(*w->is_hot));
	for (i = 0; i < w->pages; i++)
		w->order[i] = i;
	for (i = 0; i < w->pages; i++) {
		size_t j = i + pick(next_random(&random) >> 32, w->pages - i);
		uint32_t page = w->order[j];

		w->order[j] = w->order[i];
		w->order[i] = page;
	}
	for (i = 0; i < w->hot; i++)
		w->is_hot[w->order[i]] = 1;
}

static void set_policy(struct workload *w, int mode)
{
	unsigned long mask[PLACEMENT_NODES / (8 * sizeof(unsigned long))] = { 0 };
	const unsigned long bits = 8 * sizeof(mask[0]);
	const char *what;

	mask[w->opt.node / bits] = 1UL << (w->opt.node % bits);
	what = mode == MPOL_BIND ? "bind the memory to" : "lift the binding to";
	if (syscall(SYS_mbind, w->base, w->pages * PAGE_BYTES, mode,
		    mode == MPOL_BIND ? mask : NULL,
		    mode == MPOL_BIND ? PLACEMENT_NODES + 1UL : 0UL, 0) < 0)
		die("cannot %s node %lu: %s%s", what, w->opt.node, strerror(errno),
		    errno == EINVAL ? " (is there such a node, with memory?)" : "");
}

static void map_memory(struct workload *w)
{
	size_t bytes = w->pages * PAGE_BYTES;
	/*
	 * More on both sides, and inaccessible: room to align the range, and
	 * nothing for the kernel to merge it with, so that it has a line of
	 * its own in /proc/PID/numa_maps.
	 */
	size_t padded = bytes + 2 * HUGE_BYTES;
	int fd = -1;
	char *map;

	if (w->opt.memfd) {
		fd = memfd_create("pghot-workload", MFD_CLOEXEC);
		if (fd < 0 || ftruncate(fd, padded) < 0)
			die("cannot create the memfd: %s", strerror(errno));
	}
	map = mmap(NULL, padded, PROT_NONE, fd < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED, fd,
		   0);
	if (map == MAP_FAILED)
		die("cannot map %lu MiB: %s", w->opt.size_mib, strerror(errno));
	if (fd >= 0)
		close(fd);
	w->base = (char *)(((uintptr_t)map + HUGE_BYTES) & ~(HUGE_BYTES - 1));
	if (mprotect(w->base, bytes, PROT_READ | PROT_WRITE) < 0)
		die("cannot map %lu MiB: %s", w->opt.size_mib, strerror(errno));

	/* A kernel without huge pages has none to be advised against. */
	if (madvise(w->base, bytes, w->opt.thp ? MADV_HUGEPAGE : MADV_NOHUGEPAGE) < 0 && w->opt.thp)
		die("cannot ask for huge pages: %s", strerror(errno));
}

/**
 * range_census - count the pages of the range by node, or end the program
 * @w: the range
 * @p: filled in
 */
void range_census(const struct workload *w, struct placement *p)
{
	int err = placement_take(p, w->base, w->pages, PAGE_BYTES, w->is_hot);

	if (err)
		die("move_pages: %s", strerror(-err));
}

/*
 * Binding memory to a node without room for it does not fail: it ends in the
 * OOM killer.  So ask beforehand.
 */
static void check_room(const struct workload *w)
{
	unsigned long free_kib, free_mib;
	char path[64], line[128];
	bool found = false;
	FILE *f;

	snprintf(path, sizeof(path), "/sys/devices/system/node/node%lu/meminfo", w->opt.node);
	f = fopen(path, "r");
	if (!f)
		die("there is no node %lu (%s: %s)", w->opt.node, path, strerror(errno));
	while (!found && fgets(line, sizeof(line), f))
		found = sscanf(line, "Node %*u MemFree: %lu kB", &free_kib) == 1;
	fclose(f);
	if (!found)
		die("%s does not tell how much memory is free", path);

	free_mib = free_kib / 1024;
	if (free_mib < w->opt.size_mib)
		die("node %lu has %lu MiB free: --size %lu does not fit", w->opt.node, free_mib,
		    w->opt.size_mib);
}

static void fault_in(struct workload *w)
{
	struct placement p;
	size_t i;

	set_policy(w, MPOL_BIND);
	for (i = 0; i < w->pages; i++)
		*(volatile uint64_t *)(w->base + i * PAGE_BYTES) = i;
	if (w->opt.mlock && mlock(w->base, w->pages * PAGE_BYTES) < 0)
		die("cannot lock %lu MiB: %s", w->opt.size_mib, strerror(errno));

	range_census(w, &p);
	if (p.on_node[w->opt.node] != w->pages)
		die("only %zu of %zu pages came to be on node %lu: does it have %lu MiB free?",
		    p.on_node[w->opt.node], w->pages, w->opt.node, w->opt.size_mib);
	if (!w->opt.bind)
		set_policy(w, MPOL_DEFAULT);
}

/**
 * range_set_up - choose the hot set, map the range and fault it in where it is wanted
 * @w: with the command line; the rest is filled in
 */
void range_set_up(struct workload *w)
{
	w->pages = w->opt.size_mib * PAGES_PER_MIB;
	w->hot = w->opt.hot_mib * PAGES_PER_MIB;
	check_room(w);
	choose_hot_set(w);
	map_memory(w);
	fault_in(w);
}
