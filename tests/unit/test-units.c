// SPDX-License-Identifier: GPL-2.0-or-later

#include "unit.h"

#include <errno.h>
#include <stdio.h>

#include "units.h"

static void formats_sizes(void **state)
{
	static const struct {
		uint64_t bytes;
		const char *text;
	} cases[] = {
		{ 0, "0 B" },	      { 1023, "1023 B" },	 { 1024, "1 KiB" },
		{ 1536, "1.5 KiB" },  { 10239, "10 KiB" },	 { (1 << 20) - 1, "1 MiB" },
		{ 1 << 20, "1 MiB" }, { 1288490188, "1.2 GiB" }, { UINT64_MAX, "16 EiB" },
	};
	char buf[PGHOT_UNIT_LEN];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_string_equal(pghot_format_size(buf, sizeof(buf), cases[i].bytes),
				    cases[i].text);
}

static void formats_counts(void **state)
{
	char buf[PGHOT_UNIT_LEN];

	(void)state;
	assert_string_equal(pghot_format_count(buf, sizeof(buf), 99999), "99999");
	assert_string_equal(pghot_format_count(buf, sizeof(buf), 100000), "100k");
	assert_string_equal(pghot_format_count(buf, sizeof(buf), 999499), "999k");
	assert_string_equal(pghot_format_count(buf, sizeof(buf), 999500), "1M");
	assert_string_equal(pghot_format_count(buf, sizeof(buf), 1234567), "1.23M");
	assert_string_equal(pghot_format_count(buf, sizeof(buf), UINT64_MAX), "18.4E");
}

static void formats_durations(void **state)
{
	char buf[PGHOT_UNIT_LEN];

	(void)state;
	assert_string_equal(pghot_format_ms(buf, sizeof(buf), 0), "0 ms");
	assert_string_equal(pghot_format_ms(buf, sizeof(buf), 999), "999 ms");
	assert_string_equal(pghot_format_ms(buf, sizeof(buf), 4000), "4 s");
	assert_string_equal(pghot_format_ms(buf, sizeof(buf), 1500), "1.5 s");
	assert_string_equal(pghot_format_ms(buf, sizeof(buf), 200000), "3m20s");
	assert_string_equal(pghot_format_ms(buf, sizeof(buf), 3599000), "59m59s");
	assert_string_equal(pghot_format_ms(buf, sizeof(buf), 3600000), "1h00m");
	assert_string_equal(pghot_format_ms(buf, sizeof(buf), 7500000), "2h05m");
	assert_string_equal(pghot_format_ms(buf, sizeof(buf), 200000000), "2d07h");
}

/* One below the other they look like a column. */
static void formats_ages(void **state)
{
	char buf[PGHOT_UNIT_LEN];

	(void)state;
	assert_string_equal(pghot_format_age(buf, sizeof(buf), 0), "0 ms");
	assert_string_equal(pghot_format_age(buf, sizeof(buf), 999), "999 ms");
	assert_string_equal(pghot_format_age(buf, sizeof(buf), 1000), "1.00 s");
	assert_string_equal(pghot_format_age(buf, sizeof(buf), 1500), "1.50 s");
	assert_string_equal(pghot_format_age(buf, sizeof(buf), 9999), "10.0 s");
	assert_string_equal(pghot_format_age(buf, sizeof(buf), 12000), "12.0 s");
	assert_string_equal(pghot_format_age(buf, sizeof(buf), 119000), "119 s");
	assert_string_equal(pghot_format_age(buf, sizeof(buf), 200000), "3m20s");
}

/* They are made without it, for a dump has many; that must not show. */
static void formats_as_printf(void **state)
{
	char buf[PGHOT_UNIT_LEN], expected[PGHOT_UNIT_LEN];

	(void)state;
	for (unsigned int ms = 1000; ms < 120000; ms++) {
		double s = (double)ms / 1000;

		snprintf(expected, sizeof(expected), "%.*f s",
			 s < 9.995   ? 2
			 : s < 99.95 ? 1
				     : 0,
			 s);
		assert_string_equal(pghot_format_age(buf, sizeof(buf), ms), expected);
	}
	for (unsigned int shift = 0; shift < 53; shift++) {
		snprintf(expected, sizeof(expected), "%llu %s", 1ULL << shift % 10,
			 (const char *const[]){ "B", "KiB", "MiB", "GiB", "TiB",
						"PiB" }[shift / 10]);
		assert_string_equal(pghot_format_size(buf, sizeof(buf), 1ULL << shift), expected);
	}
}

