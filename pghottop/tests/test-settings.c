// SPDX-License-Identifier: GPL-2.0-or-later
/* Settings: what is read, what is said of the rest, and that nothing is lost. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmocka-all.h"

#include "setup/settings.h"

struct place {
	char dir[64];
	char path[128];
	int warnings;
	char last[1024];
};

static int setup(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	assert_non_null(p);
	strcpy(p->dir, "/tmp/test-settings-XXXXXX");
	assert_non_null(mkdtemp(p->dir));
	snprintf(p->path, sizeof(p->path), "%s/pghottop.ini", p->dir);
	*state = p;
	return 0;
}

static int teardown(void **state)
{
	struct place *p = *state;
	char command[128];

	snprintf(command, sizeof(command), "rm -r %s", p->dir);
	assert_int_equal(system(command), 0);
	free(p);
	return 0;
}

static void warned(void *data, const char *text)
{
	struct place *p = data;

	p->warnings++;
	snprintf(p->last, sizeof(p->last), "%s", text);
}

static void put_file(const struct place *p, const char *text)
{
	FILE *f = fopen(p->path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static char *get_file(const struct place *p)
{
	static char text[65536];
	FILE *f = fopen(p->path, "r");
	size_t len;

	assert_non_null(f);
	len = fread(text, 1, sizeof(text) - 1, f);
	text[len] = 0;
	fclose(f);
	return text;
}

static int read_settings(struct place *p, struct ui *ui)
{
	ui_init(ui);
	p->warnings = 0;
	return settings_read(p->path, ui, warned, p);
}

static void written_ones_are_read_again(void **state)
{
	struct place *p = *state;
	struct ui a, b;
	char error[256];

	ui_init(&a);
	a.view = VIEW_RECORDS;
	a.raw = true;
	a.interval_ms = 1700;
	a.theme = theme_find("mono");
	assert_int_equal(columns_parse(ROW_PAGE, &a.lists[ROW_PAGE].columns, "cgroup,order,pfn",
				       error, sizeof(error)),
			 0);
	ui_sort(&a, column_find(ROW_PAGE, "age", 3), true);
	assert_int_equal(settings_write(p->path, &a, error, sizeof(error)), 0);

	assert_int_equal(read_settings(p, &b), 0);
	assert_int_equal(p->warnings, 0);
	assert_int_equal(b.view, VIEW_RECORDS);
	assert_true(b.raw);
	assert_int_equal(b.interval_ms, 1700);
	assert_ptr_equal(b.theme, a.theme);
	assert_int_equal(b.lists[ROW_PAGE].columns.nr, 3);
	assert_string_equal(b.lists[ROW_PAGE].columns.col[1]->name, "order");
	assert_string_equal(b.views[VIEW_RECORDS].sort->name, "age");
	assert_true(b.views[VIEW_RECORDS].descending);
	assert_string_equal(b.views[VIEW_PROMOTED].sort->name, "age");
	assert_false(b.views[VIEW_PROMOTED].descending);
}

static void none_is_fine(void **state)
{
	struct place *p = *state;
	struct ui ui;

	assert_int_equal(read_settings(p, &ui), 0);
	assert_int_equal(p->warnings, 0);
	put_file(p, "");
	assert_int_equal(read_settings(p, &ui), 0);
	put_file(p, "\n# nothing\n; at all\n\n[screen]\n");
	assert_int_equal(read_settings(p, &ui), 0);
	assert_int_equal(p->warnings, 0);
}

static void strange_lines_are_named(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{ "[screen]\ncolour = red\n", ":2: no setting \"colour\" in [screen]; left alone" },
		{ "[sounds]\nview = queue\n", ":2: no setting \"view\" in [sounds]" },
		{ "view = queue\n", ":1: setting \"view\" before any [section]" },
		{ "\n\nnonsense\n", ":3: neither \"[section]\" nor \"key = value\"" },
		{ "[screen\n", ":1: neither" },
		{ "[screen] x\n", ":1: neither" },
		{ "[screen]\n= x\n", ":2: neither" },
		{ "[screen]\nview = heap\n", ":2: view: no view \"heap\"; there are queue" },
		{ "[screen]\ninterval = 1\ninterval = 5x\n",
		  ":3: interval: \"5x\" is not a time from" },
		{ "[screen]\ntheme = dark\n", "theme: no theme \"dark\"" },
		{ "[screen]\nunits = SI\n", "units: \"SI\" is neither human nor raw" },
		{ "[screen]\ncolumns = pfn,hot\n",
		  "columns: pages have no column \"hot\"; there are pfn" },
		{ "[screen]\ncolumns =\n", "columns: pages have no column \"\"" },
		{ "[cgroups]\nsort = freq\n", "sort: cgroups have no column \"freq\"" },
		{ "[cgroups]\ncolumns = hot,pfn\n", "cgroups have no column \"pfn\"" },
		{ "[cgroups]\nshape = bush\n", "shape: \"bush\" is neither tree nor list" },
		{ "[queue]\nsort = heat\n", "sort: pages have no column \"heat\"" },
		/* Nothing that a terminal would obey. */
		{ "[screen]\n\033[31m = 1\n", "no setting \"\\x1b[31m\"" },
	};
	struct place *p = *state;
	struct ui ui;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		put_file(p, cases[i].text);
		assert_int_equal(read_settings(p, &ui), 0);
		assert_int_equal(p->warnings, 1);
		if (!strstr(p->last, cases[i].says))
			fail_msg("\"%s\": %s", cases[i].text, p->last);
	}
}

