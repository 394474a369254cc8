// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pagemap.c - a walk through the pagemaps of processes
 *
 *	list of processes -> maps of one, line by line -> pagemap of one mapping
 *
 * Each level keeps its place between two steps. A process that ends meanwhile is
 * no error: its files just end. Reading pagemap costs eight bytes for each page of
 * address space, mapped or not, and address spaces of terabytes with next to
 * nothing in them are common; where the kernel has the ioctl PAGEMAP_SCAN (6.7),
 * only what is present is read.
 */
#include "pagemap.h"

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
#define SCAN_ZERO    (1ULL << 5)
#define SCAN_REGIONS 512
/* Address space for one call: what is full of pages takes a millisecond or two. */
#define SCAN_SPAN    (1ULL << 30)

/* Pages between two regions that cost less to read than another call. */
#define GAP	  64
#define DEPTH_MAX 32

struct pagemap_walk {
	char proc[256];
	const struct pagemap_ops *ops;
	void *data;
	uint64_t page_size;
	struct pagemap_status st;

	pid_t *pids;
	size_t max_pids;

	/* The process at hand; no file when the next is to be begun. */
	FILE *maps;
	int pagemap;
	bool no_ioctl;
	/* It has, or had, memory: a kernel thread has none. */
	bool has_memory;
	char *line;
	size_t line_size;

	/* The mapping at hand, if there is one: from @pos to @end is to be read. */
	bool mapping;
	uint64_t pos, end;

	/* Parts of it that are present, of which [next_region, nr_regions) are left. */
	struct scan_region regions[SCAN_REGIONS];
	size_t nr_regions, next_region;

	uint64_t entries[PAGEMAP_CHUNK];
};

static int add_pid(struct pagemap_walk *w, pid_t pid)
{
	if (w->st.processes == w->max_pids) {
		size_t max = w->max_pids ? 2 * w->max_pids : 64;
		pid_t *pids = reallocarray(w->pids, max, sizeof(*pids));

		if (!pids)
			return -ENOMEM;
		w->pids = pids;
		w->max_pids = max;
	}
	w->pids[w->st.processes++] = pid;
	return 0;
}

static int list_all(struct pagemap_walk *w)
{
	DIR *dir = opendir(w->proc);
	struct dirent *de;
	int err = 0;

	if (!dir)
		return -errno;
	while (!err && (de = readdir(dir)))
		if (de->d_name[0] >= '1' && de->d_name[0] <= '9')
			err = add_pid(w, atoi(de->d_name));
	closedir(dir);
	return err;
}

/*
 * A page is charged to the nearest cgroup that has the memory controller, so its
 * processes may be in cgroups below.
 */
static int list_cgroup(struct pagemap_walk *w, const char *path, int depth)
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
		err = add_pid(w, pid);
	if (f)
		fclose(f);

	dir = opendir(path);
	while (!err && dir && depth < DEPTH_MAX && (de = readdir(dir))) {
		if (de->d_type != DT_DIR || de->d_name[0] == '.')
			continue;
		if ((size_t)snprintf(sub, sizeof(sub), "%s/%s", path, de->d_name) < sizeof(sub))
			err = list_cgroup(w, sub, depth + 1);
	}
	if (dir)
		closedir(dir);
	return err;
}

static int list_one(struct pagemap_walk *w, pid_t pid)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%d", w->proc, pid);
	return access(path, F_OK) ? -ESRCH : add_pid(w, pid);
}

static void end_mapping(struct pagemap_walk *w)
{
	if (w->mapping && w->ops->mapping_end)
		w->ops->mapping_end(w->data);
	w->mapping = false;
	w->pos = w->end = 0;
	w->nr_regions = w->next_region = 0;
}

static void close_process(struct pagemap_walk *w)
{
	if (w->maps)
		fclose(w->maps);
	if (w->pagemap >= 0)
		close(w->pagemap);
	w->maps = NULL;
	w->pagemap = -1;
}

static void end_process(struct pagemap_walk *w, bool complete)
{
	if (!w->maps)
		return;
	end_mapping(w);
	if (w->ops->process_end)
		w->ops->process_end(complete, w->data);
	close_process(w);
}

