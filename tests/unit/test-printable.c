// SPDX-License-Identifier: GPL-2.0-or-later

#include "unit.h"

#include <stdbool.h>
#include <stdlib.h>

#include "printable.h"

static void check(const char *in, const char *out)
{
	char buf[256];

	assert_int_equal(pghot_printable(buf, sizeof(buf), in), strlen(out));
	assert_string_equal(buf, out);
}

static void keeps_text(void **state)
{
	(void)state;
	check("", "");
	check("pghotctl", "pghotctl");
	check("größe 漢字 🔥", "größe 漢字 🔥");
}

static void escapes_what_terminals_obey(void **state)
{
	(void)state;
	check("\033[2J", "\\x1b[2J");
	check("a\nb\tc", "a\\x0ab\\x09c");
	check("\x7f", "\\x7f");
	check("\xc2\x9b"
	      "31m",
	      "\\xc2\\x9b31m"); /* C1: CSI */
	check("\xe2\x80\xae"
	      "cod.exe",
	      "\\xe2\\x80\\xaecod.exe"); /* right-to-left override */
	check("a\\b", "a\\\\b");
}

static void escapes_what_is_no_utf8(void **state)
{
	(void)state;
	check("\xff", "\\xff");
	check("\xc3", "\\xc3");
	check("\xc0\x80", "\\xc0\\x80"); /* overlong */
	check("\xed\xa0\x80", "\\xed\\xa0\\x80"); /* surrogate */
	check("\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"); /* past U+10FFFF */
	check("\xe6\xbc"
	      "a",
	      "\\xe6\\xbca");
}

static void cuts_between_characters(void **state)
{
	char buf[5];

	(void)state;
	assert_int_equal(pghot_printable(buf, sizeof(buf), "ab漢字"), 2);
	assert_string_equal(buf, "ab");
	assert_int_equal(pghot_printable(buf, sizeof(buf), "a\033b"), 1);
	assert_string_equal(buf, "a");
	assert_int_equal(pghot_printable(buf, 1, "abc"), 0);
	assert_string_equal(buf, "");
}

static void replaces_what_is_no_utf8(void **state)
{
	static const char *const cases[][2] = {
		{ "", "" },
		{ "größe 漢字 🔥", "größe 漢字 🔥" },
		{ "a\xff"
		  "b",
		  "a\xef\xbf\xbd"
		  "b" },
		{ "\xc0\x80", "\xef\xbf\xbd\xef\xbf\xbd" },
		/* The terminator is no continuation of the character that is cut. */
		{ "\xe6\xbc", "\xef\xbf\xbd\xef\xbf\xbd" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char *valid = pghot_utf8_valid(cases[i][0]);

		assert_string_equal(valid, cases[i][1]);
		free(valid);
	}
}

/* What is plain stays so at any place of a string, and what is not is found there. */
static void tells_what_is_plain(void **state)
{
	char s[40];

	(void)state;
	for (int c = 1; c < 256; c++) {
		bool plain = c >= ' ' && c < 0x7f && c != '"' && c != '\\';

		for (size_t at = 0; at < sizeof(s) - 1; at++) {
			memset(s, 'x', sizeof(s));
			s[at] = (char)c;
			assert_int_equal(pghot_plain_length(s, sizeof(s)), plain ? sizeof(s) : at);
			assert_int_equal(pghot_plain_length(s, at), at);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_text),
		cmocka_unit_test(escapes_what_terminals_obey),
		cmocka_unit_test(escapes_what_is_no_utf8),
		cmocka_unit_test(cuts_between_characters),
		cmocka_unit_test(replaces_what_is_no_utf8),
		cmocka_unit_test(tells_what_is_plain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
