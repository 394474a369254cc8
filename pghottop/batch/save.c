// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch/json.h"
#include "batch/output.h"
#include "batch/save.h"
#include "batch/text.h"

static bool ends_in(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && !strcmp(text + len - end_len, end);
}

static int write_sample(int fd, const char *name, const struct options *o, const struct model *m,
			const struct rows *rows)
{
	/* What is asked for is what is there. */
	struct options all = *o;
	struct output out;
	int err;

	all.limit = rows->nr;
	err = output_open(&out, fd);
	if (err)
		return err;
	if (ends_in(name, ".json"))
		batch_json(out.file, &all, m, rows, rows->nr);
	else
		batch_text(out.file, &all, m, rows, rows->nr);
	err = output_flush(&out);
	output_close(&out);
	if (!err && fsync(fd))
		err = -errno;
	return err;
}

int save_sample(const char *name, const struct options *o, const struct model *m,
		const struct rows *rows, char *error, size_t error_size)
{
	const char *home = getenv("HOME");
	bool tilde = !strncmp(name, "~/", 2) && home && home[0] == '/';
	char path[PATH_MAX];
	int fd, err;

	snprintf(path, sizeof(path), "%s%s", tilde ? home : "", tilde ? name + 1 : name);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	err = fd < 0 ? -errno : write_sample(fd, path, o, m, rows);
	if (fd >= 0) {
		if (close(fd) && !err)
			err = -errno;
		if (err)
			unlink(path);
	}
	if (err == -EEXIST)
		snprintf(error, error_size, "%s exists already; choose another name", path);
	else if (err)
		snprintf(error, error_size, "%s: %s", path, strerror(-err));
	return err;
}
