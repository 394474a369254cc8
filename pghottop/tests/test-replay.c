// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A recording of the demo workload, as it is played: golden screens at several
 * sizes, and that it does not matter how one came to a sample.
 */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmocka-all.h"

#include "batch/svg.h"
#include "data/entry.h"
#include "data/replay.h"
#include "golden.h"
#include "input/input.h"
#include "state/query.h"
#include "views/render.h"

#define SECOND 1000000000ULL

/**
 * struct cinema - somebody who looks at a recording
 * @ctx: of the collector
 * @p: its player
 * @ui: state
 * @m: model
 * @s: to collect into
 * @rows: pages shown
 * @canvas: screen
 */
struct cinema {
	void *ctx;
	struct player *p;
	struct ui ui;
	struct model m;
	struct sample s;
	struct rows rows;
	struct canvas canvas;
};

static void draw(struct cinema *c)
{
	const struct view_state *vs = &c->ui.views[c->ui.view];
	const struct row_filter filter = ui_row_filter(&c->ui);
	struct row_env env = ui_row_env(&c->ui, &c->m);

	assert_int_equal(rows_build(&c->rows, &c->m, &filter, vs->sort, vs->descending, &env), 0);
	render(&c->canvas, &c->ui, &c->m, &c->rows, c->m.sample.mono_ns);
}

static void collect(struct cinema *c, bool entries_only)
{
	struct query q;

	ui_query(&c->ui, &c->m, &q);
	q.entries_only = entries_only;
	replay_collector.begin(c->ctx, &q, &c->s);
	assert_int_equal(replay_collector.step(c->ctx), COLLECT_DONE);
	assert_int_equal(model_accept(&c->m, &c->s), 0);
}

/* A turn of the loop, as live.c does it, and as many more as that leads to. */
static void turn(struct cinema *c, uint64_t now)
{
	int turns = 0;

	if (player_turn(c->p, now)) {
		if (c->p->jumped)
			assert_int_equal(
				replay_catch_up(c->p, &replay_collector, c->ctx, &c->m, &c->s), 0);
		collect(c, false);
	}
	draw(c);
	while (ui_stale(&c->ui, &c->m)) {
		assert_true(++turns < 5);
		collect(c, true);
		draw(c);
	}
}

static void press(struct cinema *c, const char *keys)
{
	for (; *keys; keys++) {
		ui_input(&c->ui, &c->m, &c->rows, *keys);
		/* No time passes: what moves is what the key moves. */
		c->p->due_ns = UINT64_MAX;
		turn(c, 1);
	}
}

static void enter(struct cinema *c, int rows, int cols)
{
	struct pghot_recording *rec;
	struct pghot_error err;

	memset(c, 0, sizeof(*c));
	assert_int_equal(pghot_recording_open(&rec, getenv("PGHOTTOP_RECORDING"), &err), 0);
	assert_int_equal(replay_open(&c->ctx, rec), 0);
	c->p = replay_collector.player(c->ctx);
	ui_init(&c->ui);
	c->ui.player = c->p;
	assert_int_equal(canvas_resize(&c->canvas, rows, cols), 0);
	c->ui.page = render_page(&c->ui, &c->m, rows);
	turn(c, 1);
	c->p->due_ns = UINT64_MAX;
}

static void leave(struct cinema *c)
{
	replay_collector.close(c->ctx);
	model_release(&c->m);
	sample_release(&c->s);
	rows_release(&c->rows);
	canvas_release(&c->canvas);
	ui_release(&c->ui);
}

/**
 * struct screen - one golden screen
 * @name: of its file
 * @rows: height
 * @cols: width
 * @keys: pressed one after the other
 * @styles: the file has the styles instead of the text
 * @ascii: no other characters
 */
static const struct screen {
	const char *name;
	int rows, cols;
	const char *keys;
	bool styles, ascii;
} screens[] = {
	{ "replay-140x30", 30, 140, "]]]" },
	{ "replay-80x24", 24, 80, "]]]" },
	{ "replay-80x24-styles", 24, 80, "]]]", .styles = true },
	{ "replay-40x10", 10, 40, "]]]" },
	{ "replay-20x6", 6, 20, "]]]" },
	{ "replay-playing-80x24", 24, 80, "" },
	{ "replay-end-80x24", 24, 80, "$ " },
	{ "replay-records-110x24", 24, 110, "]]v" },
	{ "replay-promotions-110x24", 24, 110, "$vv" },
	{ "replay-map-110x30", 30, 110, "]]m" },
	{ "replay-map-80x24", 24, 80, "]]m" },
	{ "replay-map-80x24-styles", 24, 80, "]]m", .styles = true },
	{ "replay-map-ascii-80x24", 24, 80, "]]m", .ascii = true },
	{ "replay-map-zoomed-80x24", 24, 80, "]]mLLLLL++jjL" },
	{ "replay-map-hot-60x16", 16, 60, "]]mv" },
	{ "replay-map-20x6", 6, 20, "]]m" },
	{ "replay-seek-80x24", 24, 80, ":nonsense\n" },
};

