// SPDX-License-Identifier: GPL-2.0-or-later

#include "unit.h"

#include <stdbool.h>
#include <stdlib.h>

#include "names.h"
#include "output/hottest.h"

static bool hotter(const struct pghot_entry *a, const struct pghot_entry *b)
{
	if (a->freq != b->freq)
		return a->freq > b->freq;
	if (a->age_ms != b->age_ms)
		return a->age_ms < b->age_ms;
	return a->pfn < b->pfn;
}

static int compare(const void *a, const void *b)
{
	if (hotter(a, b))
		return -1;
	return hotter(b, a);
}

/* Against sorting all of them, with limits from none to more than there are. */
static void keeps_the_hottest(void **state)
{
	enum {
		NR = 1000
	};
	static const size_t limits[] = { 1, 2, 3, 64, 65, 500, 999, 1000, 5000 };
	static struct pghot_entry all[NR];

	(void)state;
	srand(1);
	for (size_t i = 0; i < NR; i++)
		all[i] = (struct pghot_entry){ .pfn = i,
					       .freq = (uint8_t)(rand() % 8),
					       .age_ms = (uint32_t)(rand() % 16) };
	for (size_t l = 0; l < ARRAY_LEN(limits); l++) {
		struct hottest h = { .limit = limits[l] };
		static struct pghot_entry sorted[NR];
		size_t want = limits[l] < NR ? limits[l] : NR;

		memcpy(sorted, all, sizeof(all));
		qsort(sorted, NR, sizeof(sorted[0]), compare);
		for (size_t i = 0; i < NR; i++)
			assert_int_equal(hottest_add(&h, &all[i]), 0);
		hottest_sort(&h);
		assert_int_equal(h.nr, want);
		for (size_t i = 0; i < want; i++)
			assert_int_equal(h.at[i].pfn, sorted[i].pfn);
		hottest_free(&h);
	}
}

static void keeps_nothing_of_nothing(void **state)
{
	struct hottest h = { .limit = 10 };

	(void)state;
	hottest_sort(&h);
	assert_int_equal(h.nr, 0);
	hottest_free(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_the_hottest),
		cmocka_unit_test(keeps_nothing_of_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
