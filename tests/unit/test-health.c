// SPDX-License-Identifier: GPL-2.0-or-later
/* What is wrong with enabled sources follows from the system as it is now. */
#include "unit.h"

#include "health.h"
#include "tree.h"

#define NUMA_BALANCING "/proc/sys/kernel/numa_balancing"
#define MGLRU	       "/sys/kernel/mm/lru_gen/enabled"
#define IBS_MPROF      "/sys/devices/system/cpu/ibs-mprof/enabled"

static const char *cause_of(uint32_t id, bool enabled)
{
	struct pghot_source src = { .id = id, .enabled = enabled, .available = true };
	struct pghot_problem problems[PGHOT_PROBLEMS_MAX];
	struct pghot_surroundings sys;
	unsigned int nr;

	pghot_surroundings_read(tree_root, &sys);
	nr = pghot_source_problems(&src, &sys, problems);
	assert_true(nr <= 1);
	if (!nr)
		return "";
	assert_true(problems[0].brief[0] && problems[0].message[0] && problems[0].way_out[0]);
	assert_string_equal(problems[0].cause, pghot_problem_cause_at(id, 0));
	return problems[0].cause;
}

static void nothing_is_said_of_what_is_not_known(void **state)
{
	(void)state;
	for (uint32_t id = 0; id < 8; id++)
		assert_string_equal(cause_of(id, true), "");
	tree_put(NUMA_BALANCING, "lots\n");
	tree_put(MGLRU, "");
	for (uint32_t id = 0; id < 8; id++)
		assert_string_equal(cause_of(id, true), "");
}

static void follows_numa_balancing(void **state)
{
	(void)state;
	tree_put(NUMA_BALANCING, "2\n");
	assert_string_equal(cause_of(PGHOT_SOURCE_ID_HINTFAULT, true), "");
	tree_put(NUMA_BALANCING, "0\n");
	assert_string_equal(cause_of(PGHOT_SOURCE_ID_HINTFAULT, true), "numa-balancing-off");
	assert_string_equal(cause_of(PGHOT_SOURCE_ID_HINTFAULT, false), "");
	assert_string_equal(cause_of(PGHOT_SOURCE_ID_MMSCAN, true), "");
	tree_put(NUMA_BALANCING, "1\n");
	assert_string_equal(cause_of(PGHOT_SOURCE_ID_HINTFAULT, true), "numa-balancing-off");
	tree_put(NUMA_BALANCING, "3\n");
	assert_string_equal(cause_of(PGHOT_SOURCE_ID_HINTFAULT, true), "");
}

static void follows_mglru(void **state)
{
	(void)state;
	tree_put(MGLRU, "0x0007\n");
	assert_string_equal(cause_of(PGHOT_SOURCE_ID_LRUSCAN, true), "");
	tree_put(MGLRU, "0x0006\n");
	assert_string_equal(cause_of(PGHOT_SOURCE_ID_LRUSCAN, true), "mglru-off");
	assert_string_equal(cause_of(PGHOT_SOURCE_ID_LRUSCAN, false), "");
}

static void counts_the_cpus_of_hwhint(void **state)
{
	const struct pghot_surroundings sys = PGHOT_SURROUNDINGS_UNKNOWN;
	struct pghot_source src = { .id = PGHOT_SOURCE_ID_HWHINT, .enabled = true };
	struct pghot_problem problems[PGHOT_PROBLEMS_MAX];

	(void)state;
	assert_int_equal(pghot_source_problems(&src, &sys, problems), 0);
	src.counters.present = 1 << PGHOT_A_HWHINT_COUNTERS_CPUS;
	assert_int_equal(pghot_source_problems(&src, &sys, problems), 1);
	assert_string_equal(problems[0].cause, "no-cpu-sampled");
	src.counters.value[PGHOT_A_HWHINT_COUNTERS_CPUS] = 1;
	assert_int_equal(pghot_source_problems(&src, &sys, problems), 0);
	assert_string_equal(pghot_problem_cause_at(PGHOT_SOURCE_ID_HWHINT, 1), "ibs-mprof-off");
	assert_null(pghot_problem_cause_at(PGHOT_SOURCE_ID_HWHINT, 2));
	assert_null(pghot_problem_cause_at(PGHOT_SOURCE_ID_MMSCAN, 0));
}

static void follows_the_ibs_profiler(void **state)
{
	struct pghot_source src = { .id = PGHOT_SOURCE_ID_HWHINT, .enabled = true };
	struct pghot_problem problems[PGHOT_PROBLEMS_MAX];
	struct pghot_surroundings sys;

	(void)state;
	/* The kernel says it in words. */
	tree_put(IBS_MPROF, "disabled\n");
	pghot_surroundings_read(tree_root, &sys);
	assert_int_equal(pghot_source_problems(&src, &sys, problems), 1);
	assert_string_equal(problems[0].cause, "ibs-mprof-off");
	tree_put(IBS_MPROF, "enabled\n");
	pghot_surroundings_read(tree_root, &sys);
	assert_int_equal(pghot_source_problems(&src, &sys, problems), 0);
	tree_put(IBS_MPROF, "0\n");
	pghot_surroundings_read(tree_root, &sys);
	assert_int_equal(pghot_source_problems(&src, &sys, problems), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nothing_is_said_of_what_is_not_known, tree_make,
						tree_remove),
		cmocka_unit_test_setup_teardown(follows_numa_balancing, tree_make, tree_remove),
		cmocka_unit_test_setup_teardown(follows_mglru, tree_make, tree_remove),
		cmocka_unit_test(counts_the_cpus_of_hwhint),
		cmocka_unit_test_setup_teardown(follows_the_ibs_profiler, tree_make, tree_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
