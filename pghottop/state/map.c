// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "screen/chunks.h"
#include "screen/text.h"
#include "state/map.h"
#include "state/notice.h"
#include "units.h"

/* Fewer columns than this are no map any more; then the numbers go. */
#define COLS_MIN 16

char *map_cell_size(char *buf, size_t size, uint64_t pages, uint32_t page_size)
{
	if (page_size)
		return pghot_format_size(buf, size, pages * page_size);
	snprintf(buf, size, "%" PRIu64 " page%s", pages, pages == 1 ? "" : "s");
	return buf;
}

/* ---- what is looked at --------------------------------------------------- */

static void look_at(struct map *map, int nid)
{
	map->nid = nid;
	map->zoom = 0;
	map->cursor = map->top = 0;
	map->start = map->end = 0;
}

bool map_open(struct map *map, const struct model *m, int nid)
{
	const struct sample *s = &m->sample;
	const struct pghot_node *node = sample_node(s, nid);

	for (size_t i = 0; i < s->nr_nodes && (!node || node->toptier); i++)
		node = &s->nodes[i];
	if (!node || node->toptier)
		return false;
	if (map->nid != (int)node->nid || !map->end)
		look_at(map, (int)node->nid);
	map->on = true;
	return true;
}

void map_node(struct map *map, const struct model *m, int by)
{
	const struct sample *s = &m->sample;
	size_t pos = 0;

	while (pos < s->nr_nodes && (int)s->nodes[pos].nid != map->nid)
		pos++;
	for (size_t i = 0; i < s->nr_nodes; i++) {
		pos = (pos + s->nr_nodes + (size_t)by) % s->nr_nodes;
		if (!s->nodes[pos].toptier)
			break;
	}
	if (pos < s->nr_nodes && (int)s->nodes[pos].nid != map->nid)
		look_at(map, (int)s->nodes[pos].nid);
}

static uint64_t cell_of(const struct map *map, uint64_t pfn)
{
	return (pfn >> map->shift) - (map->start >> map->shift);
}

static uint64_t pfn_of(const struct map *map, uint64_t cell)
{
	return ((map->start >> map->shift) + cell) << map->shift;
}

static uint64_t nr_cells(const struct map *map, unsigned int shift)
{
	return ((map->end - 1) >> shift) - (map->start >> shift) + 1;
}

/* From zoom, cursor and the size of the screen follows what is on the screen. */
static void fit(struct map *map)
{
	uint64_t room = (uint64_t)map->rows * map->cols, top, row;

	if (!map->end || !room)
		return;
	for (map->shift = 0; nr_cells(map, map->shift) > room;)
		map->shift++;
	if (map->zoom * MAP_ZOOM_SHIFT > map->shift)
		map->zoom = (map->shift + MAP_ZOOM_SHIFT - 1) / MAP_ZOOM_SHIFT;
	map->shift -= map->zoom * MAP_ZOOM_SHIFT < map->shift ? map->zoom * MAP_ZOOM_SHIFT
							      : map->shift;

	if (map->cursor < map->start)
		map->cursor = map->start;
	if (map->cursor >= map->end)
		map->cursor = map->end - 1;
	/* Whole rows, counted from the first. */
	row = cell_of(map, map->cursor) / map->cols;
	top = map->top > map->start ? cell_of(map, map->top) / map->cols : 0;
	if (row < top)
		top = row;
	if (row >= top + map->rows)
		top = row - map->rows + 1;
	if ((top + map->rows) * map->cols >= nr_cells(map, map->shift) + map->cols) {
		uint64_t all = (nr_cells(map, map->shift) + map->cols - 1) / map->cols;

		top = all > (uint64_t)map->rows ? all - map->rows : 0;
	}
	map->top = pfn_of(map, top * map->cols);
}

void map_range(const struct map *map, struct heat_range *range)
{
	uint64_t pages = (uint64_t)map->rows * map->cols << map->shift;

	*range = (struct heat_range){ .nid = map->nid };
	if (!map->zoom || !map->end || !pages)
		return;
	range->start = map->top > map->start ? map->top : map->start;
	range->end = map->top + pages < map->end ? map->top + pages : map->end;
}

bool map_stale(const struct map *map, const struct sample *s)
{
	const struct heat_range *have = &s->query.range;
	struct heat_range want;

	map_range(map, &want);
	if (!s->query.heat || have->nid != want.nid)
		return true;
	if (s->heat_error.errnum)
		return false;
	if (have->start == want.start && have->end == want.end)
		return false;
	if (!want.end)
		return s->heat.range.start > map->start || s->heat.range.end < map->end;
	return s->heat.range.start > want.start || s->heat.range.end < want.end ||
	       s->heat.shift > map->shift;
}

static void move(struct map *map, int64_t cells)
{
	uint64_t cell = cell_of(map, map->cursor), last = nr_cells(map, map->shift) - 1;

	if (cells < 0 && cell < (uint64_t)-cells)
		cell = cell % map->cols;
	else if (cells > 0 && cell + (uint64_t)cells > last)
		cell = cell / map->cols == last / map->cols || cells == 1 ? last : cell;
	else
		cell += (uint64_t)cells;
	map->cursor = pfn_of(map, cell);
}

