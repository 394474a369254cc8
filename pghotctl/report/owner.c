// SPDX-License-Identifier: GPL-2.0-or-later

#include "report/owner.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backend/query.h"
#include "report/walk.h"

static int no_memory(struct ctx *ctx)
{
	return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
}

/* ---- cgroups -------------------------------------------------------------------- */

/* Bytes of a line of memory.numa_stat, "anon N0=4096 N1=0", on slow nodes. */
static uint64_t bytes_of(const char *line, const struct node_list *nodes, int64_t nid)
{
	uint64_t sum = 0;

	for (const char *at = strchr(line, ' '); at; at = strchr(at + 1, ' ')) {
		uint64_t bytes;
		uint32_t n;

		if (sscanf(at, " N%" SCNu32 "=%" SCNu64, &n, &bytes) != 2 ||
		    (nid >= 0 && n != (uint32_t)nid))
			continue;
		for (size_t i = 0; i < nodes->nr; i++)
			sum += nodes->at[i].nid == n && !nodes->at[i].toptier ? bytes : 0;
	}
	return sum;
}

/* Of cgroup v2. The root has none, and of v1 it counts otherwise: then it is not known. */
static uint64_t pages_of_cgroup(const struct owner_filter *f, const struct node_list *nodes,
				int64_t nid, uint32_t page_size)
{
	char path[PATH_MAX], line[4096];
	uint64_t bytes = 0;
	FILE *file;

	snprintf(path, sizeof(path), "%s%s/memory.numa_stat", pghot_cgroups_root(f->cgroups),
		 f->cgroup);
	file = fopen(path, "re");
	if (!file)
		return 0;
	while (fgets(line, sizeof(line), file)) {
		if (!strncmp(line, "anon ", 5) || !strncmp(line, "file ", 5))
			bytes += bytes_of(line, nodes, nid);
	}
	fclose(file);
	return page_size ? bytes / page_size : 0;
}

int owner_cgroup(struct owner_filter *f, struct ctx *ctx, const char *text, int64_t nid)
{
	struct node_list nodes = { 0 };
	int ret;

	f->cgroups = named_cgroups_open(ctx->root);
	if (!f->cgroups)
		return no_memory(ctx);
	ret = named_cgroup_find(ctx, f->cgroups, text, &f->cgroup);
	if (!ret)
		ret = query_nodes(ctx, &nodes);
	if (!ret)
		f->pages = pages_of_cgroup(f, &nodes, nid, ctx->out.page_size);
	free(nodes.at);
	return ret;
}

/* ---- processes ------------------------------------------------------------------ */

/* What a process maps is being added to the filter. */
struct adding {
	struct owner_filter *f;
	bool no_memory;
};

static void add_page(const struct pagemap_process *p, uint64_t addr, uint64_t pfn,
		     const struct pghot_frame *frame, void *data)
{
	struct pghot_entry e = { .pfn = pfn, .freq = 1, .page_flags = PGHOT_PAGE_FLAG_MAPPED };
	struct adding *a = data;
	struct pghot_frame before;

	(void)p;
	(void)addr;
	if (frame->side != PGHOT_SIDE_SLOW)
		return;
	/* Once, however often it is mapped. */
	pghot_frames_find(a->f->mapped, pfn, &before);
	a->f->pages += !before.freq;
	a->no_memory |= pghot_frames_entry(&e, 0, a->f->mapped) != 0;
}

int owner_process(struct owner_filter *f, struct ctx *ctx, pid_t pid, int64_t nid)
{
	static const struct pghot_mapped_ops ops = { .page = add_page };
	struct walk_whose whose = { .pid = pid, .nid = nid };
	struct pghot_frames *nodes = NULL;
	struct pagemap_status status;
	struct adding a = { .f = f };
	struct stop stop;
	int ret = stop_catch(&stop, ctx);

	if (ret)
		return ret;
	f->mapped = pghot_frames_new(1);
	ret = f->mapped ? walk_nodes(ctx, &nodes) : no_memory(ctx);
	if (!ret)
		ret = walk_mapped(ctx, &stop, &whose, nodes, &ops, &a, &status);
	if (!ret && a.no_memory)
		ret = no_memory(ctx);
	if (!ret && stop.asked)
		ret = fail_with(&ctx->failure, STATUS_FAILED, EINTR, "stopped");
	stop_release(&stop);
	pghot_frames_free(nodes);
	return ret;
}

/* ---- records --------------------------------------------------------------------- */

bool owner_has(const struct owner_filter *f, const struct pghot_entry *e)
{
	uint64_t nr = 1ULL << (e->order < 20 ? e->order : 20);
	struct pghot_frame frame;

	if (f->cgroup)
		return named_cgroup_holds(pghot_cgroup_path(f->cgroups, e->cgroup_ino), f->cgroup);
	for (uint64_t i = 0; i < nr && f->mapped; i++) {
		pghot_frames_find(f->mapped, e->pfn + i, &frame);
		if (frame.freq)
			return true;
	}
	return !f->mapped;
}

void owner_free(struct owner_filter *f)
{
	pghot_frames_free(f->mapped);
	pghot_cgroups_close(f->cgroups);
	free(f->cgroup);
}