#define NR_SCREENS (sizeof(screens) / sizeof(screens[0]))

static void golden(void **state)
{
	const struct screen *scr = *state;
	struct cinema c;

	enter(&c, scr->rows, scr->cols);
	c.ui.ascii = scr->ascii;
	press(&c, scr->keys);
	draw(&c);
	golden_check(scr->name, canvas_dump(&c.canvas, scr->styles));
	leave(&c);
}

static char *screen_after(const char *keys)
{
	struct cinema c;
	char *text;

	enter(&c, 30, 140);
	press(&c, keys);
	text = canvas_dump(&c.canvas, false);
	leave(&c);
	return text;
}

/* Rates and sparklines are those of the recording, not of the way through it. */
static void ways_to_a_sample(void **state)
{
	char *straight = screen_after("]]]]");
	static const char *const ways[] = { "]]]]]][[", "$[[[[",  "}[[[[",
					    ":#5\n[]",	"$^]]]]", "]v]v]v]vvv" };

	(void)state;
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		char *there = screen_after(ways[i]);

		if (strcmp(there, straight))
			fail_msg("%s leads to\n%s\ninstead of\n%s", ways[i], there, straight);
		free(there);
	}
	free(straight);
}

/* The pace is that of the recording, divided by the speed. */
static void plays_in_time(void **state)
{
	uint64_t now = SECOND, end, whole;
	struct cinema c;

	(void)state;
	enter(&c, 24, 80);
	whole = player_time_ms(c.p, c.p->nr - 1) * 1000000;
	for (int speed = 0; speed < 2; speed++) {
		c.p->pos = 0;
		c.p->moved = true;
		c.p->paused = false;
		turn(&c, now);
		for (end = now; !c.p->paused; end += 10000000)
			turn(&c, end);
		assert_int_equal(c.p->pos, c.p->nr - 1);
		end -= now;
		assert_in_range(end * (speed ? 4 : 1), whole - SECOND / 4, whole + SECOND / 4);
		player_faster(c.p, 1);
		player_faster(c.p, 1);
	}
	/* At the end, Space begins anew. */
	press(&c, " ");
	assert_int_equal(c.p->pos, 0);
	assert_false(c.p->paused);
	press(&c, " ");
	assert_true(c.p->paused);
	leave(&c);
}

static void goes_where_it_is_told(void **state)
{
	struct cinema c;
	size_t pos;

	(void)state;
	enter(&c, 24, 80);
	assert_int_equal(player_parse(c.p, "#1", &pos), 0);
	assert_int_equal(pos, 0);
	assert_int_equal(player_parse(c.p, "#9", &pos), 0);
	assert_int_equal(pos, 8);
	assert_int_equal(player_parse(c.p, "1100ms", &pos), 0);
	assert_int_equal(pos, 2);
	assert_int_equal(player_parse(c.p, "1h", &pos), 0);
	assert_int_equal(pos, c.p->nr - 1);
	assert_int_equal(player_parse(c.p, "#0", &pos), -EINVAL);
	assert_int_equal(player_parse(c.p, "#10", &pos), -EINVAL);
	assert_int_equal(player_parse(c.p, "", &pos), -EINVAL);
	assert_int_equal(player_parse(c.p, "soon", &pos), -EINVAL);
	assert_int_equal(player_speed_parse(c.p, "1/4"), 0);
	assert_string_equal(player_speed(c.p), "x1/4");
	assert_int_equal(player_speed_parse(c.p, "0.5"), 0);
	assert_string_equal(player_speed(c.p), "x1/2");
	assert_int_equal(player_speed_parse(c.p, "16"), 0);
	assert_int_equal(player_speed_parse(c.p, "3"), -EINVAL);
	assert_int_equal(player_speed_parse(c.p, ""), -EINVAL);
	leave(&c);
}

