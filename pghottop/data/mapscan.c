// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/mapscan.h"
#include "printable.h"

struct mapscan {
	struct pagemap_walk *walk;
	uint64_t pfn, nr_pfns;
	uint64_t page_size;

	/* The process and the mapping at hand. */
	pid_t pid;
	char comm[64];
	char perms[5];
	char what[160];

	struct mapping *found;
	size_t nr_found, max_found;
};

static void add_found(struct mapscan *ms, uint64_t addr, uint64_t first)
{
	struct mapping *last = NULL;

	if (ms->nr_found && ms->nr_found <= MAPSCAN_MAX)
		last = &ms->found[ms->nr_found - 1];
	/* The next page of the same folio. */
	if (last && last->pid == ms->pid && addr == last->addr + last->pages * ms->page_size &&
	    first == last->first + last->pages) {
		last->pages++;
		return;
	}
	if (ms->nr_found == ms->max_found && ms->max_found < MAPSCAN_MAX) {
		size_t max = ms->max_found ? 2 * ms->max_found : 16;
		struct mapping *found = reallocarray(ms->found, max, sizeof(*found));

		/* Without memory it is counted and not kept; there will be fewer. */
		if (!found)
			return;
		ms->found = found;
		ms->max_found = max;
	}
	if (ms->nr_found++ >= MAPSCAN_MAX)
		return;
	last = &ms->found[ms->nr_found - 1];
	*last = (struct mapping){
		.pid = ms->pid,
		.addr = addr,
		.pages = 1,
		.first = first,
	};
	strcpy(last->comm, ms->comm);
	strcpy(last->perms, ms->perms);
	strcpy(last->what, ms->what);
}

static void process(const struct pagemap_process *p, void *data)
{
	struct mapscan *ms = data;

	ms->pid = p->pid;
	pghot_printable(ms->comm, sizeof(ms->comm), p->comm);
}

static void mapping(const struct pagemap_mapping *m, void *data)
{
	struct mapscan *ms = data;
	char what[sizeof(ms->what)];

	snprintf(what, sizeof(what), "%s", m->name);
	pghot_printable(ms->what, sizeof(ms->what), what);
	strcpy(ms->perms, m->perms);
}

static void pages(uint64_t addr, const uint64_t *entries, size_t nr, void *data)
{
	struct mapscan *ms = data;

	for (size_t i = 0; i < nr; i++) {
		uint64_t pfn = entries[i] & PAGEMAP_PFN_MASK;

		if ((entries[i] & PAGEMAP_PRESENT) && pfn && pfn - ms->pfn < ms->nr_pfns)
			add_found(ms, addr + i * ms->page_size, pfn - ms->pfn);
	}
}

static const struct pagemap_ops ops = {
	.process = process,
	.mapping = mapping,
	.pages = pages,
};

struct mapscan *mapscan_start(const char *proc, const char *cgroup, uint64_t pfn,
			      unsigned int order)
{
	struct mapscan *ms = calloc(1, sizeof(*ms));

	if (!ms)
		return NULL;
	ms->pfn = pfn;
	ms->nr_pfns = order < 32 ? 1ULL << order : 1;
	ms->page_size = sysconf(_SC_PAGESIZE);
	ms->walk = pagemap_start(proc, cgroup, 0, &ops, ms);
	if (!ms->walk) {
		free(ms);
		return NULL;
	}
	return ms;
}

bool mapscan_step(struct mapscan *ms, uint64_t budget_ns)
{
	return pagemap_step(ms->walk, budget_ns);
}

void mapscan_stop(struct mapscan *ms)
{
	pagemap_stop(ms->walk);
}

void mapscan_free(struct mapscan *ms)
{
	if (!ms)
		return;
	pagemap_free(ms->walk);
	free(ms->found);
	free(ms);
}

const struct pagemap_status *mapscan_status(const struct mapscan *ms)
{
	return pagemap_status(ms->walk);
}

size_t mapscan_found(const struct mapscan *ms)
{
	return ms->nr_found;
}

const struct mapping *mapscan_at(const struct mapscan *ms, size_t i)
{
	return i < ms->nr_found && i < MAPSCAN_MAX ? &ms->found[i] : NULL;
}
