// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * popup.c - help and sort menu, both made from the tables that they are about
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "input/keys.h"
#include "names.h"
#include "views/box.h"
#include "views/details.h"
#include "views/popup.h"
#include "views/why.h"

/* It does not change its width with what is found. */
#define DETAILS_COLS 100

static void help_lines(struct lines *l)
{
	const struct pghot_source_name *src;
	const struct filter_field *field;
	const struct flag_letter *fl;
	const struct column *col;
	const struct binding *b;
	size_t nr;

	lines_add(l, true, "%s", "Keys");
	b = key_bindings(&nr);
	for (size_t i = 0; i < nr; i++)
		if (b[i].keys)
			lines_add(l, false, " %-10s %s", b[i].keys, b[i].summary);

	lines_add(l, false, "%s", "");
	lines_add(l, true, "%s", "Views");
	for (int v = 0; v < NR_VIEWS; v++)
		lines_add(l, false, " %-10s %s", view_name(v)->title, view_name(v)->summary);

	lines_add(l, false, "%s", "");
	for (int kind = 0; kind < NR_ROW_KINDS; kind++) {
		lines_add(l, true, "Columns of %s", row_name(kind)->many);
		for (size_t i = 0; (col = column_at(kind, i)); i++)
			lines_add(l, false, " %-10s %s", col->title, col->summary);
		lines_add(l, false, "%s", "");
	}

	for (int kind = 0; kind < NR_ROW_KINDS; kind++) {
		lines_add(l, true, "Fields of filters for %s", row_name(kind)->many);
		for (size_t i = 0; (field = filter_field_at(i)); i++)
			if (field->kinds & 1u << kind)
				lines_add(l, false, " %-10s %s: %s", field->name, field->summary,
					  field->values);
		if (kind < NR_ROW_KINDS - 1)
			lines_add(l, false, "%s", "");
	}

	lines_add(l, false, "%s", "");
	lines_add(l, true, "%s", "Letters of sources");
	for (size_t i = 0; (src = pghot_source_name_at(i)); i++)
		lines_add(l, false, " %c          %s", src->letter, src->name);

	lines_add(l, false, "%s", "");
	lines_add(l, true, "%s", "Letters of flags");
	for (size_t i = 0; (fl = flag_letter_at(i)); i++)
		lines_add(l, false, " %c          %s", fl->letter, fl->name);
}

static void sort_lines(struct lines *l, const struct ui *ui)
{
	const struct view_state *vs = &ui->views[ui->view];
	const struct column *col;

	for (size_t i = 0; (col = column_at(ui_kind(ui), i)); i++)
		lines_add(l, false, " %c %-9s %s", col == vs->sort ? '*' : ' ', col->title,
			  col->summary);
}

static void column_lines(struct lines *l, const struct ui *ui)
{
	const struct column *col;

	for (size_t i = 0; (col = ui_column_at(ui, i)); i++)
		lines_add(l, false, " [%c] %-9s %s", i < ui_list(ui)->columns.nr ? 'x' : ' ',
			  col->title, col->summary);
}

void popup_draw(struct canvas *c, struct ui *ui, const struct model *m)
{
	struct lines l = { 0 };
	char title[64];

	switch (ui->popup) {
	case POPUP_HELP:
		help_lines(&l);
		ui->popup_top = box_draw(c, &l, " Help: arrows scroll, q closes ", 0, ui->popup_top,
					 -1, &ui->hits);
		break;
	case POPUP_SORT:
		sort_lines(&l, ui);
		box_draw(c, &l, " Sort by: Enter chooses, Esc cancels ", 0, 0,
			 (long)ui->popup_cursor, &ui->hits);
		break;
	case POPUP_COLUMNS:
		column_lines(&l, ui);
		box_draw(c, &l, " Columns: Space shows or hides, < > move, Esc closes ", 0, 0,
			 (long)ui->popup_cursor, &ui->hits);
		break;
	case POPUP_DETAILS:
		details_lines(&ui->details, m, ui->raw, ui->ascii, &l);
		lines_wrap(&l, (c->cols < DETAILS_COLS ? c->cols : DETAILS_COLS) - 2, ui->ascii);
		snprintf(title, sizeof(title), " Page 0x%" PRIx64 ": Esc closes ",
			 (uint64_t)ui->details.e.pfn);
		ui->popup_top = box_draw(c, &l, title, DETAILS_COLS, ui->popup_top, -1, &ui->hits);
		break;
	case POPUP_WHY:
		why_lines(ui->why, m, ui->raw, &l);
		lines_wrap(&l, (c->cols < DETAILS_COLS ? c->cols : DETAILS_COLS) - 2, ui->ascii);
		snprintf(title, sizeof(title), " Why page 0x%" PRIx64 " is not promoted: q closes ",
			 ui->why);
		ui->popup_top = box_draw(c, &l, title, DETAILS_COLS, ui->popup_top, -1, &ui->hits);
		break;
	case POPUP_NONE:
		break;
	}
	lines_release(&l);
}
