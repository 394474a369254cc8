// SPDX-License-Identifier: GPL-2.0-or-later
/* On an ordinary directory, where only walking works, and on cgroups where there are any. */

#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cgroup.h"

static const char *const dirs[] = { "", "/system.slice", "/system.slice/a.service", "/user.slice" };

static int make_tree(void **state)
{
	static char root[] = "/tmp/pghot-cgroup-XXXXXX";
	char path[256];

	if (!mkdtemp(root))
		return -1;
	for (size_t i = 1; i < ARRAY_LEN(dirs); i++) {
		snprintf(path, sizeof(path), "%s%s", root, dirs[i]);
		if (mkdir(path, 0700))
			return -1;
	}
	*state = root;
	return 0;
}

static int remove_tree(void **state)
{
	char path[256];
	int err = 0;

	for (size_t i = ARRAY_LEN(dirs); i-- > 0;) {
		snprintf(path, sizeof(path), "%s%s", (char *)*state, dirs[i]);
		err |= rmdir(path);
	}
	return err;
}

static void finds_paths_both_ways(void **state)
{
	struct pghot_cgroups *cgs = pghot_cgroups_open(*state);
	uint64_t ino;

	assert_true(pghot_cgroups_usable(cgs));
	for (size_t i = 1; i < ARRAY_LEN(dirs); i++) {
		assert_int_equal(pghot_cgroup_ino(cgs, dirs[i], &ino), 0);
		assert_string_equal(pghot_cgroup_path(cgs, ino), dirs[i]);
		/* From the cache. */
		assert_string_equal(pghot_cgroup_path(cgs, ino), dirs[i]);
	}
	assert_int_equal(pghot_cgroup_ino(cgs, "/", &ino), 0);
	assert_string_equal(pghot_cgroup_path(cgs, ino), "/");
	pghot_cgroups_close(cgs);
}

static void takes_whole_paths(void **state)
{
	struct pghot_cgroups *cgs = pghot_cgroups_open(*state);
	uint64_t a, b;
	char path[256];

	snprintf(path, sizeof(path), "%s/user.slice", (char *)*state);
	assert_int_equal(pghot_cgroup_ino(cgs, path, &a), 0);
	assert_int_equal(pghot_cgroup_ino(cgs, "user.slice", &b), 0);
	assert_int_equal(a, b);
	assert_int_equal(pghot_cgroup_ino(cgs, "none", &a), -ENOENT);
	pghot_cgroups_close(cgs);
}

static void knows_nothing_of_the_unknown(void **state)
{
	struct pghot_cgroups *cgs = pghot_cgroups_open(*state);

	assert_null(pghot_cgroup_path(cgs, 0));
	assert_null(pghot_cgroup_path(cgs, 0xfffffffffffULL));
	assert_null(pghot_cgroup_path(cgs, 0xfffffffffffULL));
	pghot_cgroups_close(cgs);
}

static void works_without_a_hierarchy(void **state)
{
	struct pghot_cgroups *cgs = pghot_cgroups_open("/nonexistent");
	uint64_t ino;

	(void)state;
	assert_false(pghot_cgroups_usable(cgs));
	assert_null(pghot_cgroup_path(cgs, 1));
	assert_int_equal(pghot_cgroup_ino(cgs, "/", &ino), -ENODEV);
	pghot_cgroups_close(cgs);
	pghot_cgroups_close(NULL);
}

/* A way that is longer than any system call takes. */
#define LEVELS 24

static char *deep_name(int level, char *buf, size_t size)
{
	snprintf(buf, size, "pghot-%d-%0*d", level, 200, level);
	return buf;
}

