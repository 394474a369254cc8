// SPDX-License-Identifier: GPL-2.0-or-later
/* What keys do, and what the kernel is asked for because of it. */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka-all.h"

#include "fake.h"
#include "input/input.h"
#include "input/keys.h"
#include "state/query.h"
#include "state/ui.h"
#include "views/render.h"

#define SCREEN_ROWS 24
#define SCREEN_COLS 100

/**
 * struct desk - a user in front of the screen
 * @f: machine
 * @ui: state
 * @m: model
 * @s: to collect into
 * @rows: pages shown
 * @canvas: screen
 * @requests: how often pages were asked for
 */
struct desk {
	struct fake f;
	struct ui ui;
	struct model m;
	struct sample s;
	struct rows rows;
	struct canvas canvas;
	int requests;
};

static void draw(struct desk *d)
{
	const struct view_state *vs = &d->ui.views[d->ui.view];
	const struct row_filter filter = ui_row_filter(&d->ui);
	struct row_env env = ui_row_env(&d->ui, &d->m);

	assert_int_equal(rows_build(&d->rows, &d->m, &filter, vs->sort, vs->descending, &env), 0);
	ui_widen(&d->ui, &d->m, d->rows.nr, ui_wanted(&d->ui));
	render(&d->canvas, &d->ui, &d->m, &d->rows, d->m.sample.mono_ns);
}

/* One turn of the loop: as live.c does it, without time. */
static void settle(struct desk *d)
{
	int turns = 0;

	draw(d);
	while (ui_stale(&d->ui, &d->m)) {
		struct query q;

		/* Each answer must satisfy, or the loop would spin. */
		assert_true(++turns < 4);
		ui_query(&d->ui, &d->m, &q);
		q.entries_only = true;
		fake_sample(&d->f, &q, &d->s);
		assert_int_equal(model_accept(&d->m, &d->s), 0);
		d->requests++;
		draw(d);
	}
}

static void refresh(struct desk *d)
{
	struct query q;

	ui_query(&d->ui, &d->m, &q);
	fake_sample(&d->f, &q, &d->s);
	assert_int_equal(model_accept(&d->m, &d->s), 0);
	settle(d);
}

static int setup(void **state)
{
	struct desk *d = calloc(1, sizeof(*d));

	assert_non_null(d);
	fake_init(&d->f);
	ui_init(&d->ui);
	assert_int_equal(canvas_resize(&d->canvas, SCREEN_ROWS, SCREEN_COLS), 0);
	d->ui.page = render_page(&d->ui, &d->m, SCREEN_ROWS);
	refresh(d);
	*state = d;
	return 0;
}

static int teardown(void **state)
{
	struct desk *d = *state;

	ui_release(&d->ui);
	model_release(&d->m);
	sample_release(&d->s);
	rows_release(&d->rows);
	canvas_release(&d->canvas);
	free(d);
	return 0;
}

static void press(struct desk *d, int input)
{
	assert_true(ui_input(&d->ui, &d->m, &d->rows, input));
	settle(d);
}

static struct view_state *vs(struct desk *d)
{
	return &d->ui.views[d->ui.view];
}

static const struct pghot_entry *row(struct desk *d, size_t i)
{
	assert_true(i < d->rows.nr);
	return &d->m.sample.entries[d->rows.order[i]];
}

static void asks_for_no_more_than_it_shows(void **state)
{
	struct desk *d = *state;

	/* On the screen, and a page to scroll to. */
	assert_true(d->m.sample.query.limit <= 2 * SCREEN_ROWS);
	assert_true(d->m.sample.query.limit >= d->ui.page);
	for (int i = 0; i < 5; i++)
		refresh(d);
	assert_true(d->m.sample.query.limit <= 2 * SCREEN_ROWS);
	assert_int_equal(d->requests, 0);
}

