// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * input.c - what keys do to the state of the screen
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "input/columns.h"
#include "input/edit.h"
#include "input/input.h"
#include "input/keys.h"
#include "input/map.h"
#include "state/query.h"
#include "table/search.h"

/* Rows that a turn of the wheel goes. */
#define WHEEL_ROWS 3

/* The steps of + and -. */
static const uint32_t intervals[] = {
	100, 200, 500, 1000, 2000, 3000, 5000, 10000, 30000, 60000,
};

#define NR_INTERVALS (sizeof(intervals) / sizeof(intervals[0]))

static void move_cursor(struct view_state *vs, size_t rows, long by)
{
	long to = (long)vs->selected + by;

	vs->end = false;
	if (to < 0)
		to = 0;
	if (rows && to >= (long)rows)
		to = rows - 1;
	vs->selected = to;
}

static void move_page(struct ui *ui, size_t rows, long by)
{
	struct view_state *vs = &ui->views[ui->view];
	long top = (long)vs->top + by;

	move_cursor(vs, rows, by);
	vs->top = top > 0 ? top : 0;
}

static void set_tab(struct ui *ui, int nid)
{
	if (ui->nid == nid)
		return;
	ui->nid = nid;
	for (int v = 0; v < NR_VIEWS; v++) {
		ui->views[v].selected = ui->views[v].top = 0;
		ui->views[v].end = false;
	}
}

/* All nodes come first, then each. */
static void next_tab(struct ui *ui, const struct model *m, int by)
{
	const struct sample *s = &m->sample;
	int nr = (int)s->nr_nodes + 1, pos = 0;

	for (size_t i = 0; i < s->nr_nodes; i++)
		if ((int)s->nodes[i].nid == ui->nid)
			pos = i + 1;
	pos = (pos + by + nr) % nr;
	set_tab(ui, pos ? (int)s->nodes[pos - 1].nid : ALL_NODES);
}

static void sort_neighbour(struct ui *ui, int by)
{
	const struct column_list *list = &ui->columns;
	size_t pos;

	for (pos = 0; pos < list->nr; pos++)
		if (list->col[pos] == ui->views[ui->view].sort)
			break;
	if (pos == list->nr)
		pos = by > 0 ? list->nr - 1 : 0;
	pos = (pos + by + list->nr) % list->nr;
	ui_sort(ui, list->col[pos], list->col[pos]->descending);
}

static void sort_column(struct ui *ui, size_t pos)
{
	const struct view_state *vs = &ui->views[ui->view];
	const struct column *col;

	if (pos >= ui->columns.nr)
		return;
	col = ui->columns.col[pos];
	ui_sort(ui, col, col == vs->sort ? !vs->descending : col->descending);
}

static void open_sort_menu(struct ui *ui)
{
	ui->popup = POPUP_SORT;
	ui->popup_cursor = 0;
	for (size_t i = 0; column_at(i); i++)
		if (column_at(i) == ui->views[ui->view].sort)
			ui->popup_cursor = i;
}

static void step_interval(struct ui *ui, bool longer)
{
	uint32_t next = ui->interval_ms;

	for (size_t i = 0; i < NR_INTERVALS; i++) {
		uint32_t ms = intervals[i];

		if (longer ? ms > ui->interval_ms && next == ui->interval_ms : ms < ui->interval_ms)
			next = ms;
	}
	ui->interval_ms = next;
}

static void next_theme(struct ui *ui)
{
	size_t i = 0;

	while (theme_at(i) && theme_at(i) != ui->theme)
		i++;
	ui->theme = theme_at(i) && theme_at(i + 1) ? theme_at(i + 1) : theme_at(0);
}