/* Makes it in @root; returns how many levels there are, and the inode of the last. */
static int dig(const char *root, uint64_t *ino, char *path)
{
	int dir = open(root, O_RDONLY | O_DIRECTORY), level;
	char name[256];
	struct stat st;

	path[0] = '\0';
	for (level = 0; level < LEVELS && dir >= 0; level++) {
		int next = -1;

		deep_name(level, name, sizeof(name));
		if (!mkdirat(dir, name, 0700))
			next = openat(dir, name, O_RDONLY | O_DIRECTORY);
		if (next < 0)
			break;
		close(dir);
		dir = next;
		strcat(strcat(path, "/"), name);
	}
	if (dir >= 0) {
		assert_int_equal(fstat(dir, &st), 0);
		*ino = st.st_ino;
		close(dir);
	}
	return level;
}

static void fill_in(const char *root, int levels)
{
	for (; levels > 0; levels--) {
		int dir = open(root, O_RDONLY | O_DIRECTORY);
		char name[256];

		for (int level = 0; level < levels - 1; level++) {
			int next = openat(dir, deep_name(level, name, sizeof(name)),
					  O_RDONLY | O_DIRECTORY);

			close(dir);
			dir = next;
		}
		assert_int_equal(
			unlinkat(dir, deep_name(levels - 1, name, sizeof(name)), AT_REMOVEDIR), 0);
		close(dir);
	}
}

static void check_depth(const char *root)
{
	char path[LEVELS * 256];
	uint64_t ino = 0, same = 0;
	struct pghot_cgroups *cgs;
	int levels = dig(root, &ino, path);
	const char *found;
	bool right;

	if (levels < LEVELS) {
		fill_in(root, levels);
		skip();
	}
	cgs = pghot_cgroups_open(root);
	found = pghot_cgroup_path(cgs, ino);
	right = found && !strcmp(found, path);
	assert_int_equal(pghot_cgroup_ino(cgs, path, &same), 0);
	pghot_cgroups_close(cgs);
	fill_in(root, levels);
	assert_true(strlen(path) > PATH_MAX);
	assert_true(right);
	assert_int_equal(same, ino);
}

static void names_of_any_length(void **state)
{
	check_depth(*state);
}

/* By handles, which ordinary directories do not have. */
static void names_of_any_length_of_cgroups(void **state)
{
	char *root = pghot_cgroups_find("/proc");
	char copy[PATH_MAX];

	(void)state;
	if (!root)
		skip();
	snprintf(copy, sizeof(copy), "%s", root);
	free(root);
	check_depth(copy);
}