static void scrolling_fetches_what_comes(void **state)
{
	struct desk *d = *state;
	size_t page = d->ui.page;

	for (int i = 1; i <= 10; i++) {
		press(d, INPUT_PAGE_DOWN);
		assert_int_equal(vs(d)->top, i * page);
		assert_true(d->m.sample.query.limit <= (i + 2) * page);
		assert_true(d->rows.nr >= (i + 1) * page);
	}
	press(d, INPUT_PAGE_UP);
	assert_int_equal(vs(d)->top, 9 * page);
	press(d, INPUT_HOME);
	assert_int_equal(vs(d)->selected, 0);
	/* The next sample is small again. */
	refresh(d);
	assert_true(d->m.sample.query.limit <= 2 * SCREEN_ROWS);
}

static void the_end_is_the_end(void **state)
{
	struct desk *d = *state;

	press(d, INPUT_END);
	assert_int_equal(d->rows.nr, d->f.nr_pages);
	assert_int_equal(vs(d)->selected, d->f.nr_pages - 1);
	/* It stays there while pages come and go. */
	d->f.nr_pages -= 100;
	refresh(d);
	assert_int_equal(vs(d)->selected, d->f.nr_pages - 1);
	press(d, INPUT_UP);
	assert_int_equal(vs(d)->selected, d->f.nr_pages - 2);
	assert_false(vs(d)->end);
}

static void a_shrinking_table_keeps_the_cursor_on_a_row(void **state)
{
	struct desk *d = *state;

	for (int i = 0; i < 4; i++)
		press(d, INPUT_PAGE_DOWN);
	d->f.nr_pages = 3;
	refresh(d);
	assert_int_equal(vs(d)->selected, 2);
	assert_int_equal(vs(d)->top, 0);
	d->f.nr_pages = 0;
	refresh(d);
	assert_int_equal(vs(d)->selected, 0);
	press(d, INPUT_DOWN);
	press(d, INPUT_END);
	press(d, INPUT_PAGE_UP);
	assert_int_equal(vs(d)->selected, 0);
}

static void sorting_chooses_among_the_hottest(void **state)
{
	struct desk *d = *state;

	press(d, '5');
	assert_string_equal(vs(d)->sort->name, "age");
	assert_false(vs(d)->descending);
	/* All 400, for the youngest need not be among the hottest. */
	assert_int_equal(d->rows.nr, d->f.nr_pages);
	for (size_t i = 1; i < d->rows.nr; i++)
		assert_true(row(d, i)->age_ms >= row(d, i - 1)->age_ms);
	press(d, '5');
	assert_true(vs(d)->descending);
	press(d, 'r');
	assert_false(vs(d)->descending);
	press(d, '<');
	assert_string_equal(vs(d)->sort->name, "freq");
	assert_true(vs(d)->descending);
	press(d, '>');
	press(d, '>');
	assert_string_equal(vs(d)->sort->name, "score");
	/* Each view has an order of its own. */
	press(d, 'v');
	assert_string_equal(vs(d)->sort->name, "freq");
	/* A column that is not there. */
	d->ui.lists[ROW_PAGE].columns.nr = 3;
	press(d, '9');
	assert_string_equal(vs(d)->sort->name, "freq");
}

static void filter(struct desk *d, const char *text)
{
	struct filter_error error;

	assert_int_equal(ui_filter(&d->ui, text, &error), 0);
	settle(d);
}

