// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Golden screens: what a user sees, at several sizes and in several states. They
 * lie in golden/, to be read; with PGHOTTOP_UPDATE_GOLDEN=1 in the environment
 * this program writes them, and git diff shows what changed.
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmocka-all.h"

#include "fake.h"
#include "golden.h"
#include "input/input.h"
#include "state/query.h"
#include "views/render.h"

/**
 * struct screen - one golden screen
 * @name: of its file
 * @rows: height
 * @cols: width
 * @keys: pressed one after the other
 * @styles: the file has the styles instead of the text
 * @setup: makes the machine special, may be NULL
 * @ui_setup: makes the state special, may be NULL
 */
struct screen {
	const char *name;
	int rows, cols;
	const char *keys;
	bool styles;
	void (*setup)(struct fake *f);
	void (*ui_setup)(struct ui *ui);
};

static void denied(struct fake *f)
{
	f->denied = true;
}

static void idle(struct fake *f)
{
	f->idle = true;
}

static void missing(struct fake *f)
{
	f->missing = 1000;
}

static void failing(struct fake *f)
{
	f->failing = 1000;
}

/* More than is looked at. */
static void crowded(struct fake *f)
{
	f->nr_pages = 70000;
}

static void empty(struct fake *f)
{
	f->nr_pages = 0;
}

static void four_nodes(struct fake *f)
{
	f->nr_nodes = 4;
}

static void far(struct fake *f)
{
	f->nr_nodes = 4;
	f->far = true;
}

static void unbalanced(struct fake *f)
{
	f->unbalanced = true;
}

static void many_nodes(struct fake *f)
{
	f->nr_nodes = 24;
}

static void ascii(struct ui *ui)
{
	ui->ascii = true;
}

static void raw(struct ui *ui)
{
	ui->raw = true;
}

static void cgroups(struct ui *ui)
{
	ui->view = VIEW_CGROUPS;
}

static void of_nobody(struct ui *ui)
{
	ui->view = VIEW_MAPPINGS;
	ui->pid = 1;
}

static void ascii_raw(struct ui *ui)
{
	ui->ascii = ui->raw = true;
}

static void some_columns(struct ui *ui)
{
	char error[128];

	assert_int_equal(columns_parse(ROW_PAGE, &ui->lists[ROW_PAGE].columns, "cgroup,order,freq",
				       error, sizeof(error)),
			 0);
}

static void last_node(struct ui *ui)
{
	ui->nid = 23;
}

