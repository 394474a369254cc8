// SPDX-License-Identifier: GPL-2.0-or-later

#include "unit.h"

#include <errno.h>
#include <stdio.h>

#include "system/tiers.h"

static char seen[256];

static void see(unsigned int nid, void *data)
{
	size_t used = strlen(seen);

	(void)data;
	snprintf(seen + used, sizeof(seen) - used, "%u ", nid);
}

static void reads_lists(void **state)
{
	static const struct {
		const char *list;
		const char *nodes;
	} cases[] = {
		{ "", "" },
		{ "0", "0 " },
		{ "0-3", "0 1 2 3 " },
		{ "1,4-5,1023", "1 4 5 1023 " },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		seen[0] = '\0';
		assert_int_equal(tiers_parse_list(cases[i].list, see, NULL), 0);
		assert_string_equal(seen, cases[i].nodes);
	}
}

static void refuses_what_is_no_list(void **state)
{
	static const char *const lists[] = {
		"x", ",", "1,", "1-", "-1", "3-1", "1024", "0-1024", "0 1", "99999999999999999999"
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		assert_int_equal(tiers_parse_list(lists[i], see, NULL), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_lists),
		cmocka_unit_test(refuses_what_is_no_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
