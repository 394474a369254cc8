// SPDX-License-Identifier: GPL-2.0-or-later

#include "unit.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "output/failure.h"
#include "output/out.h"

/* clang-format off */
static const struct column columns[] = {
	{ "pfn", "PFN", UNIT_HEX },
	{ "name", "NAME", .left = true },
	{ "hidden" },
	{ "remark", "REMARK", .left = true },
};
/* clang-format on */

static struct out o;
static char *text;
static size_t size;

static void begin(bool json, bool pretty)
{
	memset(&o, 0, sizeof(o));
	o.file = open_memstream(&text, &size);
	o.json = json;
	o.pretty = pretty;
	out_begin(&o, "dump heap");
}

/* What was written; valid until release(). */
static const char *written(void)
{
	fflush(o.file);
	return text;
}

static void release(void)
{
	out_free(&o);
	fclose(o.file);
	free(text);
	text = NULL;
}

static json_t *parsed(void)
{
	json_t *v = json_loads(written(), 0, NULL);

	if (!v)
		fail_msg("no JSON: %s", text);
	return v;
}

static void row(uint64_t pfn, const char *name)
{
	cell_u64(&o, pfn);
	cell_str(&o, name);
	cell_bool(&o, true, "", "");
	cell_value(&o, json_null(), "");
	out_row_end(&o);
}

/* The same of a table that streams; @name has nothing that text would escape. */
static void stream_row(uint64_t pfn, const char *name)
{
	struct row_text *r = out_stream_row(&o);
	char *to = row_text_room(r, o.file, 100);

	if (!o.json) {
		row_text_upto(r, to + sprintf(to, "%#" PRIx64 " %s\n", pfn, name));
	} else {
		row_text_upto(r, to + sprintf(to, "{\"pfn\":%" PRIu64 ",\"name\":", pfn));
		row_text_string(r, o.file, name);
		to = row_text_room(r, o.file, 100);
		row_text_upto(r, stpcpy(to, ",\"hidden\":true,\"remark\":null}"));
	}
	out_stream_row_end(&o);
}

static void writes_one_envelope(void **state)
{
	(void)state;
	begin(true, false);
	out_u64(&o, "memory_bytes", "memory", 5 << 20, UNIT_BYTES);
	out_object(&o, "sub");
	out_bool(&o, "on", "on", true, "yes", "no");
	out_object_end(&o);
	out_str(&o, "nothing", "nothing", NULL);
	out_notes(&o);
	out_end(&o);
	assert_string_equal(written(),
			    "{\"schema\":\"pghot/dump-heap/1\",\"command\":\"dump heap\",\"data\":"
			    "{\"memory_bytes\":5242880,\"sub\":{\"on\":true},\"nothing\":null,"
			    "\"notes\":[]}}\n");
	release();
}

static void text_has_units_and_labels(void **state)
{
	(void)state;
	begin(false, false);
	out_u64(&o, "memory_bytes", "memory", 5 << 20, UNIT_BYTES);
	out_u64(&o, "hidden", NULL, 1, UNIT_NONE);
	out_str(&o, "name", "name", "a\033b");
	out_note(&o, "look %d", 1);
	out_end(&o);
	assert_string_equal(written(), "  memory                   5 MiB\n"
				       "  name                     a\\x1bb\n"
				       "note: look 1\n");
	release();

	begin(false, false);
	o.raw = true;
	out_u64(&o, "memory_bytes", "memory", 5 << 20, UNIT_BYTES);
	out_end(&o);
	assert_string_equal(written(), "  memory                   5242880\n");
	release();
}

static void text_tables_are_aligned(void **state)
{
	(void)state;
	begin(false, false);
	out_table_begin(&o, "entries", columns, ARRAY_LEN(columns), false);
	row(0x10, "a");
	row(0x1000, "longer");
	assert_int_equal(out_table_end(&o, "none"), 2);
	/* A column with nothing in it is left out; no blanks at the ends. */
	assert_string_equal(written(), "     PFN  NAME\n"
				       "    0x10  a\n"
				       "  0x1000  longer\n");
	release();
}

static void empty_is_an_empty_array(void **state)
{
	(void)state;
	for (int stream = 0; stream < 2; stream++) {
		begin(true, false);
		out_table_begin(&o, "entries", columns, ARRAY_LEN(columns), stream);
		assert_int_equal(out_table_end(&o, "none"), 0);
		out_end(&o);
		assert_non_null(strstr(written(), "\"data\":{\"entries\":[]}}"));
		release();
		begin(false, false);
		out_table_begin(&o, "entries", columns, ARRAY_LEN(columns), stream);
		out_table_end(&o, "none");
		assert_string_equal(written(), "  none\n");
		release();
	}
}

/* Rows that went out at once, and those kept, make the same JSON. */
static void streams_the_same(void **state)
{
	json_t *v[4];
	int n = 0;

	(void)state;
	for (int stream = 0; stream < 2; stream++) {
		for (int pretty = 0; pretty < 2; pretty++) {
			begin(true, pretty);
			out_str(&o, "before", NULL, "x");
			out_table_begin(&o, "entries", columns, ARRAY_LEN(columns), stream);
			(stream ? stream_row : row)(1, "a \"quoted\" name");
			if (stream)
				assert_non_null(strstr(written(), "quoted"));
			else
				assert_null(strstr(written(), "quoted"));
			(stream ? stream_row : row)(2, NULL);
			out_table_end(&o, "none");
			out_u64(&o, "after", NULL, 2, UNIT_NONE);
			out_end(&o);
			v[n++] = parsed();
			release();
		}
	}
	for (int i = 1; i < n; i++)
		assert_true(json_equal(v[0], v[i]));
	assert_int_equal(json_array_size(json_object_get(json_object_get(v[0], "data"), "entries")),
			 2);
	for (int i = 0; i < n; i++)
		json_decref(v[i]);
}

