// SPDX-License-Identifier: GPL-2.0-or-later

#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "system/pmu.h"
#include "system/system.h"

static char root[] = "/tmp/pghot-pmu-XXXXXX";

static void put(const char *path, const char *text)
{
	char whole[256];
	FILE *f;

	snprintf(whole, sizeof(whole), "%s" PMU_PATH "/%s", root, path);
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

static void sets_fields(void **state)
{
	uint64_t config[3] = { 0 };

	(void)state;
	assert_int_equal(pmu_set_term("config:19", 1, config), 0);
	assert_int_equal(config[0], 1 << 19);
	assert_int_equal(pmu_set_term("config1:0-15", 0x1234, config), 0);
	assert_int_equal(config[1], 0x1234);
	assert_int_equal(pmu_set_term("config2:0-63", UINT64_MAX, config), 0);
	assert_true(config[2] == UINT64_MAX);
	/* In pieces, the low bits where it says so first; what was there goes. */
	assert_int_equal(pmu_set_term("config:0-7,32-35", 0xabc, config), 0);
	assert_true(config[0] == (0xa00000000ULL | 1 << 19 | 0xbc));
	assert_int_equal(pmu_set_term("config:0-7,32-35", 0x101, config), 0);
	assert_true(config[0] == (0x100000000ULL | 1 << 19 | 0x01));
}

static void refuses_what_it_cannot_read(void **state)
{
	static const char *const bad[] = {
		"",	      "config",	   "config:",	"config3:1", "config:64",
		"config:8-7", "config:1-", "config:1,", "config:1x", "event:0-7",
	};
	uint64_t config[3];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(pmu_set_term(bad[i], 0, config), -EINVAL);
	assert_int_equal(pmu_set_term("config:0-7", 256, config), -ERANGE);
	assert_int_equal(pmu_set_term("config:5", 2, config), -ERANGE);
}

static void says_what_is_missing(void **state)
{
	struct pmu_event ev;
	char name[PMU_NAME_LEN];

	(void)state;
	assert_int_equal(pmu_find_ibs(root, &ev), -SYSTEM_NOT_MOUNTED);
	put("other/type", "9\n");
	assert_int_equal(pmu_find_ibs(root, &ev), -ENOENT);
	assert_int_equal(pmu_find_pebs(root, &ev), -ENOENT);
	assert_int_equal(pmu_name(root, 4, name, sizeof(name)), -ENOENT);
}

static void finds_ibs(void **state)
{
	struct pmu_event ev;
	char name[PMU_NAME_LEN];

	(void)state;
	/* A first one, that can count cycles only. */
	put("ibs_op/type", "11\n");
	assert_int_equal(pmu_find_ibs(root, &ev), 0);
	assert_string_equal(ev.name, "ibs_op");
	assert_int_equal(ev.type, 11);
	assert_int_equal(ev.config[0], 0);
	assert_false(ev.l3_miss_only);

	put("ibs_op/format/cnt_ctl", "config:19\n");
	assert_int_equal(pmu_find_ibs(root, &ev), 0);
	assert_int_equal(ev.config[0], 1 << 19);
	put("ibs_op/format/l3missonly", "config:16\n");
	assert_int_equal(pmu_find_ibs(root, &ev), 0);
	assert_int_equal(ev.config[0], 1 << 19 | 1 << 16);
	assert_true(ev.l3_miss_only);

	put("software/type", "1\n");
	assert_int_equal(pmu_name(root, 11, name, sizeof(name)), 0);
	assert_string_equal(name, "ibs_op");
	assert_int_equal(pmu_name(root, 12, name, sizeof(name)), -ENOENT);

	put("ibs_op/type", "eleven\n");
	assert_int_equal(pmu_find_ibs(root, &ev), -EINVAL);
	put("ibs_op/type", "11\n");
	put("ibs_op/format/cnt_ctl", "somewhere:19\n");
	assert_int_equal(pmu_find_ibs(root, &ev), -EINVAL);
}

static void finds_pebs(void **state)
{
	struct pmu_event ev;

	(void)state;
	/* AMD's core PMU has no such event. */
	put("cpu/type", "4\n");
	assert_int_equal(pmu_find_pebs(root, &ev), -ENOENT);

	put("cpu/events/mem-loads", "event=0xcd,umask=0x1,ldlat=3\n");
	/* An event of fields that are not described. */
	assert_int_equal(pmu_find_pebs(root, &ev), -ENOENT);
	put("cpu/format/event", "config:0-7\n");
	put("cpu/format/umask", "config:8-15\n");
	put("cpu/format/ldlat", "config1:0-15\n");
	assert_int_equal(pmu_find_pebs(root, &ev), 0);
	assert_string_equal(ev.name, "cpu");
	assert_int_equal(ev.type, 4);
	assert_int_equal(ev.config[0], 0x1cd);
	/* Not the latency that sysfs proposes: that would be any load. */
	assert_int_equal(ev.config[1], PMU_LOAD_LATENCY);

	put("cpu/events/mem-loads", "event=0xfff\n");
	assert_int_equal(pmu_find_pebs(root, &ev), -ERANGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sets_fields),
		cmocka_unit_test(refuses_what_it_cannot_read),
		cmocka_unit_test(says_what_is_missing),
		cmocka_unit_test(finds_ibs),
		cmocka_unit_test(finds_pebs),
	};

	return cmocka_run_group_tests(tests, make_root, remove_root);
}