static void zoom(struct map *map, int by)
{
	/* The middle of the range that was under the cursor stays under it. */
	uint64_t middle = map->cursor + (map->shift ? 1ULL << (map->shift - 1) : 0);
	uint64_t row;

	if (by < 0 && !map->zoom)
		return;
	map->zoom += (unsigned int)by;
	map->cursor = middle;
	fit(map);
	map->cursor = pfn_of(map, cell_of(map, map->cursor));
	row = cell_of(map, map->cursor) / map->cols;
	row = row > (uint64_t)map->rows / 2 ? row - map->rows / 2 : 0;
	map->top = pfn_of(map, row * map->cols);
}

void map_action(struct map *map, const struct model *m, const struct binding *b)
{
	if (b->action == ACT_CANCEL) {
		map->on = false;
		return;
	}
	if (b->action == ACT_MAP_METRIC)
		map->metric = (map->metric + 1) % NR_HEAT_METRICS;
	if (b->action == ACT_TAB_NEXT || b->action == ACT_TAB_PREV)
		map_node(map, m, b->action == ACT_TAB_NEXT ? 1 : -1);
	if (!map->end || !map->cols)
		return;

	switch (b->action) {
	case ACT_UP:
		move(map, -map->cols);
		break;
	case ACT_DOWN:
		move(map, map->cols);
		break;
	case ACT_MAP_LEFT:
		move(map, -1);
		break;
	case ACT_MAP_RIGHT:
		move(map, 1);
		break;
	case ACT_PAGE_UP:
		move(map, -(int64_t)map->cols * map->rows);
		break;
	case ACT_PAGE_DOWN:
		move(map, (int64_t)map->cols * map->rows);
		break;
	case ACT_HOME:
		map->cursor = map->start;
		break;
	case ACT_END:
		map->cursor = map->end - 1;
		break;
	case ACT_MAP_IN:
		zoom(map, 1);
		break;
	case ACT_MAP_OUT:
		zoom(map, -1);
		break;
	default:
		break;
	}
	fit(map);
}

bool map_click(struct map *map, int row, int col)
{
	uint64_t cell;

	if (!map->end || row < map->row || row >= map->row + map->rows || col < map->col ||
	    col >= map->col + map->cols)
		return false;
	cell = cell_of(map, map->top) + (uint64_t)(row - map->row) * map->cols + (col - map->col);
	if (cell < nr_cells(map, map->shift))
		map->cursor = pfn_of(map, cell);
	return true;
}

/* ---- drawing ------------------------------------------------------------- */

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
		  map_cell_size(buf, sizeof(buf), 1ULL << map->shift, unit))
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
			  map_cell_size(buf, sizeof(buf), bin.tracked, unit));
		chunk_add(&line, 2, "hot", STYLE_NORMAL, "%s",
			  map_cell_size(buf, sizeof(buf), bin.hot, unit));
		chunk_add(&line, 3, "of", STYLE_NORMAL, "%s",
			  map_cell_size(buf, sizeof(buf), pages, unit));
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
	uint64_t first = cell_of(map, map->top), last = nr_cells(map, map->shift);

	for (int row = 0; row < map->rows; row++) {
		uint64_t cell = first + (uint64_t)row * map->cols;
		char label[24];

		if (cell < last && map->col > 1) {
			snprintf(label, sizeof(label), "%" PRIx64, pfn_of(map, cell));
			canvas_field(c, map->row + row, 0, map->col - 1, ALIGN_RIGHT, ELIDE_START,
				     STYLE_DIM, label);
		}
		for (int col = 0; col < map->cols && cell < last; col++, cell++) {
			uint64_t from = pfn_of(map, cell), to = from + (1ULL << map->shift);
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
	char text[384];

	*style = STYLE_DIM;
	if (!s->query.heat || s->query.range.nid != map->nid) {
		if (!frozen)
			return "Asking for the records";
		*style = STYLE_WARN;
		return "Not part of the frozen sample\nSpace goes on, and shows it.";
	}
	if (!s->heat_error.errnum)
		return NULL;
	*style = STYLE_ALARM;
	if (s->heat_error.errnum == EPERM || s->heat_error.errnum == EACCES)
		return "Records are hidden: this takes CAP_SYS_ADMIN\n"
		       "Page frame numbers are shown only to processes with CAP_SYS_ADMIN in "
		       "the initial user namespace. Run pghottop as root to see them.";
	snprintf(buf, size, "There is no map\n%s",
		 failure_notice(&s->heat_error, "records", text, sizeof(text)));
	return buf;
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
	char buf[512];
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
	fit(map);
	if (legend)
		draw_legend(c, (struct rect){ r.row, r.col, 1, r.cols }, map, m, raw);
	draw_cells(c, map, m);
	if (info)
		draw_cursor_line(c, (struct rect){ r.row + r.rows - 1, r.col, 1, r.cols }, map, m,
				 raw);
}