/* What the kernel can do it is asked to do, and then for no more than is shown. */
static void filters_go_to_the_kernel(void **state)
{
	struct desk *d = *state;
	const struct query *q = &d->m.sample.query;
	uint32_t shown = ui_wanted(&d->ui);

	refresh(d);
	filter(d, "freq>=4");
	assert_int_equal(q->min_freq, 4);
	assert_int_equal(q->limit, shown);
	assert_false(q->chosen);
	filter(d, "target=0 and freq>4");
	assert_int_equal(q->min_freq, 5);
	assert_int_equal(q->nid, 0);
	assert_int_equal(q->limit, shown);
	/* A queue has no other filter, and no queue is for a lower node. */
	filter(d, "pfn>=0x140000");
	assert_false(q->pfns);
	assert_true(q->chosen);
	filter(d, "target=1");
	assert_int_equal(q->nid, ALL_NODES);
	filter(d, "node=1");
	assert_int_equal(q->nid, ALL_NODES);
	assert_true(q->chosen);

	press(d, 'v');
	filter(d, "node=1 and pfn>=0x148000 and pfn<0x150000");
	assert_int_equal(q->nid, 1);
	assert_true(q->pfns);
	assert_int_equal(q->pfn_first, 0x148000);
	assert_int_equal(q->pfn_last, 0x14ffff);
	assert_int_equal(q->limit, shown);
	assert_false(q->chosen);
	assert_true(d->rows.nr > 0);
	for (size_t i = 0; i < d->rows.nr; i++)
		assert_true(row(d, i)->pfn >= 0x148000 && row(d, i)->pfn < 0x150000);
	filter(d, "node=1 and type=anon");
	assert_false(q->pfns);
	assert_true(q->chosen);
	filter(d, "");
	assert_int_equal(q->limit, shown);
	assert_int_equal(q->nid, ALL_NODES);

	/* A frozen sample has no more than was asked for. */
	filter(d, "freq>=4");
	press(d, ' ');
	assert_false(ui_narrowed(&d->ui, &d->m));
	filter(d, "freq>=3");
	assert_true(ui_narrowed(&d->ui, &d->m));
	filter(d, "freq>=5");
	assert_false(ui_narrowed(&d->ui, &d->m));
	press(d, ' ');
	filter(d, "freq>=3");
	assert_false(ui_narrowed(&d->ui, &d->m));
}

/* The kernel has no such filter, and what passes is not hot. */
static void filters_look_further_when_few_pass(void **state)
{
	struct desk *d = *state;
	const struct query *q = &d->m.sample.query;

	d->f.nr_pages = 20000;
	refresh(d);
	filter(d, "freq<3");
	assert_int_equal(q->limit, SCROLL_MAX);
	assert_true(sample_complete(&d->m.sample));
	assert_true(d->rows.nr >= d->ui.page);
	/* And look there again. */
	d->requests = 0;
	refresh(d);
	assert_int_equal(d->requests, 0);
	assert_int_equal(q->limit, SCROLL_MAX);
	/* Many of the hottest pass. */
	filter(d, "type=anon");
	refresh(d);
	assert_int_equal(q->limit, SORT_WINDOW);
	assert_false(sample_complete(&d->m.sample));

	/* There is an end to it, which is told. */
	d->f.nr_pages = SCROLL_MAX + 5000;
	filter(d, "freq<3 and cgroup=/nowhere");
	assert_int_equal(q->limit, SCROLL_MAX);
	assert_false(sample_complete(&d->m.sample));
	assert_int_equal(d->rows.nr, 0);
	d->requests = 0;
	settle(d);
	assert_int_equal(d->requests, 0);
}

static void menu_of_sort_keys(void **state)
{
	struct desk *d = *state;

	press(d, 's');
	assert_int_equal(d->ui.popup, POPUP_SORT);
	/* Keys of the main screen mean nothing here. */
	assert_false(ui_input(&d->ui, &d->m, &d->rows, 'v'));
	press(d, INPUT_HOME);
	press(d, INPUT_ENTER);
	assert_int_equal(d->ui.popup, POPUP_NONE);
	assert_string_equal(vs(d)->sort->name, "pfn");
	press(d, 's');
	press(d, INPUT_UP);
	press(d, INPUT_ENTER);
	assert_string_equal(vs(d)->sort->name, "cgroup");
	press(d, 's');
	press(d, INPUT_HOME);
	press(d, INPUT_ESCAPE);
	assert_string_equal(vs(d)->sort->name, "cgroup");
}

