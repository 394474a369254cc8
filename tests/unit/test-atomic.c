// SPDX-License-Identifier: GPL-2.0-or-later

#include "unit.h"

#include <errno.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "atomic.h"

static char dir[] = "/tmp/pghot-atomic-XXXXXX";

static char *in_dir(const char *name)
{
	static char path[2][512];
	static int turn;

	turn = !turn;
	snprintf(path[turn], sizeof(path[turn]), "%s/%s", dir, name);
	return path[turn];
}

static int enter(void **state)
{
	(void)state;
	umask(022);
	return mkdtemp(dir) ? 0 : -1;
}

static int leave(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof(command), "rm -r %s", dir);
	return system(command);
}

static void put(const char *path, const char *text)
{
	struct atomic_file f;

	assert_int_equal(atomic_open(&f, path, 0666), 0);
	fputs(text, f.file);
	assert_int_equal(atomic_commit(&f), 0);
}

static void holds(const char *path, const char *text)
{
	char buf[64] = "";
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	assert_true(fread(buf, 1, sizeof(buf) - 1, f) < sizeof(buf));
	fclose(f);
	assert_string_equal(buf, text);
}

static mode_t mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 0777;
}

static void replaces_as_a_whole(void **state)
{
	struct atomic_file f;

	(void)state;
	put(in_dir("file"), "one");
	assert_int_equal(mode_of(in_dir("file")), 0644);
	assert_int_equal(chmod(in_dir("file"), 0600), 0);
	assert_int_equal(atomic_open(&f, in_dir("file"), 0666), 0);
	fputs("two", f.file);
	fflush(f.file);
	/* Not before it is complete. */
	holds(in_dir("file"), "one");
	assert_int_equal(atomic_commit(&f), 0);
	holds(in_dir("file"), "two");
	assert_int_equal(mode_of(in_dir("file")), 0600);
}

static void leaves_nothing_when_given_up(void **state)
{
	struct atomic_file f;

	(void)state;
	put(in_dir("kept"), "one");
	assert_int_equal(atomic_open(&f, in_dir("kept"), 0666), 0);
	fputs("two", f.file);
	assert_int_equal(access(in_dir(f.temp), F_OK), 0);
	atomic_abort(&f);
	holds(in_dir("kept"), "one");
	assert_int_equal(access(in_dir(f.temp), F_OK), -1);
}

static void follows_links(void **state)
{
	struct stat st;

	(void)state;
	put(in_dir("target"), "one");
	assert_int_equal(symlink("target", in_dir("link")), 0);
	put(in_dir("link"), "two");
	holds(in_dir("target"), "two");
	assert_int_equal(lstat(in_dir("link"), &st), 0);
	assert_true(S_ISLNK(st.st_mode));
}

