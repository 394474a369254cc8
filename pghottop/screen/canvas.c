// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "screen/canvas.h"

/* Columns of a character that cannot be shown; one '?' stands for it. */
#define REPLACEMENT L'?'

static const wchar_t spark_unicode[] = L" ▁▂▃▄▅▆▇█";
static const wchar_t spark_ascii[] = L" .:-=+*#@";

/**
 * struct glyph - one character as it is drawn
 * @ch: what goes into the cell
 * @width: columns, 0 for a combining character
 */
struct glyph {
	wchar_t ch;
	int width;
};

/*
 * Characters without a width of their own that a terminal obeys: directions and
 * breaks of lines, joiners, and marks of the byte order.
 */
static bool obeyed(wchar_t ch)
{
	return (ch >= 0x200b && ch <= 0x200f) || (ch >= 0x2028 && ch <= 0x202e) ||
	       (ch >= 0x2060 && ch <= 0x206f) || ch == 0xfeff;
}

/* Takes the next character off @text, whatever bytes that has. */
static struct glyph next_glyph(const char **text, bool ascii, mbstate_t *state)
{
	struct glyph g = { REPLACEMENT, 1 };
	size_t len;
	wchar_t ch;

	/* Nearly all there is, and itself in every encoding that a locale has. */
	if (**text >= 0x20 && **text < 0x7f && mbsinit(state)) {
		g.ch = *(*text)++;
		return g;
	}
	len = mbrtowc(&ch, *text, MB_LEN_MAX, state);

	if (len == (size_t)-1 || len == (size_t)-2) {
		memset(state, 0, sizeof(*state));
		*text += 1;
		return g;
	}

	*text += len;
	if (ascii ? ch >= 0x20 && ch < 0x7f : !obeyed(ch)) {
		int width = wcwidth(ch);

		/* Control characters have none. */
		if (width >= 0) {
			g.ch = ch;
			g.width = width;
		}
	}
	return g;
}

int text_width(const char *text, bool ascii)
{
	mbstate_t state = { 0 };
	int width = 0;

	while (*text)
		width += next_glyph(&text, ascii, &state).width;
	return width;
}

char *text_clean(char *buf, size_t size, const char *text, bool ascii)
{
	mbstate_t in = { 0 };
	size_t used = 0;

	while (*text) {
		struct glyph g = next_glyph(&text, ascii, &in);
		char bytes[MB_LEN_MAX];
		mbstate_t out = { 0 };
		size_t len = wcrtomb(bytes, g.ch, &out);

		/* What was read in this locale can be written in it. */
		if (len == (size_t)-1 || used + len >= size)
			break;
		memcpy(buf + used, bytes, len);
		used += len;
	}
	buf[used] = 0;
	return buf;
}

static struct cell *cell_at(struct canvas *c, int row, int col)
{
	if (row < 0 || col < 0 || row >= c->rows || col >= c->cols)
		return NULL;
	return &c->cells[(size_t)row * c->cols + col];
}

int canvas_resize(struct canvas *c, int rows, int cols)
{
	struct cell *cells;

	cells = calloc((size_t)rows * cols, sizeof(*cells));
	if (!cells)
		return -ENOMEM;

	free(c->cells);
	c->cells = cells;
	c->rows = rows;
	c->cols = cols;
	canvas_clear(c, (struct rect){ 0, 0, rows, cols }, STYLE_NORMAL);
	return 0;
}

void canvas_release(struct canvas *c)
{
	free(c->cells);
	*c = (struct canvas){ 0 };
}

/*
 * A character is about to replace the cell: what shared a wide character with it
 * must not remain as half of one.
 */
static void split_wide(struct canvas *c, int row, int col)
{
	struct cell *cell = cell_at(c, row, col);
	struct cell *other;

	if (!cell)
		return;
	if (!cell->ch[0]) {
		other = cell_at(c, row, col - 1);
	} else {
		other = cell_at(c, row, col + 1);
		if (other && other->ch[0])
			other = NULL;
	}
	if (other)
		memcpy(other->ch, (wchar_t[CELL_CHARS]){ L' ' }, sizeof(other->ch));
}

static void put(struct canvas *c, int row, int col, wchar_t ch, int width, enum style style)
{
	for (int i = 0; i < width; i++) {
		struct cell *cell = cell_at(c, row, col + i);

		if (!cell)
			continue;
		split_wide(c, row, col + i);
		memset(cell->ch, 0, sizeof(cell->ch));
		/* A wide character over the edge would be half a character. */
		if (!i && col + width > c->cols)
			cell->ch[0] = L' ';
		else if (!i)
			cell->ch[0] = ch;
		else if (col < 0)
			cell->ch[0] = L' ';
		cell->style = style;
	}
}

static void combine(struct canvas *c, int row, int col, wchar_t ch)
{
	struct cell *cell = cell_at(c, row, col);

	if (cell && !cell->ch[0])
		cell = cell_at(c, row, col - 1);
	if (!cell)
		return;
	for (int i = 1; i < CELL_CHARS - 1; i++) {
		if (!cell->ch[i]) {
			cell->ch[i] = ch;
			return;
		}
	}
}

static struct rect clip(const struct canvas *c, struct rect r)
{
	int end_row = r.row + r.rows, end_col = r.col + r.cols;

