// SPDX-License-Identifier: GPL-2.0-or-later
/* On an ordinary directory, where only walking works. */

#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_paths_both_ways),
		cmocka_unit_test(takes_whole_paths),
		cmocka_unit_test(knows_nothing_of_the_unknown),
		cmocka_unit_test(works_without_a_hierarchy),
	};

	return cmocka_run_group_tests(tests, make_tree, remove_tree);
}
