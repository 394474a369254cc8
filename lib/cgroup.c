// SPDX-License-Identifier: GPL-2.0-or-later

#include "cgroup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Enough for any machine; when full, all is forgotten and learnt again. */
#define SLOTS	       65536
#define SLOTS_USED_MAX (SLOTS / 2)
/* A number that was not found may be found later, but is not sought each time. */
#define RETRY_S	       5
#define DEPTH_MAX      32
/* Type of the file handles of kernfs, include/linux/exportfs.h FILEID_KERNFS. */
#define HANDLE_KERNFS  0xfe

struct slot {
	uint64_t ino; /* 0: free */
	char *path; /* NULL: not found at @tried */
	time_t tried;
};

struct pghot_cgroups {
	char root[PATH_MAX];
	int root_fd;
	bool handles; /* open_by_handle_at() finds cgroups here */
	time_t walked;
	size_t used;
	struct slot *slots;
};

static time_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	/* 0 means never. */
	return ts.tv_sec + RETRY_S + 1;
}

/* The first cgroup2 mount; octal escapes do not occur in where it is mounted. */
static void find_root(char *root, size_t size)
{
	FILE *f = fopen("/proc/self/mountinfo", "re");
	char *line = NULL;
	size_t alloc = 0;

	root[0] = '\0';
	if (!f)
		return;
	while (!root[0] && getline(&line, &alloc, f) > 0) {
		char mount[PATH_MAX];

		if (strstr(line, " - cgroup2 ") &&
		    sscanf(line, "%*s %*s %*s %*s %4095s", mount) == 1)
			snprintf(root, size, "%s", mount);
	}
	free(line);
	fclose(f);
}

