// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Rows of a dump. They are written by hand, so what they say is compared with what jansson
 * and printf() make of the same entries.
 */

#include "unit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "names.h"
#include "output/fields.h"
#include "output/out.h"

static void picks_fields(void **state)
{
	struct field_set set;

	(void)state;
	fields_all(&set);
	for (size_t i = 0; i < set.nr; i++)
		assert_string_equal(set.columns[i].key, field_names[i]);
	assert_null(field_names[set.nr]);
	/* In the order asked for, each once, and people see what they asked for. */
	fields_named(&set, "cgroup_ino,pfn,cgroup,pfn");
	assert_int_equal(set.nr, 3);
	assert_string_equal(set.columns[0].key, "cgroup_ino");
	assert_string_equal(set.columns[1].key, "pfn");
	assert_string_equal(set.columns[2].key, "cgroup");
	for (size_t i = 0; i < set.nr; i++)
		assert_non_null(set.columns[i].title);
}

/* Any entry: all numbers small and large, with bits that nobody has a name for. */
static uint64_t luck(unsigned int bits)
{
	static uint64_t state = 1;

	/* Knuth's MMIX; its upper bits are the better ones. */
	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return state >> (64 - bits) >> (state >> 20) % bits;
}

static struct pghot_entry any_entry(void)
{
	return (struct pghot_entry){
		.pfn = luck(50),
		.cgroup_ino = luck(64),
		.age_ms = (uint32_t)luck(32),
		.page_flags = (uint32_t)luck(32),
		.nid = (uint16_t)luck(10),
		.target_nid = luck(2) ? (uint16_t)luck(10) : PGHOT_NID_UNKNOWN,
		.freq = (uint8_t)luck(8),
		.order = (uint8_t)luck(4),
		.sources = (uint8_t)luck(8),
		.state = (uint8_t)luck(8),
	};
}

static const char *source_name(unsigned int id)
{
	const struct pghot_source_name *src = pghot_source_by_id(id);

	return src ? src->name : NULL;
}

static json_t *names(uint64_t mask, const char *(*name)(unsigned int))
{
	json_t *list = json_array();

	for (unsigned int i = 0; name(i); i++) {
		if (mask >> i & 1)
			json_array_append_new(list, json_string(name(i)));
	}
	return list;
}

/* What jansson says of an entry; where no cgroups are, their paths are not known. */
static char *by_jansson(const struct pghot_entry *e)
{
	json_t *target = e->target_nid == PGHOT_NID_UNKNOWN ? json_null()
							    : json_integer(e->target_nid);
	json_t *v = json_pack(
		"{s:I,s:I,s:i,s:o,s:i,s:I,s:I,s:o,s:o,s:s,s:o,s:I,s:n}", "pfn", (json_int_t)e->pfn,
		"address", (json_int_t)e->pfn * 4096, "nid", (int)e->nid, "target_nid", target,
		"freq", (int)e->freq, "age_ms", (json_int_t)e->age_ms, "pages",
		(json_int_t)1 << e->order, "sources", names(e->sources, source_name), "state",
		names(e->state, pghot_entry_state_name), "type", pghot_page_type(e->page_flags),
		"flags", names(e->page_flags, pghot_page_flag_name), "cgroup_ino",
		(json_int_t)e->cgroup_ino, "cgroup");
	char *text = json_dumps(v, JSON_COMPACT);

	json_decref(v);
	return text;
}

static struct pghot_cgroups *cgroups;
static struct out o;
static char *text;
static size_t size;

/* The answer with a row of each of @nr entries; its text to release(). */
static void dump(bool json, bool raw, const char *fields, const struct pghot_entry *e, size_t nr)
{
	struct field_set set;

	memset(&o, 0, sizeof(o));
	o.file = open_memstream(&text, &size);
	o.json = json;
	o.raw = raw;
	out_begin(&o, "dump records");
	if (fields)
		fields_named(&set, fields);
	else
		fields_all(&set);
	out_table_begin(&o, "entries", set.columns, set.nr, true);
	for (size_t i = 0; i < nr; i++)
		fields_row(&set, &o, &e[i], cgroups);
	out_table_end(&o, NULL);
	out_end(&o);
	fclose(o.file);
}