static void parses_numbers(void **state)
{
	static const char *const bad[] = { "", " 1", "1 ", "-1", "+1", "0x", "0xg", "1k", "1.0" };
	uint64_t v = 7;
	int64_t s;

	(void)state;
	assert_int_equal(pghot_parse_u64("18446744073709551615", &v), 0);
	assert_int_equal(v, UINT64_MAX);
	assert_int_equal(pghot_parse_u64("18446744073709551616", &v), -ERANGE);
	assert_int_equal(pghot_parse_u64("0xDeadBeef", &v), 0);
	assert_int_equal(v, 0xdeadbeef);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		v = 7;
		assert_int_equal(pghot_parse_u64(bad[i], &v), -EINVAL);
		assert_int_equal(v, 7);
	}
	assert_int_equal(pghot_parse_s64("-9223372036854775808", &s), 0);
	assert_int_equal(s, INT64_MIN);
	assert_int_equal(pghot_parse_s64("9223372036854775808", &s), -ERANGE);
	assert_int_equal(pghot_parse_s64("--1", &s), -EINVAL);
}

static void parses_units(void **state)
{
	uint64_t v;

	(void)state;
	assert_int_equal(pghot_parse_count("64k", &v), 0);
	assert_int_equal(v, 64000);
	assert_int_equal(pghot_parse_count("1.5M", &v), 0);
	assert_int_equal(v, 1500000);
	assert_int_equal(pghot_parse_ms("4s", 1, &v), 0);
	assert_int_equal(v, 4000);
	assert_int_equal(pghot_parse_ms("4000", 1, &v), 0);
	assert_int_equal(v, 4000);
	assert_int_equal(pghot_parse_ms("2", 1000, &v), 0);
	assert_int_equal(v, 2000);
	assert_int_equal(pghot_parse_ms("0.25s", 1, &v), 0);
	assert_int_equal(v, 250);
	assert_int_equal(pghot_parse_size("100m", 1 << 20, &v), 0);
	assert_int_equal(v, 100 << 20);
	assert_int_equal(pghot_parse_size("100", 1 << 20, &v), 0);
	assert_int_equal(v, 100 << 20);
	assert_int_equal(pghot_parse_size("1.5GiB", 1, &v), 0);
	assert_int_equal(v, 3ULL << 29);
}

static void refuses_what_is_not_whole(void **state)
{
	uint64_t v;

	(void)state;
	assert_int_equal(pghot_parse_ms("0.0001s", 1, &v), -EINVAL);
	assert_int_equal(pghot_parse_ms("1.5", 1, &v), -EINVAL);
	assert_int_equal(pghot_parse_size("0.3K", 1, &v), -EINVAL);
	assert_int_equal(pghot_parse_count("1.", &v), -EINVAL);
	assert_int_equal(pghot_parse_count(".5k", &v), -EINVAL);
	assert_int_equal(pghot_parse_count("1.0000000000k", &v), -EINVAL);
	assert_int_equal(pghot_parse_ms("4q", 1, &v), -EINVAL);
	assert_int_equal(pghot_parse_ms("s", 1, &v), -EINVAL);
	assert_int_equal(pghot_parse_ms("-4s", 1, &v), -EINVAL);
	assert_int_equal(pghot_parse_ms("99999999999999999999s", 1, &v), -ERANGE);
	assert_int_equal(pghot_parse_size("18446744073709551615T", 1, &v), -ERANGE);
}

static void parses_switches(void **state)
{
	bool v = false;

	(void)state;
	assert_int_equal(pghot_parse_bool("on", &v), 0);
	assert_true(v);
	assert_int_equal(pghot_parse_bool("False", &v), 0);
	assert_false(v);
	/* As sysfs says it. */
	assert_int_equal(pghot_parse_bool("enabled", &v), 0);
	assert_true(v);
	assert_int_equal(pghot_parse_bool("2", &v), -EINVAL);
	assert_int_equal(pghot_parse_bool("", &v), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formats_sizes),     cmocka_unit_test(formats_counts),
		cmocka_unit_test(formats_durations), cmocka_unit_test(formats_ages),
		cmocka_unit_test(formats_as_printf), cmocka_unit_test(parses_numbers),
		cmocka_unit_test(parses_units),	     cmocka_unit_test(refuses_what_is_not_whole),
		cmocka_unit_test(parses_switches),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
