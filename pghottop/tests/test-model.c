// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka-all.h"

#include "data/entry.h"
#include "data/model.h"
#include "fake.h"
#include "table/rows.h"
#include "table/nodes.h"
#include "table/search.h"
#include "units.h"

static const struct query all = { .view = VIEW_QUEUE, .nid = ALL_NODES, .limit = 1000 };

static void take(struct fake *f, struct model *m, struct sample *s)
{
	fake_sample(f, &all, s);
	assert_int_equal(model_accept(m, s), 0);
}

static void rates_follow_from_counters(void **state)
{
	struct fake f;
	struct model m = { 0 };
	struct sample s = { 0 };
	uint64_t before;

	(void)state;
	fake_init(&f);
	take(&f, &m, &s);
	/* Nothing to compare with: the kernel's own, and unknown. */
	assert_int_equal((int)m.nodes[0].promoted, (int)m.sample.nodes[0].promoted_per_sec);
	assert_true(m.nodes[0].failed == RATE_UNKNOWN);
	assert_true(m.sources[0].recorded == RATE_UNKNOWN);

	before = m.sample.nodes[0].promoted;
	f.tick++; /* a sample is left out: two seconds pass */
	take(&f, &m, &s);
	assert_int_equal((int)(m.nodes[0].promoted * 2 + 0.5),
			 (int)(m.sample.nodes[0].promoted - before));
	assert_int_equal((int)m.nodes[0].failed, 4);
	assert_int_equal((int)m.sources[0].recorded, 12345);
	assert_int_equal((int)m.sources[0].useful, 12000);
	assert_int_equal(m.nodes[0].nr_history, 2);
	model_release(&m);
	sample_release(&s);
}

static void reset_counters_do_not_underflow(void **state)
{
	struct fake f;
	struct model m = { 0 };
	struct sample s = { 0 };

	(void)state;
	fake_init(&f);
	f.tick = 50;
	take(&f, &m, &s);
	fake_sample(&f, &all, &s);
	s.nodes[0].promoted = 10;
	memset(&s.nodes[0].failed.pages, 0, sizeof(s.nodes[0].failed.pages));
	s.sources[0].recorded = 7;
	assert_int_equal(model_accept(&m, &s), 0);
	assert_int_equal((int)m.nodes[0].promoted, 10);
	assert_int_equal((int)m.nodes[0].failed, 0);
	assert_int_equal((int)m.sources[0].recorded, 7);
	model_release(&m);
	sample_release(&s);
}

static void close_samples_keep_the_rate(void **state)
{
	struct fake f;
	struct model m = { 0 };
	struct sample s = { 0 };
	double rate;

	(void)state;
	fake_init(&f);
	take(&f, &m, &s);
	take(&f, &m, &s);
	rate = m.nodes[0].promoted;
	fake_sample(&f, &all, &s);
	s.mono_ns = m.sample.mono_ns + 1000;
	assert_int_equal(model_accept(&m, &s), 0);
	assert_true(m.nodes[0].promoted == rate);
	/* The same time twice, as a coarse clock may have it. */
	fake_sample(&f, &all, &s);
	s.mono_ns = m.sample.mono_ns;
	assert_int_equal(model_accept(&m, &s), 0);
	assert_true(m.nodes[0].promoted == rate);
	model_release(&m);
	sample_release(&s);
}

static void nodes_come_and_go(void **state)
{
	struct fake f;
	struct model m = { 0 };
	struct sample s = { 0 };

	(void)state;
	fake_init(&f);
	f.nr_nodes = 3;
	take(&f, &m, &s);
	take(&f, &m, &s);
	f.nr_nodes = 2;
	take(&f, &m, &s);
	assert_int_equal(m.nr_nodes, 2);
	assert_null(model_node(&m, 2));
	f.nr_nodes = 4;
	take(&f, &m, &s);
	assert_int_equal(m.nr_nodes, 4);
	for (unsigned int i = 0; i < 4; i++)
		assert_int_equal(m.nodes[i].node.nid, i);
	/* Back again, without a rate over the time when it was away. */
	assert_true(m.nodes[2].failed == RATE_UNKNOWN);
	assert_int_equal((int)m.nodes[0].failed, 4);
	model_release(&m);
	sample_release(&s);
}

