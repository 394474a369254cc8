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
/* A descriptor is open for each level. */
#define DEPTH_MAX      256
/* Type of the file handles of kernfs, include/linux/exportfs.h FILEID_KERNFS. */
#define HANDLE_KERNFS  0xfe

struct slot {
	uint64_t ino; /* 0: free */
	char *path; /* NULL: not found at @tried */
	time_t tried;
};

struct pghot_cgroups {
	char *root;
	int root_fd;
	uint64_t root_ino;
	bool handles; /* open_by_handle_at() finds cgroups here */
	time_t walked;
	size_t used;
	struct slot *slots;
};

static time_t now(void)
{
	struct timespec ts;

	/* Asked for each page of a cgroup that is gone: this one never takes a system call. */
	clock_gettime(CLOCK_MONOTONIC_COARSE, &ts);
	/* 0 means never. */
	return ts.tv_sec + RETRY_S + 1;
}

/* ---- where they are mounted -------------------------------------------------------- */

/* Blanks and backslashes of a path are octal in there: "\\040". Changes @s. */
static void unescape(char *s)
{
	char *to = s;

	for (; *s; s++) {
		if (s[0] == '\\' && s[1] >= '0' && s[1] <= '3' && s[2] >= '0' && s[2] <= '7' &&
		    s[3] >= '0' && s[3] <= '7') {
			*to++ = (char)((s[1] - '0') << 6 | (s[2] - '0') << 3 | (s[3] - '0'));
			s += 3;
		} else {
			*to++ = *s;
		}
	}
	*to = '\0';
}

static FILE *open_in(const char *proc, const char *name)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s", proc, name);
	return fopen(path, "re");
}

/* Is the memory controller on a hierarchy of cgroup v1? Those have numbers. */
static bool memory_is_v1(const char *proc)
{
	FILE *f = open_in(proc, "cgroups");
	unsigned int hierarchy = 0, this;
	char line[128], name[64];

	/* Newer kernels tell only what v1 has. */
	while (f && fgets(line, sizeof(line), f)) {
		if (sscanf(line, "%63s %u", name, &this) == 2 && !strcmp(name, "memory"))
			hierarchy = this;
	}
	if (f)
		fclose(f);
	return hierarchy;
}

static bool has_option(const char *options, const char *name)
{
	size_t len = strlen(name);

	while (options) {
		if (!strncmp(options, name, len) && (!options[len] || options[len] == ','))
			return true;
		options = strchr(options, ',');
		if (options)
			options++;
	}
	return false;
}

/*
 * A line of mountinfo, proc(5): "36 35 98:0 /root /mount opts [tag]... - type source opts".
 * Return: where it is mounted, or NULL when it is not what is sought. Changes @line.
 */
static char *wanted_mount(char *line, bool v1, bool *whole)
{
	char *end = strstr(line, " - "), *field[5], *type[3], *save = NULL;

	if (!end)
		return NULL;
	*end = '\0';
	line[strcspn(line, "\n")] = '\0';
	end[3 + strcspn(end + 3, "\n")] = '\0';
	for (int i = 0; i < 5; i++) {
		field[i] = strtok_r(i ? NULL : line, " ", &save);
		if (!field[i])
			return NULL;
	}
	for (int i = 0; i < 3; i++) {
		type[i] = strtok_r(i ? NULL : end + 3, " ", &save);
		if (!type[i])
			return NULL;
	}
	*whole = !strcmp(field[3], "/");
	if (strcmp(type[0], v1 ? "cgroup" : "cgroup2") || (v1 && !has_option(type[2], "memory")))
		return NULL;
	unescape(field[4]);
	return field[4];
}

char *pghot_cgroups_find(const char *proc)
{
	FILE *f = open_in(proc, "self/mountinfo");
	bool v1 = memory_is_v1(proc), found_whole = false;
	char *line = NULL, *found = NULL;
	size_t alloc = 0;

	/* The first that shows the hierarchy from its root, or else the first. */
	while (f && !found_whole && getline(&line, &alloc, f) > 0) {
		bool whole = false;
		char *at = wanted_mount(line, v1, &whole);

		if (!at || (found && !whole))
			continue;
		free(found);
		found = strdup(at);
		found_whole = whole;
	}
	free(line);
	if (f)
		fclose(f);
	return found;
}

/* ---- from a number to a path ---------------------------------------------------------- */

