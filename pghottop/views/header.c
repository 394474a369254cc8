// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * header.c - what is known of the whole machine, above the table of pages
 */
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "params.h"
#include "screen/chunks.h"
#include "screen/layout.h"
#include "table/nodes.h"
#include "units.h"
#include "views/header.h"

static void draw_cell(struct canvas *c, int row, int col, int width, const struct node_field *f,
		      const struct row_env *env, const struct node_track *t)
{
	struct field_value v;

	node_field_get(f, env, t, &v);
	switch (f->kind) {
	case FIELD_TEXT:
		canvas_field(c, row, col, width, f->align, ELIDE_END, v.style, v.text);
		break;
	case FIELD_BAR:
		if (v.fill >= 0)
			canvas_bar(c, row, col, width, v.fill, v.style);
		else
			canvas_text(c, row, col, width, STYLE_DIM, "-");
		break;
	case FIELD_SPARK:
		if (t->node.toptier)
			canvas_spark(c, row, col, width, t->history, t->nr_history, 0);
		break;
	}
}

/* The first node to show when there is not room for all: the tab's is among them. */
static size_t first_node(const struct ui *ui, const struct model *m, size_t room)
{
	for (size_t i = 0; i < m->nr_nodes; i++)
		if ((int)m->nodes[i].node.nid == ui->nid && i >= room)
			return i - room + 1;
	return 0;
}

static int field_width(const struct node_field *f, const struct row_env *env, const struct model *m)
{
	int width = f->width;

	for (size_t n = 0; f->kind == FIELD_TEXT && n < m->nr_nodes; n++) {
		struct field_value v;
		int need;

		node_field_get(f, env, &m->nodes[n], &v);
		need = text_width(v.text, env->ascii);
		if (need > width)
			width = need;
	}
	return width;
}

void header_nodes(struct canvas *c, struct rect r, const struct ui *ui, const struct model *m)
{
	struct row_env env = row_env_of(m, ui->raw, ui->ascii);
	struct layout_item items[MAX_NODE_FIELDS];
	size_t room = r.rows - 1, nr = 0, first, more;
	const struct node_field *f;

	/* Texts are as wide as they are on this machine; of bars the table has the least. */
	for (; (f = node_field_at(nr)); nr++) {
		int width = field_width(f, &env, m);

		items[nr] = (struct layout_item){
			.min = width,
			.want = width > f->want ? width : f->want,
			.weight = f->weight,
			.priority = f->priority,
		};
	}
	layout_solve(items, nr, r.cols, 1);

	for (size_t i = 0; i < nr; i++) {
		f = node_field_at(i);
		if (items[i].size)
			canvas_field(c, r.row, r.col + items[i].pos, items[i].size, f->align,
				     ELIDE_END, STYLE_LABEL,
				     ui->raw && f->title_raw ? f->title_raw : f->title);
	}

	/* The last line says so when nodes are left out. */
	more = m->nr_nodes > room && room > 1 ? m->nr_nodes - (room - 1) : 0;
	if (more)
		room--;
	first = first_node(ui, m, room);
	for (size_t n = 0; n < room && first + n < m->nr_nodes; n++) {
		const struct node_track *t = &m->nodes[first + n];

		for (size_t i = 0; i < nr; i++)
			if (items[i].size)
				draw_cell(c, r.row + 1 + n, r.col + items[i].pos, items[i].size,
					  node_field_at(i), &env, t);
	}
	if (more) {
		char text[48];

		snprintf(text, sizeof(text), "and %zu more node%s", more, more > 1 ? "s" : "");
		canvas_text(c, r.row + r.rows - 1, r.col, r.cols, STYLE_DIM, text);
	}
}

static const struct pghot_param_desc *param_desc(unsigned int attr)
{
	const struct pghot_param_desc *desc;

	for (unsigned int i = 0; (desc = pghot_param_at(i)); i++)
		if (desc->attr == attr)
			return desc;
	return NULL;
}

static void add_param(struct chunk_line *line, int priority, const char *label, const struct ui *ui,
		      const struct sample *s, unsigned int attr)
{
	const struct pghot_param_desc *desc = param_desc(attr);
	char buf[PGHOT_UNIT_LEN];

	if (!desc || !pghot_has(s->params.present, attr))
		return;
	if (ui->raw)
		snprintf(buf, sizeof(buf), "%" PRId64, s->params.value[attr]);
	else
		pghot_param_format(desc, s->params.value[attr], buf, sizeof(buf));
	chunk_add(line, priority, label, STYLE_NORMAL, "%s", buf);
}

