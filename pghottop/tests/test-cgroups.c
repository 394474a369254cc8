// SPDX-License-Identifier: GPL-2.0-or-later
/* The tree of cgroups: what it adds up, what its files say, and which of it is listed. */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmocka-all.h"

#include "data/cgstat.h"
#include "data/model.h"
#include "table/rows.h"

static const char *path_of(void *ctx, uint64_t ino)
{
	static const char *const paths[] = {
		[1] = "/",
		[2] = "/a/b",
		[3] = "/a.b",
		[4] = "/a/b/c\033[1m",
		[5] = "/a-b",
		[6] = "/a/b c",
		[7] = "not from the root",
	};
	unsigned int *asked = ctx;

	(*asked)++;
	return ino < sizeof(paths) / sizeof(paths[0]) ? paths[ino] : NULL;
}

/* Parts in any order, as the kernel tells them. */
static void make(struct owners *o)
{
	unsigned int asked = 0;

	for (int round = 0; round < 3; round++) {
		for (uint64_t ino = 0; ino < 10; ino++)
			assert_int_equal(owners_add(o, (ino * 7) % 10, 1, 2), 0);
	}
	assert_int_equal(owners_finish(o, path_of, &asked), 0);
	/* Once each, and not for none. */
	assert_int_equal(asked, 9);
}

static const struct owner *find(const struct owners *o, const char *path)
{
	for (size_t i = 0; i < o->nr; i++)
		if (o->at[i].path && !strcmp(o->at[i].path, path))
			return &o->at[i];
	fail_msg("no cgroup %s", path);
	return NULL;
}

static void adds_up_what_is_below(void **state)
{
	/* A name may have what is before a slash in ASCII. */
	static const char *const order[] = { "/",      "/a",   "/a/b", "/a/b/c\033[1m",
					     "/a/b c", "/a-b", "/a.b" };
	struct owners o = { 0 };

	(void)state;
	make(&o);
	assert_int_equal(o.nr, sizeof(order) / sizeof(order[0]) + 4);
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		assert_string_equal(o.at[i].path, order[i]);
	/* Those without a name are by themselves: none, the odd one, and two that are gone. */
	assert_null(o.at[7].path);
	assert_int_equal(o.at[7].ino, 0);
	assert_int_equal(o.at[8].ino, 7);
	assert_int_equal(o.at[10].ino, 9);
	assert_true(o.at[10].parent == NO_PARENT);

	assert_int_equal(find(&o, "/")->hot, 6 * 3);
	assert_int_equal(find(&o, "/")->own_hot, 3);
	assert_int_equal(find(&o, "/")->below, 6);
	assert_int_equal(find(&o, "/a")->hot, 9);
	assert_int_equal(find(&o, "/a")->warm, 18);
	assert_int_equal(find(&o, "/a")->own_warm, 0);
	assert_int_equal(find(&o, "/a")->below, 3);
	assert_int_equal(find(&o, "/a/b")->below, 1);
	assert_int_equal(find(&o, "/a/b")->depth, 2);
	assert_int_equal(find(&o, "/a/b c")->below, 0);
	assert_string_equal(find(&o, "/a/b/c\033[1m")->leaf, "c\\x1b[1m");
	assert_string_equal(find(&o, "/")->leaf, "/");
	owners_release(&o);
}

static void rates_are_of_the_same_cgroup(void **state)
{
	struct owners before = { 0 }, now = { 0 };

	(void)state;
	make(&before);
	make(&now);
	for (size_t i = 0; i < now.nr; i++) {
		before.at[i].counted = i != 1;
		before.at[i].promoted = 10;
		before.at[i].demoted = 100;
		now.at[i].counted = true;
		now.at[i].promoted = 30;
		now.at[i].demoted = 40;
	}
	/* Another one took the name. */
	now.at[2].ino = 99;
	owners_rates(&now, &before, 2);
	assert_true(now.at[0].promoted_per_s == 10);
	/* A counter that went back began anew. */
	assert_true(now.at[0].demoted_per_s == 20);
	assert_true(now.at[1].promoted_per_s == RATE_UNKNOWN);
	assert_true(now.at[2].promoted_per_s == RATE_UNKNOWN);
	assert_true(now.at[3].promoted_per_s == 10);
	owners_rates(&before, &now, 0);
	assert_true(before.at[3].promoted_per_s == 10);
	owners_rates(&now, NULL, 2);
	assert_true(now.at[0].promoted_per_s == RATE_UNKNOWN);
	owners_release(&before);
	owners_release(&now);
}

/* ---- files ------------------------------------------------------------------- */

