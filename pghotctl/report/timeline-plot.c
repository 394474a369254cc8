// SPDX-License-Identifier: GPL-2.0-or-later
/* A timeline as a picture: maps of the nodes, and below them the rates. */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report/plot.h"
#include "report/timeline.h"
#include "units.h"

/* In pixels. */
#define LEFT	    110
#define WIDTH	    720
#define RIGHT	    110
#define TOP	    34
#define ROW_MAX	    18.0
#define MAP_MAX	    288.0
#define RATE_HEIGHT 56.0
#define GAP	    52.0
#define LEGEND	    52.0

/* States and levels, with the class of each. */
enum look {
	LOOK_HOLE,
	LOOK_OFFLINE,
	LOOK_COLD,
	LOOK_LEVEL,
	NR_LOOKS = LOOK_LEVEL + PLOT_LEVELS
};

static const char *const classes[NR_LOOKS] = { "hole", "off", "cold", "l1", "l2",
					       "l3",   "l4",  "l5",   "l6" };

static bool look_of(struct timeline_cell cell, enum look *look)
{
	switch (cell.state) {
	case CELL_MEMORY:
		*look = cell.freq ? LOOK_LEVEL + plot_level(cell.freq) - 1 : LOOK_COLD;
		return true;
	case CELL_OFFLINE:
		*look = LOOK_OFFLINE;
		return true;
	case CELL_HOLE:
		*look = LOOK_HOLE;
		return true;
	default:
		return false;
	}
}

static double column_x(const struct timeline *t, size_t column)
{
	return LEFT + (double)WIDTH * (double)column / (double)t->nr_columns;
}

static double row_height(const struct timeline_node *node)
{
	double h = node->nr_rows ? MAP_MAX / (double)node->nr_rows : 0;

	return h > ROW_MAX ? ROW_MAX : h;
}

static double map_height(const struct timeline_node *node)
{
	return row_height(node) * (double)node->nr_rows;
}

/* A path for each look, with a rectangle for each run of equal cells of a row. */
static void plot_look(const struct timeline *t, FILE *to, const struct timeline_node *node,
		      double top, enum look wanted)
{
	double h = row_height(node);
	bool begun = false;

	for (size_t r = 0; r < node->nr_rows; r++) {
		const struct timeline_cell *row = &node->cells[r * t->nr_columns];
		size_t run;

		for (size_t c = 0; c < t->nr_columns; c += run) {
			enum look look, next;

			run = 1;
			if (!look_of(row[c], &look) || look != wanted)
				continue;
			while (c + run < t->nr_columns && look_of(row[c + run], &next) &&
			       next == look)
				run++;
			if (!begun)
				fprintf(to,
					"<path class=\"%s\" shape-rendering=\"crispEdges\" d=\"",
					classes[wanted]);
			begun = true;
			fprintf(to, "M%.1f %.1fH%.1fv%.1fH%.1fz", column_x(t, c),
				top + h * (double)r, column_x(t, c + run), h, column_x(t, c));
		}
	}
	if (begun)
		fputs("\"/>\n", to);
}

/* Labels of page frames, as many as can be read. */
static void plot_rows(const struct timeline *t, FILE *to, const struct timeline_node *node,
		      double top)
{
	double h = row_height(node), last = -100;
	char text[64], size[PGHOT_UNIT_LEN];

	for (size_t r = 0; r < node->nr_rows; r++) {
		const struct timeline_row *row = &node->rows[r];
		double y = top + h * (double)r;

		if (row->hole) {
			pghot_format_size(size, sizeof(size),
					  (row->end - row->start) * t->page_size);
			snprintf(text, sizeof(text), "hole of %s", size);
			plot_label(to, LEFT + WIDTH + 6, y + h / 2 + 4, "m", "start", text);
		}
		/* Where memory begins again is worth knowing most. */
		if (y - last < 26 && !(r && node->rows[r - 1].hole && y - last >= 12))
			continue;
		last = y;
		snprintf(text, sizeof(text), "0x%" PRIx64, row->start);
		plot_label(to, LEFT - 6, y + 9, "m", "end", text);
	}
}

static void plot_node(const struct timeline *t, FILE *to, const struct timeline_node *node,
		      double top)
{
	uint64_t pages = 0;
	char text[96], size[PGHOT_UNIT_LEN];

	for (size_t r = 0; r < node->nr_rows; r++)
		pages += node->rows[r].hole ? 0 : node->rows[r].end - node->rows[r].start;
	snprintf(text, sizeof(text), "node %" PRIu32 ", %s: hottest page by page frame", node->nid,
		 pghot_format_size(size, sizeof(size), pages * t->page_size));
	plot_label(to, LEFT, top - 8, "h", "start", text);
	for (int look = 0; look < NR_LOOKS; look++)
		plot_look(t, to, node, top, (enum look)look);
	plot_rect(to, "frame", LEFT, top, WIDTH, map_height(node));
	plot_rows(t, to, node, top);
}