void header_title(struct canvas *c, struct rect r, const struct ui *ui, const struct model *m)
{
	const struct sample *s = &m->sample;
	struct chunk_line line = { .gap = 2 };
	char buf[PGHOT_UNIT_LEN];
	time_t now = s->real_ms / 1000;
	struct tm tm;

	chunk_add(&line, 0, "", STYLE_TITLE, "pghottop");
	if (s->state == SAMPLE_OK) {
		bool promote = sample_param(s, PGHOT_A_PARAM_PROMOTE, 1);

		if (!s->running)
			chunk_add(&line, 1, "", STYLE_WARN, "no source enabled");
		else if (!promote)
			chunk_add(&line, 1, "", STYLE_WARN, "promotion off, profiling only");
		else
			chunk_add(&line, 1, "", STYLE_GOOD, "promoting");
		add_param(&line, 3, "threshold", ui, s, PGHOT_A_PARAM_FREQ_THRESHOLD);
		add_param(&line, 4, "window", ui, s, PGHOT_A_PARAM_WINDOW_MS);
		add_param(&line, 5, "limit", ui, s, PGHOT_A_PARAM_PROMOTE_RATE_LIMIT_MBPS);
		if (ui->raw)
			snprintf(buf, sizeof(buf), "%" PRIu64, s->memory_bytes);
		else
			pghot_format_size(buf, sizeof(buf), s->memory_bytes);
		chunk_add(&line, 6, "memory", STYLE_NORMAL, "%s", buf);
	}
	if (s->state != SAMPLE_NONE && localtime_r(&now, &tm))
		chunk_add(&line, 2, "", STYLE_DIM, "%02d:%02d:%02d", tm.tm_hour, tm.tm_min,
			  tm.tm_sec)
			->right = true;
	chunk_draw(c, r.row, r.col, r.cols, &line);
}

void header_sources(struct canvas *c, struct rect r, const struct ui *ui, const struct model *m)
{
	struct chunk_line line = { .gap = 2 };

	chunk_add(&line, 1, "sources", STYLE_NORMAL, "%s", m->nr_sources ? "" : "none built in");
	for (unsigned int i = 0; i < m->nr_sources; i++) {
		const struct source_track *t = &m->sources[i];
		struct pghot_problem problems[PGHOT_PROBLEMS_MAX];
		char buf[PGHOT_UNIT_LEN];
		struct chunk *ch;

		if (!t->src.enabled) {
			ch = chunk_add(&line, 3, t->src.name, STYLE_DIM, "%s",
				       t->src.available ? "off" : "unavailable");
			ch->label_style = STYLE_DIM;
			continue;
		}
		if (pghot_source_problems(&t->src, &m->sample.surroundings, problems)) {
			chunk_add(&line, 0, t->src.name, STYLE_ALARM, "on, but %s",
				  problems[0].brief)
				->label_style = STYLE_ALARM;
			continue;
		}
		if (t->recorded > 0)
			ch = chunk_add(&line, 0, t->src.name, STYLE_STRONG, "%s/s, %.0f %% useful",
				       format_rate(buf, sizeof(buf), ui->raw, t->recorded),
				       100 * t->useful / t->recorded);
		else
			ch = chunk_add(&line, 0, t->src.name, STYLE_STRONG, "%s",
				       t->recorded < 0 ? "on" : "0/s");
		ch->label_style = STYLE_GOOD;
	}
	chunk_draw(c, r.row, r.col, r.cols, &line);
}

void header_totals(struct canvas *c, struct rect r, const struct ui *ui, const struct model *m)
{
	const struct pghot_stats *st = &m->sample.stats;
	const struct row_env env = row_env_of(m, ui->raw, ui->ascii);
	struct chunk_line line = { .gap = 2 };
	char buf[PGHOT_UNIT_LEN];
	const struct {
		const char *label;
		uint64_t count;
		int priority;
	} counts[] = {
		{ "failed", pghot_failed_total(&st->failed), 2 },
		{ "dropped", st->dropped_ring + st->dropped_heap, 3 },
		{ "hot", st->hot, 4 },
		{ "pruned", st->pruned, 5 },
		{ "refilled", st->refilled, 6 },
		{ "batches", st->batches, 7 },
		{ "held back", st->rate_limited, 8 },
	};

	format_pages(buf, sizeof(buf), &env, st->promoted);
	chunk_add(&line, 1, "totals", STYLE_NORMAL, "%s", "");
	chunk_add(&line, 0, "promoted", STYLE_NORMAL, "%s", buf);
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		if (ui->raw)
			snprintf(buf, sizeof(buf), "%" PRIu64, counts[i].count);
		else
			pghot_format_count(buf, sizeof(buf), counts[i].count);
		chunk_add(&line, counts[i].priority, counts[i].label, STYLE_NORMAL, "%s", buf);
	}
	chunk_draw(c, r.row, r.col, r.cols, &line);
}
