// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mapscan.c - a walk through the pagemaps of processes
 *
 *	list of processes -> maps of one, line by line -> pagemap of one mapping
 *
 * Each level keeps its place between two steps. A process that ends meanwhile is
 * no error: its files just end. Reading pagemap costs eight bytes for each page of
 * address space, mapped or not, and address spaces of terabytes with next to
 * nothing in them are common; where the kernel has the ioctl PAGEMAP_SCAN (6.7),
 * only what is present is read.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "data/mapscan.h"
#include "printable.h"

/* Documentation/admin-guide/mm/pagemap.rst */
#define PM_PRESENT  (1ULL << 63)
#define PM_PFN_MASK ((1ULL << 55) - 1)

/* The same in the headers of 6.7 and later, which need not be those here. */
struct scan_region {
	uint64_t start, end, categories;
};

struct scan_arg {
	uint64_t size, flags, start, end, walk_end, vec, vec_len, max_pages;
	uint64_t category_inverted, category_mask, category_anyof_mask, return_mask;
};

#define SCAN_IOCTL   _IOWR('f', 16, struct scan_arg)
#define SCAN_PRESENT (1ULL << 3)
#define SCAN_REGIONS 64
/* Address space for one call: what is full of pages takes a millisecond or two. */
#define SCAN_SPAN    (1ULL << 30)

/* Entries of pagemap read at once. */
#define CHUNK	  4096
#define DEPTH_MAX 32

struct mapscan {
	char proc[256];
	uint64_t pfn, nr_pfns;
	uint64_t page_size;
	struct mapscan_status st;

	pid_t *pids;
	size_t max_pids;

	/* The process at hand; no file when the next is to be begun. */
	FILE *maps;
	int pagemap;
	bool no_ioctl;
	char comm[64];
	char *line;
	size_t line_size;

	/* The mapping at hand: from @pos to @end is to be read. */
	uint64_t pos, end;
	char perms[5];
	char what[160];

	/* Parts of it that are present, of which [next_region, nr_regions) are left. */
	struct scan_region regions[SCAN_REGIONS];
	size_t nr_regions, next_region;

	struct mapping *found;
	size_t max_found;
	uint64_t entries[CHUNK];
};

static int add_pid(struct mapscan *ms, pid_t pid)
{
	if (ms->st.processes == ms->max_pids) {
		size_t max = ms->max_pids ? 2 * ms->max_pids : 64;
		pid_t *pids = reallocarray(ms->pids, max, sizeof(*pids));

		if (!pids)
			return -ENOMEM;
		ms->pids = pids;
		ms->max_pids = max;
	}
	ms->pids[ms->st.processes++] = pid;
	return 0;
}

static int list_all(struct mapscan *ms)
{
	DIR *dir = opendir(ms->proc);
	struct dirent *de;
	int err = 0;

	if (!dir)
		return -errno;
	while (!err && (de = readdir(dir)))
		if (de->d_name[0] >= '1' && de->d_name[0] <= '9')
			err = add_pid(ms, atoi(de->d_name));
	closedir(dir);
	return err;
}

/*
 * A page is charged to the nearest cgroup that has the memory controller, so its
 * processes may be in cgroups below.
 */
static int list_cgroup(struct mapscan *ms, const char *path, int depth)
{
	char sub[PATH_MAX];
	struct dirent *de;
	int err = 0, pid;
	FILE *f;
	DIR *dir;

	if ((size_t)snprintf(sub, sizeof(sub), "%s/cgroup.procs", path) >= sizeof(sub))
		return -ENAMETOOLONG;
	f = fopen(sub, "re");
	if (!f && !depth)
		return -errno;
	/* That of a threaded cgroup cannot be read; the one above has them all. */
	while (f && !err && fscanf(f, "%d", &pid) == 1)
		err = add_pid(ms, pid);
	if (f)
		fclose(f);

	dir = opendir(path);
	while (!err && dir && depth < DEPTH_MAX && (de = readdir(dir))) {
		if (de->d_type != DT_DIR || de->d_name[0] == '.')
			continue;
		if ((size_t)snprintf(sub, sizeof(sub), "%s/%s", path, de->d_name) < sizeof(sub))
			err = list_cgroup(ms, sub, depth + 1);
	}
	if (dir)
		closedir(dir);
	return err;
}

