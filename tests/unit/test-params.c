// SPDX-License-Identifier: GPL-2.0-or-later

#include "unit.h"

#include <errno.h>
#include <stdio.h>

#include "params.h"
#include "units.h"

static const struct pghot_param_desc *find(unsigned int attr)
{
	const struct pghot_param_desc *desc;

	for (unsigned int i = 0; (desc = pghot_param_at(i)); i++) {
		if (desc->attr == attr)
			return desc;
	}
	fail_msg("parameter %u is not described", attr);
	return NULL;
}

static void describes_every_parameter(void **state)
{
	(void)state;
	for (unsigned int attr = 1; attr <= PGHOT_A_PARAM_MAX; attr++) {
		const struct pghot_param_desc *desc = find(attr);
		char buf[64];
		int64_t v;

		assert_true(desc->def >= desc->min);
		assert_true(desc->def <= desc->max);
		/* Both ends of the range are accepted, what lies beyond is not. */
		snprintf(buf, sizeof(buf), "%lld", (long long)desc->max);
		assert_int_equal(pghot_param_parse(desc, buf, &v), 0);
		assert_int_equal(v, desc->max);
		snprintf(buf, sizeof(buf), "%lld", (long long)desc->max + 1);
		assert_true(pghot_param_parse(desc, buf, &v) < 0);
		snprintf(buf, sizeof(buf), "%lld", (long long)desc->min);
		assert_int_equal(pghot_param_parse(desc, buf, &v), 0);
		assert_int_equal(v, desc->min);
		snprintf(buf, sizeof(buf), "%lld", (long long)desc->min - 1);
		assert_true(pghot_param_parse(desc, buf, &v) < 0);
		assert_true(strlen(pghot_param_accepts(desc, buf, sizeof(buf))) > 0);
	}
}

/* What is unsigned in the kernel is so here, up to its last bit. */
static void has_no_sign(void **state)
{
	const struct pghot_param_desc *desc;
	char buf[64];
	int64_t v;

	(void)state;
	for (unsigned int i = 0; (desc = pghot_source_param_at(PGHOT_SOURCE_ID_HWHINT, i)); i++) {
		if (desc->unit != PGHOT_UNIT_BITS)
			continue;
		assert_true(pghot_param_is_unsigned(desc));
		assert_int_equal(pghot_param_parse(desc, "0xffffffffffffffff", &v), 0);
		assert_true((uint64_t)v == UINT64_MAX);
		/* As it is saved, it is read. */
		assert_string_equal(pghot_param_number(desc, v, buf, sizeof(buf)),
				    "18446744073709551615");
		assert_int_equal(pghot_param_parse(desc, buf, &v), 0);
		assert_true((uint64_t)v == UINT64_MAX);
		assert_string_equal(pghot_param_format(desc, v, buf, sizeof(buf)),
				    "0xffffffffffffffff");
		assert_string_equal(pghot_param_accepts(desc, buf, sizeof(buf)),
				    "0 to 0xffffffffffffffff");
		assert_true(pghot_param_parse(desc, "-1", &v) < 0);
		assert_true(pghot_param_parse(desc, "18446744073709551616", &v) < 0);
	}
	for (uint32_t id = 0; id <= PGHOT_SOURCE_ID_MAX; id++) {
		for (unsigned int i = 0; (desc = pghot_source_counter_at(id, i)); i++) {
			pghot_param_format(desc, -1, buf, sizeof(buf));
			assert_true(desc->bytes < 8 || strstr(buf, "18446744073709551615"));
		}
	}
	desc = find(PGHOT_A_PARAM_TARGET_NID);
	assert_string_equal(pghot_param_number(desc, -1, buf, sizeof(buf)), "-1");
}