static void errors_are_json_too(void **state)
{
	struct failure f;
	json_t *v, *e;

	(void)state;
	fail_with(&f, STATUS_PERMISSION, EPERM, "not you");
	begin(true, false);
	out_u64(&o, "half", "half", 1, UNIT_NONE);
	out_fail(&o, &f);
	v = parsed();
	assert_null(json_object_get(v, "data"));
	assert_string_equal(json_string_value(json_object_get(v, "schema")), "pghot/error/1");
	assert_string_equal(json_string_value(json_object_get(v, "command")), "dump heap");
	e = json_object_get(v, "error");
	assert_string_equal(json_string_value(json_object_get(e, "code")), "permission");
	assert_string_equal(json_string_value(json_object_get(e, "errno")), "EPERM");
	assert_string_equal(json_string_value(json_object_get(e, "message")), "not you");
	assert_true(json_is_null(json_object_get(e, "attribute")));
	assert_true(json_is_null(json_object_get(e, "hint")));
	json_decref(v);
	release();
}

/* Strings of any length, with what JSON has to escape wherever it stands. */
static void streams_strings(void **state)
{
	static const char odd[] = "\"\\\b\x01\x1f\x7f/ \xc3\xa9 \xff \xe2\x82\xac";
	static char longest[3 * ROW_TEXT_BYTES];
	size_t len = sizeof(longest) - sizeof(odd);
	json_t *v, *expected;

	(void)state;
	/* So that each of them stands at each place of eight. */
	for (size_t i = 0; i < len; i++)
		longest[i] = i % 13 ? (char)('a' + i % 26) : odd[i / 13 % (sizeof(odd) - 1)];
	strcpy(longest + len, odd);
	for (size_t at = 0; at < len; at += at < 200 ? 1 : 4001) {
		begin(true, false);
		out_table_begin(&o, "entries", columns, ARRAY_LEN(columns), true);
		stream_row(1, longest + at);
		out_table_end(&o, NULL);
		out_end(&o);
		v = parsed();
		expected = json_text(longest + at);
		assert_true(json_equal(
			json_object_get(
				json_array_get(
					json_object_get(json_object_get(v, "data"), "entries"), 0),
				"name"),
			expected));
		json_decref(expected);
		json_decref(v);
		release();
	}
}

/* Once rows have gone out the envelope can only be closed, with the error in it. */
static void errors_in_a_stream_close_it(void **state)
{
	struct failure f;
	json_t *v;

	(void)state;
	fail_with(&f, STATUS_FAILED, EIO, "broken");
	for (int pretty = 0; pretty < 2; pretty++) {
		begin(true, pretty);
		out_table_begin(&o, "entries", columns, ARRAY_LEN(columns), true);
		stream_row(1, "a");
		out_fail(&o, &f);
		v = parsed();
		assert_int_equal(
			json_array_size(json_object_get(json_object_get(v, "data"), "entries")), 1);
		assert_string_equal(
			json_string_value(json_object_get(json_object_get(v, "error"), "message")),
			"broken");
		json_decref(v);
		release();
	}
}

static void json_survives_what_is_no_utf8(void **state)
{
	json_t *v;

	(void)state;
	begin(true, false);
	out_str(&o, "comm", NULL, "a\xff\n漢");
	out_end(&o);
	v = parsed();
	assert_string_equal(json_string_value(json_object_get(json_object_get(v, "data"), "comm")),
			    "a\xef\xbf\xbd\n漢");
	json_decref(v);
	release();
}

static void tells_a_full_disk(void **state)
{
	(void)state;
	memset(&o, 0, sizeof(o));
	o.file = fopen("/dev/full", "w");
	assert_non_null(o.file);
	out_begin(&o, "get");
	out_u64(&o, "x", "x", 1, UNIT_NONE);
	out_end(&o);
	assert_false(out_flush(&o));
	assert_int_equal(o.errnum, ENOSPC);
	fclose(o.file);
}

static void knows_where_it_goes(void **state)
{
	FILE *other = tmpfile();
	int fd;

	(void)state;
	memset(&o, 0, sizeof(o));
	o.file = tmpfile();
	assert_true(o.file && other);
	fd = dup(fileno(o.file));
	assert_false(out_mixes(&o, fd));
	o.json = true;
	assert_true(out_mixes(&o, fd));
	assert_false(out_mixes(&o, fileno(other)));
	close(fd);
	fclose(other);
	fclose(o.file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_one_envelope),
		cmocka_unit_test(text_has_units_and_labels),
		cmocka_unit_test(text_tables_are_aligned),
		cmocka_unit_test(empty_is_an_empty_array),
		cmocka_unit_test(streams_the_same),
		cmocka_unit_test(streams_strings),
		cmocka_unit_test(errors_are_json_too),
		cmocka_unit_test(errors_in_a_stream_close_it),
		cmocka_unit_test(json_survives_what_is_no_utf8),
		cmocka_unit_test(tells_a_full_disk),
		cmocka_unit_test(knows_where_it_goes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