static void end_process(struct mapscan *ms)
{
	if (ms->maps)
		fclose(ms->maps);
	if (ms->pagemap >= 0)
		close(ms->pagemap);
	ms->maps = NULL;
	ms->pagemap = -1;
	ms->pos = ms->end = 0;
	ms->nr_regions = ms->next_region = 0;
}

struct mapscan *mapscan_start(const char *proc, const char *cgroup, uint64_t pfn,
			      unsigned int order)
{
	struct mapscan *ms = calloc(1, sizeof(*ms));
	int err;

	if (!ms)
		return NULL;
	snprintf(ms->proc, sizeof(ms->proc), "%s", proc);
	ms->pfn = pfn;
	ms->nr_pfns = order < 32 ? 1ULL << order : 1;
	ms->page_size = sysconf(_SC_PAGESIZE);
	ms->pagemap = -1;
	err = cgroup ? list_cgroup(ms, cgroup, 0) : list_all(ms);
	ms->st.errnum = -err;
	ms->st.running = !err;
	return ms;
}

void mapscan_stop(struct mapscan *ms)
{
	end_process(ms);
	ms->st.running = false;
}

void mapscan_free(struct mapscan *ms)
{
	if (!ms)
		return;
	end_process(ms);
	free(ms->pids);
	free(ms->line);
	free(ms->found);
	free(ms);
}

const struct mapscan_status *mapscan_status(const struct mapscan *ms)
{
	return &ms->st;
}

const struct mapping *mapscan_at(const struct mapscan *ms, size_t i)
{
	return i < ms->st.found && i < MAPSCAN_MAX ? &ms->found[i] : NULL;
}

static void read_comm(struct mapscan *ms, pid_t pid)
{
	char path[PATH_MAX], comm[32] = "";
	FILE *f;

	snprintf(path, sizeof(path), "%s/%d/comm", ms->proc, pid);
	f = fopen(path, "re");
	if (f && !fgets(comm, sizeof(comm), f))
		comm[0] = 0;
	if (f)
		fclose(f);
	comm[strcspn(comm, "\n")] = 0;
	pghot_printable(ms->comm, sizeof(ms->comm), comm);
}

/* Return: false when it cannot be looked at, or is gone. */
static bool begin_process(struct mapscan *ms, pid_t pid)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%d/pagemap", ms->proc, pid);
	ms->pagemap = open(path, O_RDONLY | O_CLOEXEC);
	snprintf(path, sizeof(path), "%s/%d/maps", ms->proc, pid);
	if (ms->pagemap >= 0)
		ms->maps = fopen(path, "re");
	if (!ms->maps) {
		if (errno == EACCES || errno == EPERM)
			ms->st.denied++;
		end_process(ms);
		return false;
	}
	read_comm(ms, pid);
	return true;
}

/* Return: false at the end of the process's mappings. */
static bool next_mapping(struct mapscan *ms)
{
	uint64_t start, end;
	char what[sizeof(ms->what)];
	int name = 0;
	ssize_t len;

	do {
		len = getline(&ms->line, &ms->line_size, ms->maps);
		if (len <= 0)
			return false;
		if (ms->line[len - 1] == '\n')
			ms->line[len - 1] = 0;
	} while (sscanf(ms->line, "%" SCNx64 "-%" SCNx64 " %4s %*s %*s %*s %n", &start, &end,
			ms->perms, &name) < 3 ||
		 /* A page of the kernel that no pagemap has. */
		 !strcmp(ms->line + name, "[vsyscall]"));
	snprintf(what, sizeof(what), "%s", name ? ms->line + name : "");
	pghot_printable(ms->what, sizeof(ms->what), what);
	ms->pos = start;
	ms->end = end > start ? end : start;
	ms->nr_regions = ms->next_region = 0;
	return true;
}

