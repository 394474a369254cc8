// SPDX-License-Identifier: GPL-2.0-or-later

#include "atomic.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where @path leads, if it is there already. */
static int resolve(const char *path, char *to, size_t size)
{
	char *real = realpath(path, NULL);
	const char *from = real ? real : path;
	int err = 0;

	if (!real && errno != ENOENT)
		return -errno;
	/* The suffix of the temporary file must fit, too. */
	if (strlen(from) + sizeof(".XXXXXX") > size)
		err = -ENAMETOOLONG;
	else
		strcpy(to, from);
	free(real);
	return err;
}

int atomic_open(struct atomic_file *f, const char *path, mode_t mode)
{
	mode_t mask = umask(0);
	struct stat st;
	int fd, err;

	umask(mask);
	mode &= ~mask;
	memset(f, 0, sizeof(*f));
	err = resolve(path, f->path, sizeof(f->path));
	if (err)
		return err;
	if (!stat(f->path, &st)) {
		if (!S_ISREG(st.st_mode)) {
			f->file = fopen(f->path, "we");
			return f->file ? 0 : -errno;
		}
		mode = st.st_mode & 0777;
	}
	strcpy(f->temp, f->path);
	strcat(f->temp, ".XXXXXX");
	fd = mkostemp(f->temp, O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (!fchmod(fd, mode))
		f->file = fdopen(fd, "w");
	if (f->file)
		return 0;
	err = -errno;
	close(fd);
	unlink(f->temp);
	return err;
}

int atomic_commit(struct atomic_file *f)
{
	int err = 0;

	errno = 0;
	if (fflush(f->file) || ferror(f->file))
		err = errno ? -errno : -EIO;
	if (!err && f->temp[0] && fsync(fileno(f->file)))
		err = -errno;
	if (fclose(f->file) && !err)
		err = -errno;
	f->file = NULL;
	if (!f->temp[0])
		return err;
	if (!err && rename(f->temp, f->path))
		err = -errno;
	if (err)
		unlink(f->temp);
	return err;
}

void atomic_abort(struct atomic_file *f)
{
	if (f->file)
		fclose(f->file);
	if (f->temp[0])
		unlink(f->temp);
	f->file = NULL;
}
