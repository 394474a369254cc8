// SPDX-License-Identifier: GPL-2.0-or-later

#include "unit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "digits.h"

/* Digits, and nothing behind them. */
static void check(uint64_t v)
{
	char digits[PGHOT_DIGITS_MAX + 2], expected[PGHOT_DIGITS_MAX + 2];
	char *end;

	memset(digits, '#', sizeof(digits));
	end = pghot_put_u64(digits, v);
	assert_int_equal(*end, '#');
	*end = '\0';
	snprintf(expected, sizeof(expected), "%" PRIu64, v);
	assert_string_equal(digits, expected);
	memset(digits, '#', sizeof(digits));
	end = pghot_put_hex(digits, v);
	assert_int_equal(*end, '#');
	*end = '\0';
	snprintf(expected, sizeof(expected), "%#" PRIx64, v);
	assert_string_equal(digits, expected);
}

static void as_printf_has_them(void **state)
{
	uint64_t any = 1, power = 1;

	(void)state;
	for (uint64_t v = 0; v < 20000; v++)
		check(v);
	/* Around each power of ten, where the length changes. */
	for (int i = 0; i < 20; i++, power *= 10) {
		for (uint64_t v = power - 3; v != power + 3; v++)
			check(v);
	}
	for (int i = 0; i < 64; i++) {
		check(1ULL << i);
		check((1ULL << i) - 1);
	}
	check(UINT64_MAX);
	for (int i = 0; i < 100000; i++) {
		any = any * 6364136223846793005ULL + 1442695040888963407ULL;
		check(any >> i % 64);
	}
}

static void as_jansson_has_them(void **state)
{
	char digits[PGHOT_DIGITS_MAX + 1];

	(void)state;
	for (uint64_t v = 0; v <= INT64_MAX / 3; v = 3 * v + 1) {
		json_t *number = json_integer((json_int_t)v);
		char *expected = json_dumps(number, JSON_ENCODE_ANY);

		*pghot_put_u64(digits, v) = '\0';
		assert_string_equal(digits, expected);
		free(expected);
		json_decref(number);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_printf_has_them),
		cmocka_unit_test(as_jansson_has_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