/* Filters of the query are the kernel's: what does not pass is not there. */
static void selects_as_the_kernel(void **state)
{
	struct query q = { .view = VIEW_RECORDS, .nid = ALL_NODES, .limit = 1000 };
	struct cinema c;
	size_t all;

	(void)state;
	enter(&c, 24, 80);
	for (int v = 0; v < NR_VIEWS; v++) {
		q.view = v;
		replay_collector.begin(c.ctx, &q, &c.s);
		replay_collector.step(c.ctx);
		all = c.s.nr_entries;
		if (view_rows(v) != ROW_PAGE) {
			assert_int_equal(all, 0);
			/* Page tables are not recorded. */
			assert_int_equal(c.s.owners.nr > 1, v == VIEW_CGROUPS);
			assert_int_equal(c.s.entries_error.errnum == 0, v == VIEW_CGROUPS);
			continue;
		}
		assert_true(all > 100);
		for (size_t i = 1; i < all; i++)
			assert_true(v == VIEW_PROMOTED ||
				    entry_hotter(&c.s.entries[i - 1], &c.s.entries[i]) <= 0);
	}
	q.view = VIEW_RECORDS;
	q.limit = 7;
	replay_collector.begin(c.ctx, &q, &c.s);
	replay_collector.step(c.ctx);
	assert_int_equal(c.s.nr_entries, 7);
	q.limit = 1000;
	q.nid = 0;
	replay_collector.begin(c.ctx, &q, &c.s);
	replay_collector.step(c.ctx);
	assert_int_equal(c.s.nr_entries, 0);
	q.nid = 1;
	q.min_freq = 63;
	replay_collector.begin(c.ctx, &q, &c.s);
	replay_collector.step(c.ctx);
	assert_int_equal(c.s.nr_entries, 0);
	leave(&c);
}

/* What cgroups have is added up from the records. */
static void adds_records_up(void **state)
{
	struct query q = { .view = VIEW_RECORDS, .nid = ALL_NODES, .limit = 100000 };
	uint64_t hot = 0, warm = 0, own_hot = 0, own_warm = 0;
	struct cinema c;

	(void)state;
	enter(&c, 24, 80);
	replay_collector.begin(c.ctx, &q, &c.s);
	replay_collector.step(c.ctx);
	for (size_t i = 0; i < c.s.nr_entries; i++) {
		const struct pghot_entry *e = &c.s.entries[i];
		int64_t from = sample_param(&c.s, PGHOT_A_PARAM_FREQ_THRESHOLD, -1);

		*(e->freq >= from ? &hot : &warm) += e->freq ? 1ULL << e->order : 0;
	}
	assert_true(hot > 0);
	q.view = VIEW_CGROUPS;
	for (int nid = ALL_NODES; nid < 2; nid++) {
		q.nid = nid;
		replay_collector.begin(c.ctx, &q, &c.s);
		replay_collector.step(c.ctx);
		own_hot = own_warm = 0;
		for (size_t i = 0; i < c.s.owners.nr; i++) {
			own_hot += c.s.owners.at[i].own_hot;
			own_warm += c.s.owners.at[i].own_warm;
			assert_false(c.s.owners.at[i].placed || c.s.owners.at[i].counted);
		}
		/* Node 1 is the only slow one. */
		assert_int_equal(own_hot, hot);
		assert_int_equal(own_warm, warm);
	}
	leave(&c);
}

/* ---- heat ---------------------------------------------------------------- */

static void counts_heat(void **state)
{
	const struct pghot_span spans[] = { { 1, 1000, 2000 }, { 1, 3000, 101000 }, { 0, 0, 99 } };
	struct pghot_entry e = { .pfn = 1000, .nid = 1, .freq = 9, .state = PGHOT_ENTRY_STATE_HOT };
	struct heat_range want = { .nid = 1 };
	struct heat h = { 0 };
	struct heat_bin bin;

	(void)state;
	assert_int_equal(heat_prepare(&h, &want, spans, 3), 0);
	assert_int_equal(h.node_start, 1000);
	assert_int_equal(h.node_end, 101000);
	assert_int_equal(h.shift, 3);
	assert_true(h.nr <= HEAT_BINS_MAX);
	heat_add(&h, &e);
	/* A folio counts where it lies, across bins. */
	e = (struct pghot_entry){ .pfn = 4096, .nid = 1, .freq = 3, .order = 9 };
	heat_add(&h, &e);
	/* Others do not count. */
	e.nid = 0;
	heat_add(&h, &e);
	e = (struct pghot_entry){ .pfn = UINT64_MAX, .nid = 1, .freq = 3, .order = 9 };
	heat_add(&h, &e);
	e = (struct pghot_entry){ .pfn = 500, .nid = 1, .freq = 3, .order = 255 };
	heat_add(&h, &e);
	assert_int_equal(h.records, 2);
	bin = heat_sum(&h, 0, UINT64_MAX);
	assert_int_equal(bin.tracked, 513);
	assert_int_equal(bin.hot, 1);
	assert_int_equal(bin.freq, 9);
	bin = heat_sum(&h, 4096 + 256, 8192);
	assert_int_equal(bin.tracked, 256);
	assert_int_equal(bin.freq, 3);
	assert_int_equal(spans_overlap(spans, 3, 1, 1990, 3010), 20);
	assert_int_equal(spans_overlap(spans, 3, 1, 2000, 3000), 0);

	/* Closer, and nowhere. */
	want = (struct heat_range){ .nid = 1, .start = 4000, .end = 5000 };
	assert_int_equal(heat_prepare(&h, &want, spans, 3), 0);
	assert_int_equal(h.shift, 0);
	assert_int_equal(h.nr, 1000);
	assert_int_equal(h.records, 0);
	want = (struct heat_range){ .nid = 2 };
	assert_int_equal(heat_prepare(&h, &want, spans, 3), -ENOENT);
	want = (struct heat_range){ .nid = 1, .start = 200000, .end = 300000 };
	assert_int_equal(heat_prepare(&h, &want, spans, 3), -ENOENT);
	heat_release(&h);
}

