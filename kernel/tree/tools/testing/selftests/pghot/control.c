// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot selftest: what the family says and takes. Runs on any machine with two
 * nodes, whatever their tiers: pghot is turned on only where it can be.
 */
#include <errno.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <linux/pghot_prctl.h>

#include "../kselftest.h"
#include "machine.h"

static struct machine machine;

static void test_info(void)
{
	bool good = info_get(PGHOT_A_INFO_VERSION) == PGHOT_FAMILY_VERSION &&
		    info_get(PGHOT_A_INFO_PAGE_SIZE) == page_size() &&
		    info_get(PGHOT_A_INFO_HEAP_CAPACITY) ==
			    param_get(PGHOT_A_PARAM_HEAP_CAPACITY);

	ksft_test_result(good, "info: version, page size, heap capacity\n");
}

static void test_param(void)
{
	uint32_t before = param_get(PGHOT_A_PARAM_SLEEP_MS);
	uint32_t other = before == 250 ? 251 : 250;
	struct request r;
	bool good;

	good = !param_set(&r, PGHOT_A_PARAM_SLEEP_MS, other) &&
	       param_get(PGHOT_A_PARAM_SLEEP_MS) == other;
	good = !param_set(&r, PGHOT_A_PARAM_SLEEP_MS, before) && good &&
	       param_get(PGHOT_A_PARAM_SLEEP_MS) == before;
	ksft_test_result(good, "param: is what it was set to\n");
}

static void test_param_range(void)
{
	uint64_t before = param_get(PGHOT_A_PARAM_BATCH_NR);
	struct request r;
	int err = param_set(&r, PGHOT_A_PARAM_BATCH_NR, PGHOT_BATCH_NR_MAX + 1);

	ksft_print_msg("refused: %s\n", r.why);
	ksft_test_result(err == -ERANGE && strstr(r.why, "batch-nr") &&
			 param_get(PGHOT_A_PARAM_BATCH_NR) == before,
			 "param: out of range is refused by name\n");
}

static void test_param_all_or_none(void)
{
	uint64_t before = param_get(PGHOT_A_PARAM_SLEEP_MS);
	struct request r;
	int err;

	family_begin(&r, PGHOT_CMD_PARAM_SET);
	family_put_u32(&r, PGHOT_A_PARAM_SLEEP_MS, before == 250 ? 251 : 250);
	family_put_u32(&r, PGHOT_A_PARAM_HEAP_CAPACITY, 1);
	err = family_ask(&r);
	ksft_test_result(err == -ERANGE &&
			 param_get(PGHOT_A_PARAM_SLEEP_MS) == before,
			 "param: one that is refused keeps all from being set\n");
}

static void test_unknown_source(void)
{
	struct request r;
	int err = source_set(&r, PGHOT_SOURCE_ID_MAX + 1, true);

	ksft_test_result(err == -ENOENT && r.why[0],
			 "source: one that there is not is refused\n");
}

/* In one tier there is nowhere to promote from: it says so, and stays off. */
static void test_no_tier(void)
{
	uint32_t known = info_get(PGHOT_A_INFO_SOURCES);
	bool good = true;
	int id;

	if (machine.lower >= 0) {
		ksft_test_result_skip("source: refused in one tier; there are two\n");
		return;
	}
	if (!known) {
		ksft_test_result_skip("source: refused in one tier; none is built\n");
		return;
	}
	for (id = 0; id <= PGHOT_SOURCE_ID_MAX; id++) {
		struct request r;
		int err;

		if (!(known & (1U << id)))
			continue;
		family_begin(&r, PGHOT_CMD_SOURCE_GET);
		family_put_u32(&r, PGHOT_A_SOURCE_ID, id);
		err = family_ask(&r);
		good &= !err &&
			!family_number(family_attr(&r, PGHOT_A_SOURCE_AVAILABLE)) &&
			family_attr(&r, PGHOT_A_SOURCE_UNAVAILABLE_REASON);

		err = source_set(&r, id, true);
		ksft_print_msg("source %d: %s\n", id, r.why);
		good &= err && r.why[0];
	}
	ksft_test_result(good && !info_get(PGHOT_A_INFO_RUNNING),
			 "source: refused in one tier, with the reason\n");
}

