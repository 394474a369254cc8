// SPDX-License-Identifier: GPL-2.0-or-later

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "jsontext.h"

static int put(const char *text, size_t len, void *file)
{
	return fwrite(text, 1, len, file) == len ? 0 : -1;
}

/* The text of @v, to free(). */
static char *text_of(const json_t *v, bool indent)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	assert_int_equal(pghot_json_dump(v, indent, put, f), 0);
	fclose(f);
	return text;
}

static void is(json_t *v, const char *wanted)
{
	char *text = text_of(v, false);

	assert_string_equal(text, wanted);
	free(text);
	json_decref(v);
}

static void has_no_sign(void **state)
{
	(void)state;
	is(pghot_json_u64(0), "0");
	is(pghot_json_u64(INT64_MAX), "9223372036854775807");
	is(pghot_json_u64((uint64_t)INT64_MAX + 1), "9223372036854775808");
	is(pghot_json_u64(UINT64_MAX), "18446744073709551615");
	is(json_integer(-1), "-1");
	is(json_pack("{s:o,s:[o,o]}", "a", pghot_json_u64(UINT64_MAX), "b",
		     pghot_json_u64(UINT64_MAX - 1), json_null()),
	   "{\"a\":18446744073709551615,\"b\":[18446744073709551614,null]}");
}

/* Everything else as jansson has it. */
static void is_as_jansson(void **state)
{
	json_t *v = json_pack("{s:[],s:{},s:[i,f,f,b,b,n],s:{s:{s:s}},s:s}", "empty", "none",
			      "list", -7, 0.1, 1e300, 1, 0, "in", "it", "k\"ey",
			      "\x01\"\\/\n\t\x7f", "u", "\xe6\xbc\xa2\xc3\xa9");
	char *ours, *theirs;

	(void)state;
	assert_non_null(v);
	for (int indent = 0; indent < 2; indent++) {
		ours = text_of(v, indent);
		theirs = json_dumps(v, (indent ? JSON_INDENT(2) : JSON_COMPACT) |
					       JSON_ENSURE_ASCII | JSON_REAL_PRECISION(15));
		assert_string_equal(ours, theirs);
		free(ours);
		free(theirs);
	}
	json_decref(v);
}

static int refuse(const char *text, size_t len, void *data)
{
	(void)text;
	(void)len;
	return --*(int *)data ? 0 : -1;
}

static void stops_when_told(void **state)
{
	json_t *v = json_pack("{s:[i,s],s:{s:n}}", "a", 1, "b", "c", "d");

	(void)state;
	for (int n = 1; n < 20; n++) {
		int left = n;

		assert_int_equal(pghot_json_dump(v, true, refuse, &left), -1);
		assert_int_equal(left, 0);
	}
	json_decref(v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(has_no_sign),
		cmocka_unit_test(is_as_jansson),
		cmocka_unit_test(stops_when_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