/* Return: 0 with @path filled, or a negative errno. */
static int path_by_handle(struct pghot_cgroups *cgs, uint64_t ino, char *path, size_t size)
{
	union {
		struct file_handle handle;
		char bytes[sizeof(struct file_handle) + sizeof(ino)];
	} h = { .handle = { .handle_bytes = sizeof(ino), .handle_type = HANDLE_KERNFS } };
	char link[64];
	ssize_t len;
	int fd;

	memcpy(h.handle.f_handle, &ino, sizeof(ino));
	fd = open_by_handle_at(cgs->root_fd, &h.handle, O_PATH | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	len = readlink(link, path, size - 1);
	close(fd);
	if (len < 0)
		return -errno;
	path[len] = '\0';
	return 0;
}

/* Is this kernfs, and may we? Its root answers for all. */
static bool handles_work(struct pghot_cgroups *cgs)
{
	char path[PATH_MAX];
	struct stat st;

	return cgs->root_fd >= 0 && !fstat(cgs->root_fd, &st) &&
	       !path_by_handle(cgs, st.st_ino, path, sizeof(path));
}

struct pghot_cgroups *pghot_cgroups_open(const char *root)
{
	struct pghot_cgroups *cgs = calloc(1, sizeof(*cgs));

	if (!cgs)
		return NULL;
	cgs->slots = calloc(SLOTS, sizeof(*cgs->slots));
	if (!cgs->slots) {
		free(cgs);
		return NULL;
	}
	if (root)
		snprintf(cgs->root, sizeof(cgs->root), "%s", root);
	else
		find_root(cgs->root, sizeof(cgs->root));
	cgs->root_fd = cgs->root[0] ? open(cgs->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	cgs->handles = handles_work(cgs);
	return cgs;
}

static void forget(struct pghot_cgroups *cgs)
{
	for (size_t i = 0; i < SLOTS; i++)
		free(cgs->slots[i].path);
	memset(cgs->slots, 0, SLOTS * sizeof(*cgs->slots));
	cgs->used = 0;
}

void pghot_cgroups_close(struct pghot_cgroups *cgs)
{
	if (!cgs)
		return;
	forget(cgs);
	free(cgs->slots);
	if (cgs->root_fd >= 0)
		close(cgs->root_fd);
	free(cgs);
}

const char *pghot_cgroups_root(const struct pghot_cgroups *cgs)
{
	return cgs->root;
}

bool pghot_cgroups_usable(const struct pghot_cgroups *cgs)
{
	return cgs->root_fd >= 0;
}

/* The slot that has @ino or may take it; the table is never full. */
static struct slot *find_slot(struct pghot_cgroups *cgs, uint64_t ino)
{
	/* Fibonacci hashing: neighbouring inode numbers spread. */
	size_t i = (size_t)(ino * 0x9e3779b97f4a7c15ULL >> 48) % SLOTS;

	while (cgs->slots[i].ino && cgs->slots[i].ino != ino)
		i = (i + 1) % SLOTS;
	return &cgs->slots[i];
}

static struct slot *remember(struct pghot_cgroups *cgs, uint64_t ino, const char *path)
{
	struct slot *slot = find_slot(cgs, ino);

	if (!slot->ino) {
		if (cgs->used == SLOTS_USED_MAX) {
			forget(cgs);
			slot = find_slot(cgs, ino);
		}
		slot->ino = ino;
		cgs->used++;
	}
	free(slot->path);
	slot->path = path ? strdup(path) : NULL;
	slot->tried = now();
	return slot;
}

/* A path that the kernel gave, relative to the root; NULL when not below it. */
static const char *below_root(const struct pghot_cgroups *cgs, const char *path)
{
	size_t len = strlen(cgs->root);

	while (len > 1 && cgs->root[len - 1] == '/')
		len--;
	if (strncmp(path, cgs->root, len))
		return NULL;
	if (!path[len])
		return "/";
	return path[len] == '/' ? path + len : NULL;
}

/* Remembers every cgroup at and below @fd, which it closes. */
static void walk(struct pghot_cgroups *cgs, int fd, char *path, size_t len, int depth)
{
	struct dirent *de;
	struct stat st;
	DIR *dir;

	if (!fstat(fd, &st))
		remember(cgs, st.st_ino, len ? path : "/");
	dir = fdopendir(fd);
	if (!dir) {
		close(fd);
		return;
	}
	while (depth < DEPTH_MAX && (de = readdir(dir))) {
		size_t name = strlen(de->d_name);
		int sub;

		if (de->d_type != DT_DIR || !strcmp(de->d_name, ".") || !strcmp(de->d_name, "..") ||
		    len + name + 2 > PATH_MAX)
			continue;
		sub = openat(fd, de->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (sub < 0)
			continue;
		path[len] = '/';
		memcpy(path + len + 1, de->d_name, name + 1);
		walk(cgs, sub, path, len + 1 + name, depth + 1);
		path[len] = '\0';
	}
	closedir(dir);
}

static void walk_all(struct pghot_cgroups *cgs)
{
	char path[PATH_MAX] = "";
	int fd = openat(cgs->root_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	cgs->walked = now();
	if (fd >= 0)
		walk(cgs, fd, path, 0, 0);
}

const char *pghot_cgroup_path(struct pghot_cgroups *cgs, uint64_t ino)
{
	char path[PATH_MAX];
	struct slot *slot;
	int err = -ENOTSUP;

	if (!ino || cgs->root_fd < 0)
		return NULL;
	slot = find_slot(cgs, ino);
	if (slot->ino && (slot->path || now() - slot->tried < RETRY_S))
		return slot->path;

	if (cgs->handles)
		err = path_by_handle(cgs, ino, path, sizeof(path));
	if (!err) {
		const char *relative = below_root(cgs, path);

		return remember(cgs, ino, relative ? relative : path)->path;
	}
	/* A handle that is stale is a cgroup that is gone: no need to look. */
	if (!cgs->handles && now() - cgs->walked >= RETRY_S)
		walk_all(cgs);
	slot = find_slot(cgs, ino);
	if (!slot->ino)
		slot = remember(cgs, ino, NULL);
	return slot->path;
}

int pghot_cgroup_ino(struct pghot_cgroups *cgs, const char *path, uint64_t *ino)
{
	const char *relative;
	struct stat st;

	if (cgs->root_fd < 0)
		return -ENODEV;
	relative = below_root(cgs, path);
	if (!relative)
		relative = path;
	while (*relative == '/')
		relative++;
	if (fstatat(cgs->root_fd, *relative ? relative : ".", &st, 0) < 0)
		return -errno;
	if (!S_ISDIR(st.st_mode))
		return -ENOTDIR;
	*ino = st.st_ino;
	return 0;
}
