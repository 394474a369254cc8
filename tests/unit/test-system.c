// SPDX-License-Identifier: GPL-2.0-or-later

#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "system.h"

static char root[] = "/tmp/pghot-system-XXXXXX";

static void put(const char *path, const char *text)
{
	char whole[256];
	FILE *f;

	snprintf(whole, sizeof(whole), "%s%s", root, path);
	for (char *c = whole + sizeof(root); *c; c++) {
		if (*c == '/') {
			*c = '\0';
			mkdir(whole, 0700);
			*c = '/';
		}
	}
	f = fopen(whole, "w");
	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static int make_root(void **state)
{
	(void)state;
	return mkdtemp(root) ? 0 : -1;
}

static int remove_root(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof(command), "rm -r %s", root);
	return system(command);
}

static void says_what_is_missing(void **state)
{
	unsigned int mask;
	bool on;
	int mode;

	(void)state;
	assert_int_equal(numa_balancing_get(root, &mode), -ENOENT);
	assert_int_equal(numa_balancing_set(root, 2), -ENOENT);
	assert_int_equal(demotion_get(root, &on), -ENOENT);
	assert_int_equal(mglru_get(root, &mask), -ENOENT);
}

static void reads_and_writes(void **state)
{
	unsigned int mask;
	bool on = true;
	int mode;

	(void)state;
	put(NUMA_BALANCING_PATH, "1\n");
	put(DEMOTION_PATH, "false\n");
	put(MGLRU_PATH, "0x0007\n");
	assert_int_equal(numa_balancing_get(root, &mode), 0);
	assert_int_equal(mode, 1);
	assert_int_equal(numa_balancing_set(root, 3), 0);
	assert_int_equal(numa_balancing_get(root, &mode), 0);
	assert_int_equal(mode, 3);
	assert_int_equal(demotion_get(root, &on), 0);
	assert_false(on);
	assert_int_equal(mglru_get(root, &mask), 0);
	assert_int_equal(mask, 7);
}

static void refuses_nonsense(void **state)
{
	bool on;
	int mode;

	(void)state;
	put(NUMA_BALANCING_PATH, "lots\n");
	put(DEMOTION_PATH, "");
	assert_int_equal(numa_balancing_get(root, &mode), -EINVAL);
	assert_int_equal(demotion_get(root, &on), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_is_missing),
		cmocka_unit_test(reads_and_writes),
		cmocka_unit_test(refuses_nonsense),
	};

	return cmocka_run_group_tests(tests, make_root, remove_root);
}
