// SPDX-License-Identifier: GPL-2.0-or-later

#include "atomic.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/fs.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

#define ACL	   "system.posix_acl_access"
#define ACL_MAX	   4096
/* More than enough to find a name that is free. */
#define TEMP_TRIES 100

/* A name beside the file, which sorts and reads as what it is. */
static void temp_name(const struct pghot_place *place, char *buf, size_t size)
{
	const size_t suffix = sizeof(".12345678");
	size_t len = strlen(place->name);
	uint32_t number;
	struct timespec ts;

	if (getrandom(&number, sizeof(number), GRND_NONBLOCK) != sizeof(number)) {
		clock_gettime(CLOCK_MONOTONIC, &ts);
		number = (uint32_t)ts.tv_nsec;
	}
	if (len > size - suffix)
		len = size - suffix;
	snprintf(buf, size, "%.*s.%08" PRIx32, (int)len, place->name, number);
}

/* Return: descriptor or a negative errno. */
static int open_temp(struct atomic_file *f)
{
	for (int i = 0; i < TEMP_TRIES; i++) {
		int fd;

		temp_name(&f->place, f->temp, sizeof(f->temp));
		fd = openat(f->place.dir, f->temp, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (fd >= 0)
			return fd;
		if (errno != EEXIST)
			return -errno;
	}
	return -EEXIST;
}

/*
 * Without its access list a file's group permissions would be those of the list's
 * mask, and so perhaps more than they were.
 */
static int copy_acl(const struct pghot_place *place, int to)
{
	char acl[ACL_MAX];
	int from = openat(place->dir, place->name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	ssize_t len;
	int err = 0;

	if (from < 0)
		return -errno;
	len = fgetxattr(from, ACL, acl, sizeof(acl));
	if (len >= 0)
		err = fsetxattr(to, ACL, acl, (size_t)len, 0) ? -errno : 0;
	else if (errno != ENODATA && errno != EOPNOTSUPP)
		err = -errno;
	close(from);
	return err;
}

/*
 * Makes the new file as much like the old one as may be. A group that cannot be kept
 * gives its permissions up for those of all others, and so does an access list.
 */
static int dress(const struct pghot_place *place, int fd)
{
	mode_t mode = place->st.st_mode & 07777;
	struct stat st;

	if (fstat(fd, &st))
		return -errno;
	if (st.st_uid != place->st.st_uid && fchown(fd, place->st.st_uid, (gid_t)-1))
		return -errno;
	if (st.st_gid != place->st.st_gid && fchown(fd, (uid_t)-1, place->st.st_gid)) {
		if (errno != EPERM)
			return -errno;
		mode = (mode & 01707) | (mode & 07) << 3;
		return fchmod(fd, mode) ? -errno : 0;
	}
	if (fchmod(fd, mode))
		return -errno;
	return copy_acl(place, fd);
}

/* The kernel judges whether that may be done, as it would for a shell. */
static int open_directly(const struct atomic_file *f)
{
	int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY;
	int fd = openat(f->place.dir, f->place.name, flags | (f->place.magic ? 0 : O_NOFOLLOW),
			0600);

	return fd < 0 ? -errno : fd;
}

static void drop_temp(struct atomic_file *f, int fd)
{
	close(fd);
	unlinkat(f->place.dir, f->temp, 0);
	f->temp[0] = '\0';
}

static int open_fd(struct atomic_file *f, mode_t mode, bool beside)
{
	mode_t mask = umask(0);
	int fd, err;

	umask(mask);
	if (f->place.magic || (f->place.exists && !S_ISREG(f->place.st.st_mode)))
		return open_directly(f);
	fd = open_temp(f);
	if (fd < 0) {
		f->temp[0] = '\0';
		return fd;
	}
	if (f->place.exists)
		err = dress(&f->place, fd);
	else
		err = fchmod(fd, mode & ~mask) ? -errno : 0;
	if (!err)
		return fd;
	drop_temp(f, fd);
	return f->place.exists && !beside ? open_directly(f) : err;
}

static int open_at(struct atomic_file *f, const struct pghot_place *place, mode_t mode, bool beside)
{
	int fd, err;

	memset(f, 0, sizeof(*f));
	f->place = *place;
	fd = open_fd(f, mode, beside);
	if (fd >= 0)
		f->file = fdopen(fd, "w");
	if (f->file)
		return 0;
	err = fd < 0 ? fd : -errno;
	if (fd >= 0 && f->temp[0])
		drop_temp(f, fd);
	else if (fd >= 0)
		close(fd);
	pghot_place_close(&f->place);
	return err;
}

int atomic_open_at(struct atomic_file *f, const struct pghot_place *place, mode_t mode)
{
	return open_at(f, place, mode, false);
}

int atomic_open(struct atomic_file *f, const char *path, mode_t mode)
{
	struct pghot_place place;
	int err = pghot_place_find(&place, path);

	return err ? err : open_at(f, &place, mode, false);
}

int atomic_open_beside(struct atomic_file *f, const char *path, mode_t mode)
{
	struct pghot_place place;
	int err = pghot_place_find(&place, path);

	return err ? err : open_at(f, &place, mode, true);
}

int atomic_open_new(struct atomic_file *f, const char *path, mode_t mode)
{
	struct pghot_place place;
	int err = pghot_place_find(&place, path);

	if (err)
		return err;
	if (place.exists) {
		pghot_place_close(&place);
		return -EEXIST;
	}
	err = open_at(f, &place, mode, true);
	f->fresh = true;
	return err;
}

/* Rename unless there is something; not every file system can do that at once. */
static int rename_new(const struct atomic_file *f)
{
	int dir = f->place.dir;

	/* Not by a function of libc: musl has none. */
	if (!syscall(SYS_renameat2, dir, f->temp, dir, f->place.name, RENAME_NOREPLACE))
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return -errno;
	if (!linkat(dir, f->temp, dir, f->place.name, 0))
		return unlinkat(dir, f->temp, 0) ? -errno : 0;
	if (errno == EEXIST || !faccessat(dir, f->place.name, F_OK, AT_SYMLINK_NOFOLLOW))
		return -EEXIST;
	return renameat(dir, f->temp, dir, f->place.name) ? -errno : 0;
}

int atomic_place(struct atomic_file *f)
{
	int err;

	if (!f->temp[0])
		return 0;
	if (f->fresh)
		err = rename_new(f);
	else
		err = renameat(f->place.dir, f->temp, f->place.dir, f->place.name) ? -errno : 0;
	if (!err)
		f->temp[0] = '\0';
	return err;
}

/* Why writing failed at some time before, which stdio forgets: it still does. */
static int why(FILE *file)
{
	return write(fileno(file), "\n", 1) < 0 ? -errno : -EIO;
}

int atomic_commit(struct atomic_file *f)
{
	int err = 0;

	if (fflush(f->file))
		err = -errno;
	else if (ferror(f->file))
		err = why(f->file);
	if (!err && f->temp[0] && fsync(fileno(f->file)))
		err = -errno;
	if (fclose(f->file) && !err)
		err = -errno;
	f->file = NULL;
	if (!err)
		err = atomic_place(f);
	if (f->temp[0])
		unlinkat(f->place.dir, f->temp, 0);
	pghot_place_close(&f->place);
	return err;
}

void atomic_abort(struct atomic_file *f)
{
	if (f->file)
		fclose(f->file);
	if (f->temp[0])
		unlinkat(f->place.dir, f->temp, 0);
	f->file = NULL;
	pghot_place_close(&f->place);
}