/* clang-format off */
static const struct screen screens[] = {
	{ "queue-140x30", 30, 140 },
	{ "queue-80x24", 24, 80 },
	{ "queue-80x24-styles", 24, 80, .styles = true },
	{ "queue-60x12", 12, 60 },
	{ "queue-40x10", 10, 40 },
	{ "queue-20x6", 6, 20 },
	{ "queue-8x3", 3, 8 },
	{ "queue-ascii-100x24", 24, 100, .ui_setup = ascii },
	{ "queue-raw-120x20", 20, 120, .ui_setup = raw },
	{ "columns-80x20", 20, 80, .ui_setup = some_columns },
	{ "four-nodes-140x24", 24, 140, "\t\t\t", .setup = four_nodes },
	{ "many-nodes-100x24", 24, 100, .setup = many_nodes, .ui_setup = last_node },
	{ "far-nodes-80x24", 24, 80, .setup = far },
	{ "far-nodes-140x24", 24, 140, .setup = far },
	{ "unbalanced-80x24", 24, 80, .setup = unbalanced },
	{ "records-100x24", 24, 100, "v" },
	{ "promotions-100x24", 24, 100, "vv" },
	{ "sorted-100x24", 24, 100, "5jj" },
	{ "why-100x24", 24, 100, "jw" },
	{ "why-40x10", 10, 40, "w" },
	{ "cgroups-120x24", 24, 120, .ui_setup = cgroups },
	{ "cgroups-80x24", 24, 80, "vvv" },
	{ "cgroups-80x24-styles", 24, 80, "vvvj", .styles = true },
	{ "cgroups-40x10", 10, 40, "vvv" },
	{ "cgroups-20x6", 6, 20, "vvv" },
	{ "cgroups-ascii-raw-130x24", 24, 130, "vvv*", .ui_setup = ascii_raw },
	{ "cgroups-list-100x24", 24, 100, "vvvT" },
	{ "cgroups-folded-100x24", 24, 100, "vvv*jj" },
	{ "cgroups-filter-100x24", 24, 100, "vvvfcgroup~db or infast>70\n" },
	{ "cgroups-slow-node-100x24", 24, 100, "vvv\t\t\t\t", .setup = four_nodes },
	{ "cgroups-pages-100x24", 24, 100, "vvvjj\nvv" },
	{ "processes-100x24", 24, 100, "vvvv" },
	{ "processes-40x10", 10, 40, "vvvv" },
	{ "processes-of-cgroup-100x24", 24, 100, "vvvjj\n" },
	{ "processes-filter-100x24", 24, 100, "vvvvfcommand~bad or pid<102\n" },
	{ "processes-denied-80x24", 24, 80, "vvvv", .setup = denied },
	{ "mappings-100x24", 24, 100, "vvvv\n" },
	{ "mappings-pages-100x24", 24, 100, "vvvv\n\n" },
	{ "mappings-none-80x24", 24, 80, "vvvvv" },
	{ "mappings-gone-80x24", 24, 80, .ui_setup = of_nobody },
	{ "cgroups-back-100x24", 24, 100, "vvvjj\n\b" },
	{ "cgroups-denied-80x24", 24, 80, "vvv", .setup = denied },
	{ "cgroups-empty-80x24", 24, 80, "vvv", .setup = empty },
	{ "cgroups-help-100x120", 120, 100, "vvvh" },
	{ "map-100x24", 24, 100, "m" },
	{ "map-denied-80x24", 24, 80, "m", .setup = denied },
	{ "map-frozen-80x24", 24, 80, " m" },
	{ "map-four-nodes-100x20", 20, 100, "m\t", .setup = four_nodes },
	{ "help-100x30", 30, 100, "h" },
	{ "help-30x8", 8, 30, "h" },
	{ "sort-menu-80x24", 24, 80, "s" },
	{ "columns-menu-100x24", 24, 100, "c> jj " },
	{ "frozen-80x24", 24, 80, " " },
	{ "frozen-80x24-styles", 24, 80, " ", .styles = true },
	{ "frozen-other-view-80x24", 24, 80, " v" },
	{ "filter-wrong-80x24", 24, 80, "ftype=fil\n" },
	{ "filter-100x24", 24, 100, "ftype=thp and freq>=9\n" },
	{ "filter-20x6", 6, 20, "ftype=thp\n" },
	{ "filter-long-80x24", 24, 80, "ftype=thp and (freq>=9 or cgroup~db) and not flag=pinned\n" },
	{ "filter-nothing-80x24", 24, 80, "ffreq=63\n" },
	{ "filter-scope-100x24", 24, 100, "ftype=shmem and age<20ms and freq<3\n", .setup = crowded },
	{ "filter-scope-nothing-80x24", 24, 80, "fcgroup=/nowhere\n", .setup = crowded },
	{ "filter-frozen-80x24", 24, 80, "ffreq>4\n f\025node=1\n" },
	{ "search-80x24", 24, 80, "/shmem" },
	{ "details-110x30", 30, 110, "\n" },
	{ "details-40x10", 10, 40, "\n" },
	{ "details-20x6", 6, 20, "\n" },
	{ "details-promotion-80x24", 24, 80, "vv\n" },
	{ "denied-80x24", 24, 80, .setup = denied },
	{ "denied-20x6", 6, 20, .setup = denied },
	{ "idle-80x24", 24, 80, .setup = idle },
	{ "empty-80x24", 24, 80, .setup = empty },
	{ "no-family-80x24", 24, 80, .setup = missing },
	{ "no-family-20x6", 6, 20, .setup = missing },
	{ "failing-80x24", 24, 80, .setup = failing },
};
/* clang-format on */

/**
 * struct view_of - all that belongs to a screen
 */
struct view_of {
	struct fake f;
	struct ui ui;
	struct model m;
	struct sample s;
	struct rows rows;
	struct canvas canvas;
};

static void draw(struct view_of *v)
{
	const struct view_state *vs = &v->ui.views[v->ui.view];
	const struct row_filter filter = ui_row_filter(&v->ui);
	struct row_env env = ui_row_env(&v->ui, &v->m);

	assert_int_equal(rows_build(&v->rows, &v->m, &filter, vs->sort, vs->descending, &env), 0);
	ui_widen(&v->ui, &v->m, v->rows.nr, ui_wanted(&v->ui));
	/* A quarter of a second after the sample. */
	render(&v->canvas, &v->ui, &v->m, &v->rows, v->m.sample.mono_ns + 250000000);
}