struct pagemap_walk *pagemap_start(const char *proc, const char *cgroup, pid_t pid,
				   const struct pagemap_ops *ops, void *data)
{
	struct pagemap_walk *w = calloc(1, sizeof(*w));
	int err;

	if (!w)
		return NULL;
	snprintf(w->proc, sizeof(w->proc), "%s", proc);
	w->ops = ops;
	w->data = data;
	w->page_size = sysconf(_SC_PAGESIZE);
	w->pagemap = -1;
	if (pid)
		err = list_one(w, pid);
	else
		err = cgroup ? list_cgroup(w, cgroup, 0) : list_all(w);
	w->st.errnum = -err;
	w->st.running = !err;
	return w;
}

void pagemap_stop(struct pagemap_walk *w)
{
	end_process(w, false);
	w->st.running = false;
}

void pagemap_free(struct pagemap_walk *w)
{
	if (!w)
		return;
	close_process(w);
	free(w->pids);
	free(w->line);
	free(w);
}

const struct pagemap_status *pagemap_status(const struct pagemap_walk *w)
{
	return &w->st;
}

static void tell_process(struct pagemap_walk *w, pid_t pid)
{
	char path[PATH_MAX], comm[128];
	size_t len = 0;
	FILE *f;

	if (!w->ops->process)
		return;
	snprintf(path, sizeof(path), "%s/%d/comm", w->proc, pid);
	f = fopen(path, "re");
	if (f) {
		len = fread(comm, 1, sizeof(comm) - 1, f);
		fclose(f);
	}
	/* The last newline is the file's; others are the name's. */
	if (len && comm[len - 1] == '\n')
		len--;
	comm[len] = '\0';
	w->ops->process(&(struct pagemap_process){ .pid = pid, .comm = comm }, w->data);
}

/* Return: false when it cannot be looked at, or is gone. */
static bool begin_process(struct pagemap_walk *w, pid_t pid)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%d/pagemap", w->proc, pid);
	w->pagemap = open(path, O_RDONLY | O_CLOEXEC);
	snprintf(path, sizeof(path), "%s/%d/maps", w->proc, pid);
	if (w->pagemap >= 0)
		w->maps = fopen(path, "re");
	if (!w->maps) {
		if (errno == EACCES || errno == EPERM)
			w->st.denied++;
		else
			w->st.gone++;
		close_process(w);
		return false;
	}
	tell_process(w, pid);
	return true;
}

/* Memory that was there is so no more: its process ended, or executed another program. */
static bool still_there(struct pagemap_walk *w)
{
	if (!w->has_memory)
		return true;
	rewind(w->maps);
	return getline(&w->line, &w->line_size, w->maps) > 0;
}

/* Return: false at the end of the process's mappings. */
static bool next_mapping(struct pagemap_walk *w)
{
	struct pagemap_mapping m = { 0 };
	int name = 0;
	ssize_t len;

	do {
		len = getline(&w->line, &w->line_size, w->maps);
		if (len <= 0)
			return false;
		if (w->line[len - 1] == '\n')
			w->line[len - 1] = 0;
	} while (sscanf(w->line, "%" SCNx64 "-%" SCNx64 " %4s %*s %*s %*s %n", &m.start, &m.end,
			m.perms, &name) < 3 ||
		 /* A page of the kernel that no pagemap has. */
		 !strcmp(w->line + name, "[vsyscall]"));
	if (m.end < m.start)
		m.end = m.start;
	m.name = name ? w->line + name : "";
	w->mapping = true;
	w->has_memory = true;
	w->pos = m.start;
	w->end = m.end;
	if (w->ops->mapping)
		w->ops->mapping(&m, w->data);
	return true;
}

/* Reads from @start on, a chunk at most. Returns how many entries. */
static size_t read_entries(struct pagemap_walk *w, uint64_t start, uint64_t end)
{
	uint64_t nr = (end - start) / w->page_size;
	ssize_t len;

	if (nr > PAGEMAP_CHUNK)
		nr = PAGEMAP_CHUNK;
	len = pread(w->pagemap, w->entries, nr * sizeof(w->entries[0]),
		    start / w->page_size * sizeof(w->entries[0]));
	return len > 0 ? len / sizeof(w->entries[0]) : 0;
}