static void history_is_bounded(void **state)
{
	struct fake f;
	struct model m = { 0 };
	struct sample s = { 0 };

	(void)state;
	fake_init(&f);
	f.nr_pages = 1;
	for (int i = 0; i < HISTORY_LEN + 50; i++)
		take(&f, &m, &s);
	assert_int_equal(m.nodes[0].nr_history, HISTORY_LEN);
	assert_true(m.nodes[0].history[HISTORY_LEN - 1] == m.nodes[0].promoted);
	model_release(&m);
	sample_release(&s);
}

static void entries_alone_leave_rates_alone(void **state)
{
	struct query records = { .view = VIEW_RECORDS, .nid = 1, .limit = 7, .entries_only = true };
	struct fake f;
	struct model m = { 0 };
	struct sample s = { 0 };
	uint64_t ns;

	(void)state;
	fake_init(&f);
	take(&f, &m, &s);
	take(&f, &m, &s);
	ns = m.sample.mono_ns;
	fake_sample(&f, &records, &s);
	assert_int_equal(model_accept(&m, &s), 0);
	assert_int_equal(m.sample.nr_entries, 7);
	assert_int_equal(m.sample.query.view, VIEW_RECORDS);
	assert_int_equal(m.sample.mono_ns, ns);
	assert_int_equal(m.sample.nr_nodes, 2);
	assert_int_equal((int)m.nodes[0].failed, 4);
	model_release(&m);
	sample_release(&s);
}

static void failure_forgets_rates_and_recovers(void **state)
{
	struct fake f;
	struct model m = { 0 };
	struct sample s = { 0 };

	(void)state;
	fake_init(&f);
	take(&f, &m, &s);
	take(&f, &m, &s);
	f.missing = 1;
	take(&f, &m, &s);
	assert_int_equal(m.sample.state, SAMPLE_NO_FAMILY);
	assert_int_equal(m.nr_nodes, 0);
	take(&f, &m, &s);
	assert_int_equal(m.sample.state, SAMPLE_OK);
	assert_true(m.nodes[0].failed == RATE_UNKNOWN);
	assert_int_equal(m.nodes[0].nr_history, 1);
	model_release(&m);
	sample_release(&s);
}

static int asked;

static const char *count_path(void *ctx, uint64_t ino)
{
	(void)ctx;
	asked++;
	return ino == 3 ? NULL : "/x\033y\\";
}

static void cgroups_are_asked_for_once(void **state)
{
	struct sample s = { 0 };
	struct pghot_entry e = { 0 };

	(void)state;
	asked = 0;
	for (unsigned int i = 0; i < 50; i++) {
		e.cgroup_ino = (i * 7) % 5;
		assert_int_equal(sample_add_entry(&s, &e), 0);
	}
	assert_int_equal(sample_name_cgroups(&s, count_path, NULL), 0);
	/* 1 to 4; 0 is none, and the unknown one counts too. */
	assert_int_equal(asked, 4);
	assert_null(sample_cgroup(&s, 0));
	assert_null(sample_cgroup(&s, 3));
	assert_string_equal(sample_cgroup(&s, 4)->path, "/x\033y\\");
	assert_string_equal(sample_cgroup(&s, 4)->shown, "/x\\x1by\\\\");
	sample_release(&s);
}

/* --- columns --------------------------------------------------------------- */

static void lists_of_columns(void **state)
{
	struct column_list list, usual;
	char error[256];

	(void)state;
	columns_default(ROW_PAGE, &usual);
	assert_int_equal(columns_parse(ROW_PAGE, &list, "freq,pfn", error, sizeof(error)), 0);
	assert_int_equal(list.nr, 2);
	assert_string_equal(list.col[0]->name, "freq");
	assert_int_equal(columns_parse(ROW_PAGE, &list, "+order", error, sizeof(error)), 0);
	assert_int_equal(list.nr, usual.nr + 1);

	assert_int_equal(columns_parse(ROW_PAGE, &list, "", error, sizeof(error)), -EINVAL);
	assert_int_equal(columns_parse(ROW_PAGE, &list, "pfn,", error, sizeof(error)), -EINVAL);
	assert_int_equal(columns_parse(ROW_PAGE, &list, "PFN", error, sizeof(error)), -EINVAL);
	assert_non_null(strstr(error, "\"PFN\""));
	assert_non_null(strstr(error, "cgroup"));
	assert_int_equal(columns_parse(ROW_PAGE, &list, "pfn,freq,pfn", error, sizeof(error)),
			 -EINVAL);
	assert_non_null(strstr(error, "twice"));
	assert_int_equal(columns_parse(ROW_PAGE, &list, "+pfn", error, sizeof(error)), -EINVAL);
}