static void put(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

/* What is found in a /proc with these files. */
static void finds(const char *mountinfo, const char *cgroups, const char *wanted)
{
	char proc[] = "/tmp/pghot-proc-XXXXXX", path[64], command[64];
	char *found;

	assert_non_null(mkdtemp(proc));
	snprintf(path, sizeof(path), "%s/self", proc);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/self/mountinfo", proc);
	put(path, mountinfo);
	snprintf(path, sizeof(path), "%s/cgroups", proc);
	if (cgroups)
		put(path, cgroups);
	found = pghot_cgroups_find(proc);
	snprintf(command, sizeof(command), "rm -r %s", proc);
	assert_int_equal(system(command), 0);
	if (wanted)
		assert_non_null(found);
	else
		assert_null(found);
	if (wanted)
		assert_string_equal(found, wanted);
	free(found);
}

#define TITLE "#subsys_name\thierarchy\tnum_cgroups\tenabled\n"

static void finds_the_hierarchy_with_memory(void **state)
{
	static const char v2[] = "31 23 0:28 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw\n";
	static const char hybrid[] =
		"31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw\n"
		"41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw,nsdelegate\n"
		"36 31 0:33 / /sys/fs/cgroup/memory_not rw - cgroup cgroup rw,cpu,memory_not\n"
		"35 31 0:32 / /sys/fs/cgroup/memory rw shared:9 - cgroup cgroup rw,memory\n";

	(void)state;
	finds(v2, TITLE "cpu\t0\t9\t1\nmemory\t0\t9\t1\n", "/sys/fs/cgroup");
	/* Kernels that tell nothing of it any more, or have no such file. */
	finds(v2, TITLE, "/sys/fs/cgroup");
	finds(v2, NULL, "/sys/fs/cgroup");
	finds(hybrid, TITLE "memory\t4\t9\t1\n", "/sys/fs/cgroup/memory");
	finds(hybrid, TITLE "memory\t0\t9\t1\n", "/sys/fs/cgroup/unified");
	/* v1 has the memory, but it is not mounted: rather no name than a wrong one. */
	finds(v2, TITLE "memory\t4\t9\t1\n", NULL);
	finds("", TITLE "memory\t0\t9\t1\n", NULL);
}

static void finds_the_mount_that_is_meant(void **state)
{
	(void)state;
	finds("1 1 0:28 / /mnt/a\\040b\\134c\\011d rw - cgroup2 none rw\n", NULL, "/mnt/a b\\c\td");
	/* Names that look like what they are not. */
	finds("1 1 8:1 / /mnt/\\040-\\040cgroup2\\040 rw - ext4 /dev/sda1 rw\n"
	      "2 1 0:28 / /real rw master:1 propagate_from:2 - cgroup2 none rw\n",
	      NULL, "/real");
	/* A part of the hierarchy has other paths than the whole. */
	finds("1 1 0:28 /docker/x /part rw - cgroup2 none rw\n"
	      "2 1 0:28 / /whole rw - cgroup2 none rw\n"
	      "3 1 0:28 / /again rw - cgroup2 none rw\n",
	      NULL, "/whole");
	finds("1 1 0:28 /docker/x /part rw - cgroup2 none rw\n", NULL, "/part");
	finds("no such line\n1 2\n - cgroup2 \n", NULL, NULL);
}

/* For real, in a mount namespace of its own. */
static void finds_a_mount_with_a_blank(void **state)
{
	char at[] = "/tmp/pghot mount XXXXXX";
	int status;
	pid_t pid;

	(void)state;
	assert_non_null(mkdtemp(at));
	pid = fork();
	if (!pid) {
		char *found;

		if (unshare(CLONE_NEWNS) || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL))
			_exit(77);
		while ((found = pghot_cgroups_find("/proc"))) {
			if (umount2(found, MNT_DETACH))
				_exit(77);
			free(found);
		}
		/* Where v1 has the memory controller, that is what can be mounted. */
		if (mount("none", at, "cgroup", 0, "memory") &&
		    mount("none", at, "cgroup2", 0, NULL))
			_exit(77);
		found = pghot_cgroups_find("/proc");
		_exit(found && !strcmp(found, at) ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(rmdir(at), 0);
	if (WEXITSTATUS(status) == 77)
		skip();
	assert_int_equal(status, 0);
}

static void looks_again(void **state)
{
	struct pghot_cgroups *cgs = pghot_cgroups_open(*state);
	char path[256];
	struct stat st;

	assert_null(pghot_cgroup_path(cgs, 0xfffffffffffULL));
	snprintf(path, sizeof(path), "%s/late", (char *)*state);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_null(pghot_cgroup_path(cgs, st.st_ino));
	/* The time that a number is not sought again, and some. */
	sleep(6);
	assert_string_equal(pghot_cgroup_path(cgs, st.st_ino), "/late");
	assert_int_equal(rmdir(path), 0);
	pghot_cgroups_close(cgs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_of_any_length),
		cmocka_unit_test(names_of_any_length_of_cgroups),
		cmocka_unit_test(finds_the_hierarchy_with_memory),
		cmocka_unit_test(finds_the_mount_that_is_meant),
		cmocka_unit_test(finds_a_mount_with_a_blank),
		cmocka_unit_test(looks_again),
		cmocka_unit_test(finds_paths_both_ways),
		cmocka_unit_test(takes_whole_paths),
		cmocka_unit_test(knows_nothing_of_the_unknown),
		cmocka_unit_test(works_without_a_hierarchy),
	};

	return cmocka_run_group_tests(tests, make_tree, remove_tree);
}