static void levels_of_heat(void **state)
{
	static const uint32_t freqs[NR_HEAT_LEVELS] = { 1, 3, 7, 15, 31, 63 };

	(void)state;
	for (unsigned int i = 0; i < NR_HEAT_LEVELS; i++) {
		const struct heat_bin bin = { .freq = freqs[i] };

		assert_int_equal(heat_level(HEAT_FREQ, &bin, 1), i + 1);
	}
	assert_int_equal(heat_level(HEAT_HOT, &(struct heat_bin){ .tracked = 9 }, 100), 0);
	assert_int_equal(heat_level(HEAT_HOT, &(struct heat_bin){ .hot = 1 }, 100), 1);
	assert_int_equal(heat_level(HEAT_HOT, &(struct heat_bin){ .hot = 2 }, 100), 2);
	assert_int_equal(heat_level(HEAT_TRACKED, &(struct heat_bin){ .tracked = 100 }, 100), 6);
	assert_int_equal(heat_level(HEAT_FREQ, &(struct heat_bin){ .freq = 200 }, 1), 6);
}

/* Keys at random on the map: the cursor stays in the node and on the screen. */
static void map_keys_at_random(void **state)
{
	static const char keys[] = "HLjk+-gGv\n\002\006[]";
	uint32_t seed = 1;
	struct cinema c;

	(void)state;
	enter(&c, 20, 70);
	press(&c, "m");
	for (int i = 0; i < 3000; i++) {
		const struct map *map = &c.ui.map;

		seed = seed * 1664525 + 1013904223;
		if (seed >> 28 == 0)
			assert_int_equal(canvas_resize(&c.canvas, 1 + (seed >> 8) % 40,
						       1 + (seed >> 16) % 150),
					 0);
		ui_input(&c.ui, &c.m, &c.rows, keys[(seed >> 8) % (sizeof(keys) - 1)]);
		c.p->due_ns = UINT64_MAX;
		turn(&c, 1);
		assert_true(map->on);
		assert_in_range(map->cursor, map->start, map->end - 1);
		assert_true(map->cursor >> map->shift >= map->top >> map->shift);
		assert_true((map->cursor >> map->shift) - (map->top >> map->shift) <
			    (uint64_t)map->rows * map->cols);
	}
	leave(&c);
}

/* ---- files --------------------------------------------------------------- */

static void svg(void **state)
{
	struct options o = { .metric = HEAT_FREQ };
	struct query q = { .nid = ALL_NODES, .heat = true, .range = { .nid = 1 } };
	struct cinema c;
	char *text;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	(void)state;
	assert_non_null(out);
	enter(&c, 24, 80);
	ui_init(&o.ui);
	o.ui.theme = theme_find("colour-blind");
	replay_collector.begin(c.ctx, &q, &c.s);
	replay_collector.step(c.ctx);
	assert_int_equal(c.s.heat_error.errnum, 0);
	heat_svg(out, &o, &c.s);
	assert_int_equal(fclose(out), 0);
	golden_check("heatmap-svg", text);
	leave(&c);
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(ways_to_a_sample),
		cmocka_unit_test(plays_in_time),
		cmocka_unit_test(goes_where_it_is_told),
		cmocka_unit_test(selects_as_the_kernel),
		cmocka_unit_test(adds_records_up),
		cmocka_unit_test(counts_heat),
		cmocka_unit_test(levels_of_heat),
		cmocka_unit_test(map_keys_at_random),
		cmocka_unit_test(svg),
	};
	struct CMUnitTest tests[NR_SCREENS + sizeof(others) / sizeof(others[0])];

	if (!setlocale(LC_CTYPE, "C.UTF-8") || setenv("TZ", "UTC", 1))
		return 77;
	tzset();
	for (size_t i = 0; i < NR_SCREENS; i++)
		tests[i] = (struct CMUnitTest){
			.name = screens[i].name,
			.test_func = golden,
			.initial_state = (void *)&screens[i],
		};
	memcpy(tests + NR_SCREENS, others, sizeof(others));
	return cmocka_run_group_tests(tests, NULL, NULL);
}
