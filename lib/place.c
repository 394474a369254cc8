// SPDX-License-Identifier: GPL-2.0-or-later

#include "place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <linux/magic.h>

/* As many as the kernel follows. */
#define LINKS_MAX 40

/**
 * struct walk - a way to a file
 * @dir: directory that was reached
 * @rest: what is left of the path
 * @own: a file of our own
 * @create: make missing directories
 * @links: how many were followed
 */
struct walk {
	int dir;
	char rest[PATH_MAX];
	bool own;
	bool create;
	unsigned int links;
};

static int go(struct walk *w, const char *name, int flags)
{
	int dir = openat(w->dir, name, O_PATH | O_DIRECTORY | O_CLOEXEC | flags);

	if (dir < 0)
		return -errno;
	if (w->dir != AT_FDCWD)
		close(w->dir);
	w->dir = dir;
	return 0;
}

/* May what is in @dir, perhaps a link, be trusted? The kernel's may_follow_link(). */
static int check_owner(const struct walk *w, const struct stat *st)
{
	const mode_t open_to_all = S_ISVTX | S_IWOTH;
	struct stat dir;

	if (st->st_uid == geteuid())
		return 0;
	if (w->own && S_ISLNK(st->st_mode))
		return st->st_uid ? -EACCES : 0;
	if (fstat(w->dir, &dir))
		return -errno;
	return (dir.st_mode & open_to_all) == open_to_all && dir.st_uid != st->st_uid ? -EACCES : 0;
}

static bool in_proc(int dir)
{
	struct statfs fs;

	return !fstatfs(dir, &fs) && fs.f_type == PROC_SUPER_MAGIC;
}

/* Goes on where the link @name leads, with @rest behind it. */
static int follow(struct walk *w, const char *name, const char *rest)
{
	int link = openat(w->dir, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	char to[PATH_MAX], whole[2 * PATH_MAX];
	ssize_t len = -1;
	struct stat st;
	int err = 0;

	if (link < 0)
		return -errno;
	/* The very link that is read is the one to be judged. */
	if (fstat(link, &st))
		err = -errno;
	else if (++w->links > LINKS_MAX)
		err = -ELOOP;
	else
		err = check_owner(w, &st);
	if (!err) {
		len = readlinkat(link, "", to, sizeof(to) - 1);
		err = len < 0 ? -errno : len ? 0 : -ENOENT;
	}
	close(link);
	if (err)
		return err;
	to[len] = '\0';
	snprintf(whole, sizeof(whole), "%s%s%s", to, *rest ? "/" : "", rest);
	if (strlen(whole) >= sizeof(w->rest))
		return -ENAMETOOLONG;
	strcpy(w->rest, whole);
	return w->rest[0] == '/' ? go(w, "/", 0) : 0;
}

/* A directory on the way. */
static int pass(struct walk *w, const char *name, const char *rest)
{
	struct stat st;
	int err;

	if (w->own && !fstatat(w->dir, name, &st, AT_SYMLINK_NOFOLLOW) && S_ISLNK(st.st_mode))
		return follow(w, name, rest);
	/* Of a path that was named the kernel follows all links but the last. */
	err = go(w, name, w->own ? O_NOFOLLOW : 0);
	/* The specification of these directories asks for 0700. */
	if (err == -ENOENT && w->create) {
		if (mkdirat(w->dir, name, 0700) && errno != EEXIST)
			return -errno;
		err = go(w, name, O_NOFOLLOW);
	}
	if (!err)
		memmove(w->rest, rest, strlen(rest) + 1);
	return err;
}

/* The last word of the path: 1 when it was a link, and the way goes on. */
static int arrive(struct walk *w, const char *name, struct pghot_place *p)
{
	int err;

	if (!strcmp(name, ".") || !strcmp(name, ".."))
		return -EISDIR;
	strcpy(p->name, name);
	p->exists = p->magic = false;
	if (fstatat(w->dir, name, &p->st, AT_SYMLINK_NOFOLLOW))
		return errno == ENOENT ? 0 : -errno;
	p->exists = true;
	if (!S_ISLNK(p->st.st_mode))
		return check_owner(w, &p->st);
	if (in_proc(w->dir)) {
		p->magic = true;
		return 0;
	}
	err = follow(w, name, "");
	return err ? err : 1;
}

static int walk(struct walk *w, struct pghot_place *p)
{
	int ret = 1;

	while (ret == 1) {
		size_t skip = strspn(w->rest, "/"), len = strcspn(w->rest + skip, "/");
		char name[NAME_MAX + 1], rest[PATH_MAX];

		if (!len)
			return -EISDIR;
		if (len >= sizeof(name))
			return -ENAMETOOLONG;
		memcpy(name, w->rest + skip, len);
		name[len] = '\0';
		strcpy(rest, w->rest + skip + len);
		if (rest[0])
			ret = pass(w, name, rest + strspn(rest, "/"));
		else
			ret = arrive(w, name, p);
		/* One that was passed is not the end. */
		if (!ret && rest[0])
			ret = 1;
	}
	return ret;
}

static int find(struct walk *w, struct pghot_place *p, const char *root, const char *path)
{
	int err;

	if (!*path)
		return -ENOENT;
	if (strlen(path) >= sizeof(w->rest))
		return -ENAMETOOLONG;
	strcpy(w->rest, path);
	w->dir = AT_FDCWD;
	err = go(w, root, 0);
	if (!err)
		err = walk(w, p);
	if (err && w->dir >= 0)
		close(w->dir);
	p->dir = err ? -1 : w->dir;
	return err;
}

int pghot_place_find(struct pghot_place *p, const char *path)
{
	struct walk w = { 0 };

	return find(&w, p, path[0] == '/' ? "/" : ".", path);
}

int pghot_place_own(struct pghot_place *p, const char *path, bool create)
{
	struct walk w = { .own = true, .create = create };
	const char *home = getenv("HOME");
	size_t len = home ? strlen(home) : 0;

	if (path[0] != '/')
		return -EINVAL;
	if (len > 1 && !strncmp(path, home, len) && path[len] == '/')
		return find(&w, p, home, path + len);
	return find(&w, p, "/", path);
}

void pghot_place_close(struct pghot_place *p)
{
	if (p->dir >= 0)
		close(p->dir);
	p->dir = -1;
}
