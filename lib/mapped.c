// SPDX-License-Identifier: GPL-2.0-or-later

#include "mapped.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct pghot_mapped {
	struct pagemap_walk *walk;
	struct pghot_frames *frames;
	const struct pghot_mapped_ops *ops;
	void *data;
	int64_t nid;
	uint64_t page_size;

	/* The process at hand and its mapping. */
	struct pagemap_process process;
	struct pagemap_mapping mapping;
	struct pghot_mapped_sum process_sum, mapping_sum;
	char comm[128];
	char *name;
	size_t name_size;
};

uint64_t pghot_mapped_pages(const struct pghot_mapped_sum *sum, enum pghot_side side)
{
	uint64_t pages = 0;

	for (size_t i = 0; i < PGHOT_HEATS; i++)
		pages += sum->pages[side][i];
	return pages;
}

void pghot_mapped_add(struct pghot_mapped_sum *to, const struct pghot_mapped_sum *more)
{
	for (size_t s = 0; s < PGHOT_SIDES; s++) {
		for (size_t i = 0; i < PGHOT_HEATS; i++)
			to->pages[s][i] += more->pages[s][i];
		to->freq[s] += more->freq[s];
	}
	to->shared += more->shared;
	to->elsewhere += more->elsewhere;
}

static void begin_process(const struct pagemap_process *p, void *data)
{
	struct pghot_mapped *m = data;

	snprintf(m->comm, sizeof(m->comm), "%s", p->comm);
	m->process = (struct pagemap_process){ .pid = p->pid, .comm = m->comm };
	m->process_sum = (struct pghot_mapped_sum){ 0 };
}

/* Without memory a name is cut. */
static const char *keep_name(struct pghot_mapped *m, const char *name)
{
	size_t len = strlen(name) + 1;

	if (len > m->name_size) {
		char *more = realloc(m->name, len);

		if (more) {
			m->name = more;
			m->name_size = len;
		} else if (m->name_size) {
			len = m->name_size;
		} else {
			return "";
		}
	}
	memcpy(m->name, name, len - 1);
	m->name[len - 1] = '\0';
	return m->name;
}

static void begin_mapping(const struct pagemap_mapping *map, void *data)
{
	struct pghot_mapped *m = data;

	m->mapping = *map;
	m->mapping.name = keep_name(m, map->name);
	m->mapping_sum = (struct pghot_mapped_sum){ 0 };
}

static void add_page(struct pghot_mapped *m, uint64_t addr, uint64_t entry)
{
	struct pghot_mapped_sum *sum = &m->mapping_sum;
	uint64_t pfn = entry & PAGEMAP_PFN_MASK;
	struct pghot_frame frame;

	pghot_frames_find(m->frames, pfn, &frame);
	if (m->nid >= 0 && frame.nid != (uint32_t)m->nid)
		return;
	if (frame.side == PGHOT_SIDES) {
		sum->elsewhere++;
		return;
	}
	sum->pages[frame.side][frame.heat]++;
	sum->freq[frame.side] += (uint64_t)frame.freq * PGHOT_MAPPED_FREQ_ONE >> frame.order;
	sum->shared += !(entry & PAGEMAP_EXCLUSIVE);
	if (m->ops->page)
		m->ops->page(&m->process, addr, pfn, &frame, m->data);
}

static void add_pages(uint64_t addr, const uint64_t *entries, size_t nr, void *data)
{
	struct pghot_mapped *m = data;

	for (size_t i = 0; i < nr; i++) {
		/* Hidden frames are 0. */
		if ((entries[i] & PAGEMAP_PRESENT) && (entries[i] & PAGEMAP_PFN_MASK))
			add_page(m, addr + i * m->page_size, entries[i]);
	}
}

static void end_mapping(void *data)
{
	struct pghot_mapped *m = data;

	pghot_mapped_add(&m->process_sum, &m->mapping_sum);
	if (m->ops->mapping)
		m->ops->mapping(&m->process, &m->mapping, &m->mapping_sum, m->data);
}

static void end_process(bool complete, void *data)
{
	struct pghot_mapped *m = data;

	if (m->ops->process)
		m->ops->process(&m->process, &m->process_sum, complete, m->data);
}

static const struct pagemap_ops walk_ops = {
	.process = begin_process,
	.mapping = begin_mapping,
	.pages = add_pages,
	.mapping_end = end_mapping,
	.process_end = end_process,
};

struct pghot_mapped *pghot_mapped_start(const char *proc, const char *cgroup, pid_t pid,
					int64_t nid, struct pghot_frames *frames,
					const struct pghot_mapped_ops *ops, void *data)
{
	struct pghot_mapped *m = calloc(1, sizeof(*m));

	if (!m)
		return NULL;
	m->frames = frames;
	m->ops = ops;
	m->data = data;
	m->nid = nid;
	m->page_size = sysconf(_SC_PAGESIZE);
	m->walk = pagemap_start(proc, cgroup, pid, &walk_ops, m);
	if (!m->walk) {
		free(m);
		return NULL;
	}
	return m;
}

bool pghot_mapped_step(struct pghot_mapped *mapped, uint64_t budget_ns)
{
	return pagemap_step(mapped->walk, budget_ns);
}

void pghot_mapped_stop(struct pghot_mapped *mapped)
{
	pagemap_stop(mapped->walk);
}

const struct pagemap_status *pghot_mapped_status(const struct pghot_mapped *mapped)
{
	return pagemap_status(mapped->walk);
}

void pghot_mapped_free(struct pghot_mapped *mapped)
{
	if (!mapped)
		return;
	pagemap_free(mapped->walk);
	free(mapped->name);
	free(mapped);
}