static void follows_to_what_is_missing(void **state)
{
	struct stat st;

	(void)state;
	assert_int_equal(mkdir(in_dir("sub"), 0755), 0);
	assert_int_equal(symlink("sub/new", in_dir("dangling")), 0);
	put(in_dir("dangling"), "one");
	holds(in_dir("sub/new"), "one");
	assert_int_equal(lstat(in_dir("dangling"), &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	/* Names from a directory on the way, and a circle. */
	assert_int_equal(symlink("../file-up", in_dir("sub/up")), 0);
	put(in_dir("sub/up"), "two");
	holds(in_dir("file-up"), "two");
	assert_int_equal(symlink("circle", in_dir("circle")), 0);
	assert_int_equal(atomic_open(&(struct atomic_file){ 0 }, in_dir("circle"), 0666), -ELOOP);
}

/* A directory like /tmp, and files of somebody else in it. */
static void refuses_what_strangers_left(void **state)
{
	struct atomic_file f;

	(void)state;
	if (geteuid())
		skip();
	assert_int_equal(mkdir(in_dir("tmp"), 0777), 0);
	assert_int_equal(chmod(in_dir("tmp"), 01777), 0);
	put(in_dir("precious"), "kept");
	assert_int_equal(symlink("../precious", in_dir("tmp/trap")), 0);
	put(in_dir("tmp/trap"), "own link");
	assert_int_equal(lchown(in_dir("tmp/trap"), 1000, 1000), 0);
	assert_int_equal(atomic_open(&f, in_dir("tmp/trap"), 0666), -EACCES);
	holds(in_dir("precious"), "own link");
	/* A link to the link, which is ours. */
	assert_int_equal(symlink("tmp/trap", in_dir("before")), 0);
	assert_int_equal(atomic_open(&f, in_dir("before"), 0666), -EACCES);
	/* A file and a pipe that wait for what root says. */
	put(in_dir("tmp/file"), "");
	assert_int_equal(chown(in_dir("tmp/file"), 1000, 1000), 0);
	assert_int_equal(atomic_open(&f, in_dir("tmp/file"), 0666), -EACCES);
	assert_int_equal(mkfifo(in_dir("tmp/pipe"), 0666), 0);
	assert_int_equal(chown(in_dir("tmp/pipe"), 1000, 1000), 0);
	assert_int_equal(atomic_open(&f, in_dir("tmp/pipe"), 0666), -EACCES);
	/* Elsewhere they may be. */
	assert_int_equal(symlink("precious", in_dir("theirs")), 0);
	assert_int_equal(lchown(in_dir("theirs"), 1000, 1000), 0);
	put(in_dir("theirs"), "two");
	holds(in_dir("precious"), "two");
}

static void keeps_the_owner(void **state)
{
	struct stat st;

	(void)state;
	if (geteuid())
		skip();
	put(in_dir("owned"), "one");
	assert_int_equal(chown(in_dir("owned"), 1000, 1001), 0);
	assert_int_equal(chmod(in_dir("owned"), 02640), 0);
	put(in_dir("owned"), "two");
	assert_int_equal(stat(in_dir("owned"), &st), 0);
	assert_int_equal(st.st_uid, 1000);
	assert_int_equal(st.st_gid, 1001);
	assert_int_equal(st.st_mode & 07777, 02640);
}

/* Who may not give files away, but may write to somebody's. */
static void writes_directly_what_it_cannot_give_away(void **state)
{
	struct stat st;
	pid_t pid;
	int status;

	(void)state;
	if (geteuid())
		skip();
	assert_int_equal(mkdir(in_dir("shared"), 0777), 0);
	assert_int_equal(chmod(in_dir("shared"), 0777), 0);
	assert_int_equal(chmod(dir, 0755), 0);
	put(in_dir("shared/file"), "root's");
	assert_int_equal(chmod(in_dir("shared/file"), 0666), 0);
	put(in_dir("shared/closed"), "root's");
	put(in_dir("shared/group"), "one");
	assert_int_equal(chown(in_dir("shared/group"), 1000, 0), 0);
	assert_int_equal(chmod(in_dir("shared/group"), 0664), 0);
	pid = fork();
	if (!pid) {
		struct atomic_file f;

		if (setgroups(0, NULL) || setgid(1000) || setuid(1000))
			_exit(9);
		if (atomic_open(&f, in_dir("shared/closed"), 0666) != -EACCES)
			_exit(8);
		if (atomic_open_beside(&f, in_dir("shared/file"), 0666) != -EPERM)
			_exit(7);
		put(in_dir("shared/file"), "two");
		/* A group that it is not in, for which more was allowed than for all. */
		put(in_dir("shared/group"), "two");
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	holds(in_dir("shared/file"), "two");
	holds(in_dir("shared/closed"), "root's");
	holds(in_dir("shared/group"), "two");
	assert_int_equal(mode_of(in_dir("shared/group")), 0644);
	assert_int_equal(stat(in_dir("shared/file"), &st), 0);
	assert_int_equal(st.st_uid, 0);
}

static void leaves_nothing_when_too_long(void **state)
{
	struct rlimit limit, less;
	struct atomic_file f;
	char text[4096];

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	less = limit;
	less.rlim_cur = 1000;
	memset(text, 'x', sizeof(text));
	put(in_dir("small"), "one");
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &less), 0);
	assert_int_equal(atomic_open(&f, in_dir("small"), 0666), 0);
	fwrite(text, 1, sizeof(text), f.file);
	assert_int_equal(atomic_commit(&f), -EFBIG);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	holds(in_dir("small"), "one");
	assert_int_equal(access(in_dir(f.temp), F_OK), -1);
}

static void goes_on_in_its_place(void **state)
{
	struct atomic_file f;

	(void)state;
	assert_int_equal(atomic_open(&f, in_dir("grows"), 0600), 0);
	fputs("one", f.file);
	fflush(f.file);
	assert_int_equal(access(in_dir("grows"), F_OK), -1);
	assert_int_equal(atomic_place(&f), 0);
	holds(in_dir("grows"), "one");
	fputs(", two", f.file);
	assert_int_equal(atomic_commit(&f), 0);
	holds(in_dir("grows"), "one, two");
}

static void replaces_nothing_unasked(void **state)
{
	struct atomic_file f;

	(void)state;
	put(in_dir("there"), "one");
	assert_int_equal(atomic_open_new(&f, in_dir("there"), 0600), -EEXIST);
	assert_int_equal(symlink("there", in_dir("to-there")), 0);
	assert_int_equal(atomic_open_new(&f, in_dir("to-there"), 0600), -EEXIST);
	/* It comes while the new one is written. */
	assert_int_equal(atomic_open_new(&f, in_dir("later"), 0600), 0);
	put(in_dir("later"), "first");
	fputs("second", f.file);
	assert_int_equal(atomic_commit(&f), -EEXIST);
	holds(in_dir("later"), "first");
	assert_int_equal(access(in_dir(f.temp), F_OK), -1);
	assert_int_equal(atomic_open_new(&f, in_dir("new"), 0600), 0);
	fputs("new", f.file);
	assert_int_equal(atomic_commit(&f), 0);
	holds(in_dir("new"), "new");
	assert_int_equal(mode_of(in_dir("new")), 0600);
}

static void own_places(void **state)
{
	struct pghot_place p;
	char home[256], path[512];
	struct stat st;

	(void)state;
	snprintf(home, sizeof(home), "%s/home", dir);
	setenv("HOME", home, 1);
	snprintf(path, sizeof(path), "%s/.config/pghot/file", home);
	/* A home that does not exist stays so. */
	assert_int_equal(pghot_place_own(&p, path, true), -ENOENT);
	assert_int_equal(access(home, F_OK), -1);
	assert_int_equal(mkdir(home, 0755), 0);
	assert_int_equal(pghot_place_own(&p, path, false), -ENOENT);
	assert_int_equal(pghot_place_own(&p, path, true), 0);
	assert_string_equal(p.name, "file");
	assert_false(p.exists);
	assert_int_equal(fstat(p.dir, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	pghot_place_close(&p);
	assert_int_equal(pghot_place_own(&p, "relative/file", true), -EINVAL);
	/* Our own links lead on, the last one, too. */
	assert_int_equal(symlink("pghot", in_dir("home/.config/other")), 0);
	assert_int_equal(symlink("../target", in_dir("home/.config/pghot/file")), 0);
	snprintf(path, sizeof(path), "%s/.config/other/file", home);
	assert_int_equal(pghot_place_own(&p, path, true), 0);
	assert_string_equal(p.name, "target");
	pghot_place_close(&p);
	if (geteuid())
		return;
	/* Those of others do not. */
	assert_int_equal(lchown(in_dir("home/.config/pghot/file"), 1000, 1000), 0);
	assert_int_equal(pghot_place_own(&p, path, true), -EACCES);
	snprintf(path, sizeof(path), "%s/.config/other/none", home);
	assert_int_equal(pghot_place_own(&p, path, true), 0);
	pghot_place_close(&p);
	assert_int_equal(lchown(in_dir("home/.config/other"), 1000, 1000), 0);
	assert_int_equal(pghot_place_own(&p, path, true), -EACCES);
}

static void says_what_fails(void **state)
{
	struct atomic_file f;

	(void)state;
	assert_int_equal(atomic_open(&f, in_dir("no/such"), 0666), -ENOENT);
	assert_int_equal(atomic_open(&f, dir, 0666), -EISDIR);
	/* A device is written to, not replaced. */
	assert_int_equal(atomic_open(&f, "/dev/full", 0666), 0);
	fputs("text", f.file);
	assert_int_equal(atomic_commit(&f), -ENOSPC);
	put("/dev/null", "text");
	assert_int_equal(access("/dev/null", F_OK), 0);
	/* What is open is written to by way of /proc, through a pipe, too. */
	assert_int_equal(atomic_open(&f, "/dev/stdout", 0666), 0);
	assert_int_equal(atomic_commit(&f), 0);
	assert_int_equal(atomic_open(&f, "", 0666), -ENOENT);
	assert_int_equal(atomic_open(&f, in_dir("file/"), 0666), -ENOTDIR);
	assert_int_equal(atomic_open(&f, "/..", 0666), -EISDIR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(replaces_as_a_whole),
		cmocka_unit_test(leaves_nothing_when_given_up),
		cmocka_unit_test(follows_links),
		cmocka_unit_test(follows_to_what_is_missing),
		cmocka_unit_test(refuses_what_strangers_left),
		cmocka_unit_test(keeps_the_owner),
		cmocka_unit_test(writes_directly_what_it_cannot_give_away),
		cmocka_unit_test(leaves_nothing_when_too_long),
		cmocka_unit_test(goes_on_in_its_place),
		cmocka_unit_test(replaces_nothing_unasked),
		cmocka_unit_test(own_places),
		cmocka_unit_test(says_what_fails),
	};

	return cmocka_run_group_tests(tests, enter, leave);
}
