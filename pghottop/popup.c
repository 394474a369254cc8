// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * popup.c - help and sort menu, both made from the tables that they are about
 */
#include <stdio.h>
#include <string.h>

#include "keys.h"
#include "names.h"
#include "popup.h"

/* As many as the help may have; those past it would not be shown. */
#define MAX_LINES 96
#define LINE_LEN  96

/**
 * struct lines - text of a popup
 * @nr: lines
 * @heading: which are headings
 * @text: they
 */
struct lines {
	size_t nr;
	bool heading[MAX_LINES];
	char text[MAX_LINES][LINE_LEN];
};

static char *add_line(struct lines *l, bool heading)
{
	size_t i = l->nr < MAX_LINES ? l->nr++ : MAX_LINES - 1;

	l->heading[i] = heading;
	l->text[i][0] = 0;
	return l->text[i];
}

static void help_lines(struct lines *l)
{
	const struct pghot_source_name *src;
	const struct flag_letter *fl;
	const struct column *col;
	const struct binding *b;
	size_t nr;

	snprintf(add_line(l, true), LINE_LEN, "Keys");
	b = key_bindings(&nr);
	for (size_t i = 0; i < nr; i++)
		if (b[i].keys)
			snprintf(add_line(l, false), LINE_LEN, " %-10s %s", b[i].keys,
				 b[i].summary);

	add_line(l, false);
	snprintf(add_line(l, true), LINE_LEN, "Views");
	for (int v = 0; v < NR_VIEWS; v++)
		snprintf(add_line(l, false), LINE_LEN, " %-10s %s", view_name(v)->title,
			 view_name(v)->summary);

	add_line(l, false);
	snprintf(add_line(l, true), LINE_LEN, "Columns");
	for (size_t i = 0; (col = column_at(i)); i++)
		snprintf(add_line(l, false), LINE_LEN, " %-10s %s", col->title, col->summary);

	add_line(l, false);
	snprintf(add_line(l, true), LINE_LEN, "Letters of sources");
	for (size_t i = 0; (src = pghot_source_name_at(i)); i++)
		snprintf(add_line(l, false), LINE_LEN, " %c          %s", src->letter, src->name);

	add_line(l, false);
	snprintf(add_line(l, true), LINE_LEN, "Letters of flags");
	for (size_t i = 0; (fl = flag_letter_at(i)); i++)
		snprintf(add_line(l, false), LINE_LEN, " %c          %s", fl->letter, fl->name);
}

static void sort_lines(struct lines *l, const struct ui *ui)
{
	const struct view_state *vs = &ui->views[ui->view];
	const struct column *col;

	for (size_t i = 0; (col = column_at(i)); i++)
		snprintf(add_line(l, false), LINE_LEN, " %c %-9s %s", col == vs->sort ? '*' : ' ',
			 col->title, col->summary);
}

static void box(struct canvas *c, struct rect r, const char *title)
{
	const char *h = c->ascii ? "-" : "─", *v = c->ascii ? "|" : "│";
	const char *corner[4] = { "┌", "┐", "└", "┘" };
	int bottom = r.row + r.rows - 1, right = r.col + r.cols - 1;

	if (c->ascii)
		for (int i = 0; i < 4; i++)
			corner[i] = "+";
	canvas_clear(c, r, STYLE_POPUP);
	for (int col = r.col + 1; col < right; col++) {
		canvas_text(c, r.row, col, 1, STYLE_POPUP, h);
		canvas_text(c, bottom, col, 1, STYLE_POPUP, h);
	}
	for (int row = r.row + 1; row < bottom; row++) {
		canvas_text(c, row, r.col, 1, STYLE_POPUP, v);
		canvas_text(c, row, right, 1, STYLE_POPUP, v);
	}
	canvas_text(c, r.row, r.col, 1, STYLE_POPUP, corner[0]);
	canvas_text(c, r.row, right, 1, STYLE_POPUP, corner[1]);
	canvas_text(c, bottom, r.col, 1, STYLE_POPUP, corner[2]);
	canvas_text(c, bottom, right, 1, STYLE_POPUP, corner[3]);
	canvas_text(c, r.row, r.col + 2, r.cols - 4, STYLE_POPUP_TITLE, title);
}

/*
 * Draws a box in the middle with the lines from @top on, or from where the
 * cursor stays visible. Returns the first line shown.
 */
static size_t draw_box(struct canvas *c, const struct lines *l, const char *title, size_t top,
		       long cursor, struct hits *hits)
{
	int widest = text_width(title, c->ascii) + 2;
	struct rect r;
	size_t room;

	for (size_t i = 0; i < l->nr; i++) {
		int w = text_width(l->text[i], c->ascii);

		if (w > widest)
			widest = w;
	}
	r.rows = (int)l->nr + 2 < c->rows ? (int)l->nr + 2 : c->rows;
	r.cols = widest + 3 < c->cols ? widest + 3 : c->cols;
	r.row = (c->rows - r.rows) / 2;
	r.col = (c->cols - r.cols) / 2;

	/* Too low for a border: the lines alone. */
	if (r.rows < 3 || r.cols < 6) {
		canvas_clear(c, r, STYLE_POPUP);
		room = r.rows;
	} else {
		box(c, r, title);
		r.row++;
		r.col++;
		r.cols -= 2;
		room = r.rows - 2;
	}

	if (top + room > l->nr)
		top = l->nr > room ? l->nr - room : 0;
	if (cursor >= 0 && (size_t)cursor >= top + room)
		top = cursor - room + 1;
	if (cursor >= 0 && (size_t)cursor < top)
		top = cursor;
	hits_clear(hits);
	hits_add(hits, r, ACT_MENU_LINE, (int)top);
	for (size_t i = 0; i < room && top + i < l->nr; i++) {
		enum style style = STYLE_POPUP;

		if ((long)(top + i) == cursor)
			style = STYLE_POPUP_CURSOR;
		else if (l->heading[top + i])
			style = STYLE_POPUP_TITLE;
		canvas_field(c, r.row + i, r.col, r.cols, ALIGN_LEFT, ELIDE_END, style,
			     l->text[top + i]);
	}
	return top;
}

void popup_draw(struct canvas *c, struct ui *ui)
{
	struct lines l = { 0 };

	switch (ui->popup) {
	case POPUP_HELP:
		help_lines(&l);
		ui->popup_top =
			draw_box(c, &l, " Help: arrows scroll, q closes ", ui->popup_top, -1,
				 &ui->hits);
		break;
	case POPUP_SORT:
		sort_lines(&l, ui);
		draw_box(c, &l, " Sort by: Enter chooses, Esc cancels ", 0, (long)ui->popup_cursor,
			 &ui->hits);
		break;
	case POPUP_NONE:
		break;
	}
}
