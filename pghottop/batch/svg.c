// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * svg.c - the heat map as an image, for reports and for machines without a
 * terminal. Colours are those of the theme; the legend says what they mean.
 */
#include <inttypes.h>
#include <time.h>

#include "batch/svg.h"
#include "data/heat.h"
#include "units.h"

#define COLS	  128
/* As many cells as are wanted at most; there are half as many at least. */
#define CELLS_MAX 8192
#define CELL	  7
#define LEFT	  112
#define TOP	  64
#define BOTTOM	  64
#define RIGHT	  16

/* For a theme without colours: darker is hotter. */
static const char *const greys[] = { "#f4f4f4", "#d4d4d4", "#b0b0b0", "#8a8a8a",
				     "#666666", "#404040", "#101010" };

/**
 * struct picture - the map as it is drawn
 * @out: where to
 * @o: what was asked for
 * @s: sample
 * @first: number of the first cell
 * @nr: cells
 * @shift: a cell has 1 << @shift page frames
 */
struct picture {
	FILE *out;
	const struct options *o;
	const struct sample *s;
	uint64_t first, nr;
	unsigned int shift;
};

/* A colour of xterm's 256 as other programs know it. */
static void palette(char buf[8], int colour)
{
	static const unsigned char base[16][3] = {
		{ 0, 0, 0 },	   { 205, 0, 0 },   { 0, 205, 0 },   { 205, 205, 0 },
		{ 0, 0, 238 },	   { 205, 0, 205 }, { 0, 205, 205 }, { 229, 229, 229 },
		{ 127, 127, 127 }, { 255, 0, 0 },   { 0, 255, 0 },   { 255, 255, 0 },
		{ 92, 92, 255 },   { 255, 0, 255 }, { 0, 255, 255 }, { 255, 255, 255 },
	};
	static const unsigned char steps[6] = { 0, 95, 135, 175, 215, 255 };
	unsigned int r, g, b;

	if (colour < 16) {
		r = base[colour][0];
		g = base[colour][1];
		b = base[colour][2];
	} else if (colour < 232) {
		r = steps[(colour - 16) / 36];
		g = steps[(colour - 16) / 6 % 6];
		b = steps[(colour - 16) % 6];
	} else {
		r = g = b = 8 + (unsigned int)(colour - 232) * 10;
	}
	snprintf(buf, 8, "#%02x%02x%02x", r & 255, g & 255, b & 255);
}

/* A style's colour: the one of its glyph, which is the brighter. */
static const char *level_colour(const struct theme *theme, unsigned int level, char buf[8])
{
	const struct look *look = &theme->looks[STYLE_HEAT_NONE + level];

	if (!theme->colour)
		return greys[level];
	if (!level)
		return "#262b33";
	palette(buf, look->fg);
	return buf;
}

static uint64_t cell_start(const struct picture *p, uint64_t cell)
{
	return (p->first + cell) << p->shift;
}

/* Level of a cell, -1 where the node has no memory. */
static int cell_level(const struct picture *p, uint64_t cell)
{
	const struct sample *s = p->s;
	uint64_t from = cell_start(p, cell), to = cell_start(p, cell + 1);
	uint64_t pages = spans_overlap(s->spans, s->nr_spans, s->heat.range.nid, from, to);
	struct heat_bin bin = heat_sum(&s->heat, from, to);

	return pages ? (int)heat_level(p->o->metric, &bin, pages) : -1;
}

static void put_style(const struct picture *p)
{
	char buf[8];

	fputs("<style>\ntext { font: 12px sans-serif; fill: #333 }\n"
	      ".pfn { font: 10px monospace; text-anchor: end }\n"
	      ".title { font-size: 15px; font-weight: bold }\n",
	      p->out);
	for (unsigned int level = 0; level <= NR_HEAT_LEVELS; level++)
		fprintf(p->out, ".l%u { fill: %s }\n", level,
			level_colour(p->o->ui.theme, level, buf));
	fputs("</style>\n", p->out);
}