static void release(void)
{
	free(text);
	text = NULL;
}

static void json_is_as_jansson_has_it(void **state)
{
	static const char begins[] = "{\"schema\":\"pghot/dump-records/1\",\"command\":\"dump "
				     "records\",\"data\":{\"entries\":[";

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct pghot_entry e = any_entry();
		char *expected;

		/* jansson's numbers have a sign. */
		e.cgroup_ino >>= 1;
		dump(true, false, NULL, &e, 1);
		expected = by_jansson(&e);
		assert_memory_equal(text, begins, strlen(begins));
		assert_memory_equal(text + strlen(begins), expected, strlen(expected));
		assert_string_equal(text + strlen(begins) + strlen(expected), "]}}\n");
		free(expected);
		release();
	}
}

static void numbers_have_no_sign(void **state)
{
	struct pghot_entry e = { .cgroup_ino = UINT64_MAX };

	(void)state;
	dump(true, false, "cgroup_ino", &e, 1);
	assert_non_null(strstr(text, "[{\"cgroup_ino\":18446744073709551615}]"));
	release();
}

static void lines_are_as_printf_has_them(void **state)
{
	char expected[256], target[16];

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct pghot_entry e = any_entry();

		snprintf(target, sizeof(target), "%u", e.target_nid);
		snprintf(expected, sizeof(expected),
			 "         PFN  NODE   TO  FREQ       AGE      SIZE  TYPE\n"
			 "  %#10" PRIx64 "  %4u  %3s  %4u  %8u  %8llu  %s\n",
			 (uint64_t)e.pfn, e.nid, e.target_nid == PGHOT_NID_UNKNOWN ? "-" : target,
			 e.freq, e.age_ms, 1ULL << e.order, pghot_page_type(e.page_flags));
		dump(false, true, "pfn,nid,target_nid,freq,age_ms,pages,type", &e, 1);
		assert_string_equal(text, expected);
		release();
	}
}

/* As before there was a writer of their own. */
static void lines_are_laid_out(void **state)
{
	static const struct pghot_entry e[] = {
		{ .pfn = 0x140000,
		  .age_ms = 3328,
		  .nid = 1,
		  .freq = 13,
		  .sources = 8,
		  .page_flags = PGHOT_PAGE_FLAG_FILE },
		{ .pfn = 0xfffffffffffff,
		  .age_ms = 130000,
		  .nid = 1023,
		  .freq = 255,
		  .target_nid = PGHOT_NID_UNKNOWN,
		  .order = 9,
		  .sources = 0x85,
		  .state = 3,
		  .page_flags = PGHOT_PAGE_FLAG_ANON | PGHOT_PAGE_FLAG_LARGE },
	};

	(void)state;
	dump(false, false, NULL, e, 2);
	assert_string_equal(
		text,
		"         PFN  NODE   TO  FREQ       AGE      SIZE  SRC   STATE       TYPE     "
		"CGROUP\n"
		"    0x140000     1    0    13    3.33 s     4 KiB  ---m              file     -\n"
		"  0xfffffffffffff  1023    -   255     2m10s     2 MiB  h-l-+  queued,hot  thp    "
		"  -\n");
	release();
	/* Nothing stands behind the last that is not empty. */
	dump(false, false, "state,flags", e, 1);
	assert_string_equal(text, "  STATE       FLAGS\n"
				  "              file\n");
	release();
	dump(false, false, "freq,state", e, 1);
	assert_string_equal(text, "  FREQ  STATE\n"
				  "    13\n");
	release();
}

static int find_no_cgroups(void **state)
{
	(void)state;
	cgroups = pghot_cgroups_open("");
	return cgroups ? 0 : -1;
}

static int close_cgroups(void **state)
{
	(void)state;
	pghot_cgroups_close(cgroups);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(picks_fields),
		cmocka_unit_test(json_is_as_jansson_has_it),
		cmocka_unit_test(numbers_have_no_sign),
		cmocka_unit_test(lines_are_as_printf_has_them),
		cmocka_unit_test(lines_are_laid_out),
	};

	return cmocka_run_group_tests(tests, find_no_cgroups, close_cgroups);
}