static void tell_entries(struct pagemap_walk *w, uint64_t start, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		uint64_t e = w->entries[i];

		w->st.pages += e >> 63;
		w->st.hidden |= (e & PAGEMAP_PRESENT) && !(e & PAGEMAP_PFN_MASK);
	}
	if (nr && w->ops->pages)
		w->ops->pages(start, w->entries, nr, w->data);
}

/* Finds the next parts that are present. Returns false without the ioctl. */
static bool find_regions(struct pagemap_walk *w)
{
	struct scan_arg arg = {
		.size = sizeof(arg),
		.start = w->pos,
		.end = w->end - w->pos > SCAN_SPAN ? w->pos + SCAN_SPAN : w->end,
		.vec = (uintptr_t)w->regions,
		.vec_len = SCAN_REGIONS,
		.category_inverted = SCAN_ZERO,
		.category_mask = SCAN_PRESENT | SCAN_ZERO,
		.return_mask = SCAN_PRESENT,
	};
	int nr = w->no_ioctl ? -1 : ioctl(w->pagemap, SCAN_IOCTL, &arg);

	if (nr < 0) {
		/* A process that has ended says so when it is read. */
		w->no_ioctl = w->no_ioctl || errno == ENOTTY || errno == EINVAL;
		return false;
	}
	w->nr_regions = nr;
	w->next_region = 0;
	if (arg.walk_end <= w->pos)
		return false;
	w->st.bytes += arg.walk_end - w->pos;
	w->pos = arg.walk_end;
	return true;
}

/* The next regions, as many as a single call can read; or a part of one. */
static void read_regions(struct pagemap_walk *w)
{
	struct scan_region *r = &w->regions[w->next_region];
	uint64_t start = r[0].start, end = r[0].end;
	size_t n = 1, nr;

	while (w->next_region + n < w->nr_regions &&
	       r[n].end - start <= PAGEMAP_CHUNK * w->page_size &&
	       r[n].start - end <= GAP * w->page_size)
		end = r[n++].end;
	nr = read_entries(w, start, end);
	/* What is between them is not asked for. */
	for (size_t i = 1; i < n; i++) {
		for (uint64_t at = r[i - 1].end; at < r[i].start; at += w->page_size)
			w->entries[(at - start) / w->page_size] = 0;
	}
	tell_entries(w, start, nr);
	start += nr * w->page_size;
	if (nr && start < end && n == 1)
		r[0].start = start;
	else
		w->next_region += n;
}

/* Goes on with the mapping at hand. Returns false when it is done. */
static bool step_mapping(struct pagemap_walk *w)
{
	size_t nr;

	if (w->next_region < w->nr_regions) {
		read_regions(w);
		return true;
	}
	if (w->pos >= w->end)
		return false;
	if (find_regions(w))
		return true;

	nr = read_entries(w, w->pos, w->end);
	tell_entries(w, w->pos, nr);
	w->st.bytes += nr * w->page_size;
	w->pos += nr * w->page_size;
	return nr > 0;
}

static void step(struct pagemap_walk *w)
{
	bool there;

	if (!w->maps) {
		w->has_memory = false;
		if (!begin_process(w, w->pids[w->st.done]))
			w->st.done++;
		return;
	}
	if (step_mapping(w))
		return;
	end_mapping(w);
	if (next_mapping(w))
		return;
	there = still_there(w);
	w->st.gone += !there;
	end_process(w, there);
	w->st.done++;
}

static uint64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

bool pagemap_step(struct pagemap_walk *w, uint64_t budget_ns)
{
	uint64_t until = now_ns() + budget_ns;

	while (w->st.running) {
		if (w->st.done == w->st.processes) {
			pagemap_stop(w);
			break;
		}
		step(w);
		if (now_ns() >= until)
			break;
	}
	return w->st.running;
}
