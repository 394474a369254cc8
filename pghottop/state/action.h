/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_STATE_ACTION_H
#define PGHOTTOP_STATE_ACTION_H

/* What can be done, by a key or by a click. */
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
	ACT_FOLD, /* of the tree of cgroups */
	ACT_UNFOLD,
	ACT_FOLD_ALL,
	ACT_TREE,
	ACT_BACK,
	ACT_WHY,
	/* Of the mouse only; the argument says which. */
	ACT_TAB,
	ACT_VIEW,
	ACT_ROW,
	ACT_MENU_LINE,
};

#endif