static void find(struct ui *ui, const struct model *m, const struct rows *rows, size_t from, int by)
{
	struct row_env env = row_env_of(m, ui->raw, ui->ascii);
	long at = search_rows(m, rows, &ui->columns, &env, ui->search, from, by);

	if (at >= 0)
		move_cursor(&ui->views[ui->view], rows->nr,
			    at - (long)ui->views[ui->view].selected);
	else if (*ui->search)
		ui_say(ui, true, "no row has \"%s\"", ui->search);
}

static void open_save(struct ui *ui, const struct model *m, const struct rows *rows)
{
	time_t seconds = m->sample.real_ms / 1000;
	char name[64] = "pghottop.json";
	struct tm tm;

	if (ui->readonly) {
		ui_say(ui, true, "--readonly: no file is written");
		return;
	}
	if (!rows->nr) {
		ui_say(ui, true, "there are no pages to save");
		return;
	}
	if (localtime_r(&seconds, &tm))
		strftime(name, sizeof(name), "pghottop-%Y%m%d-%H%M%S.json", &tm);
	prompt_open(&ui->prompt, PROMPT_SAVE, name);
}

static void prompt_done(struct ui *ui)
{
	struct prompt *p = &ui->prompt;
	struct filter_error error;
	size_t pos;
	int err;

	switch (p->kind) {
	case PROMPT_SEARCH:
		break;
	case PROMPT_FILTER:
		err = ui_filter(ui, p->text, &error);
		if (err) {
			/* Behind the word that is wrong: to go on with it, or to erase it. */
			error.pos += strcspn(p->text + error.pos, " =<>!~(),&|");
			prompt_fail(p, error.pos, *error.text ? error.text : strerror(-err));
			return;
		}
		/* Other pages: begin with the first of them. */
		ui->views[ui->view].selected = ui->views[ui->view].top = 0;
		break;
	case PROMPT_SAVE:
		if (!p->len) {
			prompt_fail(p, 0, "a name is missing");
			return;
		}
		/* The loop closes the prompt, or tells why it failed. */
		ui->request = REQUEST_SAVE;
		return;
	case PROMPT_SEEK:
		if (player_parse(ui->player, p->text, &pos)) {
			prompt_fail(p, p->len,
				    "neither a time such as 90s nor a sample such as #12");
			return;
		}
		player_seek(ui->player, pos);
		break;
	case PROMPT_NONE:
		break;
	}
	prompt_close(p);
}

static bool prompt_key(struct ui *ui, const struct model *m, const struct rows *rows, int input)
{
	struct view_state *vs = &ui->views[ui->view];
	struct prompt *p = &ui->prompt;
	enum prompt_result result = prompt_input(p, input);

	if (result == PROMPT_EDITED && p->kind == PROMPT_SEARCH) {
		snprintf(ui->search, sizeof(ui->search), "%s", p->text);
		find(ui, m, rows, ui->origin, 1);
		if (!*ui->search)
			move_cursor(vs, rows->nr, (long)ui->origin - (long)vs->selected);
		if (ui->message[0])
			prompt_fail(p, p->cursor, ui->message);
		ui->message[0] = 0;
	} else if (result == PROMPT_ACCEPTED) {
		prompt_done(ui);
	} else if (result == PROMPT_CANCELLED) {
		if (p->kind == PROMPT_SEARCH)
			move_cursor(vs, rows->nr, (long)ui->origin - (long)vs->selected);
		prompt_close(p);
	}
	return result != PROMPT_IGNORED;
}

static void select_row(struct ui *ui, const struct rows *rows, size_t row)
{
	struct view_state *vs = &ui->views[ui->view];

	if (row < rows->nr)
		move_cursor(vs, rows->nr, (long)row - (long)vs->selected);
}

static void play_action(struct ui *ui, const struct binding *b)
{
	struct player *p = ui->player;

	if (!p) {
		ui_say(ui, false, "this is live; what was recorded is played with -r");
		return;
	}
	switch (b->action) {
	case ACT_PLAY_STEP:
		player_step(p, b->arg);
		break;
	case ACT_PLAY_END:
		player_seek(p, b->arg < 0 ? 0 : p->nr - 1);
		break;
	case ACT_PLAY_SPEED:
		player_faster(p, b->arg);
		break;
	default:
		prompt_open(&ui->prompt, PROMPT_SEEK, "");
	}
}

