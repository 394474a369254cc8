/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_INPUT_KEYS_H
#define PGHOTTOP_INPUT_KEYS_H

#include <stddef.h>

#include "screen/keycodes.h"

enum action {
	ACT_NONE,
	ACT_QUIT,
	ACT_HELP,
	ACT_FREEZE,
	ACT_VIEW_NEXT,
	ACT_TAB_NEXT,
	ACT_TAB_PREV,
	ACT_SORT_MENU,
	ACT_SORT_LEFT,
	ACT_SORT_RIGHT,
	ACT_SORT_COLUMN, /* argument: which of the columns shown, from 0 */
	ACT_REVERSE,
	ACT_UNITS,
	ACT_THEME,
	ACT_LONGER,
	ACT_SHORTER,
	ACT_UP,
	ACT_DOWN,
	ACT_PAGE_UP,
	ACT_PAGE_DOWN,
	ACT_HOME,
	ACT_END,
	ACT_REDRAW,
	ACT_MAP, /* the heat map, and what is done there only */
	ACT_MAP_LEFT,
	ACT_MAP_RIGHT,
	ACT_MAP_IN,
	ACT_MAP_OUT,
	ACT_MAP_METRIC,
	ACT_PLAY_STEP, /* argument: samples, of a recording */
	ACT_PLAY_END, /* argument: -1 for the first, 1 for the last */
	ACT_PLAY_SPEED, /* argument: 1 for faster, -1 for slower */
	ACT_PLAY_SEEK,
	ACT_CANCEL,
	ACT_ACCEPT,
	ACT_SEARCH,
	ACT_SEARCH_NEXT,
	ACT_SEARCH_PREV,
	ACT_FILTER,
	ACT_SETTINGS,
	ACT_SAVE,
	ACT_DETAILS,
	ACT_WHEEL_UP,
	ACT_WHEEL_DOWN,
	ACT_CLICK,
	ACT_SEARCH_AGAIN,
	ACT_SEARCH_ALL,
	ACT_COLUMNS,
	/* Of the mouse only; the argument says which. */
	ACT_TAB,
	ACT_VIEW,
	ACT_ROW,
	ACT_MENU_LINE,
};

/* Where a key has its meaning; a popup takes the keys of its own first. */
enum key_scope {
	SCOPE_MAIN,
	SCOPE_MAP,
	SCOPE_MENU,
	SCOPE_HELP,
	SCOPE_DETAILS,
	SCOPE_COLUMNS,
};

/**
 * struct binding - what some keys do
 * @scope: where
 * @inputs: the keys, ended by INPUT_NONE
 * @arg: given to the action
 * @action: what they do
 * @keys: the keys as the help shows them, NULL when an earlier binding speaks
 *	for this one too
 * @summary: what they do, for the help
 */
struct binding {
	enum key_scope scope;
	int inputs[4];
	int arg;
	enum action action;
	const char *keys;
	const char *summary;
};

/**
 * key_binding() - find what a key does
 * @scope: where it was pressed
 * @input: the key
 *
 * Return: its binding, NULL when it has none there.
 */
const struct binding *key_binding(enum key_scope scope, int input);

/**
 * key_bindings() - all bindings, in the order of the help
 * @nr: set to their number
 */
const struct binding *key_bindings(size_t *nr);

#endif