static void menu_of_columns(void **state)
{
	struct desk *d = *state;
	size_t nr = d->ui.lists[ROW_PAGE].columns.nr;

	press(d, 'c');
	assert_int_equal(d->ui.popup, POPUP_COLUMNS);
	/* The first goes behind the second, and no farther up than it was. */
	press(d, '>');
	press(d, '<');
	press(d, '<');
	assert_string_equal(d->ui.lists[ROW_PAGE].columns.col[0]->name, "pfn");
	press(d, '>');
	assert_string_equal(d->ui.lists[ROW_PAGE].columns.col[0]->name, "addr");
	assert_string_equal(d->ui.lists[ROW_PAGE].columns.col[1]->name, "pfn");
	assert_int_equal(d->ui.popup_cursor, 1);
	/* It is hidden, and shown again at the end. */
	press(d, ' ');
	assert_int_equal(d->ui.lists[ROW_PAGE].columns.nr, nr - 1);
	assert_string_equal(ui_column_at(&d->ui, d->ui.popup_cursor)->name, "pfn");
	press(d, '>');
	press(d, ' ');
	assert_int_equal(d->ui.lists[ROW_PAGE].columns.nr, nr);
	assert_string_equal(d->ui.lists[ROW_PAGE].columns.col[nr - 1]->name, "pfn");
	/* All can be shown, and one must. */
	for (size_t i = 0; column_at(ROW_PAGE, i); i++) {
		d->ui.popup_cursor = i;
		if (i >= d->ui.lists[ROW_PAGE].columns.nr)
			press(d, ' ');
	}
	assert_null(ui_column_at(&d->ui, d->ui.lists[ROW_PAGE].columns.nr));
	for (size_t i = 0; i < 40; i++) {
		press(d, INPUT_HOME);
		press(d, ' ');
	}
	assert_int_equal(d->ui.lists[ROW_PAGE].columns.nr, 1);
	press(d, INPUT_ESCAPE);
	assert_int_equal(d->ui.popup, POPUP_NONE);
}

static void tabs_ask_for_their_node(void **state)
{
	struct desk *d = *state;

	d->f.nr_nodes = 4;
	refresh(d);
	press(d, INPUT_TAB);
	assert_int_equal(d->ui.nid, 0);
	assert_int_equal(d->m.sample.query.nid, 0);
	for (size_t i = 0; i < d->rows.nr; i++)
		assert_int_equal(row(d, i)->target_nid, 0);

	/* No queue leads to a lower node; its pages are in those of others. */
	press(d, INPUT_TAB);
	assert_int_equal(d->ui.nid, 1);
	assert_int_equal(d->m.sample.query.nid, ALL_NODES);
	assert_true(d->rows.nr > 0 && d->rows.nr < d->f.nr_pages);
	for (size_t i = 0; i < d->rows.nr; i++)
		assert_int_equal(row(d, i)->nid, 1);

	/* Records are of the lower node. */
	press(d, 'v');
	assert_int_equal(d->m.sample.query.view, VIEW_RECORDS);
	assert_int_equal(d->m.sample.query.nid, 1);
	press(d, INPUT_BACKTAB);
	press(d, INPUT_BACKTAB);
	assert_int_equal(d->ui.nid, ALL_NODES);
	press(d, INPUT_BACKTAB);
	assert_int_equal(d->ui.nid, 3);
}

static void frozen_stays_as_it_was(void **state)
{
	struct desk *d = *state;
	size_t nr = d->rows.nr;
	char *text;

	press(d, ' ');
	assert_true(d->ui.frozen);
	/* Scrolling and sorting go on, with what there is. */
	press(d, INPUT_END);
	assert_int_equal(vs(d)->selected, nr - 1);
	press(d, '1');
	assert_int_equal(d->rows.nr, nr);
	for (size_t i = 1; i < nr; i++)
		assert_true(row(d, i)->pfn >= row(d, i - 1)->pfn);
	assert_int_equal(d->requests, 0);

	text = canvas_dump(&d->canvas, false);
	assert_non_null(strstr(text, "FROZEN"));
	free(text);
	text = canvas_dump(&d->canvas, true);
	/* All over the last line, whatever the theme makes of it. */
	for (int i = 0; i < SCREEN_COLS; i++)
		assert_int_equal(text[(SCREEN_ROWS - 1) * (SCREEN_COLS + 1) + i],
				 'a' + STYLE_FROZEN);
	free(text);

	/* Another view is not part of the sample, and says so. */
	press(d, 'v');
	text = canvas_dump(&d->canvas, false);
	assert_non_null(strstr(text, "Not part of the frozen sample"));
	free(text);
	assert_int_equal(d->requests, 0);
	press(d, ' ');
	assert_int_equal(d->requests, 1);
	assert_int_equal(d->m.sample.query.view, VIEW_RECORDS);
}

static void nothing_is_not_frozen(void **state)
{
	struct desk *d = *state;

	d->f.missing = 1;
	refresh(d);
	press(d, ' ');
	assert_false(d->ui.frozen);
}

