// SPDX-License-Identifier: GPL-2.0-or-later

#include "system/system.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "units.h"

/* A directory may be there and empty; trees of tests have no more than they need. */
static bool is_mounted(const char *root, const char *path)
{
	bool proc = !strncmp(path, "/proc/", 6);
	char whole[PATH_MAX];

	if (root[0])
		snprintf(whole, sizeof(whole), "%s%s", root, proc ? "/proc" : "/sys");
	else
		snprintf(whole, sizeof(whole), "%s", proc ? "/proc/self" : "/sys/kernel");
	return !access(whole, F_OK);
}

int system_missing(const char *root, const char *path, int err)
{
	return err == -ENOENT && !is_mounted(root, path) ? -SYSTEM_NOT_MOUNTED : err;
}

static int open_below(const char *root, const char *path, int flags)
{
	char whole[PATH_MAX];
	int fd;

	snprintf(whole, sizeof(whole), "%s%s", root, path);
	fd = open(whole, flags | O_CLOEXEC);
	return fd < 0 ? system_missing(root, path, -errno) : fd;
}

char *system_error(const char *path, int err, char *buf, size_t size)
{
	if (err == -SYSTEM_NOT_MOUNTED)
		snprintf(buf, size, "%s: %s is not mounted here", path,
			 !strncmp(path, "/proc/", 6) ? "/proc" : "/sys");
	else
		snprintf(buf, size, "%s: %s", path, strerror(-err));
	return buf;
}

const char *system_hint(int err)
{
	switch (-err) {
	case SYSTEM_NOT_MOUNTED:
		return "mount it, or run this outside of the chroot or container";
	case EROFS:
		return "it is mounted read-only, as in most containers: do this on the host";
	case EPERM:
	case EACCES:
		return geteuid() ? "run it as root"
				 : "root may not do that here, as in a container: do this on the "
				   "host";
	default:
		return NULL;
	}
}

int system_read(const char *root, const char *path, char *buf, size_t size)
{
	int fd = open_below(root, path, O_RDONLY);
	ssize_t len;
	int err = 0;

	if (fd < 0)
		return fd;
	len = read(fd, buf, size - 1);
	if (len < 0)
		err = -errno;
	close(fd);
	if (err)
		return err;
	buf[len] = '\0';
	buf[strcspn(buf, "\n")] = '\0';
	return 0;
}

int system_write(const char *root, const char *path, const char *text)
{
	int fd = open_below(root, path, O_WRONLY | O_TRUNC);
	size_t len = strlen(text);
	ssize_t wrote;
	int err = 0;

	if (fd < 0)
		return fd;
	wrote = write(fd, text, len);
	if (wrote < 0)
		err = -errno;
	else if ((size_t)wrote != len)
		err = -EIO;
	if (close(fd) && !err)
		err = -errno;
	return err;
}

int numa_balancing_get(const char *root, int *mode)
{
	char buf[32];
	uint64_t v;
	int err = system_read(root, NUMA_BALANCING_PATH, buf, sizeof(buf));

	if (!err)
		err = pghot_parse_u64(buf, &v);
	if (!err)
		*mode = (int)v;
	return err;
}

int numa_balancing_set(const char *root, int mode)
{
	char buf[16];

	snprintf(buf, sizeof(buf), "%d\n", mode);
	return system_write(root, NUMA_BALANCING_PATH, buf);
}

const char *numa_balancing_words(int mode)
{
	switch (mode) {
	case 0:
		return "off";
	case 1:
		return "between nodes";
	case 2:
		return "memory tiers";
	case 3:
		return "between nodes and memory tiers";
	default:
		return "unknown";
	}
}

int demotion_get(const char *root, bool *on)
{
	char buf[32];
	int err = system_read(root, DEMOTION_PATH, buf, sizeof(buf));

	return err ? err : pghot_parse_bool(buf, on);
}

int mglru_get(const char *root, unsigned int *mask)
{
	char buf[32];
	uint64_t v;
	int err = system_read(root, MGLRU_PATH, buf, sizeof(buf));

	if (!err)
		err = pghot_parse_u64(buf, &v);
	if (!err)
		*mask = (unsigned int)v;
	return err;
}

int demotion_set(const char *root, bool on)
{
	return system_write(root, DEMOTION_PATH, on ? "1\n" : "0\n");
}
