// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "screen/layout.h"
#include "screen/text.h"
#include "state/notice.h"
#include "state/query.h"
#include "units.h"
#include "views/table.h"

/* Of a name in a tree something stays, however deep it is; its beginning tells most. */
static void draw_branch(struct canvas *c, int row, int col, int width, const struct column *column,
			const struct value *v)
{
	int mark = text_width(v->mark, c->ascii), indent = v->indent, most = width / 2 - mark;

	if (indent > most)
		indent = most > 0 ? most : 0;
	canvas_text(c, row, col + indent, width - indent, STYLE_DIM, v->mark);
	indent += mark;
	canvas_field(c, row, col + indent, width - indent, column->align, ELIDE_END, STYLE_NORMAL,
		     v->text);
}

static void draw_row(struct canvas *c, int row, struct rect r, const struct ui *ui,
		     const struct layout_item *items, const struct row_env *env, struct row shown)
{
	const struct column_list *list = &ui_list(ui)->columns;

	for (size_t i = 0; i < list->nr; i++) {
		const struct column *col = list->col[i];
		char buf[PGHOT_UNIT_LEN];
		struct value v;

		if (!items[i].size)
			continue;
		column_value(col, env, shown, &v);
		if (col->unit == UNIT_PERMILLE && v.known) {
			canvas_bar(c, row, r.col + items[i].pos, items[i].size, v.num / 1000.0,
				   v.num > 750	 ? STYLE_BAR_HIGH
				   : v.num > 450 ? STYLE_BAR_MID
						 : STYLE_BAR_LOW);
			continue;
		}
		if (v.mark)
			draw_branch(c, row, r.col + items[i].pos, items[i].size, col, &v);
		else
			canvas_field(c, row, r.col + items[i].pos, items[i].size, col->align,
				     col->elide, STYLE_NORMAL,
				     column_text(col, env, &v, buf, sizeof(buf)));
	}
}

static void draw_heading(struct canvas *c, struct rect r, struct ui *ui,
			 const struct layout_item *items, const struct row_env *env)
{
	const struct column_list *list = &ui_list(ui)->columns;
	const struct view_state *vs = &ui->views[ui->view];

	canvas_clear(c, r, STYLE_HEADING);
	for (size_t i = 0; i < list->nr; i++) {
		const struct column *col = list->col[i];
		const char *arrow = "";
		char title[48];

		if (!items[i].size || !r.rows)
			continue;
		if (col == vs->sort)
			arrow = vs->descending ? c->ascii ? "v" : "▼" : c->ascii ? "^" : "▲";
		snprintf(title, sizeof(title), "%s%s", column_title(col, env), arrow);
		hits_add(&ui->hits, (struct rect){ r.row, r.col + items[i].pos, 1, items[i].size },
			 ACT_SORT_COLUMN, (int)i);
		canvas_field(c, r.row, r.col + items[i].pos, items[i].size, col->align,
			     /* The arrow must stay. */
			     *arrow ? ELIDE_START : ELIDE_END,
			     *arrow ? STYLE_HEADING_SORT : STYLE_HEADING, title);
	}
}

/*
 * A column gets the width of what is in it, with the heading and what the table
 * of columns says as the least.
 */
static void plan_columns(struct layout_item *items, const struct ui *ui, const struct model *m,
			 const struct rows *rows, const struct row_env *env, struct rect body)
{
	const struct column_list *list = &ui_list(ui)->columns;
	const struct view_state *vs = &ui->views[ui->view];

	for (size_t i = 0; i < list->nr; i++) {
		const struct column *col = list->col[i];
		int title = text_width(column_title(col, env), ui->ascii) + (col == vs->sort);
		int width = col->width > title ? col->width : title;

		for (int row = 0; row < body.rows && vs->top + row < rows->nr; row++) {
			char buf[PGHOT_UNIT_LEN];
			struct value v;
			int need;

			/* Long texts are cut; numbers must not be. */
			if (col->weight)
				break;
			column_value(col, env, row_at(rows, m, vs->top + row), &v);
			need = text_width(column_text(col, env, &v, buf, sizeof(buf)), ui->ascii);
			if (need > width)
				width = need;
		}
		items[i] = (struct layout_item){
			.min = width,
			.want = width > col->want ? width : col->want,
			.weight = col->weight,
			.priority = col->priority,
		};
	}
	layout_solve(items, list->nr, body.cols, 1);
}

void table_draw(struct canvas *c, struct rect heading, struct rect body, struct ui *ui,
		const struct model *m, const struct rows *rows)
{
	const struct view_state *vs = &ui->views[ui->view];
	struct row_env env = ui_row_env(ui, m);
	struct layout_item items[MAX_COLUMNS];
	enum style style = STYLE_STRONG;
	const char *notice;
	char text[NOTICE_LEN];

	plan_columns(items, ui, m, rows, &env, body);
	draw_heading(c, heading, ui, items, &env);

	notice = entries_notice(m, ui->view, &style, text, sizeof(text));
	if (!notice && !ui_covered(ui, m)) {
		if (!ui->frozen && ui->progress_all) {
			snprintf(text, sizeof(text), "Looking at processes: %zu of %zu",
				 ui->progress_done, ui->progress_all);
			message_draw(c, body, STYLE_DIM, text);
		}
		if (!ui->frozen)
			return;
		style = STYLE_WARN;
		notice = "Not part of the frozen sample\nSpace goes on, and shows it.";
	}
	if (!notice && !rows->nr) {
		size_t used = strlen(empty_notice(ui, m, text, sizeof(text)));

		snprintf(text + used, sizeof(text) - used, "\n%sv shows the other views.",
			 ui_list(ui)->filter && m->sample.running ? "f changes the filter, " : "");
		notice = text;
	}
	if (notice) {
		message_draw(c, body, style, notice);
		return;
	}

	hits_add(&ui->hits, body, ACT_ROW, (int)vs->top);
	for (int row = 0; row < body.rows && vs->top + row < rows->nr; row++) {
		size_t i = vs->top + row;

		draw_row(c, body.row + row, body, ui, items, &env, row_at(rows, m, i));
		if (i == vs->selected)
			canvas_restyle(c, (struct rect){ body.row + row, body.col, 1, body.cols },
				       STYLE_SELECTED);
	}
}