static void put_title(const struct picture *p)
{
	const struct sample *s = p->s;
	time_t seconds = (time_t)(s->real_ms / 1000);
	char when[32] = "?", size[PGHOT_UNIT_LEN];
	struct tm tm;

	if (localtime_r(&seconds, &tm))
		strftime(when, sizeof(when), "%Y-%m-%d %H:%M:%S", &tm);
	fprintf(p->out, "<title>Heat map of node %d</title>\n", s->heat.range.nid);
	fprintf(p->out,
		"<text class=\"title\" x=\"%d\" y=\"24\">Node %d, %s: %s</text>\n"
		"<text x=\"%d\" y=\"44\">%s; one cell is %s; %" PRIu64 " records",
		RIGHT, s->heat.range.nid, heat_scale(p->o->metric)->name,
		heat_scale(p->o->metric)->title, RIGHT, when,
		heat_cell_size(size, sizeof(size), 1ULL << p->shift, s->page_size),
		s->heat.records);
	if (s->heat.limit && s->heat.records >= s->heat.limit)
		fprintf(p->out, ", the %" PRIu32 " hottest only", s->heat.limit);
	fputs("</text>\n", p->out);
}

/* Neighbours of one level are one rectangle: most of memory is cold. */
static void put_row(const struct picture *p, uint64_t row)
{
	uint64_t end = (row + 1) * COLS < p->nr ? (row + 1) * COLS : p->nr;
	int y = TOP + (int)row * CELL;

	fprintf(p->out, "<g><title>%#" PRIx64 "-%#" PRIx64 "</title>\n", cell_start(p, row * COLS),
		cell_start(p, end) - 1);
	for (uint64_t cell = row * COLS; cell < end;) {
		uint64_t from = cell;
		int level = cell_level(p, cell);

		while (cell < end && cell_level(p, cell) == level)
			cell++;
		if (level >= 0)
			fprintf(p->out,
				"<rect class=\"l%d\" x=\"%d\" y=\"%d\" width=\"%d\" "
				"height=\"%d\"/>\n",
				level, LEFT + (int)(from % COLS) * CELL, y,
				(int)(cell - from) * CELL, CELL);
	}
	fputs("</g>\n", p->out);
	if (row % 8 == 0)
		fprintf(p->out, "<text class=\"pfn\" x=\"%d\" y=\"%d\">%#" PRIx64 "</text>\n",
			LEFT - 8, y + CELL, cell_start(p, row * COLS));
}

static void put_legend(const struct picture *p, int y)
{
	const struct heat_scale *scale = heat_scale(p->o->metric);

	for (unsigned int level = 0; level <= NR_HEAT_LEVELS; level++) {
		int x = LEFT + (int)level * 96;

		fprintf(p->out,
			"<rect class=\"l%u\" x=\"%d\" y=\"%d\" width=\"14\" height=\"14\"/>\n"
			"<text x=\"%d\" y=\"%d\">%s%s</text>\n",
			level, x, y, x + 20, y + 12,
			level && *scale->levels[level - 1] == '<' ? "&lt;" : "",
			!level ? "none"
			       : scale->levels[level - 1] + (*scale->levels[level - 1] == '<'));
	}
	fprintf(p->out, "<text x=\"%d\" y=\"%d\">%s; page frame numbers at the left</text>\n", LEFT,
		y + 36, scale->title);
}

void heat_svg(FILE *out, const struct options *o, const struct sample *s)
{
	struct picture p = { .out = out, .o = o, .s = s };
	uint64_t start = s->heat.range.start, last = s->heat.range.end - 1, rows;
	int width = LEFT + COLS * CELL + RIGHT, height;

	for (p.shift = s->heat.shift; (last >> p.shift) - (start >> p.shift) >= CELLS_MAX;)
		p.shift++;
	p.first = start >> p.shift;
	p.nr = (last >> p.shift) - p.first + 1;
	rows = (p.nr + COLS - 1) / COLS;
	height = TOP + (int)rows * CELL + BOTTOM;

	fprintf(out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
		"viewBox=\"0 0 %d %d\">\n",
		width, height, width, height);
	put_style(&p);
	fprintf(out, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n", width, height);
	put_title(&p);
	for (uint64_t row = 0; row < rows; row++)
		put_row(&p, row);
	put_legend(&p, TOP + (int)rows * CELL + 12);
	fputs("</svg>\n", out);
}