static void open_details(struct ui *ui, const struct model *m, const struct rows *rows)
{
	size_t row = ui->views[ui->view].selected;

	if (row >= rows->nr || !ui_covered(ui, m))
		return;
	details_open(&ui->details, m, &m->sample.entries[rows->order[row]]);
	ui->popup = POPUP_DETAILS;
	ui->popup_top = 0;
}

static void main_action(struct ui *ui, const struct model *m, const struct rows *rows,
			const struct binding *b)
{
	struct view_state *vs = &ui->views[ui->view];
	size_t nr = rows->nr;

	switch (b->action) {
	case ACT_QUIT:
		ui->quit = true;
		break;
	case ACT_HELP:
		ui->popup = POPUP_HELP;
		ui->popup_top = 0;
		break;
	case ACT_FREEZE:
		if (ui->player) {
			player_toggle(ui->player);
			break;
		}
		/* There must be something to freeze. */
		ui->frozen = !ui->frozen && m->sample.state == SAMPLE_OK;
		break;
	case ACT_VIEW_NEXT:
		ui->view = (ui->view + 1) % NR_VIEWS;
		break;
	case ACT_TAB_NEXT:
		next_tab(ui, m, 1);
		break;
	case ACT_TAB_PREV:
		next_tab(ui, m, -1);
		break;
	case ACT_SORT_MENU:
		open_sort_menu(ui);
		break;
	case ACT_SORT_LEFT:
		sort_neighbour(ui, -1);
		break;
	case ACT_SORT_RIGHT:
		sort_neighbour(ui, 1);
		break;
	case ACT_SORT_COLUMN:
		sort_column(ui, b->arg);
		break;
	case ACT_COLUMNS:
		ui->popup = POPUP_COLUMNS;
		ui->popup_cursor = 0;
		break;
	case ACT_REVERSE:
		vs->descending = !vs->descending;
		break;
	case ACT_UNITS:
		ui->raw = !ui->raw;
		break;
	case ACT_THEME:
		next_theme(ui);
		ui->redraw = true;
		break;
	case ACT_LONGER:
	case ACT_SHORTER:
		if (ui->player)
			ui_say(ui, false, "a recording has its own pace; ( and ) change the speed");
		else
			step_interval(ui, b->action == ACT_LONGER);
		break;
	case ACT_MAP:
		if (!map_open(&ui->map, m, ui->nid))
			ui_say(ui, true, "there is no map: no node is on a lower tier");
		break;
	case ACT_PLAY_STEP:
	case ACT_PLAY_END:
	case ACT_PLAY_SPEED:
	case ACT_PLAY_SEEK:
		play_action(ui, b);
		break;
	case ACT_UP:
		move_cursor(vs, nr, -1);
		break;
	case ACT_DOWN:
		move_cursor(vs, nr, 1);
		break;
	case ACT_PAGE_UP:
		move_page(ui, nr, -(long)ui->page);
		break;
	case ACT_PAGE_DOWN:
		move_page(ui, nr, (long)ui->page);
		break;
	case ACT_HOME:
		move_cursor(vs, nr, -(long)vs->selected);
		break;
	case ACT_END:
		move_cursor(vs, nr, nr);
		vs->end = !ui->frozen;
		break;
	case ACT_REDRAW:
		ui->redraw = true;
		break;
	case ACT_SEARCH:
		ui->origin = vs->selected;
		prompt_open(&ui->prompt, PROMPT_SEARCH, "");
		break;
	case ACT_SEARCH_NEXT:
		find(ui, m, rows, vs->selected + 1, 1);
		break;
	case ACT_SEARCH_PREV:
		find(ui, m, rows, vs->selected + nr - 1, -1);
		break;
	case ACT_FILTER:
		prompt_open(&ui->prompt, PROMPT_FILTER, ui->filter_text);
		break;
	case ACT_DETAILS:
		open_details(ui, m, rows);
		break;
	case ACT_SAVE:
		open_save(ui, m, rows);
		break;
	case ACT_SETTINGS:
		if (ui->readonly)
			ui_say(ui, true, "--readonly: no file is written");
		else
			ui->request = REQUEST_SETTINGS;
		break;
	case ACT_WHEEL_UP:
		move_page(ui, nr, -WHEEL_ROWS);
		break;
	case ACT_WHEEL_DOWN:
		move_page(ui, nr, WHEEL_ROWS);
		break;
	case ACT_TAB:
		set_tab(ui, b->arg);
		break;
	case ACT_VIEW:
		ui->view = b->arg;
		break;
	case ACT_ROW:
		/* Once to select, again to look at it. */
		if ((size_t)b->arg == vs->selected)
			open_details(ui, m, rows);
		else
			select_row(ui, rows, b->arg);
		break;
	default:
		break;
	}
}