static void put(const char *dir, const char *name, const char *text)
{
	char path[256];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static void discard(const char *dir, const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	assert_int_equal(unlink(path), 0);
}

static void reads_files(void **state)
{
	struct pghot_node nodes[] = {
		{ .nid = 0, .toptier = 1 },
		{ .nid = 1 },
		{ .nid = 2, .toptier = 1 },
		{ .nid = 3 },
	};
	const struct sample s = { .page_size = 4096, .nodes = nodes, .nr_nodes = 4 };
	char root[] = "/tmp/test-cgroups-XXXXXX", dir[64];
	struct owner own = { .path = (char *)"/web" };
	struct stat st;

	(void)state;
	assert_non_null(mkdtemp(root));
	snprintf(dir, sizeof(dir), "%s/web", root);
	assert_int_equal(mkdir(dir, 0700), 0);
	assert_int_equal(stat(dir, &st), 0);

	/* Without files nothing is known, and nothing is made up. */
	cgstat_read(root, &s, ALL_NODES, &own);
	assert_false(own.placed || own.counted);
	assert_int_equal(own.ino, st.st_ino);

	put(dir, "memory.numa_stat",
	    "anon N0=4096 N1=8192 N2=12288 N3=40960\nfile N0=4096 N1=0 N2=0 N9=4096\n"
	    "kernel_stack N0=999999 N1=999999\nanon_thp N0=999999 N1=999999\n");
	put(dir, "memory.stat",
	    "anon 1\npgdemote_kswapd 3\npgdemote_direct 4\npgpromote_success 5\npgfault 9\n");
	cgstat_read(root, &s, ALL_NODES, &own);
	assert_true(own.placed && own.counted);
	assert_int_equal(own.fast, 5);
	assert_int_equal(own.slow, 12);
	assert_int_equal(own.promoted, 5);
	assert_int_equal(own.demoted, 7);

	/* The tab of a node is about its own tier. */
	own = (struct owner){ .path = (char *)"/web" };
	cgstat_read(root, &s, 3, &own);
	assert_int_equal(own.fast, 5);
	assert_int_equal(own.slow, 10);
	own = (struct owner){ .path = (char *)"/web" };
	cgstat_read(root, &s, 2, &own);
	assert_int_equal(own.fast, 3);
	assert_int_equal(own.slow, 12);

	/* cgroup v1: pages, with a line for the sum, and nothing of promotions. */
	put(dir, "memory.numa_stat", "total=1 N0=1 N1=0\nhierarchical_total=9 N0=7 N1=2\n");
	put(dir, "memory.stat", "cache 1\n");
	own = (struct owner){ .path = (char *)"/web" };
	cgstat_read(root, &s, ALL_NODES, &own);
	assert_int_equal(own.fast, 7);
	assert_int_equal(own.slow, 2);
	assert_false(own.counted);

	/* One that is gone. */
	own = (struct owner){ .path = (char *)"/db" };
	cgstat_read(root, &s, ALL_NODES, &own);
	assert_false(own.placed || own.counted || own.ino);
	discard(dir, "memory.numa_stat");
	discard(dir, "memory.stat");
	assert_int_equal(rmdir(dir), 0);
	assert_int_equal(rmdir(root), 0);
}

/* ---- rows -------------------------------------------------------------------- */

/* What is listed, by its column "cgroup" with dots for the depth. */
static void check_rows(const struct model *m, const char *expression, const struct folds *folds,
		       bool tree, const char *key, bool descending, const char *expected)
{
	const struct row_env env = { .page_size = 4096, .tree = tree, .folds = folds };
	const struct column *name = column_find(ROW_CGROUP, "cgroup", 6);
	struct row_filter filter = { .kind = ROW_CGROUP, .nid = ALL_NODES };
	struct filter_error error;
	struct filter *expr;
	struct rows rows = { 0 };
	char got[512] = "";

	if (filter_parse(&expr, ROW_CGROUP, expression, &error))
		fail_msg("\"%s\": %s", expression, error.text);
	filter.expr = expr;
	assert_int_equal(rows_build(&rows, m, &filter, column_find(ROW_CGROUP, key, strlen(key)),
				    descending, &env),
			 0);
	for (size_t i = 0; i < rows.nr; i++) {
		size_t used = strlen(got);
		struct value v;

		column_value(name, &env, row_at(&rows, m, i), &v);
		snprintf(got + used, sizeof(got) - used, "%s%.*s%s", i ? " " : "", v.indent,
			 "........", v.text);
	}
	if (strcmp(got, expected))
		fail_msg("\"%s\" by %s: %s instead of %s", expression, key, got, expected);
	rows_release(&rows);
	filter_free(expr);
}

static const char *short_path(void *ctx, uint64_t ino)
{
	static const char *const paths[] = { "", "/", "/x", "/x/p", "/x/q", "/y", "/y/r" };

	(void)ctx;
	return ino < sizeof(paths) / sizeof(paths[0]) ? paths[ino] : NULL;
}

static void lists_a_tree(void **state)
{
	static const uint64_t hot[] = { 0, 0, 1, 10, 20, 0, 50 };
	struct model m = { .sample.query.view = VIEW_CGROUPS, .sample.state = SAMPLE_OK };
	struct owners *o = &m.sample.owners;
	struct folds folds = { 0 };

	(void)state;
	for (uint64_t ino = 1; ino < 7; ino++)
		assert_int_equal(owners_add(o, ino, hot[ino], 7 - ino), 0);
	/* It has no name. */
	assert_int_equal(owners_add(o, 77, 40, 0), 0);
	assert_int_equal(owners_finish(o, short_path, NULL), 0);
	for (size_t i = 0; i < o->nr; i++) {
		o->at[i].placed = o->at[i].path;
		o->at[i].fast = o->at[i].hot;
		o->at[i].slow = 50;
	}

	check_rows(&m, "", NULL, true, "hot", true, "/ ..y ....r ..x ....q ....p #77");
	check_rows(&m, "", NULL, true, "hot", false, "#77 / ..x ....p ....q ..y ....r");
	check_rows(&m, "", NULL, true, "cgroup", false, "/ ..x ....p ....q ..y ....r #77");
	check_rows(&m, "", NULL, false, "hot", true, "/ /y /y/r #77 /x /x/q /x/p");
	/* Unknown comes last, in either direction. */
	check_rows(&m, "", NULL, false, "fast", false, "/x/p /x/q /x /y /y/r / #77");

	/* What passes brings along what is above it. */
	check_rows(&m, "cgroup=/x/q", NULL, true, "hot", true, "/ ..x ....q");
	check_rows(&m, "cgroup=/x/q", NULL, false, "hot", true, "/x/q");
	check_rows(&m, "hot>=160K and hot<=200K", NULL, false, "hot", true, "/y /y/r #77");
	check_rows(&m, "infast=50", NULL, false, "hot", true, "/y /y/r");
	check_rows(&m, "warm=4K or fast<80K", NULL, false, "cgroup", false, "/x/p /y/r");
	check_rows(&m, "prom>0", NULL, false, "cgroup", false, "");
	o->at[0].promoted_per_s = 3;
	o->at[1].promoted_per_s = 0x1p70;
	check_rows(&m, "prom>0", NULL, false, "cgroup", false, "/ /x");
	check_rows(&m, "prom=12K", NULL, false, "cgroup", false, "/");
	check_rows(&m, "not cgroup~x", NULL, false, "cgroup", false, "/ /y /y/r #77");

	folds_set(&folds, "/x", true);
	folds_set(&folds, "/nowhere", true);
	check_rows(&m, "", &folds, true, "hot", true, "/ ..y ....r ..x #77");
	/* A list has no folds. */
	check_rows(&m, "", &folds, false, "cgroup", false, "/ /x /x/p /x/q /y /y/r #77");
	folds_set(&folds, "/", true);
	check_rows(&m, "", &folds, true, "hot", true, "/ #77");
	check_rows(&m, "cgroup=/x/q", &folds, true, "hot", true, "/");
	folds_set(&folds, "/", false);
	folds_set(&folds, "/x", false);
	check_rows(&m, "", &folds, true, "hot", true, "/ ..y ....r ..x ....q ....p #77");
	folds_release(&folds);
	owners_release(o);
}

static void folds_are_a_set(void **state)
{
	struct folds f = { 0 };
	char path[16];

	(void)state;
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 100; i++) {
			snprintf(path, sizeof(path), "/%d", i * 37 % 100);
			folds_set(&f, path, true);
		}
	}
	assert_int_equal(f.nr, 100);
	assert_true(folds_has(&f, "/42"));
	folds_set(&f, "/42", false);
	folds_set(&f, "/42", false);
	assert_int_equal(f.nr, 99);
	assert_false(folds_has(&f, "/42"));
	assert_true(folds_has(&f, "/41") && folds_has(&f, "/43"));
	assert_false(folds_has(&f, NULL) || folds_has(NULL, "/1"));
	folds_release(&f);
}

/* A filter says what it is about, and what there is. */
static void filters_know_their_rows(void **state)
{
	struct filter_error error;
	struct filter *f;

	(void)state;
	assert_int_equal(filter_parse(&f, ROW_CGROUP, "freq>2", &error), -EINVAL);
	assert_string_equal(error.text, "cgroups have no field \"freq\"; there are cgroup, hot, "
					"warm, fast, slow, infast, prom, dem");
	assert_int_equal(filter_parse(&f, ROW_PAGE, "infast>2", &error), -EINVAL);
	assert_non_null(strstr(error.text, "pages have no field \"infast\"; there are node, "));
	assert_int_equal(filter_parse(&f, ROW_CGROUP, "infast>101", &error), -EINVAL);
	assert_int_equal(filter_parse(&f, ROW_CGROUP, "hot>many", &error), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(adds_up_what_is_below),
		cmocka_unit_test(rates_are_of_the_same_cgroup),
		cmocka_unit_test(reads_files),
		cmocka_unit_test(lists_a_tree),
		cmocka_unit_test(folds_are_a_set),
		cmocka_unit_test(filters_know_their_rows),
	};

	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		return 77;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
