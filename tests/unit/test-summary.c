// SPDX-License-Identifier: GPL-2.0-or-later
/* Parts of summaries: what is about the same is one, in less memory than there are parts. */
#include "unit.h"

#include <stdio.h>

#include "summary.h"

static struct pghot_summary_part part(uint32_t nid, uint64_t ino, uint32_t type, size_t class,
				      uint64_t pages)
{
	struct pghot_summary_part p = { .nid = nid, .cgroup_ino = ino, .type = type, .folios = 1 };

	p.pages[class][1] = pages;
	return p;
}

static void adds_up(void **state)
{
	struct pghot_summary sum = { 0 };

	(void)state;
	/* Ten kinds, each of them told a thousand times, the last kind first. */
	for (unsigned int i = 0; i < 10000; i++) {
		struct pghot_summary_part p = part(i % 2, 9 - i % 10 / 2, i % 2, i % 10 / 2, 3);

		assert_int_equal(pghot_summary_add(&sum, &p), 0);
	}
	assert_true(sum.room <= 256);
	pghot_summary_merge(&sum);
	assert_int_equal(sum.nr, 10);
	for (size_t i = 0; i < sum.nr; i++) {
		assert_int_equal(sum.at[i].nid, i / 5);
		assert_int_equal(sum.at[i].cgroup_ino, 5 + i % 5);
		assert_int_equal(sum.at[i].folios, 1000);
		assert_int_equal(pghot_summary_pages(&sum.at[i], 0), 3000);
		/* Class 4 is that of cgroup 5. */
		assert_int_equal(pghot_summary_pages(&sum.at[i], 4), i % 5 ? 0 : 3000);
	}
	pghot_summary_release(&sum);
	assert_null(sum.at);
}

static void grows(void **state)
{
	struct pghot_summary sum = { 0 };

	(void)state;
	for (unsigned int i = 0; i < 5000; i++) {
		struct pghot_summary_part p = part(1, i % 2500, 0, 0, 1);

		assert_int_equal(pghot_summary_add(&sum, &p), 0);
	}
	pghot_summary_merge(&sum);
	assert_int_equal(sum.nr, 2500);
	for (size_t i = 0; i < sum.nr; i++) {
		assert_int_equal(sum.at[i].cgroup_ino, i);
		assert_int_equal(pghot_summary_pages(&sum.at[i], 0), 2);
	}
	pghot_summary_release(&sum);
}

static void of_nothing(void **state)
{
	struct pghot_summary sum = { 0 };

	(void)state;
	pghot_summary_merge(&sum);
	assert_int_equal(sum.nr, 0);
	pghot_summary_release(&sum);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(adds_up),
		cmocka_unit_test(grows),
		cmocka_unit_test(of_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
