// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "screen/chunks.h"
#include "screen/text.h"
#include "state/notice.h"
#include "units.h"
#include "views/map.h"

/* Fewer columns than this are no map any more; then the numbers go. */
#define COLS_MIN 16

static enum style level_style(unsigned int level)
{
	return level ? (enum style)(STYLE_HEAT_1 + level - 1) : STYLE_HEAT_NONE;
}

/* Levels differ without any colour too. */
static const char *level_glyph(unsigned int level, bool ascii)
{
	static const char *const unicode[] = { "·", "▁", "▂", "▃", "▅", "▆", "█" };
	static const char *const plain[] = { ".", ":", "-", "=", "+", "*", "#" };

	return ascii ? plain[level] : unicode[level];
}

static void draw_legend(struct canvas *c, struct rect r, const struct map *map,
			const struct model *m, bool raw)
{
	const struct heat_scale *scale = heat_scale(map->metric);
	uint32_t unit = raw ? 0 : m->sample.page_size;
	struct chunk_line line = { .gap = 1 };
	char buf[PGHOT_UNIT_LEN];

	canvas_clear(c, r, STYLE_HEADING);
	chunk_add(&line, 2, "cell", STYLE_HEADING, "%s",
		  heat_cell_size(buf, sizeof(buf), 1ULL << map->shift, unit))
		->label_style = STYLE_HEADING;
	chunk_add(&line, 1, scale->brief, STYLE_HEADING, "%s", "")->label_style = STYLE_HEADING;
	for (unsigned int level = 0; level <= NR_HEAT_LEVELS; level++)
		chunk_add(&line, 0, level_glyph(level, c->ascii), STYLE_HEADING, "%s",
			  level ? scale->levels[level - 1] : "none")
			->label_style = level_style(level);
	chunk_draw(c, r.row, r.col, r.cols, &line);
}

static void draw_cursor_line(struct canvas *c, struct rect r, const struct map *map,
			     const struct model *m, bool raw)
{
	const struct sample *s = &m->sample;
	uint64_t from = map->cursor >> map->shift << map->shift, to = from + (1ULL << map->shift);
	uint64_t pages = spans_overlap(s->spans, s->nr_spans, map->nid, from, to);
	struct heat_bin bin = heat_sum(&s->heat, from, to);
	struct chunk_line line = { .gap = 2 };
	char buf[PGHOT_UNIT_LEN];

	canvas_clear(c, r, STYLE_NORMAL);
	if (to - from == 1)
		chunk_add(&line, 0, "PFN", STYLE_STRONG, "%#" PRIx64, from);
	else
		chunk_add(&line, 0, "PFN", STYLE_STRONG, "%#" PRIx64 "-%#" PRIx64, from, to - 1);
	if (!pages) {
		chunk_add(&line, 1, "", STYLE_DIM, "no memory of node %d", map->nid);
	} else {
		uint32_t unit = raw ? 0 : s->page_size;

		chunk_add(&line, 1, "tracked", STYLE_NORMAL, "%s",
			  heat_cell_size(buf, sizeof(buf), bin.tracked, unit));
		chunk_add(&line, 2, "hot", STYLE_NORMAL, "%s",
			  heat_cell_size(buf, sizeof(buf), bin.hot, unit));
		chunk_add(&line, 3, "of", STYLE_NORMAL, "%s",
			  heat_cell_size(buf, sizeof(buf), pages, unit));
		chunk_add(&line, 1, "highest freq", STYLE_NORMAL, "%" PRIu32, bin.freq);
	}
	if (s->heat.limit && s->heat.records >= s->heat.limit)
		chunk_add(&line, 4, "", STYLE_WARN, "of the %" PRIu32 " hottest records only",
			  s->heat.limit);
	chunk_add(&line, 5, "Node", STYLE_NORMAL, "%d", map->nid)->right = true;
	chunk_draw(c, r.row, r.col, r.cols, &line);
}

static void draw_cells(struct canvas *c, const struct map *map, const struct model *m)
{
	const struct sample *s = &m->sample;
	uint64_t first = map_cell_of(map, map->top), last = map_nr_cells(map, map->shift);

	for (int row = 0; row < map->rows; row++) {
		uint64_t cell = first + (uint64_t)row * map->cols;
		char label[24];

		if (cell < last && map->col > 1) {
			snprintf(label, sizeof(label), "%" PRIx64, map_pfn_of(map, cell));
			canvas_field(c, map->row + row, 0, map->col - 1, ALIGN_RIGHT, ELIDE_START,
				     STYLE_DIM, label);
		}
		for (int col = 0; col < map->cols && cell < last; col++, cell++) {
			uint64_t from = map_pfn_of(map, cell), to = from + (1ULL << map->shift);
			uint64_t pages = spans_overlap(s->spans, s->nr_spans, map->nid, from, to);
			struct heat_bin bin = heat_sum(&s->heat, from, to);
			unsigned int level = heat_level(map->metric, &bin, pages);
			bool here = map->cursor >= from && map->cursor < to;

			canvas_text(c, map->row + row, map->col + col, 1,
				    here    ? STYLE_HEAT_CURSOR
				    : pages ? level_style(level)
					    : STYLE_NORMAL,
				    pages ? level_glyph(level, c->ascii) : " ");
		}
	}
}

/* Why there is no map, or NULL. */
static const char *map_notice(const struct map *map, const struct sample *s, bool frozen,
			      enum style *style, char *buf, size_t size)
{
	*style = STYLE_DIM;
	if (!s->query.heat || s->query.range.nid != map->nid) {
		if (!frozen)
			return "Asking for the records";
		*style = STYLE_WARN;
		return "Not part of the frozen sample\nSpace goes on, and shows it.";
	}
	*style = STYLE_ALARM;
	return heat_notice(s, buf, size);
}

static int floor_power(int n)
{
	int power = 1;

	while (power * 2 <= n)
		power *= 2;
	return power;
}

void map_draw(struct canvas *c, struct rect r, struct map *map, const struct model *m, bool raw,
	      bool frozen)
{
	const struct sample *s = &m->sample;
	bool legend = r.rows > 3, info = r.rows > 1;
	enum style style;
	const char *notice;
	char buf[NOTICE_LEN];
	int label;

	notice = map_notice(map, s, frozen, &style, buf, sizeof(buf));
	if (notice) {
		message_draw(c, r, style, notice);
		return;
	}
	map->start = s->heat.node_start;
	map->end = s->heat.node_end;
	label = snprintf(buf, sizeof(buf), "%" PRIx64, map->end) + 1;
	if (r.cols - label < COLS_MIN)
		label = 0;
	map->row = r.row + legend;
	map->col = label;
	map->rows = r.rows - legend - info;
	map->cols = r.cols - label;
	/* Rows begin at round numbers then. */
	if (map->cols >= COLS_MIN)
		map->cols = floor_power(map->cols);
	map_fit(map);
	if (legend)
		draw_legend(c, (struct rect){ r.row, r.col, 1, r.cols }, map, m, raw);
	draw_cells(c, map, m);
	if (info)
		draw_cursor_line(c, (struct rect){ r.row + r.rows - 1, r.col, 1, r.cols }, map, m,
				 raw);
}