static void sort_keys(void **state)
{
	const struct column *col;
	bool descending;
	char error[256];

	(void)state;
	assert_int_equal(sort_key_parse(ROW_PAGE, "freq", &col, &descending, error, sizeof(error)),
			 0);
	assert_true(descending);
	assert_int_equal(sort_key_parse(ROW_PAGE, "+freq", &col, &descending, error, sizeof(error)),
			 0);
	assert_false(descending);
	assert_int_equal(sort_key_parse(ROW_PAGE, "-age", &col, &descending, error, sizeof(error)),
			 0);
	assert_true(descending);
	assert_string_equal(col->name, "age");
	assert_int_equal(sort_key_parse(ROW_PAGE, "--age", &col, &descending, error, sizeof(error)),
			 -EINVAL);
	assert_int_equal(sort_key_parse(ROW_PAGE, "", &col, &descending, error, sizeof(error)),
			 -EINVAL);
}

/* The score must not contradict the order in which the kernel promotes. */
static void score_has_the_kernels_order(void **state)
{
	const uint32_t window = 4000;
	unsigned int last = 0;

	(void)state;
	for (int freq = 0; freq <= PGHOT_FREQ_THRESHOLD_MAX; freq++) {
		for (int age = 2 * window; age >= 0; age -= 5) {
			struct pghot_entry e = { .freq = freq, .age_ms = age };
			unsigned int score = entry_score(&e, window);

			assert_true(score >= last);
			assert_true(score <= 1000);
			last = score;
		}
	}
	assert_true(last > 990);
	/* Kernels to come may count further. */
	assert_int_equal(entry_score(&(struct pghot_entry){ .freq = 255 }, window), 1000);
	entry_score(&(struct pghot_entry){ .freq = 2 }, 0);
}

static const struct cgroup_name *named(void *ctx, uint64_t ino)
{
	static struct cgroup_name names[] = { { 1, (char *)"/b", (char *)"/b" },
					      { 2, (char *)"/a", (char *)"/a" } };

	(void)ctx;
	return ino == 1 || ino == 2 ? &names[ino - 1] : NULL;
}

/* What is searched for is what is seen, or what that stands for. */
static void search_finds_what_is_escaped(void **state)
{
	struct pghot_entry entries[] = { { .pfn = 1, .cgroup_ino = 1 } };
	struct model m = { .sample = { .nr_entries = 1, .entries = entries } };
	uint32_t order[] = { 0 };
	const struct rows rows = { .nr = 1, .order = order };
	struct column_list columns;
	struct row_env env;

	(void)state;
	columns_default(ROW_PAGE, &columns);
	assert_int_equal(sample_add_cgroup(&m.sample, 1, "/system-getty\\x2dtty1.slice"), 0);
	env = row_env_of(&m, false, false);
	assert_int_equal(search_rows(&m, &rows, &columns, &env, "getty\\x2dTTY1", 0, 1), 0);
	assert_int_equal(search_rows(&m, &rows, &columns, &env, "getty\\\\x2dtty1", 0, 1), 0);
	assert_int_equal(search_rows(&m, &rows, &columns, &env, "getty-tty1", 0, 1), -1);
	m.sample.entries = NULL;
	sample_release(&m.sample);
}

/* Nobody has as much, but a recording can say so. */
static void numbers_beyond_all_bounds(void **state)
{
	const struct row_env env = { .page_size = 65536 };
	char buf[PGHOT_UNIT_LEN];

	(void)state;
	assert_string_equal(format_rate(buf, sizeof(buf), false, 1e30), "18.4E");
	assert_string_equal(format_rate(buf, sizeof(buf), false, 0x1p64), "18.4E");
	assert_string_equal(format_pages(buf, sizeof(buf), &env, UINT64_MAX), "16 EiB");
	assert_string_equal(format_pages(buf, sizeof(buf), &env, 1ULL << 48), "16 EiB");
	assert_string_equal(format_pages(buf, sizeof(buf), &env, 1), "64 KiB");
}