/* Pieces of a line, broken where nothing is known. */
static void plot_rate(const struct timeline *t, FILE *to, enum timeline_rate rate, double top)
{
	bool pages = rate == RATE_PROMOTED || rate == RATE_FAILED, down = false;
	double most = 0, v;
	char text[64], size[PGHOT_UNIT_LEN];

	for (size_t c = 0; c < t->nr_columns; c++) {
		if (timeline_per_s(&t->columns[c], rate, &v) && v > most)
			most = v;
	}
	if (pages)
		pghot_format_size(size, sizeof(size), timeline_whole(most * t->page_size));
	else
		pghot_format_count(size, sizeof(size), timeline_whole(most));
	plot_label(to, LEFT, top - 6, "t", "start", timeline_rate_title(rate));
	snprintf(text, sizeof(text), "%s/s", size);
	plot_label(to, LEFT - 6, top + 9, "m", "end", text);
	plot_label(to, LEFT - 6, top + RATE_HEIGHT, "m", "end", "0");
	plot_rect(to, "frame", LEFT, top, WIDTH, RATE_HEIGHT);
	fprintf(to, "<path class=\"curve s%d\" d=\"", (int)rate);
	for (size_t c = 0; c < t->nr_columns; c++) {
		double y;

		if (!timeline_per_s(&t->columns[c], rate, &v)) {
			down = false;
			continue;
		}
		y = top + RATE_HEIGHT * (most > 0 ? 1 - v / most : 1);
		fprintf(to, "%c%.1f %.1fH%.1f", down ? 'L' : 'M', column_x(t, c), y,
			column_x(t, c + 1));
		down = true;
	}
	fputs("\"/>\n", to);
}

static void plot_times(const struct timeline *t, FILE *to, double y)
{
	static const char *const anchors[] = { "start", "middle", "end" };
	char text[32];

	for (unsigned int i = 0; i < 3; i++) {
		uint64_t ns = (t->to_ns - t->from_ns) / 2 * i;

		sample_time_text(text, sizeof(text), t->from_ns + ns);
		plot_label(to, LEFT + WIDTH / 2.0 * i, y, "m", anchors[i], text);
	}
}

static void plot_legend(FILE *to, double y)
{
	static const char *const names[] = { "no memory", "offline", "cold" };
	double x = LEFT;

	for (int i = 0; i < NR_LOOKS; i++) {
		const char *name = i < LOOK_LEVEL
					   ? names[i]
					   : plot_level_text((unsigned int)i - LOOK_LEVEL + 1);

		plot_rect(to, classes[i], x, y, 14, 14);
		plot_rect(to, "frame", x, y, 14, 14);
		plot_label(to, x + 19, y + 11, "m", "start", name);
		x += 34 + 7.0 * (double)strlen(name);
	}
	plot_label(to, x, y + 11, "m", "start", "accesses; blank: not recorded");
}

static bool worth_plotting(const struct timeline_node *node)
{
	return node->nr_rows && (node->records || !node->toptier);
}

void timeline_plot(const struct timeline *t, FILE *to)
{
	double y = TOP, height = TOP + LEGEND + NR_TIMELINE_RATES * (RATE_HEIGHT + 24) + 40;

	for (size_t i = 0; i < t->nr_nodes; i++) {
		if (worth_plotting(&t->nodes[i]))
			height += map_height(&t->nodes[i]) + GAP;
	}
	plot_begin(to, LEFT + WIDTH + RIGHT, (unsigned int)height,
		   "Hot pages by time and page frame, and rates over time");
	for (size_t i = 0; i < t->nr_nodes; i++) {
		if (!worth_plotting(&t->nodes[i]))
			continue;
		plot_node(t, to, &t->nodes[i], y);
		y += map_height(&t->nodes[i]);
		plot_times(t, to, y + 15);
		y += GAP;
	}
	plot_legend(to, y - 24);
	y += LEGEND - 24;
	for (int r = 0; r < NR_TIMELINE_RATES; r++) {
		plot_rate(t, to, (enum timeline_rate)r, y);
		y += RATE_HEIGHT + 24;
	}
	plot_times(t, to, y - 8);
	plot_end(to);
}

void timeline_page(const struct timeline *t, FILE *to)
{
	static const char *const titles[] = { "-recording", "-kernel", "samples", "-from", "-to" };
	char text[32];

	plot_table_begin(to, titles, sizeof(titles) / sizeof(titles[0]));
	for (size_t i = 0; i < t->nr_files; i++) {
		const struct pghot_recording_info *info = pghot_recording_info(t->files[i].rec);

		plot_row_begin(to);
		plot_cell(to, true, t->files[i].path);
		plot_cell(to, true, info->kernel);
		snprintf(text, sizeof(text), "%zu", info->samples);
		plot_cell(to, false, text);
		plot_cell(to, true,
			  sample_time_text(text, sizeof(text),
					   pghot_recording_time(t->files[i].rec, 0)->real_ns));
		plot_cell(
			to, true,
			sample_time_text(
				text, sizeof(text),
				pghot_recording_time(t->files[i].rec, info->samples - 1)->real_ns));
		plot_row_end(to);
	}
	plot_table_end(to);
	if (t->limit)
		fprintf(to,
			"<p>Samples have the %" PRIu32
			" hottest records at most: the rest looks cold.</p>\n",
			t->limit);
}