static void denied_is_not_asked_again_and_again(void **state)
{
	struct desk *d = *state;

	d->f.denied = true;
	refresh(d);
	assert_int_equal(d->requests, 0);
	press(d, INPUT_PAGE_DOWN);
	press(d, INPUT_END);
	assert_int_equal(d->requests, 0);
	/* Once for another view, for that may be allowed. */
	press(d, 'v');
	assert_int_equal(d->requests, 1);
}

static void intervals_have_steps_and_ends(void **state)
{
	struct desk *d = *state;

	press(d, '+');
	assert_int_equal(d->ui.interval_ms, 2000);
	press(d, '-');
	press(d, '-');
	assert_int_equal(d->ui.interval_ms, 500);
	for (int i = 0; i < 20; i++)
		press(d, '-');
	assert_int_equal(d->ui.interval_ms, INTERVAL_MIN_MS);
	for (int i = 0; i < 20; i++)
		press(d, '+');
	assert_int_equal(d->ui.interval_ms, 60000);
	/* From one that the steps do not have. */
	d->ui.interval_ms = 1700;
	press(d, '-');
	assert_int_equal(d->ui.interval_ms, 1000);
	d->ui.interval_ms = 3600000;
	press(d, '+');
	assert_int_equal(d->ui.interval_ms, 3600000);
	press(d, '-');
	assert_int_equal(d->ui.interval_ms, 60000);
}

static void help_scrolls_within_bounds(void **state)
{
	struct desk *d = *state;
	char *text;

	press(d, '?');
	assert_int_equal(d->ui.popup, POPUP_HELP);
	press(d, INPUT_UP);
	assert_int_equal(d->ui.popup_top, 0);
	press(d, INPUT_END);
	text = canvas_dump(&d->canvas, false);
	assert_non_null(strstr(text, "unevictable"));
	free(text);
	press(d, INPUT_PAGE_UP);
	press(d, INPUT_HOME);
	assert_int_equal(d->ui.popup_top, 0);
	press(d, 'q');
	assert_int_equal(d->ui.popup, POPUP_NONE);
	assert_false(d->ui.quit);
	press(d, 'q');
	assert_true(d->ui.quit);
}

static void themes_come_round(void **state)
{
	struct desk *d = *state;
	const struct theme *first = d->ui.theme;
	int nr = 0;

	do {
		press(d, 't');
		nr++;
	} while (d->ui.theme != first);
	assert_true(nr >= 4);
	assert_string_equal(theme_default("1")->name, "mono");
	assert_string_equal(theme_default("")->name, "default");
	assert_string_equal(theme_default(NULL)->name, "default");
}

/* Text in the colour of what is behind it, on whatever terminal. */
static void colours_can_be_read(void **state)
{
	const struct theme *theme;

	(void)state;
	for (size_t i = 0; (theme = theme_at(i)); i++) {
		for (int k = 0; k < NR_STYLES; k++) {
			const struct look *look = &theme->looks[k];

			if (!theme->colour || look->bg == LOOK_DEFAULT_COLOUR)
				continue;
			assert_int_not_equal(look->fg, look->bg);
			assert_int_not_equal(look->fg8, look->bg8);
			assert_int_not_equal(colour_of_16(look->fg), colour_of_16(look->bg));
			assert_in_range(colour_of_16(look->fg), 0, 15);
		}
	}
	assert_int_equal(colour_of_16(LOOK_DEFAULT_COLOUR), LOOK_DEFAULT_COLOUR);
	assert_int_equal(colour_of_16(9), 9);
	assert_int_equal(colour_of_16(196), 9);
	assert_int_equal(colour_of_16(16), 0);
	assert_int_equal(colour_of_16(231), 15);
	assert_int_equal(colour_of_16(244), 8);
}

/* A key that means two things would do only the first. */
static void keys_are_unambiguous(void **state)
{
	const struct binding *b;
	size_t nr;

	(void)state;
	b = key_bindings(&nr);
	for (size_t i = 0; i < nr; i++)
		for (int k = 0; k < 4 && b[i].inputs[k]; k++)
			assert_ptr_equal(key_binding(b[i].scope, b[i].inputs[k]), &b[i]);
	assert_null(key_binding(SCOPE_MAIN, INPUT_NONE));
	assert_null(key_binding(SCOPE_MAIN, 0x1f600));
}