static void collect(struct view_of *v, bool entries_only)
{
	struct query q;

	ui_query(&v->ui, &v->m, &q);
	q.entries_only = entries_only;
	fake_sample(&v->f, &q, &v->s);
	assert_int_equal(model_accept(&v->m, &v->s), 0);
	draw(v);
	if (ui_stale(&v->ui, &v->m))
		collect(v, true);
}

static void open_screen(struct view_of *v, const struct screen *scr)
{
	memset(v, 0, sizeof(*v));
	fake_init(&v->f);
	ui_init(&v->ui);
	if (scr->setup)
		scr->setup(&v->f);
	if (scr->ui_setup)
		scr->ui_setup(&v->ui);
	assert_int_equal(canvas_resize(&v->canvas, scr->rows, scr->cols), 0);
	v->m.history = history_new();
	v->ui.page = render_page(&v->ui, &v->m, scr->rows);
	for (int i = 0; i < 20; i++)
		collect(v, false);
	for (const char *key = scr->keys; key && *key; key++) {
		ui_input(&v->ui, &v->m, &v->rows, *key);
		draw(v);
		if (ui_stale(&v->ui, &v->m))
			collect(v, true);
	}
}

static void close_screen(struct view_of *v)
{
	ui_release(&v->ui);
	model_release(&v->m);
	sample_release(&v->s);
	rows_release(&v->rows);
	canvas_release(&v->canvas);
}

static void golden(void **state)
{
	const struct screen *scr = *state;
	struct view_of v;

	open_screen(&v, scr);
	golden_check(scr->name, canvas_dump(&v.canvas, scr->styles));
	close_screen(&v);
}

/*
 * Every size up to a large one; ASan and UBSan watch. Each state has a third of the widths
 * at a height, and the other thirds at the next two.
 */
static void any_size(void **state)
{
	static const char *const keys[] = { "",	 "f",	"/x",  "fx\n",	 "\n", "h",
					    "s", " ",	"v",   "vv",	 "\t", "u",
					    "m", "m++", "vvv", "vvvv\n", "w" };

	(void)state;
	for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
		const struct screen scr = { "", 24, 80, keys[k], .setup = four_nodes };
		struct view_of v;

		open_screen(&v, &scr);
		for (int rows = 1; rows < 34; rows += 1 + rows / 12) {
			for (int cols = 1 + (rows + k) % 3; cols < 180; cols += 3 + cols / 30) {
				assert_int_equal(canvas_resize(&v.canvas, rows, cols), 0);
				draw(&v);
				assert_true(v.ui.page >= 1);
			}
		}
		close_screen(&v);
	}
}

/* Nothing but ASCII, whatever is on the screen. */
static void ascii_is_ascii(void **state)
{
	static const char *const keys[] = { "",	 "f", "/x", "fx\n", "\n",  "c",	    "h",
					    "s", " ", "v",  "m",    "vvv", "vvvv\n" };

	(void)state;
	for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
		const struct screen scr = { "", 30, 120, keys[k], .ui_setup = ascii };
		struct view_of v;

		open_screen(&v, &scr);
		for (int i = 0; i < 30 * 120; i++)
			assert_true(v.canvas.cells[i].ch[0] >= 0x20 &&
				    v.canvas.cells[i].ch[0] < 0x7f);
		close_screen(&v);
	}
}

#define NR_SCREENS (sizeof(screens) / sizeof(screens[0]))

int main(void)
{
	struct CMUnitTest tests[NR_SCREENS + 2];

	if (!setlocale(LC_CTYPE, "C.UTF-8") || setenv("TZ", "UTC", 1))
		return 77;
	tzset();
	for (size_t i = 0; i < NR_SCREENS; i++)
		tests[i] = (struct CMUnitTest){
			.name = screens[i].name,
			.test_func = golden,
			.initial_state = (void *)&screens[i],
		};
	tests[NR_SCREENS] = (struct CMUnitTest)cmocka_unit_test(any_size);
	tests[NR_SCREENS + 1] = (struct CMUnitTest)cmocka_unit_test(ascii_is_ascii);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
