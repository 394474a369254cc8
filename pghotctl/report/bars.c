// SPDX-License-Identifier: GPL-2.0-or-later

#include "report/bars.h"

#include <inttypes.h>
#include <string.h>

#include "printable.h"
#include "report/plot.h"
#include "units.h"

/* In pixels. */
#define LEFT  20
#define NAMES 330
#define WIDTH 440
#define SIZES 90
#define ROW   22
#define TOP   66

/* Bytes of a label that fit. */
#define LABEL_MAX 46

static uint64_t sum_of(const uint64_t *pages, size_t nr)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < nr; i++)
		sum += pages[i];
	return sum;
}

void bars_text(char *text, const char *signs, const uint64_t *pages, uint64_t most)
{
	size_t nr = strlen(signs), used = 0;

	for (size_t i = 0; i < nr && most; i++) {
		double wanted = (double)pages[i] * BARS_TEXT / (double)most;
		size_t len = (size_t)(wanted + 0.5);

		if (pages[i] && !len)
			len = 1;
		if (len > BARS_TEXT - used)
			len = BARS_TEXT - used;
		memset(text + used, signs[i], len);
		used += len;
	}
	text[used] = '\0';
}

/* ---- pictures ------------------------------------------------------------------- */

static uint64_t most_of(const struct bars *b, size_t nr)
{
	struct bars_row row;
	uint64_t most = 0;

	for (size_t i = 0; i < nr; i++) {
		b->row(b->data, i, &row);
		if (sum_of(row.pages, b->nr_parts) > most)
			most = sum_of(row.pages, b->nr_parts);
	}
	return most;
}

static void plot_legend(const struct bars *b, FILE *to)
{
	double x = LEFT + NAMES;

	for (size_t i = 0; i < b->nr_parts; i++) {
		plot_rect(to, b->parts[i].class, x, TOP - 26, 12, 12);
		plot_rect(to, "frame", x, TOP - 26, 12, 12);
		plot_label(to, x + 16, TOP - 16, "m", "start", b->parts[i].name);
		x += 30 + 6.5 * (double)strlen(b->parts[i].name);
	}
}

/* The end of a label tells more than its beginning; characters stay whole. */
static void label_of(const char *label, char *text, size_t size)
{
	char shown[PGHOT_PRINTABLE_MAX * sizeof(((struct bars_row *)0)->label)];
	const char *rest = label;

	while (pghot_printable(shown, sizeof(shown), rest) > LABEL_MAX) {
		do
			rest++;
		while ((*rest & 0xc0) == 0x80);
	}
	snprintf(text, size, "%s%s", rest > label ? "..." : "", rest);
}

static void plot_row(const struct bars *b, FILE *to, const struct bars_row *row, uint64_t most,
		     double y)
{
	char text[sizeof(row->label) + 8], size[PGHOT_UNIT_LEN];
	double x = LEFT + NAMES;

	label_of(row->label, text, sizeof(text));
	plot_label(to, LEFT + NAMES - 8, y + 14, "t", "end", text);
	for (size_t i = 0; i < b->nr_parts; i++) {
		double w = (double)WIDTH * (double)row->pages[i] / (double)most;

		if (!row->pages[i])
			continue;
		plot_rect(to, b->parts[i].class, x, y + 3, w, ROW - 6);
		x += w;
	}
	plot_rect(to, "frame", LEFT + NAMES, y + 3, x - LEFT - NAMES, ROW - 6);
	pghot_format_size(size, sizeof(size), sum_of(row->pages, b->nr_parts) * b->page_size);
	plot_label(to, x + 6, y + 14, "m", "start", size);
}

void bars_plot(const struct bars *b, FILE *to)
{
	size_t nr = b->nr < BARS_ROWS ? b->nr : BARS_ROWS;
	uint64_t most = most_of(b, nr);
	struct bars_row row;
	char text[64];

	plot_begin(to, LEFT + NAMES + WIDTH + SIZES, TOP + (unsigned int)(nr + 1) * ROW + 10,
		   b->title);
	plot_label(to, LEFT, 24, "h", "start", b->title);
	plot_legend(b, to);
	for (size_t i = 0; i < nr && most; i++) {
		b->row(b->data, i, &row);
		plot_row(b, to, &row, most, TOP + (double)(i * ROW));
	}
	if (!most)
		plot_label(to, LEFT, TOP + 14, "t", "start", "There is nothing to show.");
	if (b->nr > nr) {
		snprintf(text, sizeof(text), "and %zu more", b->nr - nr);
		plot_label(to, LEFT + NAMES - 8, TOP + (double)(nr * ROW) + 14, "m", "end", text);
	}
	plot_end(to);
}

void bars_page(const struct bars *b, FILE *to)
{
	const char *titles[BARS_PARTS + 2] = { b->first, "all" };
	char text[PGHOT_UNIT_LEN];
	struct bars_row row;

	for (size_t i = 0; i < b->nr_parts; i++)
		titles[i + 2] = b->parts[i].name;
	plot_table_begin(to, titles, b->nr_parts + 2);
	for (size_t i = 0; i < b->nr; i++) {
		b->row(b->data, i, &row);
		plot_row_begin(to);
		plot_cell(to, true, row.label);
		plot_cell(to, false,
			  pghot_format_size(text, sizeof(text),
					    sum_of(row.pages, b->nr_parts) * b->page_size));
		for (size_t k = 0; k < b->nr_parts; k++)
			plot_cell(
				to, false,
				pghot_format_size(text, sizeof(text), row.pages[k] * b->page_size));
		plot_row_end(to);
	}
	plot_table_end(to);
}