/* On and off again leaves as much memory in use as before. */
static void test_on_off(void)
{
	uint64_t before = info_get(PGHOT_A_INFO_MEMORY_BYTES);
	bool on = false, good;
	struct request r;
	int err;

	if (machine.lower < 0) {
		ksft_test_result_skip("source: on and off; there is one tier\n");
		return;
	}
	err = source_set(&r, PGHOT_SOURCE_ID_HINTFAULT, true);
	if (err == -ENOENT) {
		ksft_test_result_skip("source: on and off; no CONFIG_PGHOT_HINTFAULT\n");
		return;
	}
	if (!err)
		on = info_get(PGHOT_A_INFO_RUNNING) &&
		     info_get(PGHOT_A_INFO_MEMORY_BYTES) > before;
	else
		ksft_print_msg("hintfault: %s\n", r.why);
	good = !source_set(&r, PGHOT_SOURCE_ID_HINTFAULT, false) && on &&
	       !info_get(PGHOT_A_INFO_RUNNING) &&
	       info_get(PGHOT_A_INFO_MEMORY_BYTES) == before;
	ksft_test_result(good, "source: on and off, and memory given back\n");
}

static void test_not_slow(void)
{
	char *page = pages_on(machine.top, 1);
	uint64_t pfn = page ? page_pfn(page) : 0;
	struct request r;
	int err;

	if (!pfn) {
		ksft_test_result_skip("promote: no page frame number to be had\n");
		return;
	}
	family_begin(&r, PGHOT_CMD_PROMOTE);
	family_put(&r, PGHOT_A_PROMOTE_PFN, &pfn, sizeof(pfn));
	err = family_ask(&r);
	ksft_test_result(err && r.why[0] && page_node(page) == machine.top,
			 "promote: a page of the top tier is refused\n");
	pages_free(page, 1);
}

static void test_scan_scale(void)
{
	bool good;

	if (!(info_get(PGHOT_A_INFO_SOURCES) & (1U << PGHOT_SOURCE_ID_MMSCAN))) {
		good = prctl(PR_PGHOT, PR_PGHOT_GET_SCAN_SCALE, 0, 0, 0) == -1 &&
		       errno == EINVAL;
		ksft_test_result(good, "prctl: refused without CONFIG_PGHOT_MMSCAN\n");
		return;
	}
	good = prctl(PR_PGHOT, PR_PGHOT_SET_SCAN_SCALE, 3, 0, 0) == 0 &&
	       prctl(PR_PGHOT, PR_PGHOT_GET_SCAN_SCALE, 0, 0, 0) == 3 &&
	       prctl(PR_PGHOT, PR_PGHOT_SET_SCAN_SCALE,
		     PGHOT_SCAN_SCALE_MAX + 1, 0, 0) == -1 &&
	       errno == EINVAL &&
	       prctl(PR_PGHOT, PR_PGHOT_GET_SCAN_SCALE, 0, 0, 0) == 3;
	ksft_test_result(good, "prctl: scan scale is set, and kept by a wrong one\n");
}

int main(void)
{
	static void (*const tests[])(void) = {
		test_info, test_param, test_param_range, test_param_all_or_none,
		test_unknown_source, test_no_tier, test_on_off, test_not_slow,
		test_scan_scale,
	};
	size_t i;

	ksft_print_header();
	machine_check(&machine);
	ksft_set_plan(ARRAY_SIZE(tests));
	for (i = 0; i < ARRAY_SIZE(tests); i++)
		tests[i]();
	ksft_finished();
}