static void reads_units(void **state)
{
	int64_t v;

	(void)state;
	assert_int_equal(pghot_param_parse(find(PGHOT_A_PARAM_WINDOW_MS), "4s", &v), 0);
	assert_int_equal(v, 4000);
	assert_int_equal(pghot_param_parse(find(PGHOT_A_PARAM_WINDOW_MS), "100ms", &v), -ERANGE);
	assert_int_equal(pghot_param_parse(find(PGHOT_A_PARAM_PROMOTE_RATE_LIMIT_MBPS), "1G", &v),
			 0);
	assert_int_equal(v, 1024);
	assert_int_equal(pghot_param_parse(find(PGHOT_A_PARAM_PROMOTE_RATE_LIMIT_MBPS), "512K", &v),
			 -EINVAL);
	assert_int_equal(pghot_param_parse(find(PGHOT_A_PARAM_TARGET_NID), "-1", &v), 0);
	assert_int_equal(v, -1);
	assert_int_equal(pghot_param_parse(find(PGHOT_A_PARAM_PROMOTE), "off", &v), 0);
	assert_int_equal(v, 0);
	assert_int_equal(pghot_param_parse(find(PGHOT_A_PARAM_PROMOTE), "2", &v), -EINVAL);
	assert_int_equal(
		pghot_param_parse(find(PGHOT_A_PARAM_HEAP_CAPACITY), "99999999999999999999", &v),
		-ERANGE);
}

static void writes_units(void **state)
{
	char buf[PGHOT_UNIT_LEN];

	(void)state;
	assert_string_equal(
		pghot_param_format(find(PGHOT_A_PARAM_WINDOW_MS), 4000, buf, sizeof(buf)), "4 s");
	assert_string_equal(pghot_param_format(find(PGHOT_A_PARAM_PROMOTE), 0, buf, sizeof(buf)),
			    "off");
	assert_string_equal(
		pghot_param_format(find(PGHOT_A_PARAM_TARGET_NID), -1, buf, sizeof(buf)),
		"nearest");
	assert_string_equal(pghot_param_format(find(PGHOT_A_PARAM_PROMOTE_RATE_LIMIT_MBPS), 100,
					       buf, sizeof(buf)),
			    "100 MiB/s");
}

static void reads_units_of_sources(void **state)
{
	const struct pghot_param_desc *size = pghot_source_param_at(PGHOT_SOURCE_ID_MMSCAN, 0);
	const struct pghot_param_desc *cpu = pghot_source_param_at(PGHOT_SOURCE_ID_MMSCAN, 4);
	char buf[64];
	int64_t v;

	(void)state;
	assert_string_equal(size->name, "scan-size-mib");
	assert_int_equal(pghot_param_parse(size, "1G", &v), 0);
	assert_int_equal(v, 1024);
	assert_int_equal(pghot_param_parse(size, "64", &v), 0);
	assert_int_equal(v, 64);
	assert_int_equal(pghot_param_parse(size, "1536K", &v), -EINVAL);
	assert_int_equal(pghot_param_parse(size, "65G", &v), -ERANGE);
	assert_string_equal(pghot_param_format(size, 64, buf, sizeof(buf)), "64 MiB");
	assert_string_equal(pghot_param_accepts(size, buf, sizeof(buf)),
			    "1 to 65536 MiB, whole ones");

	assert_string_equal(cpu->name, "cpu-percent");
	assert_int_equal(pghot_param_parse(cpu, "100", &v), 0);
	assert_int_equal(pghot_param_parse(cpu, "0", &v), -ERANGE);
	assert_string_equal(pghot_param_format(cpu, 10, buf, sizeof(buf)), "10 %");
	assert_string_equal(pghot_param_accepts(cpu, buf, sizeof(buf)), "1 to 100 % of one CPU");
}