/* A new top past the end is clamped when it is drawn. Returns false to close. */
static bool scroll_popup(struct ui *ui, const struct binding *b)
{
	size_t page = ui->page > 1 ? ui->page : 1;

	switch (b->action) {
	case ACT_UP:
		ui->popup_top -= ui->popup_top ? 1 : 0;
		break;
	case ACT_DOWN:
		ui->popup_top++;
		break;
	case ACT_PAGE_UP:
		ui->popup_top -= ui->popup_top < page ? ui->popup_top : page;
		break;
	case ACT_PAGE_DOWN:
		ui->popup_top += page;
		break;
	case ACT_HOME:
		ui->popup_top = 0;
		break;
	case ACT_END:
		ui->popup_top = SIZE_MAX / 2;
		break;
	case ACT_MENU_LINE:
		break;
	default:
		return false;
	}
	return true;
}

static void help_action(struct ui *ui, const struct binding *b)
{
	if (!scroll_popup(ui, b))
		ui->popup = POPUP_NONE;
}

static void details_action(struct ui *ui, const struct model *m, const struct rows *rows,
			   const struct binding *b)
{
	switch (b->action) {
	case ACT_SEARCH_AGAIN:
		details_search(&ui->details, ui->details.all);
		return;
	case ACT_SEARCH_ALL:
		details_search(&ui->details, true);
		return;
	case ACT_FREEZE:
	case ACT_UNITS:
		main_action(ui, m, rows, b);
		return;
	case ACT_CANCEL:
		if (details_searching(&ui->details)) {
			details_stop(&ui->details);
			return;
		}
		break;
	default:
		if (scroll_popup(ui, b))
			return;
	}
	details_close(&ui->details);
	ui->popup = POPUP_NONE;
}

static void menu_action(struct ui *ui, const struct binding *b)
{
	size_t last = 0;
	const struct column *col;

	while (column_at(last + 1))
		last++;

	switch (b->action) {
	case ACT_UP:
		ui->popup_cursor = ui->popup_cursor ? ui->popup_cursor - 1 : last;
		break;
	case ACT_DOWN:
		ui->popup_cursor = ui->popup_cursor < last ? ui->popup_cursor + 1 : 0;
		break;
	case ACT_PAGE_UP:
	case ACT_HOME:
		ui->popup_cursor = 0;
		break;
	case ACT_PAGE_DOWN:
	case ACT_END:
		ui->popup_cursor = last;
		break;
	case ACT_MENU_LINE:
		ui->popup_cursor = (size_t)b->arg <= last ? (size_t)b->arg : last;
		/* fallthrough */
	case ACT_ACCEPT:
		col = column_at(ui->popup_cursor);
		if (col != ui->views[ui->view].sort)
			ui_sort(ui, col, col->descending);
		ui->popup = POPUP_NONE;
		break;
	default:
		ui->popup = POPUP_NONE;
	}
}

