// SPDX-License-Identifier: GPL-2.0-or-later

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "config/conf.h"

static void ok(const char *text, struct conf *conf)
{
	struct failure f;

	memset(&f, 0, sizeof(f));
	if (conf_parse(text, strlen(text), "file", conf, &f))
		fail_msg("\"%s\": %s", text, f.message);
}

/* @text is refused in line @line, with @message and, unless NULL, @hint. */
static void wrong(const char *text, unsigned int line, const char *message, const char *hint)
{
	struct failure f;
	struct conf conf;
	char location[32];

	memset(&f, 0, sizeof(f));
	assert_int_equal(conf_parse(text, strlen(text), "file", &conf, &f), STATUS_USAGE);
	snprintf(location, sizeof(location), "file:%u", line);
	assert_string_equal(f.location, location);
	if (!strstr(f.message, message))
		fail_msg("\"%s\": \"%s\" lacks \"%s\"", text, f.message, message);
	if (hint && !strstr(f.hint, hint))
		fail_msg("\"%s\": hint \"%s\" lacks \"%s\"", text, f.hint, hint);
	conf_free(&conf);
}

static void reads_settings(void **state)
{
	struct conf conf;

	(void)state;
	ok("", &conf);
	assert_int_equal(conf.nr, 0);
	conf_free(&conf);
	ok("# nothing\n\n  ; here = 1\n[parameters]\n", &conf);
	assert_int_equal(conf.nr, 0);
	conf_free(&conf);
	ok("[parameters]\r\nwindow = 2s\r\n\tpromote=off\n"
	   "[ source  ibs ]\nenabled = yes\n"
	   "[source hintfault]\nhot-latency-ms = 50ms\n"
	   "[system]\nnuma-balancing = 3\ndemotion = on",
	   &conf);
	assert_int_equal(conf.nr, 6);
	assert_string_equal(conf.at[0].desc->name, "window-ms");
	assert_int_equal(conf.at[0].value, 2000);
	assert_int_equal(conf.at[0].line, 2);
	assert_int_equal(conf.at[1].section, CONF_PARAMETERS);
	assert_int_equal(conf.at[1].value, 0);
	assert_int_equal(conf.at[2].section, CONF_SOURCE);
	assert_int_equal(conf.at[2].source, PGHOT_SOURCE_ID_HWHINT);
	assert_int_equal(conf.at[2].desc->attr, CONF_ENABLED);
	assert_int_equal(conf.at[2].value, 1);
	assert_int_equal(conf.at[3].source, PGHOT_SOURCE_ID_HINTFAULT);
	assert_int_equal(conf.at[3].value, 50);
	assert_int_equal(conf.at[4].desc->attr, CONF_NUMA_BALANCING);
	assert_int_equal(conf.at[5].desc->attr, CONF_DEMOTION);
	assert_int_equal(conf.at[5].line, 10);
	conf_free(&conf);
}

static void names_what_is_wrong(void **state)
{
	char longest[600];

	(void)state;
	wrong("window-ms = 1s", 1, "before the first section", "[parameters]");
	wrong("[parameters]\nnonsense", 2, "expected NAME = VALUE", NULL);
	wrong("[parameters]\n\n= 4", 3, "has no ", NULL);
	wrong("[parameters]\nwindow-m = 4s", 2, "[parameters] has no window-m", "window-ms");
	wrong("[parameters]\nwindow-ms = 1", 2, "out of range, accepted: 500 ms to 60 s", NULL);
	wrong("[parameters]\nwindow-ms =", 2, "cannot read", NULL);
	wrong("[parameters]\npromote = maybe", 2, "accepted: on or off", NULL);
	wrong("[parameters", 1, "no ]", NULL);
	wrong("[]", 1, "unknown section", NULL);
	wrong("[parameter]", 1, "unknown section: parameter", "parameters");
	wrong("[source]", 1, "unknown section: source", NULL);
	wrong("[source ipbs]", 1, "unknown source: ipbs", "ibs");
	wrong("[source lruscan]\nhot-latency-ms = 1", 2, "[source lruscan] has no", NULL);
	wrong("[system]\nnuma-balancing = 4", 2, "accepted: 0 to 3", NULL);
	wrong("[parameters]\nwindow = 1s\n[system]\n[parameters]\nwindow-ms = 1s", 5,
	      "set twice, first in line 2", NULL);
	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	wrong(longest, 1, "longer than", NULL);
}

static void takes_long_comments_and_no_zeroes(void **state)
{
	static const char zero[] = "[parameters]\nwindow-ms\0 = 4s\n";
	struct failure f;
	struct conf conf;
	char comment[2000];

	(void)state;
	memset(comment, '#', sizeof(comment) - 1);
	comment[sizeof(comment) - 1] = '\0';
	ok(comment, &conf);
	conf_free(&conf);
	assert_int_equal(conf_parse(zero, sizeof(zero) - 1, "file", &conf, &f), STATUS_USAGE);
	assert_non_null(strstr(f.message, "zero byte"));
	assert_string_equal(f.location, "file:2");
	conf_free(&conf);
}

/* Whatever can be set is written so that it is read back. */
static void writes_what_it_reads(void **state)
{
	static const enum conf_section sections[] = { CONF_PARAMETERS, CONF_SOURCE, CONF_SYSTEM };

	(void)state;
	for (size_t s = 0; s < ARRAY_LEN(sections); s++) {
		const struct pghot_param_desc *desc;

		for (unsigned int i = 0; (desc = conf_desc_at(sections[s], 0, i)); i++) {
			const int64_t values[] = { desc->min, desc->max, desc->def };

			for (size_t v = 0; v < ARRAY_LEN(values); v++) {
				char text[256], name[48], value[24];
				struct conf conf;

				snprintf(text, sizeof(text), "[%s]\n%s = %s\n",
					 conf_section_name(sections[s], 0, name, sizeof(name)),
					 desc->name,
					 conf_value(desc, values[v], value, sizeof(value)));
				ok(text, &conf);
				assert_int_equal(conf.nr, 1);
				assert_ptr_equal(conf.at[0].desc, desc);
				assert_int_equal(conf.at[0].value, values[v]);
				conf_free(&conf);
			}
		}
	}
}

static void says_what_cannot_be_read(void **state)
{
	struct failure f;
	struct conf conf;

	(void)state;
	assert_int_equal(conf_read("/nonexistent", &conf, &f), STATUS_FAILED);
	assert_non_null(strstr(f.message, "/nonexistent"));
	assert_int_equal(conf_read("/", &conf, &f), STATUS_FAILED);
	assert_non_null(strstr(f.message, "Is a directory"));
	assert_int_equal(conf_read("/dev/zero", &conf, &f), STATUS_FAILED);
	assert_non_null(strstr(f.message, "longer than"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_settings),
		cmocka_unit_test(names_what_is_wrong),
		cmocka_unit_test(takes_long_comments_and_no_zeroes),
		cmocka_unit_test(writes_what_it_reads),
		cmocka_unit_test(says_what_cannot_be_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
