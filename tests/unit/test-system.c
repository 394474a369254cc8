// SPDX-License-Identifier: GPL-2.0-or-later

#include "unit.h"

#include <errno.h>

#include "system/demoted.h"
#include "system/system.h"
#include "tree.h"

static void says_what_is_missing(void **state)
{
	unsigned int mask;
	bool on;
	char text[160];
	int mode;

	(void)state;
	/* Where nothing is mounted, nothing is known of the kernel. */
	assert_int_equal(numa_balancing_get(tree_root, &mode), -SYSTEM_NOT_MOUNTED);
	assert_int_equal(demotion_get(tree_root, &on), -SYSTEM_NOT_MOUNTED);
	assert_string_equal(system_error(DEMOTION_PATH, -SYSTEM_NOT_MOUNTED, text, sizeof(text)),
			    DEMOTION_PATH ": /sys is not mounted here");
	assert_non_null(system_hint(-SYSTEM_NOT_MOUNTED));
	assert_null(system_hint(-ENOENT));
	tree_put("/proc/version", "");
	tree_put("/sys/kernel/fscaps", "");
	assert_int_equal(numa_balancing_get(tree_root, &mode), -ENOENT);
	assert_int_equal(numa_balancing_set(tree_root, 2), -ENOENT);
	assert_int_equal(demotion_get(tree_root, &on), -ENOENT);
	assert_int_equal(mglru_get(tree_root, &mask), -ENOENT);
}

static void reads_and_writes(void **state)
{
	unsigned int mask;
	bool on = true;
	int mode;

	(void)state;
	tree_put(NUMA_BALANCING_PATH, "1\n");
	tree_put(DEMOTION_PATH, "false\n");
	tree_put(MGLRU_PATH, "0x0007\n");
	assert_int_equal(numa_balancing_get(tree_root, &mode), 0);
	assert_int_equal(mode, 1);
	assert_int_equal(numa_balancing_set(tree_root, 3), 0);
	assert_int_equal(numa_balancing_get(tree_root, &mode), 0);
	assert_int_equal(mode, 3);
	assert_int_equal(demotion_get(tree_root, &on), 0);
	assert_false(on);
	assert_int_equal(mglru_get(tree_root, &mask), 0);
	assert_int_equal(mask, 7);
}

static void adds_up_what_was_demoted(void **state)
{
	uint64_t pages;

	(void)state;
	assert_int_equal(demoted_pages(tree_root, 0, &pages), -ENOENT);
	tree_put("/sys/devices/system/node/node0/vmstat",
		 "nr_free_pages 7\npgpromote_success 5\npgdemote_kswapd 40\npgdemote_direct 2\n"
		 "pgdemote_khugepaged 0\n");
	tree_put("/sys/devices/system/node/node1/vmstat", "nr_free_pages 7\n");
	assert_int_equal(demoted_pages(tree_root, 0, &pages), 0);
	assert_int_equal(pages, 42);
	/* A kernel that does not count them. */
	assert_int_equal(demoted_pages(tree_root, 1, &pages), -ENOENT);
}

static void refuses_nonsense(void **state)
{
	bool on;
	int mode;

	(void)state;
	tree_put(NUMA_BALANCING_PATH, "lots\n");
	tree_put(DEMOTION_PATH, "");
	assert_int_equal(numa_balancing_get(tree_root, &mode), -EINVAL);
	assert_int_equal(demotion_get(tree_root, &on), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_is_missing),
		cmocka_unit_test(reads_and_writes),
		cmocka_unit_test(adds_up_what_was_demoted),
		cmocka_unit_test(refuses_nonsense),
	};

	return cmocka_run_group_tests(tests, tree_make, tree_remove);
}