/*
 * What was clicked, as if it were a key. Lines are told by their number; a click
 * beside a popup closes it.
 */
static const struct binding *click(struct ui *ui, struct binding *b)
{
	const struct hit *hit = hits_find(&ui->hits, ui->mouse_row, ui->mouse_col);

	*b = (struct binding){ .action = ui->popup == POPUP_NONE ? ACT_NONE : ACT_CANCEL };
	if (hit) {
		b->action = hit->action;
		b->arg = hit->arg;
		if (hit->action == ACT_ROW || hit->action == ACT_MENU_LINE)
			b->arg += ui->mouse_row - hit->r.row;
	}
	return b;
}

/* Does it mean the same whatever is shown? */
static bool beyond_table(enum action action)
{
	switch (action) {
	case ACT_QUIT:
	case ACT_HELP:
	case ACT_FREEZE:
	case ACT_UNITS:
	case ACT_THEME:
	case ACT_SETTINGS:
	case ACT_REDRAW:
	case ACT_PLAY_STEP:
	case ACT_PLAY_END:
	case ACT_PLAY_SPEED:
	case ACT_PLAY_SEEK:
		return true;
	default:
		return false;
	}
}

/* The map has keys of its own, and those that are not about the table under it. */
static const struct binding *map_binding(int input)
{
	const struct binding *b = key_binding(SCOPE_MAP, input);

	if (b)
		return b;
	b = key_binding(SCOPE_MAIN, input);
	return b && beyond_table(b->action) ? b : NULL;
}

static void map_input(struct ui *ui, const struct model *m, const struct rows *rows,
		      const struct binding *b)
{
	struct binding clicked;

	if (b->action == ACT_CLICK) {
		if (map_click(&ui->map, ui->mouse_row, ui->mouse_col))
			return;
		b = click(ui, &clicked);
	}
	switch (b->action) {
	case ACT_TAB:
		if (b->arg != ui->map.nid && !map_open(&ui->map, m, b->arg))
			ui->map.on = false;
		break;
	case ACT_VIEW:
		ui->view = b->arg;
		ui->map.on = false;
		break;
	default:
		if (beyond_table(b->action))
			main_action(ui, m, rows, b);
		else
			map_action(&ui->map, m, b);
	}
}

bool ui_input(struct ui *ui, const struct model *m, const struct rows *rows, int input)
{
	struct binding clicked;
	static const enum key_scope scopes[] = {
		[POPUP_NONE] = SCOPE_MAIN,	 [POPUP_HELP] = SCOPE_HELP,
		[POPUP_SORT] = SCOPE_MENU,	 [POPUP_DETAILS] = SCOPE_DETAILS,
		[POPUP_COLUMNS] = SCOPE_COLUMNS,
	};
	enum key_scope scope = ui->popup == POPUP_NONE && ui->map.on ? SCOPE_MAP
								     : scopes[ui->popup];
	const struct binding *b = scope == SCOPE_MAP ? map_binding(input)
						     : key_binding(scope, input);

	if (ui->prompt.kind)
		return prompt_key(ui, m, rows, input);
	if (!b)
		return false;
	ui->message[0] = 0;
	if (b->action == ACT_CLICK && scope != SCOPE_MAP)
		b = click(ui, &clicked);
	switch (scope) {
	case SCOPE_MAP:
		map_input(ui, m, rows, b);
		break;
	case SCOPE_MAIN:
		main_action(ui, m, rows, b);
		break;
	case SCOPE_HELP:
		help_action(ui, b);
		break;
	case SCOPE_COLUMNS:
		ui_columns_action(ui, b);
		break;
	case SCOPE_DETAILS:
		details_action(ui, m, rows, b);
		break;
	case SCOPE_MENU:
		menu_action(ui, b);
		break;
	}
	return true;
}
