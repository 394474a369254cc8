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

static void nests_source_parameters(void **state)
{
	(void)state;
	assert_int_equal(pghot_source_param_nest(PGHOT_SOURCE_ID_HINTFAULT),
			 PGHOT_A_SOURCE_HINTFAULT);
	assert_string_equal(pghot_source_param_at(PGHOT_SOURCE_ID_HINTFAULT, 0)->name,
			    "hot-latency-ms");
	assert_null(pghot_source_param_at(PGHOT_SOURCE_ID_HINTFAULT, 1));
	assert_null(pghot_source_param_at(99, 0));

	assert_int_equal(pghot_source_param_nest(PGHOT_SOURCE_ID_LRUSCAN), PGHOT_A_SOURCE_LRUSCAN);
	assert_string_equal(pghot_source_param_at(PGHOT_SOURCE_ID_LRUSCAN, 0)->name, "interval-ms");
	assert_null(pghot_source_param_at(PGHOT_SOURCE_ID_LRUSCAN, 2));
	assert_string_equal(pghot_source_counter_at(PGHOT_SOURCE_ID_LRUSCAN, 0)->name, "passes");
	assert_null(pghot_source_counter_at(PGHOT_SOURCE_ID_HINTFAULT, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(describes_every_parameter),
		cmocka_unit_test(reads_units),
		cmocka_unit_test(writes_units),
		cmocka_unit_test(nests_source_parameters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
