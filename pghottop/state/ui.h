/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The room state: what the user has chosen, and what follows from that: what to ask the
 * kernel for (query) and why there is nothing to show (notice). No keys and no drawing.
 */
#ifndef PGHOTTOP_STATE_UI_H
#define PGHOTTOP_STATE_UI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/model.h"
#include "data/player.h"
#include "screen/theme.h"
#include "state/details.h"
#include "state/hits.h"
#include "state/map.h"
#include "state/prompt.h"
#include "table/columns.h"
#include "table/filter.h"
#include "table/rows.h"

enum popup {
	POPUP_NONE,
	POPUP_HELP,
	POPUP_SORT,
	POPUP_DETAILS,
	POPUP_COLUMNS,
	POPUP_WHY,
};

#define INTERVAL_MIN_MS 100
#define INTERVAL_MAX_MS 3600000

/**
 * struct view_state - how one view is looked at; each has its own
 * @sort: column sorted by
 * @descending: largest first
 * @selected: row under the cursor
 * @top: first row on the screen
 * @end: the cursor stays on the last row, wherever that is
 * @window: pages to ask for at least, because fewer of them pass; 0 to begin with
 */
struct view_state {
	const struct column *sort;
	bool descending;
	size_t selected, top;
	bool end;
	uint32_t window;
};

/**
 * struct list_state - how the rows of some kind are listed, in all views that have them
 * @columns: columns of the table
 * @filter: rows to show, NULL for all
 * @filter_text: the same as it was typed
 */
struct list_state {
	struct column_list columns;
	struct filter *filter;
	char filter_text[FILTER_LEN];
};

/**
 * enum ui_request - what the state alone cannot do: the loop does it
 * @REQUEST_SAVE: write the pages shown to the file that the prompt names
 * @REQUEST_SETTINGS: write the settings
 */
enum ui_request {
	REQUEST_NONE,
	REQUEST_SAVE,
	REQUEST_SETTINGS,
};

/**
 * struct ui - what the user has chosen
 * @view: view shown
 * @nid: tab shown, a node or ALL_NODES
 * @views: state of each view
 * @lists: state of each kind of row
 * @tree: cgroups are a tree
 * @folds: what of it is folded
 * @within: pages of that cgroup and of those below it only, NULL for all; chosen in the
 *	view of cgroups, where the way back leads
 * @within_ino: its inode number
 * @pid: process whose mappings are shown, 0 for none
 * @in_mapping: records are those of pages in a mapping of it
 * @start: first address of that
 * @end: first address after it
 * @min_freq: least frequency to ask for, 0 for any
 * @raw: raw units
 * @ascii: no other characters
 * @frozen: no new samples
 * @theme: looks
 * @interval_ms: time between samples
 * @popup: what lies over the screen
 * @popup_cursor: selected line of a menu
 * @popup_top: first line shown of the help
 * @page: rows that the table had on the last screen
 * @progress_done: processes that were looked at for the sample to come
 * @progress_all: processes to look at for it, 0 when it is not of processes
 * @quit: it is over
 * @redraw: the terminal has to be drawn anew
 * @search: text looked for last
 * @origin: where the cursor was when the search began
 * @prompt: what is being typed
 * @message: news for the status line until the next key, "" for none
 * @alarm: the message is about a failure
 * @readonly: write no file
 * @request: what the loop shall do
 * @hits: what of the last screen can be clicked
 * @mouse_row: where the last click was
 * @mouse_col: where the last click was
 * @map: the heat map
 * @player: what moves through a recording, NULL for a live view
 * @details: page that is looked at
 * @why: page frame whose promotion is asked for
 */
struct ui {
	enum view view;
	int nid;
	struct view_state views[NR_VIEWS];
	struct list_state lists[NR_ROW_KINDS];
	bool tree;
	struct folds folds;
	char *within;
	uint64_t within_ino;
	pid_t pid;
	bool in_mapping;
	uint64_t start, end;
	uint32_t min_freq;
	bool raw, ascii;
	bool frozen;
	const struct theme *theme;
	uint32_t interval_ms;
	enum popup popup;
	size_t popup_cursor, popup_top;
	size_t page;
	size_t progress_done, progress_all;
	bool quit, redraw;
	char search[PROMPT_LEN];
	size_t origin;
	struct prompt prompt;
	char message[256];
	bool alarm;
	bool readonly;
	enum ui_request request;
	struct hits hits;
	int mouse_row, mouse_col;
	struct map map;
	struct player *player;
	struct details details;
	uint64_t why;
};

/**
 * ui_init() - the state before anything was chosen
 * @ui: filled in
 */
void ui_init(struct ui *ui);

/**
 * ui_release() - free what the state has
 * @ui: state
 */
void ui_release(struct ui *ui);

/**
 * ui_kind() - what the rows of the view shown are
 * @ui: state
 */
static inline enum row_kind ui_kind(const struct ui *ui)
{
	return view_rows(ui->view);
}

/**
 * ui_list() - how the rows of the view shown are listed
 * @ui: state
 */
static inline const struct list_state *ui_list(const struct ui *ui)
{
	return &ui->lists[ui_kind(ui)];
}

/**
 * ui_row_env() - what columns need to know, for the screen
 * @ui: state
 * @m: model
 */
struct row_env ui_row_env(const struct ui *ui, const struct model *m);

/**
 * ui_enter() - show the processes and the pages of a cgroup only
 * @ui: state
 * @path: its path, NULL to show all again
 * @ino: its inode number
 *
 * Return: 0, or -ENOMEM with the state unchanged.
 */
int ui_enter(struct ui *ui, const char *path, uint64_t ino);

/**
 * ui_process() - show the mappings of a process
 * @ui: state
 * @pid: process, 0 for none
 */
void ui_process(struct ui *ui, pid_t pid);

/**
 * ui_of_mapping() - are the pages of a mapping shown, and no others?
 * @ui: state
 */
static inline bool ui_of_mapping(const struct ui *ui)
{
	return ui->in_mapping && ui->view == VIEW_RECORDS;
}

/**
 * ui_filter() - show only some of the rows of the kind that the view has
 * @ui: state
 * @text: expression; blank shows all
 * @error: told what is wrong
 *
 * Return: 0, or as filter_parse() with the state unchanged.
 */
int ui_filter(struct ui *ui, const char *text, struct filter_error *error);

/**
 * ui_row_filter() - which pages or cgroups of the sample to show
 * @ui: state
 */
struct row_filter ui_row_filter(const struct ui *ui);

/**
 * ui_say() - put news into the status line
 * @ui: state
 * @alarm: it is about a failure
 * @fmt: printf format
 */
void ui_say(struct ui *ui, bool alarm, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/**
 * ui_sort() - sort the view shown by a column
 * @ui: state
 * @col: column
 * @descending: largest first
 */
void ui_sort(struct ui *ui, const struct column *col, bool descending);

/**
 * ui_column_at() - the menu of columns
 * @ui: state
 * @i: from 0: those shown, in their order, then the others
 *
 * Return: the column, NULL past the last.
 */
const struct column *ui_column_at(const struct ui *ui, size_t i);

/**
 * ui_clamp() - keep the cursor on a row and the row on the screen
 * @ui: state
 * @rows: pages shown
 */
void ui_clamp(struct ui *ui, size_t rows);

/**
 * ui_move() - move the cursor
 * @ui: state
 * @rows: pages shown
 * @by: rows down, negative for up; it stops at the ends
 */
void ui_move(struct ui *ui, size_t rows, long by);

#endif