/* Name in @parent of the directory that is @ino; false when there is none. */
static bool name_in(int parent, uint64_t ino, char *name)
{
	int fd = openat(parent, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *de;
	bool found = false;

	if (!dir) {
		if (fd >= 0)
			close(fd);
		return false;
	}
	while (!found && (de = readdir(dir))) {
		found = de->d_ino == ino && strcmp(de->d_name, ".") && strcmp(de->d_name, "..");
		if (found)
			strcpy(name, de->d_name);
	}
	closedir(dir);
	return found;
}

/*
 * The way from @fd, which it closes, up to the root, name by name, for paths that are too
 * long for the kernel to give. Return: path to free(), or NULL.
 */
static char *path_upwards(const struct pghot_cgroups *cgs, int fd)
{
	char *path = strdup("");
	struct stat st;

	while (path) {
		char name[NAME_MAX + 1], *longer;
		int parent = -1;

		if (!fstat(fd, &st) && st.st_ino == cgs->root_ino)
			break;
		parent = openat(fd, "..", O_PATH | O_DIRECTORY | O_CLOEXEC);
		close(fd);
		fd = parent;
		if (parent < 0 || !name_in(parent, st.st_ino, name) ||
		    asprintf(&longer, "/%s%s", name, path) < 0)
			longer = NULL;
		free(path);
		path = longer;
	}
	if (fd >= 0)
		close(fd);
	return path;
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

/* Return: path relative to the root, to free(), or NULL. */
static char *path_by_handle(const struct pghot_cgroups *cgs, uint64_t ino)
{
	union {
		struct file_handle handle;
		char bytes[sizeof(struct file_handle) + sizeof(ino)];
	} h = { .handle = { .handle_bytes = sizeof(ino), .handle_type = HANDLE_KERNFS } };
	char link[64], path[PATH_MAX];
	const char *relative;
	ssize_t len;
	int fd;

	memcpy(h.handle.f_handle, &ino, sizeof(ino));
	fd = open_by_handle_at(cgs->root_fd, &h.handle, O_PATH | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	len = readlink(link, path, sizeof(path));
	/* Too long, or cut, or there is no /proc here. */
	if (len < 0 || len == sizeof(path))
		return path_upwards(cgs, fd);
	close(fd);
	path[len] = '\0';
	relative = below_root(cgs, path);
	return strdup(relative ? relative : path);
}

/* Is this kernfs, and may we? Its root answers for all. */
static bool handles_work(const struct pghot_cgroups *cgs)
{
	char *path = cgs->root_fd >= 0 ? path_by_handle(cgs, cgs->root_ino) : NULL;

	free(path);
	return path;
}

struct pghot_cgroups *pghot_cgroups_open(const char *root)
{
	struct pghot_cgroups *cgs = calloc(1, sizeof(*cgs));
	struct stat st;

	if (!cgs)
		return NULL;
	cgs->slots = calloc(SLOTS, sizeof(*cgs->slots));
	if (!cgs->slots) {
		free(cgs);
		return NULL;
	}
	cgs->root = root ? strdup(root) : pghot_cgroups_find("/proc");
	if (!cgs->root)
		cgs->root = strdup("");
	if (!cgs->root) {
		free(cgs->slots);
		free(cgs);
		return NULL;
	}
	cgs->root_fd = cgs->root[0] ? open(cgs->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	if (cgs->root_fd >= 0 && !fstat(cgs->root_fd, &st))
		cgs->root_ino = st.st_ino;
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
	free(cgs->root);
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

/* @path is taken over. */
static struct slot *remember(struct pghot_cgroups *cgs, uint64_t ino, char *path)
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
	slot->path = path;
	slot->tried = now();
	return slot;
}

/* Remembers every cgroup at and below @fd, which it closes; @path is not of the root. */
static void walk(struct pghot_cgroups *cgs, int fd, const char *path, int depth)
{
	struct dirent *de;
	struct stat st;
	DIR *dir;

	if (!fstat(fd, &st))
		remember(cgs, st.st_ino, strdup(path[0] ? path : "/"));
	dir = fdopendir(fd);
	if (!dir) {
		close(fd);
		return;
	}
	while (depth < DEPTH_MAX && (de = readdir(dir))) {
		char *longer;
		int sub;

		if (de->d_type != DT_DIR || !strcmp(de->d_name, ".") || !strcmp(de->d_name, ".."))
			continue;
		sub = openat(fd, de->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (sub < 0)
			continue;
		if (asprintf(&longer, "%s/%s", path, de->d_name) < 0) {
			close(sub);
			continue;
		}
		walk(cgs, sub, longer, depth + 1);
		free(longer);
	}
	closedir(dir);
}

static void walk_all(struct pghot_cgroups *cgs)
{
	int fd = openat(cgs->root_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	cgs->walked = now();
	if (fd >= 0)
		walk(cgs, fd, "", 0);
}

const char *pghot_cgroup_path(struct pghot_cgroups *cgs, uint64_t ino)
{
	struct slot *slot;

	if (!ino || cgs->root_fd < 0)
		return NULL;
	slot = find_slot(cgs, ino);
	if (slot->ino && (slot->path || now() - slot->tried < RETRY_S))
		return slot->path;
	/* A handle that is stale is a cgroup that is gone: no need to look. */
	if (cgs->handles)
		return remember(cgs, ino, path_by_handle(cgs, ino))->path;
	if (now() - cgs->walked >= RETRY_S)
		walk_all(cgs);
	slot = find_slot(cgs, ino);
	/* Not to be sought again at once. */
	if (!slot->path)
		slot = remember(cgs, ino, NULL);
	return slot->path;
}

/* A path that is too long for a system call goes in pieces. */
static int open_long(const struct pghot_cgroups *cgs, const char *path)
{
	int dir = openat(cgs->root_fd, ".", O_PATH | O_DIRECTORY | O_CLOEXEC);

	while (dir >= 0 && *path) {
		size_t len = strcspn(path, "/");
		char name[NAME_MAX + 1];
		int next;

		if (len > NAME_MAX) {
			close(dir);
			errno = ENAMETOOLONG;
			return -1;
		}
		memcpy(name, path, len);
		name[len] = '\0';
		next = openat(dir, name, O_PATH | O_CLOEXEC);
		close(dir);
		dir = next;
		path += len + strspn(path + len, "/");
	}
	return dir;
}

int pghot_cgroup_ino(struct pghot_cgroups *cgs, const char *path, uint64_t *ino)
{
	const char *relative;
	struct stat st;
	int fd;

	if (cgs->root_fd < 0)
		return -ENODEV;
	relative = below_root(cgs, path);
	if (!relative)
		relative = path;
	while (*relative == '/')
		relative++;
	fd = open_long(cgs, relative);
	if (fd < 0)
		return -errno;
	if (fstat(fd, &st))
		st.st_mode = 0;
	close(fd);
	if (!S_ISDIR(st.st_mode))
		return -ENOTDIR;
	*ino = st.st_ino;
	return 0;
}
