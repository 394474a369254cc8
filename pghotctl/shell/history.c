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

#include "place.h"

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

/*
 * Commands that were typed are nobody else's business, and what root types goes
 * nowhere that somebody else's link leads to.
 */
static int open_file(const char *path)
{
	struct pghot_place place;
	struct stat st;
	int err = pghot_place_own(&place, path, true), fd;

	if (err)
		return err;
	fd = openat(place.dir, place.name,
		    O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK,
		    0600);
	if (fd < 0)
		err = -errno;
	pghot_place_close(&place);
	if (err)
		return err;
	if (fstat(fd, &st) < 0)
		err = -errno;
	else if (!S_ISREG(st.st_mode))
		err = -EINVAL;
	if (!err)
		return fd;
	close(fd);
	return err;
}

/* It grows by a line at a time, so it is cut when it is read. */
static void cut(FILE *file)
{
	const HIST_ENTRY *line;

	/* What cannot be cut is longer, and no worse. */
	if (ftruncate(fileno(file), 0))
		return;
	rewind(file);
	for (int i = 0; i < history_length && (line = history_get(history_base + i)); i++)
		fprintf(file, "%s\n", line->line);
}

/* Through the descriptor: readline would go by the name, and follow any link. */
static void read_lines(FILE *file)
{
	char *line = NULL;
	size_t size = 0;
	unsigned int nr = 0;
	ssize_t len;

	while ((len = getline(&line, &size, file)) > 0) {
		if (line[len - 1] == '\n')
			line[--len] = '\0';
		if (!len || strlen(line) != (size_t)len)
			continue;
		add_history(line);
		nr++;
	}
	free(line);
	if (nr > HISTORY_LINES)
		cut(file);
}

char *history_open(void)
{
	char *path = history_path();
	FILE *file = NULL;
	int fd, err = 0;

	if (!path)
		return NULL;
	fd = open_file(path);
	if (fd >= 0)
		file = fdopen(fd, "r+");
	if (!file)
		err = fd < 0 ? -fd : errno;
	if (!file && fd >= 0)
		close(fd);
	if (!file) {
		fprintf(stderr, "pghotctl: no history is kept: %s: %s\n", path, strerror(err));
		free(path);
		return NULL;
	}
	stifle_history(HISTORY_LINES);
	read_lines(file);
	/* Whether it could be cut shows the next time. */
	fclose(file);
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
