// SPDX-License-Identifier: GPL-2.0-or-later

#include "unit.h"

#include "names.h"

static void finds_sources_by_alias(void **state)
{
	(void)state;
	assert_int_equal(pghot_source_by_name("hintfault")->id, PGHOT_SOURCE_ID_HINTFAULT);
	assert_int_equal(pghot_source_by_name("ibs")->id, PGHOT_SOURCE_ID_HWHINT);
	assert_int_equal(pghot_source_by_name("pebs")->id, PGHOT_SOURCE_ID_HWHINT);
	assert_int_equal(pghot_source_by_name("klruscand")->id, PGHOT_SOURCE_ID_LRUSCAN);
	assert_int_equal(pghot_source_by_name("kmmscand")->id, PGHOT_SOURCE_ID_MMSCAN);
	assert_null(pghot_source_by_name("hint"));
	assert_null(pghot_source_by_name(""));
	assert_null(pghot_source_by_name("HINTFAULT"));
}

static void has_a_name_for_every_number(void **state)
{
	(void)state;
	for (uint32_t id = 0; id <= PGHOT_SOURCE_ID_MAX; id++)
		assert_non_null(pghot_source_by_id(id));
	assert_null(pghot_source_by_id(PGHOT_SOURCE_ID_MAX + 1));
	for (unsigned int i = 0; i <= PGHOT_FAIL_REASON_MAX; i++) {
		assert_non_null(pghot_fail_reason_name(i));
		assert_non_null(pghot_fail_reason_help(i));
	}
	assert_null(pghot_fail_reason_name(PGHOT_FAIL_REASON_MAX + 1));
	assert_string_equal(pghot_fail_reason_name(PGHOT_FAIL_REASON_SHARED_EXEC), "shared-exec");
	for (unsigned int bit = 0; 1U << bit <= PGHOT_PAGE_FLAG_YOUNG; bit++)
		assert_non_null(pghot_page_flag_name(bit));
	assert_string_equal(pghot_page_flag_name(__builtin_ctz(PGHOT_PAGE_FLAG_HUGETLB)),
			    "hugetlb");
	assert_null(pghot_page_flag_name(16));
	assert_string_equal(pghot_reset_what_name(__builtin_ctz(PGHOT_RESET_WHAT_COUNTERS)),
			    "counters");
	assert_string_equal(pghot_promotion_kind_name(PGHOT_PROMOTION_KIND_OVERFLOW), "overflow");
	assert_string_equal(pghot_queue_place_name(PGHOT_QUEUE_PLACE_HEAP), "heap");
	assert_string_equal(pghot_exchange_name(PGHOT_EXCHANGE_BAD), "bad");
	assert_string_equal(pghot_entry_state_name(__builtin_ctz(PGHOT_ENTRY_STATE_HOT)), "hot");
}

static void tells_the_type_of_a_page(void **state)
{
	(void)state;
	assert_string_equal(pghot_page_type(PGHOT_PAGE_FLAG_ANON), "anon");
	assert_string_equal(pghot_page_type(PGHOT_PAGE_FLAG_ANON | PGHOT_PAGE_FLAG_LARGE), "thp");
	assert_string_equal(pghot_page_type(PGHOT_PAGE_FLAG_FILE | PGHOT_PAGE_FLAG_LARGE), "file");
	assert_string_equal(pghot_page_type(PGHOT_PAGE_FLAG_FILE | PGHOT_PAGE_FLAG_SHMEM), "shmem");
	assert_string_equal(pghot_page_type(PGHOT_PAGE_FLAG_ANON | PGHOT_PAGE_FLAG_KSM), "ksm");
	assert_string_equal(pghot_page_type(PGHOT_PAGE_FLAG_HUGETLB), "hugetlb");
	assert_string_equal(pghot_page_type(0), "other");
}

static void writes_sources_as_letters(void **state)
{
	char buf[16], tiny[3];

	(void)state;
	assert_string_equal(pghot_sources_letters(buf, sizeof(buf), 0), "----");
	assert_string_equal(pghot_sources_letters(buf, sizeof(buf), 0x9), "h--m");
	assert_string_equal(pghot_sources_letters(buf, sizeof(buf), 0xff), "hilm+");
	assert_string_equal(pghot_sources_letters(tiny, sizeof(tiny), 0xff), "hi");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_sources_by_alias),
		cmocka_unit_test(has_a_name_for_every_number),
		cmocka_unit_test(tells_the_type_of_a_page),
		cmocka_unit_test(writes_sources_as_letters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