/* Is there such an item in the man page? Some characters are delimiters to mdoc. */
static void check_item(const char *man, const char *macro, const char *name)
{
	char line[128];
	size_t used = snprintf(line, sizeof(line), "\n.It %s ", macro);

	for (; *name && used < sizeof(line) - 4; name++) {
		if (*name == ',')
			line[used++] = ' ';
		if (strchr("?:()[]", *name))
			used += sprintf(line + used, "\\&");
		line[used++] = *name;
	}
	line[used++] = '\n';
	line[used] = 0;
	if (!strstr(man, line))
		fail_msg("the man page has no%s", line);
}

static void the_man_page_has_it_all(void **state)
{
	const char *path = getenv("PGHOTTOP_MAN");
	static char man[65536];
	const struct binding *b;
	size_t nr;
	FILE *f;

	(void)state;
	assert_non_null(path);
	f = fopen(path, "r");
	assert_non_null(f);
	nr = fread(man, 1, sizeof(man) - 1, f);
	assert_true(nr > 0 && nr < sizeof(man) - 1);
	fclose(f);

	b = key_bindings(&nr);
	for (size_t i = 0; i < nr; i++)
		if (b[i].keys)
			check_item(man, "Ic", b[i].keys);
	for (int kind = 0; kind < NR_ROW_KINDS; kind++)
		for (size_t i = 0; column_at(kind, i); i++)
			check_item(man, "Cm", column_at(kind, i)->name);
	for (int v = 0; v < NR_VIEWS; v++)
		check_item(man, "Cm", view_name(v)->name);
	for (size_t i = 0; theme_at(i); i++)
		check_item(man, "Cm", theme_at(i)->name);
}

static const struct owner *owner(struct desk *d, size_t i)
{
	assert_true(i < d->rows.nr && d->rows.kind == ROW_CGROUP);
	return row_at(&d->rows, &d->m, i).owner;
}

/* The row of a cgroup, and the cursor on it. */
static void go_to(struct desk *d, const char *path)
{
	for (size_t i = 0; i < d->rows.nr; i++) {
		if (!owner(d, i)->path || strcmp(owner(d, i)->path, path) != 0)
			continue;
		vs(d)->selected = i;
		return;
	}
	fail_msg("no row of %s", path);
}

static void cgroups_fold(void **state)
{
	struct desk *d = *state;
	size_t all;

	/* Nothing of this is for pages. */
	assert_true(ui_input(&d->ui, &d->m, &d->rows, INPUT_LEFT));
	assert_non_null(strstr(d->ui.message, "no tree of pages"));
	press(d, 'v');
	press(d, 'v');
	press(d, 'v');
	assert_int_equal(d->ui.view, VIEW_CGROUPS);
	all = d->rows.nr;
	assert_int_equal(all, d->m.sample.owners.nr);
	go_to(d, "/system.slice/db.service");
	/* A leaf cannot be folded: to the one above, which can. */
	press(d, INPUT_LEFT);
	assert_string_equal(owner(d, vs(d)->selected)->path, "/system.slice");
	press(d, INPUT_LEFT);
	assert_int_equal(d->rows.nr, all - 1);
	assert_string_equal(owner(d, vs(d)->selected)->path, "/system.slice");
	/* It stays so with the next sample. */
	refresh(d);
	assert_int_equal(d->rows.nr, all - 1);
	press(d, INPUT_LEFT);
	assert_string_equal(owner(d, vs(d)->selected)->path, "/");
	go_to(d, "/system.slice");
	press(d, INPUT_RIGHT);
	assert_int_equal(d->rows.nr, all);
	press(d, '*');
	for (size_t i = 0; i < d->rows.nr; i++)
		assert_true(owner(d, i)->depth < 2);
	press(d, '*');
	assert_int_equal(d->rows.nr, all);
	press(d, 'T');
	assert_false(d->ui.tree);
	assert_true(ui_input(&d->ui, &d->m, &d->rows, INPUT_LEFT));
	assert_non_null(strstr(d->ui.message, "this is a list"));
	for (size_t i = 1; i < d->rows.nr; i++)
		assert_true(owner(d, i - 1)->hot >= owner(d, i)->hot);
}