static void rows_are_sorted(void **state)
{
	static struct pghot_entry entries[] = {
		{ .pfn = 10, .freq = 2, .age_ms = 5, .cgroup_ino = 1 },
		{ .pfn = 11, .freq = 9, .age_ms = 9, .cgroup_ino = 2 },
		{ .pfn = 12, .freq = 2, .age_ms = 3, .cgroup_ino = 3 },
		{ .pfn = 13, .freq = 2, .age_ms = 5, .cgroup_ino = 2 },
	};
	static const struct {
		const char *column;
		bool descending;
		uint32_t order[4];
	} cases[] = {
		{ "freq", true, { 1, 2, 0, 3 } },
		{ "freq", false, { 2, 0, 3, 1 } },
		{ "pfn", false, { 0, 1, 2, 3 } },
		{ "pfn", true, { 3, 2, 1, 0 } },
		{ "age", false, { 2, 0, 3, 1 } },
		/* 3 has no name: last, in either direction. */
		{ "cgroup", false, { 1, 3, 0, 2 } },
		{ "cgroup", true, { 0, 1, 3, 2 } },
	};
	const struct row_env env = { .page_size = 4096, .window_ms = 4000, .cgroup = named };
	const struct model m = { .sample.entries = entries, .sample.nr_entries = 4 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *name = cases[i].column;
		uint32_t order[4] = { 3, 1, 0, 2 };
		struct rows rows = { .nr = 4, .order = order };

		assert_int_equal(rows_sort(&rows, &m, column_find(ROW_PAGE, name, strlen(name)),
					   cases[i].descending, &env),
				 0);
		assert_memory_equal(order, cases[i].order, sizeof(order));
	}
}

static void check_cell(const char *column, const struct row_env *env, const struct pghot_entry *e,
		       const char *expected)
{
	const struct column *col = column_find(ROW_PAGE, column, strlen(column));
	struct value v;
	char buf[32];

	assert_non_null(col);
	column_value(col, env, (struct row){ .page = e }, &v);
	assert_string_equal(column_text(col, env, &v, buf, sizeof(buf)), expected);
}

static void cells_have_units(void **state)
{
	const struct pghot_entry e = {
		.pfn = 0x140200,
		.nid = 1,
		.target_nid = 0,
		.freq = 5,
		.age_ms = 1500,
		.order = 9,
		.sources = 1 << PGHOT_SOURCE_ID_HINTFAULT | 1 << PGHOT_SOURCE_ID_MMSCAN,
		.state = PGHOT_ENTRY_STATE_QUEUED,
		.page_flags = PGHOT_PAGE_FLAG_ANON | PGHOT_PAGE_FLAG_LARGE |
			      PGHOT_PAGE_FLAG_MAPPED | PGHOT_PAGE_FLAG_PINNED,
	};
	const struct pghot_entry lost = {
		.nid = 0xffff, .target_nid = 0xffff, .cgroup_ino = 3, .order = 200
	};
	struct row_env env = { .page_size = 4096, .window_ms = 4000, .cgroup = named };

	(void)state;
	check_cell("pfn", &env, &e, "0x140200");
	check_cell("addr", &env, &e, "0x140200000");
	check_cell("node", &env, &e, "1→0");
	check_cell("age", &env, &e, "1.50 s");
	check_cell("size", &env, &e, "2 MiB");
	check_cell("type", &env, &e, "thp");
	check_cell("sources", &env, &e, "h--m");
	check_cell("flags", &env, &e, "q-m-----P--");
	check_cell("cgroup", &env, &e, "-");
	check_cell("node", &env, &lost, "?→?");
	check_cell("cgroup", &env, &lost, "#3");
	check_cell("size", &env, &lost, "-");
	env.raw = env.ascii = true;
	check_cell("age", &env, &e, "1500");
	check_cell("size", &env, &e, "2097152");
	check_cell("node", &env, &e, "1>0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rates_follow_from_counters),
		cmocka_unit_test(reset_counters_do_not_underflow),
		cmocka_unit_test(close_samples_keep_the_rate),
		cmocka_unit_test(nodes_come_and_go),
		cmocka_unit_test(history_is_bounded),
		cmocka_unit_test(entries_alone_leave_rates_alone),
		cmocka_unit_test(failure_forgets_rates_and_recovers),
		cmocka_unit_test(cgroups_are_asked_for_once),
		cmocka_unit_test(lists_of_columns),
		cmocka_unit_test(sort_keys),
		cmocka_unit_test(score_has_the_kernels_order),
		cmocka_unit_test(search_finds_what_is_escaped),
		cmocka_unit_test(numbers_beyond_all_bounds),
		cmocka_unit_test(rows_are_sorted),
		cmocka_unit_test(cells_have_units),
	};

	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		return 77;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
