// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes what reads recordings: the reader, the decoders behind it, and what
 * pghottop makes of a sample, up to the screen, the SVG and CSV. Checksums always
 * fit here, as they never would, so that what is behind them is reached.
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "batch/csv.h"
#include "batch/json.h"
#include "batch/svg.h"
#include "batch/text.h"
#include "data/replay.h"
#include "state/query.h"
#include "views/render.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Samples that are looked at; more of them show nothing new. */
#define SAMPLES_MAX 4

/**
 * struct viewer - what is kept from input to input, to be fast
 * @o: options, with the state of the screen
 * @canvas: screen
 * @null: where output goes
 */
static struct viewer {
	struct options o;
	struct canvas canvas;
	FILE *null;
} viewer;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		abort();
	ui_init(&viewer.o.ui);
	viewer.o.limit = 100;
	viewer.null = fopen("/dev/null", "w");
	if (!viewer.null || canvas_resize(&viewer.canvas, 24, 100))
		abort();
	return 0;
}

static void show(struct model *m, struct rows *rows)
{
	struct ui *ui = &viewer.o.ui;
	const struct view_state *vs = &ui->views[ui->view];
	const struct row_filter filter = ui_row_filter(ui);
	struct row_env env = row_env_of(m, ui->raw, ui->ascii);

	if (rows_build(rows, m, &filter, vs->sort, vs->descending, &env))
		abort();
	render(&viewer.canvas, ui, m, rows, m->sample.mono_ns);
	if (m->sample.state == SAMPLE_OK) {
		viewer.o.csv = CSV_PAGES;
		batch_csv(viewer.null, &viewer.o, m, rows, rows->nr);
		viewer.o.csv = CSV_NODES;
		batch_csv(viewer.null, &viewer.o, m, rows, rows->nr);
		batch_text(viewer.null, &viewer.o, m, rows, rows->nr);
	}
	batch_json(viewer.null, &viewer.o, m, rows, rows->nr);
	if (m->sample.heat.nr)
		heat_svg(viewer.null, &viewer.o, &m->sample);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ui *ui = &viewer.o.ui;
	struct pghot_recording *rec;
	struct pghot_error err;
	struct rows rows = { 0 };
	struct sample s = { 0 };
	struct model m = { 0 };
	char text[192];
	void *ctx;

	if (pghot_recording_open_memory(&rec, data, size, &err))
		return 0;
	replay_damage(rec, text, sizeof(text));
	if (replay_open(&ctx, rec))
		abort();
	ui->player = replay_collector.player(ctx);
	for (int i = 0; i < SAMPLES_MAX; i++) {
		struct query q;

		ui->view = i % NR_VIEWS;
		ui->map.on = i == 1;
		ui->map.nid = 1;
		ui->map.end = 0;
		ui_query(ui, &m, &q);
		/* All that a sample has. */
		q.limit = 1000;
		q.heat = true;
		q.range.nid = 1;
		replay_collector.begin(ctx, &q, &s);
		replay_collector.step(ctx);
		if (model_accept(&m, &s))
			abort();
		show(&m, &rows);
		if (!player_next(ui->player))
			break;
	}
	player_turn(ui->player, 1);
	if (replay_catch_up(ui->player, &replay_collector, ctx, &m, &s))
		abort();
	replay_collector.close(ctx);
	rows_release(&rows);
	sample_release(&s);
	model_release(&m);
	return 0;
}