static void cgroups_lead_to_processes_and_pages(void **state)
{
	struct desk *d = *state;

	press(d, '\b');
	assert_non_null(strstr(d->ui.message, "no way back"));
	d->ui.view = VIEW_CGROUPS;
	settle(d);
	go_to(d, "/user.slice");
	press(d, INPUT_ENTER);
	/* That is the number of /user.slice, which nothing is charged to. */
	assert_int_equal(d->ui.view, VIEW_PROCESSES);
	assert_true(d->m.sample.query.cgroup_ino >= 100);
	assert_int_equal(d->rows.nr, 0);
	press(d, '\b');
	go_to(d, "/user.slice/テスト");
	press(d, INPUT_ENTER);
	assert_int_equal(d->m.sample.query.cgroup_ino, 2);
	assert_int_equal(d->rows.nr, 2);
	/* To the mappings of a process, and the way back. */
	vs(d)->selected = 1;
	press(d, INPUT_ENTER);
	assert_int_equal(d->ui.view, VIEW_MAPPINGS);
	assert_int_equal(d->m.sample.query.pid, d->ui.pid);
	assert_true(d->ui.pid > 100);
	assert_int_equal(d->rows.nr, 4);
	/* To the pages of a mapping, whoever is charged for them. */
	vs(d)->selected = 2;
	press(d, INPUT_ENTER);
	assert_int_equal(d->ui.view, VIEW_RECORDS);
	assert_int_equal(d->m.sample.query.pid, d->ui.pid);
	assert_true(d->m.sample.query.start && d->m.sample.query.end > d->m.sample.query.start);
	assert_int_equal(d->rows.nr, 25);
	press(d, INPUT_END);
	refresh(d);
	/* Each of them is asked for by itself. */
	assert_true(d->m.sample.query.limit <= SORT_WINDOW);
	press(d, '\b');
	assert_int_equal(d->ui.view, VIEW_MAPPINGS);
	assert_int_equal(d->rows.nr, 4);
	assert_int_equal(vs(d)->selected, 2);
	press(d, '\b');
	assert_int_equal(d->ui.view, VIEW_PROCESSES);
	assert_int_equal(d->m.sample.query.cgroup_ino, 2);
	assert_int_equal(vs(d)->selected, 1);
	/* All views of pages are of the same cgroup. */
	d->ui.view = VIEW_RECORDS;
	settle(d);
	assert_true(d->m.sample.query.chosen);
	assert_true(d->rows.nr > 10);
	for (size_t i = 0; i < d->rows.nr; i++)
		assert_int_equal(row(d, i)->cgroup_ino, 2);
	d->ui.view = VIEW_QUEUE;
	settle(d);
	assert_true(d->rows.nr > 10);
	for (size_t i = 0; i < d->rows.nr; i++)
		assert_int_equal(row(d, i)->cgroup_ino, 2);
	press(d, INPUT_BACKSPACE);
	assert_int_equal(d->ui.view, VIEW_CGROUPS);
	assert_string_equal(owner(d, vs(d)->selected)->path, "/user.slice/テスト");
	press(d, 'v');
	assert_int_equal(d->ui.view, VIEW_PROCESSES);
	assert_int_equal(d->rows.nr, 12);
	/* Of no process, nothing is asked. */
	press(d, 'v');
	assert_int_equal(d->m.sample.query.limit, 0);
	assert_int_equal(d->rows.nr, 0);
	press(d, 'v');
	assert_int_equal(d->ui.view, VIEW_QUEUE);
	assert_true(d->rows.nr > 0 && !d->ui.within);
	/* One without a name has no pages that could be told. */
	d->ui.view = VIEW_CGROUPS;
	settle(d);
	vs(d)->selected = d->rows.nr - 1;
	assert_null(owner(d, vs(d)->selected)->path);
	press(d, INPUT_ENTER);
	assert_int_equal(d->ui.view, VIEW_CGROUPS);
	assert_non_null(strstr(d->ui.message, "not known"));
}