/* Words of an event are masks: hexadecimal, and all 64 bits. */
static void reads_and_writes_masks(void **state)
{
	const struct pghot_param_desc *config = pghot_source_param_at(PGHOT_SOURCE_ID_HWHINT, 1);
	char buf[64];
	int64_t v;

	(void)state;
	assert_string_equal(config->name, "config");
	assert_int_equal(pghot_param_parse(config, "0x90000", &v), 0);
	assert_int_equal(v, 0x90000);
	assert_string_equal(pghot_param_format(config, v, buf, sizeof(buf)), "0x90000");
	assert_int_equal(pghot_param_parse(config, "0x7fffffffffffffff", &v), 0);
	assert_true(v == INT64_MAX);
	assert_int_equal(pghot_param_parse(config, "0x8000000000000000", &v), 0);
	assert_true(v == INT64_MIN);
	assert_int_equal(pghot_param_parse(config, "0x10000000000000000", &v), -ERANGE);
	assert_int_equal(pghot_param_parse(config, "64k", &v), -EINVAL);
	assert_string_equal(pghot_param_accepts(config, buf, sizeof(buf)),
			    "0 to 0xffffffffffffffff");
}

static void nests_source_parameters(void **state)
{
	(void)state;
	assert_int_equal(pghot_source_param_nest(PGHOT_SOURCE_ID_HINTFAULT),
			 PGHOT_A_SOURCE_HINTFAULT);
	assert_string_equal(pghot_source_param_at(PGHOT_SOURCE_ID_HINTFAULT, 0)->name,
			    "hot-latency-ms");
	assert_null(pghot_source_param_at(PGHOT_SOURCE_ID_HINTFAULT, 1));
	assert_null(pghot_source_counter_at(PGHOT_SOURCE_ID_HINTFAULT, 0));
	assert_int_equal(pghot_source_param_nest(PGHOT_SOURCE_ID_HWHINT), PGHOT_A_SOURCE_HWHINT);
	assert_string_equal(pghot_source_param_at(PGHOT_SOURCE_ID_HWHINT, 0)->name, "pmu-type");
	assert_string_equal(pghot_source_counter_at(PGHOT_SOURCE_ID_HWHINT, 0)->name,
			    "current-period");
	assert_null(pghot_source_param_at(99, 0));
	assert_int_equal(pghot_source_param_nest(99), 0);
	for (uint32_t id = 0; id <= PGHOT_SOURCE_ID_MAX; id++) {
		const struct pghot_param_desc *desc;

		assert_int_equal(!pghot_source_param_at(id, 0), !pghot_source_param_nest(id));
		for (unsigned int i = 0; (desc = pghot_source_param_at(id, i)); i++) {
			assert_true(desc->attr && desc->attr < PGHOT_SOURCE_VALUES);
			if (pghot_param_is_unsigned(desc))
				assert_true((uint64_t)desc->min <= (uint64_t)desc->def &&
					    (uint64_t)desc->def <= (uint64_t)desc->max);
			else
				assert_true(desc->min <= desc->def && desc->def <= desc->max);
		}
	}

	assert_int_equal(pghot_source_param_nest(PGHOT_SOURCE_ID_LRUSCAN), PGHOT_A_SOURCE_LRUSCAN);
	assert_string_equal(pghot_source_param_at(PGHOT_SOURCE_ID_LRUSCAN, 0)->name, "interval-ms");
	assert_string_equal(pghot_source_param_at(PGHOT_SOURCE_ID_LRUSCAN, 2)->name, "cpu-percent");
	assert_null(pghot_source_param_at(PGHOT_SOURCE_ID_LRUSCAN, 3));
	assert_string_equal(pghot_source_counter_at(PGHOT_SOURCE_ID_LRUSCAN, 0)->name, "passes");
	assert_null(pghot_source_counter_at(PGHOT_SOURCE_ID_HINTFAULT, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(describes_every_parameter),
		cmocka_unit_test(has_no_sign),
		cmocka_unit_test(reads_units),
		cmocka_unit_test(writes_units),
		cmocka_unit_test(reads_and_writes_masks),
		cmocka_unit_test(reads_units_of_sources),
		cmocka_unit_test(nests_source_parameters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
