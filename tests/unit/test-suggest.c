// SPDX-License-Identifier: GPL-2.0-or-later

#include "unit.h"

#include "cmdline/suggest.h"

static void counts_edits(void **state)
{
	(void)state;
	assert_int_equal(edit_distance("", ""), 0);
	assert_int_equal(edit_distance("abc", ""), 3);
	assert_int_equal(edit_distance("stauts", "status"), 1);
	assert_int_equal(edit_distance("kitten", "sitting"), 3);
	assert_int_equal(edit_distance("ca", "abc"), 3);
}

static void takes_the_nearest(void **state)
{
	struct suggestion s = { 0 };

	(void)state;
	suggest(&s, "dsable", "enable");
	suggest(&s, "dsable", "disable");
	suggest(&s, "dsable", "dump");
	assert_string_equal(s.word, "disable");
	assert_int_equal(s.distance, 1);
}

static void is_silent_when_nothing_is_near(void **state)
{
	struct suggestion s = { 0 };

	(void)state;
	suggest(&s, "frobnicate", "status");
	suggest(&s, "x", "set");
	assert_null(s.word);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_edits),
		cmocka_unit_test(takes_the_nearest),
		cmocka_unit_test(is_silent_when_nothing_is_near),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