	if (r.row < 0)
		r.row = 0;
	if (r.col < 0)
		r.col = 0;
	r.rows = (end_row < c->rows ? end_row : c->rows) - r.row;
	r.cols = (end_col < c->cols ? end_col : c->cols) - r.col;
	return r;
}

void canvas_clear(struct canvas *c, struct rect r, enum style style)
{
	r = clip(c, r);
	for (int row = r.row; row < r.row + r.rows; row++)
		for (int col = r.col; col < r.col + r.cols; col++)
			put(c, row, col, L' ', 1, style);
}

void canvas_restyle(struct canvas *c, struct rect r, enum style style)
{
	r = clip(c, r);
	for (int row = r.row; row < r.row + r.rows; row++)
		for (int col = r.col; col < r.col + r.cols; col++)
			cell_at(c, row, col)->style = style;
}

int canvas_text(struct canvas *c, int row, int col, int width, enum style style, const char *text)
{
	mbstate_t state = { 0 };
	int used = 0;

	while (*text) {
		struct glyph g = next_glyph(&text, c->ascii, &state);

		if (!g.width) {
			if (used)
				combine(c, row, col + used - 1, g.ch);
			continue;
		}
		if (used + g.width > width)
			break;
		put(c, row, col + used, g.ch, g.width, style);
		used += g.width;
	}
	return used;
}

void canvas_field(struct canvas *c, int row, int col, int width, enum align align, enum elide elide,
		  enum style style, const char *text)
{
	const char *ellipsis = c->ascii ? "~" : "…";
	int need = text_width(text, c->ascii);
	mbstate_t state = { 0 };
	int pad;

	if (width <= 0)
		return;
	canvas_clear(c, (struct rect){ row, col, 1, width }, style);

	if (need <= width) {
		pad = align == ALIGN_RIGHT    ? width - need
		      : align == ALIGN_CENTRE ? (width - need) / 2
					      : 0;
		canvas_text(c, row, col + pad, width - pad, style, text);
		return;
	}

	if (elide == ELIDE_END) {
		int used = canvas_text(c, row, col, width - 1, style, text);

		canvas_text(c, row, col + used, 1, style, ellipsis);
		return;
	}

	while (need > width - 1)
		need -= next_glyph(&text, c->ascii, &state).width;
	canvas_text(c, row, col, 1, style, ellipsis);
	canvas_text(c, row, col + 1, width - 1, style, text);
}

void canvas_bar(struct canvas *c, int row, int col, int width, double fill, enum style style)
{
	/* Half as high as the line: bars of neighbouring lines stay apart. */
	static const wchar_t halves[] = L" ▖▄";
	int parts = c->ascii ? 1 : 2;
	int filled;

	if (!(fill > 0))
		fill = 0;
	if (fill > 1)
		fill = 1;
	filled = (int)(fill * width * parts + 0.5);
	/* Something must not look like nothing, nor nearly full like full. */
	if (!filled && fill > 0)
		filled = 1;
	if (filled == width * parts && fill < 1 && width * parts > 1)
		filled--;

	for (int i = 0; i < width; i++) {
		int part = filled - i * parts;

		if (part <= 0)
			put(c, row, col + i, c->ascii ? L'.' : L'·', 1, STYLE_BAR_EMPTY);
		else if (c->ascii)
			put(c, row, col + i, L'|', 1, style);
		else
			put(c, row, col + i, halves[part < 2 ? part : 2], 1, style);
	}
}

void canvas_spark(struct canvas *c, int row, int col, int width, const double *values, size_t nr,
		  double scale)
{
	const wchar_t *levels = c->ascii ? spark_ascii : spark_unicode;

	if (width <= 0)
		return;
	canvas_clear(c, (struct rect){ row, col, 1, width }, STYLE_SPARK);
	if (nr > (size_t)width) {
		values += nr - width;
		nr = width;
	}
	if (!(scale > 0)) {
		scale = 0;
		for (size_t i = 0; i < nr; i++)
			scale = fmax(scale, values[i]);
	}
	for (size_t i = 0; i < nr; i++) {
		int level = 0;

		if (values[i] > 0 && scale > 0)
			level = (int)ceil(fmin(values[i] / scale, 1) * 8);
		put(c, row, col + width - (int)nr + (int)i, levels[level], 1, STYLE_SPARK);
	}
}

char *canvas_dump(const struct canvas *c, bool styles)
{
	size_t room = (size_t)c->rows * ((size_t)c->cols * (CELL_CHARS - 1) * MB_LEN_MAX + 1) + 1;
	char *text = malloc(room);
	char *pos = text;

	if (!text)
		return NULL;

	for (int row = 0; row < c->rows; row++) {
		const struct cell *cells = &c->cells[(size_t)row * c->cols];
		char *end = pos;

		for (int col = 0; col < c->cols; col++) {
			if (styles) {
				*pos++ = cells[col].style < 26
						 ? (char)('a' + cells[col].style)
						 : (char)('A' + cells[col].style - 26);
				end = pos;
				continue;
			}
			for (int i = 0; i < CELL_CHARS && cells[col].ch[i]; i++) {
				mbstate_t state = { 0 };
				size_t len = wcrtomb(pos, cells[col].ch[i], &state);

				if (len == (size_t)-1) {
					*pos = '?';
					len = 1;
				}
				pos += len;
			}
			if (cells[col].ch[0] != L' ')
				end = pos;
		}
		pos = end;
		*pos++ = '\n';
	}
	*pos = 0;
	return text;
}