static void what_makes_sense_is_taken_all_the_same(void **state)
{
	struct place *p = *state;
	struct ui ui;

	put_file(p, "\xef\xbb\xbf# by an editor\r\n[ screen ]\r\nview=records\r\nfoo=1\r\n"
		    "  interval   =   2s  \r\n[queue]\nsort=pfn\n");
	assert_int_equal(read_settings(p, &ui), 0);
	assert_int_equal(ui.view, VIEW_RECORDS);
	assert_int_equal(ui.interval_ms, 2000);
	assert_string_equal(ui.views[VIEW_QUEUE].sort->name, "pfn");
}

static void other_people_s_lines_stay(void **state)
{
	static const char before[] = "# mine\n"
				     "[sounds]\n"
				     "bell = loud\n"
				     "\n"
				     "[screen]\n"
				     "; why not\n"
				     "theme=mono\n"
				     "colour = red\n"
				     "\n"
				     "# about the records\n"
				     "[records]\n"
				     "sort = -age\n";
	static const char after[] =
		"# mine\n"
		"[sounds]\n"
		"bell = loud\n"
		"\n"
		"[screen]\n"
		"; why not\n"
		"theme = default\n"
		"colour = red\n"
		"view = queue\n"
		"columns = pfn,addr,node,freq,age,score,sources,size,type,flags,"
		"cgroup\n"
		"interval = 1000ms\n"
		"units = human\n"
		"\n"
		"# about the records\n"
		"[records]\n"
		"sort = -freq\n"
		"\n"
		"[queue]\n"
		"sort = -freq\n"
		"\n"
		"[promotions]\n"
		"sort = +age\n"
		"\n"
		"[cgroups]\n"
		"columns = hot,warm,fast,slow,infast,prom,dem,cgroup\n"
		"sort = -hot\n"
		"shape = tree\n"
		"\n"
		"[processes]\n"
		"columns = pid,hot,warm,fast,slow,infast,shared,command\n"
		"sort = -hot\n"
		"\n"
		"[mappings]\n"
		"columns = hot,warm,fast,slow,infast,shared,addr,perms,mapping\n"
		"sort = -hot\n";
	struct place *p = *state;
	char error[256];
	struct ui ui;

	put_file(p, before);
	ui_init(&ui);
	assert_int_equal(settings_write(p->path, &ui, error, sizeof(error)), 0);
	assert_string_equal(get_file(p), after);
	/* Again: nothing to change. */
	assert_int_equal(settings_write(p->path, &ui, error, sizeof(error)), 0);
	assert_string_equal(get_file(p), after);
}

static void directories_are_made(void **state)
{
	struct place *p = *state;
	char error[256];
	struct stat st;
	struct ui ui;

	snprintf(p->path, sizeof(p->path), "%s/a/b/pghottop.ini", p->dir);
	ui_init(&ui);
	assert_int_equal(settings_write(p->path, &ui, error, sizeof(error)), 0);
	assert_int_equal(stat(p->path, &st), 0);
	assert_true(S_ISREG(st.st_mode));
}

