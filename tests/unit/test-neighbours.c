// SPDX-License-Identifier: GPL-2.0-or-later
/* NUMA balancing beside pghot; test-neighbours.sh has the others, by the program itself. */

#include "unit.h"

#include <stdio.h>

#include "neighbours/neighbours.h"
#include "system/system.h"
#include "tree.h"

static struct neighbours found;

static void tells_of_balancing(void **state)
{
	static const struct {
		const char *mode;
		struct neighbours_pghot pghot;
		size_t nr;
	} cases[] = {
		{ "2\n", { .family = true, .enabled = true }, 1 },
		{ "3\n", { .family = true, .enabled = true }, 1 },
		/* Its faults are those of hintfault. */
		{ "2\n", { .family = true, .enabled = true, .hintfault = true }, 0 },
		/* There is nothing beside it. */
		{ "2\n", { .family = true }, 0 },
		/* It does not promote. */
		{ "0\n", { .family = true, .enabled = true }, 0 },
		{ "1\n", { .family = true, .enabled = true }, 0 },
		{ "x\n", { .family = true, .enabled = true }, 0 },
		/* Which of its sources are on is not looked at. */
		{ "2\n", { .posted = true, .enabled = true }, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		tree_put(NUMA_BALANCING_PATH, cases[i].mode);
		neighbours_look(tree_root, &cases[i].pghot, &found);
		assert_int_equal(found.nr, cases[i].nr);
		if (!cases[i].nr)
			continue;
		assert_string_equal(found.at[0].cause, "balancing-promotes");
		assert_int_equal(found.at[0].severity, NEIGHBOUR_CONFLICT);
		assert_string_equal(found.at[0].way_out, "pghotctl enable hintfault");
	}
}

static void counts_what_has_no_room(void **state)
{
	static const struct neighbours empty;

	(void)state;
	found = empty;
	for (size_t i = 0; i < NEIGHBOURS_MAX + 3; i++)
		neighbour_add(&found, "test", NEIGHBOUR_CAVEAT, "do", "%zu", i);
	assert_int_equal(found.nr, NEIGHBOURS_MAX);
	assert_int_equal(found.left_out, 3);
	assert_string_equal(found.at[NEIGHBOURS_MAX - 1].message, "63");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(tells_of_balancing, tree_make, tree_remove),
		cmocka_unit_test(counts_what_has_no_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