static void add_found(struct mapscan *ms, uint64_t addr, uint64_t first)
{
	struct mapping *last = NULL;

	if (ms->st.found && ms->st.found <= MAPSCAN_MAX)
		last = &ms->found[ms->st.found - 1];
	/* The next page of the same folio. */
	if (last && last->pid == ms->pids[ms->st.done] &&
	    addr == last->addr + last->pages * ms->page_size &&
	    first == last->first + last->pages) {
		last->pages++;
		return;
	}
	if (ms->st.found == ms->max_found && ms->max_found < MAPSCAN_MAX) {
		size_t max = ms->max_found ? 2 * ms->max_found : 16;
		struct mapping *found = reallocarray(ms->found, max, sizeof(*found));

		/* Without memory it is counted and not kept; there will be fewer. */
		if (!found)
			return;
		ms->found = found;
		ms->max_found = max;
	}
	if (ms->st.found++ >= MAPSCAN_MAX)
		return;
	last = &ms->found[ms->st.found - 1];
	*last = (struct mapping){
		.pid = ms->pids[ms->st.done],
		.addr = addr,
		.pages = 1,
		.first = first,
	};
	strcpy(last->comm, ms->comm);
	strcpy(last->perms, ms->perms);
	strcpy(last->what, ms->what);
}

/* Reads a chunk from @start on. Returns where it ended, @start at the end. */
static uint64_t read_chunk(struct mapscan *ms, uint64_t start, uint64_t end)
{
	uint64_t nr = (end - start) / ms->page_size;
	ssize_t len;

	if (nr > CHUNK)
		nr = CHUNK;
	len = pread(ms->pagemap, ms->entries, nr * sizeof(ms->entries[0]),
		    start / ms->page_size * sizeof(ms->entries[0]));
	nr = len > 0 ? len / sizeof(ms->entries[0]) : 0;
	for (uint64_t i = 0; i < nr; i++) {
		uint64_t pfn = ms->entries[i] & PM_PFN_MASK;

		if (!(ms->entries[i] & PM_PRESENT))
			continue;
		if (!pfn)
			ms->st.hidden = true;
		else if (pfn - ms->pfn < ms->nr_pfns)
			add_found(ms, start + i * ms->page_size, pfn - ms->pfn);
	}
	return start + nr * ms->page_size;
}

/* Finds the next parts that are present. Returns false without the ioctl. */
static bool find_regions(struct mapscan *ms)
{
	struct scan_arg arg = {
		.size = sizeof(arg),
		.start = ms->pos,
		.end = ms->end - ms->pos > SCAN_SPAN ? ms->pos + SCAN_SPAN : ms->end,
		.vec = (uintptr_t)ms->regions,
		.vec_len = SCAN_REGIONS,
		.category_mask = SCAN_PRESENT,
		.return_mask = SCAN_PRESENT,
	};
	int nr = ms->no_ioctl ? -1 : ioctl(ms->pagemap, SCAN_IOCTL, &arg);

	if (nr < 0) {
		/* A process that has ended says so when it is read. */
		ms->no_ioctl = ms->no_ioctl || errno == ENOTTY || errno == EINVAL;
		return false;
	}
	ms->nr_regions = nr;
	ms->next_region = 0;
	if (arg.walk_end <= ms->pos)
		return false;
	ms->st.bytes += arg.walk_end - ms->pos;
	ms->pos = arg.walk_end;
	return true;
}

/* Goes on with the mapping at hand. Returns false when it is done. */
static bool step_mapping(struct mapscan *ms)
{
	uint64_t at;

	if (ms->next_region < ms->nr_regions) {
		struct scan_region *r = &ms->regions[ms->next_region];

		at = read_chunk(ms, r->start, r->end);
		if (at == r->start || at >= r->end)
			ms->next_region++;
		else
			r->start = at;
		return true;
	}
	if (ms->pos >= ms->end)
		return false;
	if (find_regions(ms))
		return true;

	at = read_chunk(ms, ms->pos, ms->end);
	ms->st.bytes += at - ms->pos;
	if (at == ms->pos)
		return false;
	ms->pos = at;
	return true;
}

static uint64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

bool mapscan_step(struct mapscan *ms, uint64_t budget_ns)
{
	uint64_t until = now_ns() + budget_ns;

	while (ms->st.running) {
		if (ms->st.done == ms->st.processes) {
			mapscan_stop(ms);
			break;
		}
		if (!ms->maps && !begin_process(ms, ms->pids[ms->st.done])) {
			ms->st.done++;
		} else if (!step_mapping(ms) && !next_mapping(ms)) {
			end_process(ms);
			ms->st.done++;
		}
		if (now_ns() >= until)
			break;
	}
	return ms->st.running;
}
