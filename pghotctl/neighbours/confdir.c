// SPDX-License-Identifier: GPL-2.0-or-later

#include "neighbours/confdir.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Some dozens are usual. */
#define CONF_FILES_MAX 4096

/* A file by the rank of its directory, the one that hides the others first. */
struct entry {
	char *name;
	unsigned int dir;
};

struct entries {
	struct entry *at;
	size_t nr;
};

char *conf_trim(char *s)
{
	size_t len;

	while (isspace((unsigned char)*s))
		s++;
	len = strlen(s);
	while (len && isspace((unsigned char)s[len - 1]))
		s[--len] = '\0';
	return s;
}

static void read_lines(FILE *f, const char *file, conf_line_fn fn, void *data)
{
	char line[CONF_LINE];
	unsigned int number = 0;
	bool middle = false;

	while (fgets(line, sizeof(line), f)) {
		bool begins = !middle;

		middle = !strchr(line, '\n');
		if (begins)
			fn(conf_trim(line), file, ++number, data);
	}
}

int confdir_read_file(const char *root, const char *file, conf_line_fn fn, void *data)
{
	char path[PATH_MAX];
	struct stat st;
	int fd, err;
	FILE *f;

	if (snprintf(path, sizeof(path), "%s%s", root, file) >= (int)sizeof(path))
		return -ENAMETOOLONG;
	/* A pipe would have us wait. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return -errno;
	err = fstat(fd, &st) ? -errno : 0;
	if (err || !S_ISREG(st.st_mode)) {
		close(fd);
		return err;
	}
	f = fdopen(fd, "r");
	if (!f) {
		err = -errno;
		close(fd);
		return err;
	}
	read_lines(f, file, fn, data);
	err = ferror(f) ? -EIO : 0;
	fclose(f);
	return err;
}

static int compare(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : (int)x->dir - (int)y->dir;
}

static int add_entry(struct entries *list, const char *name, unsigned int dir)
{
	struct entry *more;

	if (list->nr == CONF_FILES_MAX)
		return -E2BIG;
	more = realloc(list->at, (list->nr + 1) * sizeof(*more));
	if (!more)
		return -ENOMEM;
	list->at = more;
	more[list->nr].dir = dir;
	more[list->nr].name = strdup(name);
	if (!more[list->nr].name)
		return -ENOMEM;
	list->nr++;
	return 0;
}

static int list_dir(const char *root, const char *name, unsigned int rank, struct entries *list)
{
	char path[PATH_MAX];
	struct dirent *entry;
	DIR *dir;
	int err = 0;

	snprintf(path, sizeof(path), "%s%s", root, name);
	dir = opendir(path);
	if (!dir)
		return errno == ENOENT ? 0 : -errno;
	while (!err && (entry = readdir(dir))) {
		size_t len = strlen(entry->d_name);

		if (len > 5 && !strcmp(entry->d_name + len - 5, ".conf"))
			err = add_entry(list, entry->d_name, rank);
	}
	closedir(dir);
	return err;
}

int confdir_read(const char *root, const char *const *dirs, conf_line_fn fn, void *data,
		 char *failed)
{
	struct entries list = { 0 };
	char file[PATH_MAX];
	int last = 0, err;

	for (unsigned int d = 0; dirs[d]; d++) {
		err = list_dir(root, dirs[d], d, &list);
		if (err) {
			last = err;
			snprintf(failed, PATH_MAX, "%s", dirs[d]);
		}
	}
	if (list.nr)
		qsort(list.at, list.nr, sizeof(*list.at), compare);
	for (size_t i = 0; i < list.nr; i++) {
		/* Hidden by the one before, even if that is empty or a link to nothing. */
		if (i && !strcmp(list.at[i].name, list.at[i - 1].name))
			continue;
		snprintf(file, sizeof(file), "%s/%s", dirs[list.at[i].dir], list.at[i].name);
		err = confdir_read_file(root, file, fn, data);
		if (err && err != -ENOENT) {
			last = err;
			snprintf(failed, PATH_MAX, "%s", file);
		}
	}
	for (size_t i = 0; i < list.nr; i++)
		free(list.at[i].name);
	free(list.at);
	return last;
}
