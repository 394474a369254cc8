// SPDX-License-Identifier: GPL-2.0-or-later

#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atomic.h"

static char dir[] = "/tmp/pghot-atomic-XXXXXX";

static char *in_dir(const char *name)
{
	static char path[2][256];
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
	atomic_abort(&f);
	holds(in_dir("kept"), "one");
	assert_int_equal(access(f.temp, F_OK), -1);
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
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(replaces_as_a_whole),
		cmocka_unit_test(leaves_nothing_when_given_up),
		cmocka_unit_test(follows_links),
		cmocka_unit_test(says_what_fails),
	};

	return cmocka_run_group_tests(tests, enter, leave);
}