/* Cgroups and pages have columns, filters and an order of their own. */
static void cgroups_are_not_pages(void **state)
{
	struct desk *d = *state;
	size_t pages = d->ui.lists[ROW_PAGE].columns.nr;
	struct filter_error error;

	d->ui.view = VIEW_CGROUPS;
	settle(d);
	assert_int_equal(ui_filter(&d->ui, "freq>2", &error), -EINVAL);
	assert_int_equal(ui_filter(&d->ui, "hot>1M", &error), 0);
	settle(d);
	assert_true(d->rows.nr > 1 && d->rows.nr < d->m.sample.owners.nr);
	press(d, '2');
	assert_string_equal(vs(d)->sort->name, "warm");
	press(d, 'c');
	press(d, ' ');
	press(d, INPUT_ESCAPE);
	assert_string_equal(d->ui.lists[ROW_CGROUP].columns.col[0]->name, "warm");
	for (int i = 0; i < 3; i++)
		press(d, 'v');
	assert_int_equal(d->ui.lists[ROW_PAGE].columns.nr, pages);
	assert_null(d->ui.lists[ROW_PAGE].filter);
	assert_string_equal(vs(d)->sort->name, "freq");
	/* Frozen, the other kind is not there. */
	press(d, ' ');
	d->ui.view = VIEW_CGROUPS;
	settle(d);
	assert_int_equal(d->rows.nr, 0);
	press(d, INPUT_ENTER);
	press(d, INPUT_RIGHT);
	press(d, '*');
	assert_int_equal(d->ui.view, VIEW_CGROUPS);
}

/* Any keys in any order: nothing overflows, and the cursor stays on a row. */
static void keys_at_random(void **state)
{
	struct desk *d = *state;
	const struct binding *b;
	uint32_t seed = 3;
	size_t nr;

	b = key_bindings(&nr);
	for (int i = 0; i < 10000; i++) {
		const struct binding *any;

		seed = seed * 1664525 + 1013904223;
		any = &b[(seed >> 8) % nr];
		ui_input(&d->ui, &d->m, &d->rows, any->inputs[0]);
		d->ui.quit = false;
		if (seed >> 28 == 0) {
			d->f.nr_pages = (seed >> 4) % 3 ? 400 : (seed >> 6) % 7;
			d->f.nr_nodes = 2 + (seed >> 10) % 3;
			d->f.missing = (seed >> 12) % 5 == 0;
			if (!sample_node(&d->m.sample, d->ui.nid))
				d->ui.nid = ALL_NODES;
			if (!d->ui.frozen)
				refresh(d);
		}
		if (seed >> 27 == 9)
			assert_int_equal(canvas_resize(&d->canvas, 1 + (seed >> 3) % 24,
						       1 + (seed >> 9) % 100),
					 0);
		settle(d);
		if (d->rows.nr && ui_covered(&d->ui, &d->m)) {
			assert_true(vs(d)->selected < d->rows.nr);
			assert_true(vs(d)->top <= vs(d)->selected);
			assert_true(vs(d)->selected < vs(d)->top + d->ui.page);
		}
	}
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(asks_for_no_more_than_it_shows),
		T(scrolling_fetches_what_comes),
		T(the_end_is_the_end),
		T(a_shrinking_table_keeps_the_cursor_on_a_row),
		T(sorting_chooses_among_the_hottest),
		T(filters_go_to_the_kernel),
		T(filters_look_further_when_few_pass),
		T(menu_of_sort_keys),
		T(menu_of_columns),
		T(tabs_ask_for_their_node),
		T(frozen_stays_as_it_was),
		T(nothing_is_not_frozen),
		T(denied_is_not_asked_again_and_again),
		T(intervals_have_steps_and_ends),
		T(help_scrolls_within_bounds),
		T(themes_come_round),
		T(colours_can_be_read),
		T(keys_are_unambiguous),
		T(the_man_page_has_it_all),
		T(keys_at_random),
		T(cgroups_fold),
		T(cgroups_lead_to_processes_and_pages),
		T(cgroups_are_not_pages),
	};

	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		return 77;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
