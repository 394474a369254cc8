// SPDX-License-Identifier: GPL-2.0-or-later

#include "unit.h"

#include <errno.h>
#include <stdlib.h>

#include "cmdline/words.h"

/* The words of @line, joined by '|'. */
static void splits_to(const char *line, const char *wanted)
{
	char joined[256] = "";
	struct words w;

	assert_int_equal(words_split(&w, line), 0);
	assert_int_equal(w.end, WORDS_COMPLETE);
	for (int i = 0; i < w.nr; i++) {
		strcat(joined, w.argv[i]);
		strcat(joined, "|");
		assert_true(w.span[i].start < w.span[i].end);
	}
	assert_null(w.argv[w.nr]);
	assert_string_equal(joined, wanted);
	words_free(&w);
}

static void splits_at_blanks(void **state)
{
	(void)state;
	splits_to("", "");
	splits_to(" \t \n", "");
	splits_to("status", "status|");
	splits_to("  set\twindow-ms=4s \r\n", "set|window-ms=4s|");
	splits_to("a b c d e f g h i j k l m n o p q r", "a|b|c|d|e|f|g|h|i|j|k|l|m|n|o|p|q|r|");
}

static void knows_comments(void **state)
{
	struct words w;

	(void)state;
	splits_to("# all of it", "");
	splits_to("get # the rest ' of it", "get|");
	splits_to("get a#b \\#c '#d'", "get|a#b|#c|#d|");
	assert_int_equal(words_split(&w, "get #"), 0);
	assert_true(w.comment);
	words_free(&w);
}

static void takes_quotes_off(void **state)
{
	(void)state;
	splits_to("'a b' \"c d\"", "a b|c d|");
	splits_to("x'a b'y\"c d\"z", "xa byc dz|");
	splits_to("'' \"\"", "||");
	splits_to("'a\\' \"\\\"\\\\\\n\"", "a\\|\"\\\\n|");
	splits_to("a\\ b \\' \\\\", "a b|'|\\|");
	splits_to("\"it's\" 'say \"x\"'", "it's|say \"x\"|");
}

static void tells_what_is_open(void **state)
{
	static const struct {
		const char *line;
		enum words_end end;
		size_t at;
		const char *last;
	} cases[] = {
		{ "a 'b c", WORDS_IN_SINGLE, 2, "b c" },  { "a b\"c ", WORDS_IN_DOUBLE, 3, "bc " },
		{ "a \"c\\", WORDS_IN_DOUBLE, 2, "c\\" }, { "a b\\", WORDS_IN_ESCAPE, 3, "b" },
		{ "\\", WORDS_IN_ESCAPE, 0, "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct words w;

		assert_int_equal(words_split(&w, cases[i].line), -EINVAL);
		assert_int_equal(w.end, cases[i].end);
		assert_int_equal(w.at, cases[i].at);
		assert_string_equal(w.argv[w.nr - 1], cases[i].last);
		assert_string_not_equal(words_end_text(w.end), words_end_text(WORDS_COMPLETE));
		words_free(&w);
	}
}

static void quotes_back(void **state)
{
	static const char *const words[] = {
		"plain", "", "a b", "it's", "\"", "\\", "a\\'b", "#x", "a#b", "'", "\t", "é ü",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		char *quoted = words_quote(words[i], WORDS_COMPLETE);
		struct words w;

		assert_non_null(quoted);
		assert_int_equal(words_split(&w, quoted), 0);
		assert_int_equal(w.nr, 1);
		assert_string_equal(w.argv[0], words[i]);
		words_free(&w);
		free(quoted);
		for (int open = WORDS_IN_SINGLE; open <= WORDS_IN_DOUBLE; open++) {
			const char *mark = open == WORDS_IN_SINGLE ? "'" : "\"";
			char line[64];

			quoted = words_quote(words[i], (enum words_end)open);
			assert_non_null(quoted);
			strcpy(line, mark);
			strcat(line, quoted);
			strcat(line, mark);
			assert_int_equal(words_split(&w, line), 0);
			assert_int_equal(w.nr, 1);
			assert_string_equal(w.argv[0], words[i]);
			words_free(&w);
			free(quoted);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(splits_at_blanks), cmocka_unit_test(knows_comments),
		cmocka_unit_test(takes_quotes_off), cmocka_unit_test(tells_what_is_open),
		cmocka_unit_test(quotes_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
