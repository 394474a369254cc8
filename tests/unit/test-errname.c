// SPDX-License-Identifier: GPL-2.0-or-later
/* The names of errors are those of the C library, where it has them. */
#include <errno.h>
#include <string.h>

#include "errname.h"
#include "unit.h"

static void as_in_the_c_library(void **state)
{
	(void)state;
	for (int i = 1; i < 4096; i++) {
		const char *ours = pghot_errname(i), *theirs = strerrorname_np(i);

		if (!ours && !theirs)
			continue;
		assert_non_null(ours);
		assert_non_null(theirs);
		/* One number has two names. */
		if (strcmp(theirs, "ENOTSUP") != 0 && strcmp(theirs, "EWOULDBLOCK") != 0)
			assert_string_equal(ours, theirs);
	}
	assert_string_equal(pghot_errname(EOPNOTSUPP), "EOPNOTSUPP");
	assert_string_equal(pghot_errname(EAGAIN), "EAGAIN");
}

static void numbers_that_are_none(void **state)
{
	(void)state;
	assert_null(pghot_errname(0));
	assert_null(pghot_errname(-1));
	assert_null(pghot_errname(41));
	assert_null(pghot_errname(100000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_in_the_c_library),
		cmocka_unit_test(numbers_that_are_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
