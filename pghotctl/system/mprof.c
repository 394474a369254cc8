// SPDX-License-Identifier: GPL-2.0-or-later

#include "system/mprof.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "system/system.h"
#include "units.h"

int mprof_get(const char *root, bool *armed)
{
	char buf[32];
	int err = system_read(root, MPROF_PATH, buf, sizeof(buf));

	/* "enabled" or "disabled". */
	return err ? err : pghot_parse_bool(buf, armed);
}

int mprof_set(const char *root, bool armed)
{
	bool now = !armed;
	int err = system_write(root, MPROF_PATH, armed ? "1\n" : "0\n");

	if (!err)
		err = mprof_get(root, &now);
	if (err)
		return err;
	return now == armed ? 0 : -ESTALE;
}

static void mark_path(const char *root, char *path)
{
	snprintf(path, PATH_MAX, "%s" MPROF_MARK, root);
}

/* The directory that is its own, not those above. */
static int make_directory(const char *path)
{
	char directory[PATH_MAX];

	snprintf(directory, sizeof(directory), "%.*s", (int)(strrchr(path, '/') - path), path);
	return mkdir(directory, 0755) && errno != EEXIST ? -errno : 0;
}

int mprof_mark(const char *root, bool mark)
{
	char path[PATH_MAX];
	int fd, err;

	mark_path(root, path);
	if (!mark)
		return unlink(path) && errno != ENOENT ? -errno : 0;
	err = make_directory(path);
	if (err)
		return err;
	fd = open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}

bool mprof_marked(const char *root)
{
	char path[PATH_MAX];

	mark_path(root, path);
	return !access(path, F_OK);
}