static void a_failure_leaves_the_old_file(void **state)
{
	struct place *p = *state;
	char error[256], other[128];
	struct stat st;
	struct ui ui;

	ui_init(&ui);
	/* Permissions and links are those of the user. */
	put_file(p, "# old\n");
	assert_int_equal(chmod(p->path, 0640), 0);
	snprintf(other, sizeof(other), "%s/link.ini", p->dir);
	assert_int_equal(symlink("pghottop.ini", other), 0);
	assert_int_equal(settings_write(other, &ui, error, sizeof(error)), 0);
	assert_int_equal(lstat(other, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(stat(p->path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_non_null(strstr(get_file(p), "# old\n"));

	/* A directory is in the way. */
	snprintf(p->path, sizeof(p->path), "%s/sub", p->dir);
	assert_int_equal(mkdir(p->path, 0700), 0);
	assert_true(settings_write(p->path, &ui, error, sizeof(error)) < 0);
	assert_non_null(strstr(error, "not a regular file"));
	assert_int_equal(read_settings(p, &ui), -EINVAL);
	assert_int_equal(p->warnings, 1);
	/* A file where a directory would have to be. */
	snprintf(p->path, sizeof(p->path), "%s/link.ini/x/pghottop.ini", p->dir);
	assert_true(settings_write(p->path, &ui, error, sizeof(error)) < 0);
	assert_non_null(strstr(error, "Not a directory"));
}

static void too_much_is_no_settings(void **state)
{
	struct place *p = *state;
	char error[256];
	struct ui ui;
	FILE *f = fopen(p->path, "w");

	assert_non_null(f);
	for (int i = 0; i < 10000; i++)
		assert_true(fputs("colour = red\n", f) >= 0);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(read_settings(p, &ui), -EFBIG);
	assert_int_equal(p->warnings, 1);
	assert_int_equal(settings_write(p->path, &ui, error, sizeof(error)), -EFBIG);
	f = fopen(p->path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite("[screen]\n\0view=queue\n", 1, 21, f), 21);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(read_settings(p, &ui), -EILSEQ);
}

static void the_place_follows_xdg(void **state)
{
	char path[PATH_MAX];

	(void)state;
	assert_int_equal(setenv("HOME", "/home/me", 1), 0);
	assert_int_equal(setenv("XDG_CONFIG_HOME", "/etc/mine", 1), 0);
	assert_int_equal(settings_path(path, sizeof(path)), 0);
	assert_string_equal(path, "/etc/mine/pghottop/pghottop.ini");
	assert_int_equal(setenv("XDG_CONFIG_HOME", "relative", 1), 0);
	assert_int_equal(settings_path(path, sizeof(path)), 0);
	assert_string_equal(path, "/home/me/.config/pghottop/pghottop.ini");
	assert_int_equal(setenv("HOME", "relative", 1), 0);
	assert_int_equal(settings_path(path, sizeof(path)), -ENOENT);
	assert_int_equal(setenv("HOME", "/home/me", 1), 0);
	assert_int_equal(settings_path(path, 10), -ENAMETOOLONG);
	assert_int_equal(unsetenv("XDG_CONFIG_HOME"), 0);
	assert_int_equal(unsetenv("HOME"), 0);
	assert_int_equal(settings_path(path, sizeof(path)), -ENOENT);
}

static void the_man_page_has_them(void **state)
{
	const char *path = getenv("PGHOTTOP_MAN"), *section, *key;
	static char man[131072];
	FILE *f;

	(void)state;
	assert_non_null(path);
	f = fopen(path, "r");
	assert_non_null(f);
	man[fread(man, 1, sizeof(man) - 1, f)] = 0;
	fclose(f);
	for (size_t i = 0; (key = settings_name_at(i, &section)); i++) {
		char line[96];

		snprintf(line, sizeof(line), "\n.It Cm %s\n", key);
		if (!strstr(man, line))
			fail_msg("the man page has no%s", line);
		assert_non_null(strstr(man, section));
	}
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(written_ones_are_read_again),
		T(none_is_fine),
		T(strange_lines_are_named),
		T(what_makes_sense_is_taken_all_the_same),
		T(other_people_s_lines_stay),
		T(directories_are_made),
		T(a_failure_leaves_the_old_file),
		T(too_much_is_no_settings),
		cmocka_unit_test(the_place_follows_xdg),
		cmocka_unit_test(the_man_page_has_them),
	};

	umask(022);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
