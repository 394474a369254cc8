// SPDX-License-Identifier: GPL-2.0-or-later

#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "extack.h"
#include "output/failure.h"

static int status_of(int errnum)
{
	struct pghot_error err = { .errnum = errnum };
	struct failure f;

	return fail_kernel(&f, &err, "do it");
}

static void maps_errno_to_status(void **state)
{
	(void)state;
	assert_int_equal(status_of(EPERM), STATUS_PERMISSION);
	assert_int_equal(status_of(EACCES), STATUS_PERMISSION);
	assert_int_equal(status_of(EOPNOTSUPP), STATUS_UNSUPPORTED);
	assert_int_equal(status_of(ENODEV), STATUS_UNSUPPORTED);
	assert_int_equal(status_of(ERANGE), STATUS_FAILED);
	assert_int_equal(status_of(ENOMEM), STATUS_FAILED);
	/* These numbers are documented, scripts have them. */
	assert_int_equal(STATUS_OK, 0);
	assert_int_equal(STATUS_FAILED, 1);
	assert_int_equal(STATUS_USAGE, 2);
	assert_int_equal(STATUS_UNSUPPORTED, 3);
	assert_int_equal(STATUS_PERMISSION, 4);
}

static void check_print(const struct failure *f, const char *expected)
{
	char *text = NULL;
	size_t size;
	FILE *to = open_memstream(&text, &size);

	failure_print(f, to);
	fclose(to);
	assert_string_equal(text, expected);
	free(text);
}

static void prints_the_cause(void **state)
{
	struct pghot_error err = {
		.errnum = ERANGE,
		.message = "refused",
		.attribute = "window-ms",
		.has_range = true,
		.min = 500,
		.max = 60000,
	};
	struct failure f;

	(void)state;
	fail_kernel(&f, &err, "set parameters");
	check_print(&f, "pghotctl: cannot set parameters: refused (window-ms, ERANGE)\n"
			"hint: accepted: 500 to 60000\n");
	/* Not twice. */
	snprintf(err.message, sizeof(err.message), "window-ms: 1 is too short");
	fail_kernel(&f, &err, "set parameters");
	check_print(&f, "pghotctl: cannot set parameters: window-ms: 1 is too short (ERANGE)\n"
			"hint: accepted: 500 to 60000\n");
}

static void escapes_what_it_quotes(void **state)
{
	struct failure f;

	(void)state;
	fail_with(&f, STATUS_USAGE, 0, "unknown command: \033[31m");
	snprintf(f.usage, sizeof(f.usage), "COMMAND");
	check_print(&f, "pghotctl: unknown command: \\x1b[31m\nusage: pghotctl COMMAND\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(maps_errno_to_status),
		cmocka_unit_test(prints_the_cause),
		cmocka_unit_test(escapes_what_it_quotes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
