// SPDX-License-Identifier: GPL-2.0-or-later

#include "shell/history.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <readline/history.h>

char *history_path(void)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	char *path;
	int ret;

	if (state && state[0] == '/')
		ret = asprintf(&path, "%s/pghot/pghotctl_history", state);
	else if (home && home[0] == '/')
		ret = asprintf(&path, "%s/.local/state/pghot/pghotctl_history", home);
	else
		return NULL;
	return ret < 0 ? NULL : path;
}

/* Every directory above the file; the specification asks for 0700. */
static int make_directories(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		int ret;

		*slash = '\0';
		ret = mkdir(path, 0700);
		*slash = '/';
		if (ret < 0 && errno != EEXIST)
			return -errno;
	}
	return 0;
}

/* Commands that were typed are nobody else's business. */
static int open_file(const char *path)
{
	int fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
	struct stat st;
	int err = 0;

	if (fd < 0)
		return -errno;
	if (fstat(fd, &st) < 0)
		err = -errno;
	else if (!S_ISREG(st.st_mode))
		err = -EINVAL;
	if (!err)
		return fd;
	close(fd);
	return err;
}

char *history_open(void)
{
	char *path = history_path();
	int fd, err;

	if (!path)
		return NULL;
	err = make_directories(path);
	fd = err ? err : open_file(path);
	if (fd < 0) {
		fprintf(stderr, "pghotctl: no history is kept: %s: %s\n", path, strerror(-fd));
		free(path);
		return NULL;
	}
	close(fd);
	stifle_history(HISTORY_LINES);
	read_history(path);
	/* It grows by a line at a time, so it is cut when it is read. */
	history_truncate_file(path, HISTORY_LINES);
	return path;
}

void history_keep(const char *path, const char *line)
{
	size_t len = strlen(line);
	char *whole;
	int fd;

	if (!path)
		return;
	fd = open_file(path);
	if (fd < 0)
		return;
	whole = malloc(len + 1);
	if (whole) {
		memcpy(whole, line, len);
		whole[len] = '\n';
		/* One write: lines of two shells do not mix. What cannot be kept
		 * is worth no message in the middle of the work. */
		if (write(fd, whole, len + 1) < 0)
			errno = 0;
	}
	free(whole);
	close(fd);
}
