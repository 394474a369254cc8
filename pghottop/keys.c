// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * keys.c - keys as data: the dispatcher and the help read the same table, and a
 * test compares it with the man page
 */
#include "keys.h"

/* clang-format off */
static const struct binding bindings[] = {
	{ SCOPE_MAIN, { ' ' }, 0, ACT_FREEZE,
	  "Space", "freeze the sample, or go on" },
	{ SCOPE_MAIN, { INPUT_TAB }, 0, ACT_TAB_NEXT,
	  "Tab", "next node" },
	{ SCOPE_MAIN, { INPUT_BACKTAB }, 0, ACT_TAB_PREV,
	  "Shift-Tab", "previous node" },
	{ SCOPE_MAIN, { 'v' }, 0, ACT_VIEW_NEXT,
	  "v", "next view: queue, records, promotions" },
	{ SCOPE_MAIN, { 's', INPUT_F1 + 5 }, 0, ACT_SORT_MENU,
	  "s, F6", "choose the column to sort by" },
	{ SCOPE_MAIN, { '<', ',' }, 0, ACT_SORT_LEFT,
	  "<", "sort by the column to the left" },
	{ SCOPE_MAIN, { '>', '.' }, 0, ACT_SORT_RIGHT,
	  ">", "sort by the column to the right" },
	{ SCOPE_MAIN, { '1' }, 0, ACT_SORT_COLUMN,
	  "1-9", "sort by that column; again: reverse" },
	{ SCOPE_MAIN, { '2' }, 1, ACT_SORT_COLUMN, NULL, NULL },
	{ SCOPE_MAIN, { '3' }, 2, ACT_SORT_COLUMN, NULL, NULL },
	{ SCOPE_MAIN, { '4' }, 3, ACT_SORT_COLUMN, NULL, NULL },
	{ SCOPE_MAIN, { '5' }, 4, ACT_SORT_COLUMN, NULL, NULL },
	{ SCOPE_MAIN, { '6' }, 5, ACT_SORT_COLUMN, NULL, NULL },
	{ SCOPE_MAIN, { '7' }, 6, ACT_SORT_COLUMN, NULL, NULL },
	{ SCOPE_MAIN, { '8' }, 7, ACT_SORT_COLUMN, NULL, NULL },
	{ SCOPE_MAIN, { '9' }, 8, ACT_SORT_COLUMN, NULL, NULL },
	{ SCOPE_MAIN, { 'r', 'R', 'I' }, 0, ACT_REVERSE,
	  "r", "reverse the order" },
	{ SCOPE_MAIN, { 'u' }, 0, ACT_UNITS,
	  "u", "human or raw units" },
	{ SCOPE_MAIN, { 't' }, 0, ACT_THEME,
	  "t", "next theme" },
	{ SCOPE_MAIN, { '+', '=' }, 0, ACT_LONGER,
	  "+", "refresh less often" },
	{ SCOPE_MAIN, { '-', '_' }, 0, ACT_SHORTER,
	  "-", "refresh more often" },
	{ SCOPE_MAIN, { INPUT_UP, 'k' }, 0, ACT_UP,
	  "Up, k", "previous row" },
	{ SCOPE_MAIN, { INPUT_DOWN, 'j' }, 0, ACT_DOWN,
	  "Down, j", "next row" },
	{ SCOPE_MAIN, { INPUT_PAGE_UP, INPUT_CTRL('B') }, 0, ACT_PAGE_UP,
	  "PgUp", "a page up" },
	{ SCOPE_MAIN, { INPUT_PAGE_DOWN, INPUT_CTRL('F') }, 0, ACT_PAGE_DOWN,
	  "PgDn", "a page down" },
	{ SCOPE_MAIN, { INPUT_HOME, 'g' }, 0, ACT_HOME,
	  "Home, g", "first row" },
	{ SCOPE_MAIN, { INPUT_END, 'G' }, 0, ACT_END,
	  "End, G", "last row that was asked for" },
	{ SCOPE_MAIN, { '/', INPUT_F1 + 2 }, 0, ACT_SEARCH,
	  "/, F3", "search in the columns shown" },
	{ SCOPE_MAIN, { 'n' }, 0, ACT_SEARCH_NEXT,
	  "n", "search on" },
	{ SCOPE_MAIN, { 'N' }, 0, ACT_SEARCH_PREV,
	  "N", "search back" },
	{ SCOPE_MAIN, { 'f', INPUT_F1 + 3 }, 0, ACT_FILTER,
	  "f, F4", "show only some pages: freq>=8 and type=anon" },
	{ SCOPE_MAIN, { INPUT_ENTER }, 0, ACT_DETAILS,
	  "Enter", "all that is known of the page" },
	{ SCOPE_MAIN, { 'S' }, 0, ACT_SAVE,
	  "S", "save the pages shown to a file" },
	{ SCOPE_MAIN, { 'w' }, 0, ACT_SETTINGS,
	  "w", "write the settings" },
	{ SCOPE_MAIN, { INPUT_WHEEL_UP }, 0, ACT_WHEEL_UP, NULL, NULL },
	{ SCOPE_MAIN, { INPUT_WHEEL_DOWN }, 0, ACT_WHEEL_DOWN, NULL, NULL },
	{ SCOPE_MAIN, { INPUT_CLICK }, 0, ACT_CLICK, NULL, NULL },
	{ SCOPE_MAIN, { INPUT_CTRL('L') }, 0, ACT_REDRAW,
	  "Ctrl-L", "draw the screen anew" },
	{ SCOPE_MAIN, { 'h', '?', INPUT_F1 }, 0, ACT_HELP,
	  "h, ?, F1", "this help" },
	{ SCOPE_MAIN, { 'q', 'Q', INPUT_F10 }, 0, ACT_QUIT,
	  "q, F10", "quit" },

	{ SCOPE_MAIN, { 'm' }, 0, ACT_MAP,
	  "m", "heat map: what is hot where" },
	{ SCOPE_MAP, { INPUT_LEFT, 'H' }, 0, ACT_MAP_LEFT,
	  "m arrows", "on the map: move the cursor" },
	{ SCOPE_MAP, { INPUT_RIGHT, 'L' }, 0, ACT_MAP_RIGHT, NULL, NULL },
	{ SCOPE_MAP, { '+', '=', INPUT_ENTER }, 0, ACT_MAP_IN,
	  "m +, Enter", "on the map: closer" },
	{ SCOPE_MAP, { '-', '_' }, 0, ACT_MAP_OUT,
	  "m -", "on the map: farther" },
	{ SCOPE_MAP, { 'v' }, 0, ACT_MAP_METRIC,
	  "m v", "on the map: frequency, hot pages, tracked pages" },
	{ SCOPE_MAP, { 'm', 'q', INPUT_ESCAPE }, 0, ACT_CANCEL,
	  "m q, Esc", "leave the map" },
	{ SCOPE_MAP, { INPUT_UP, 'k', INPUT_WHEEL_UP }, 0, ACT_UP, NULL, NULL },
	{ SCOPE_MAP, { INPUT_DOWN, 'j', INPUT_WHEEL_DOWN }, 0, ACT_DOWN, NULL, NULL },
	{ SCOPE_MAP, { INPUT_PAGE_UP, INPUT_CTRL('B') }, 0, ACT_PAGE_UP, NULL, NULL },
	{ SCOPE_MAP, { INPUT_PAGE_DOWN, INPUT_CTRL('F') }, 0, ACT_PAGE_DOWN, NULL, NULL },
	{ SCOPE_MAP, { INPUT_HOME, 'g' }, 0, ACT_HOME, NULL, NULL },
	{ SCOPE_MAP, { INPUT_END, 'G' }, 0, ACT_END, NULL, NULL },
	{ SCOPE_MAP, { INPUT_TAB }, 0, ACT_TAB_NEXT, NULL, NULL },
	{ SCOPE_MAP, { INPUT_BACKTAB }, 0, ACT_TAB_PREV, NULL, NULL },
	{ SCOPE_MAP, { INPUT_CLICK }, 0, ACT_CLICK, NULL, NULL },

	{ SCOPE_MAIN, { '[' }, -1, ACT_PLAY_STEP,
	  "[, ]", "in a recording: a sample back, on" },
	{ SCOPE_MAIN, { ']' }, 1, ACT_PLAY_STEP, NULL, NULL },
	{ SCOPE_MAIN, { '{' }, -10, ACT_PLAY_STEP,
	  "{, }", "in a recording: ten samples back, on" },
	{ SCOPE_MAIN, { '}' }, 10, ACT_PLAY_STEP, NULL, NULL },
	{ SCOPE_MAIN, { '^' }, -1, ACT_PLAY_END,
	  "^, $", "in a recording: first, last sample" },
	{ SCOPE_MAIN, { '$' }, 1, ACT_PLAY_END, NULL, NULL },
	{ SCOPE_MAIN, { '(' }, -1, ACT_PLAY_SPEED,
	  "(, )", "in a recording: slower, faster" },
	{ SCOPE_MAIN, { ')' }, 1, ACT_PLAY_SPEED, NULL, NULL },
	{ SCOPE_MAIN, { ':' }, 0, ACT_PLAY_SEEK,
	  ":", "in a recording: go to a time or a sample" },

	{ SCOPE_MENU, { INPUT_UP, 'k' }, 0, ACT_UP, NULL, NULL },
	{ SCOPE_MENU, { INPUT_DOWN, 'j' }, 0, ACT_DOWN, NULL, NULL },
	{ SCOPE_MENU, { INPUT_PAGE_UP }, 0, ACT_PAGE_UP, NULL, NULL },
	{ SCOPE_MENU, { INPUT_PAGE_DOWN }, 0, ACT_PAGE_DOWN, NULL, NULL },
	{ SCOPE_MENU, { INPUT_HOME, 'g' }, 0, ACT_HOME, NULL, NULL },
	{ SCOPE_MENU, { INPUT_END, 'G' }, 0, ACT_END, NULL, NULL },
	{ SCOPE_MENU, { INPUT_ENTER, '\r', ' ' }, 0, ACT_ACCEPT, NULL, NULL },
	{ SCOPE_MENU, { INPUT_ESCAPE, 'q', 's' }, 0, ACT_CANCEL, NULL, NULL },
	{ SCOPE_MENU, { INPUT_WHEEL_UP }, 0, ACT_UP, NULL, NULL },
	{ SCOPE_MENU, { INPUT_WHEEL_DOWN }, 0, ACT_DOWN, NULL, NULL },
	{ SCOPE_MENU, { INPUT_CLICK }, 0, ACT_CLICK, NULL, NULL },

	{ SCOPE_HELP, { INPUT_UP, 'k' }, 0, ACT_UP, NULL, NULL },
	{ SCOPE_HELP, { INPUT_DOWN, 'j' }, 0, ACT_DOWN, NULL, NULL },
	{ SCOPE_HELP, { INPUT_PAGE_UP }, 0, ACT_PAGE_UP, NULL, NULL },
	{ SCOPE_HELP, { INPUT_PAGE_DOWN, ' ' }, 0, ACT_PAGE_DOWN, NULL, NULL },
	{ SCOPE_HELP, { INPUT_HOME, 'g' }, 0, ACT_HOME, NULL, NULL },
	{ SCOPE_HELP, { INPUT_END, 'G' }, 0, ACT_END, NULL, NULL },
	{ SCOPE_HELP, { INPUT_ESCAPE, 'q', INPUT_ENTER }, 0, ACT_CANCEL, NULL, NULL },
	{ SCOPE_HELP, { 'h', '?', INPUT_F1 }, 0, ACT_CANCEL, NULL, NULL },
	{ SCOPE_HELP, { INPUT_WHEEL_UP }, 0, ACT_UP, NULL, NULL },
	{ SCOPE_HELP, { INPUT_WHEEL_DOWN }, 0, ACT_DOWN, NULL, NULL },
	{ SCOPE_HELP, { INPUT_CLICK }, 0, ACT_CLICK, NULL, NULL },

	{ SCOPE_DETAILS, { INPUT_UP, 'k', INPUT_WHEEL_UP }, 0, ACT_UP, NULL, NULL },
	{ SCOPE_DETAILS, { INPUT_DOWN, 'j', INPUT_WHEEL_DOWN }, 0, ACT_DOWN, NULL, NULL },
	{ SCOPE_DETAILS, { INPUT_PAGE_UP }, 0, ACT_PAGE_UP, NULL, NULL },
	{ SCOPE_DETAILS, { INPUT_PAGE_DOWN }, 0, ACT_PAGE_DOWN, NULL, NULL },
	{ SCOPE_DETAILS, { INPUT_HOME, 'g' }, 0, ACT_HOME, NULL, NULL },
	{ SCOPE_DETAILS, { INPUT_END, 'G' }, 0, ACT_END, NULL, NULL },
	{ SCOPE_DETAILS, { 'r' }, 0, ACT_SEARCH_AGAIN, NULL, NULL },
	{ SCOPE_DETAILS, { 'a' }, 0, ACT_SEARCH_ALL, NULL, NULL },
	{ SCOPE_DETAILS, { ' ' }, 0, ACT_FREEZE, NULL, NULL },
	{ SCOPE_DETAILS, { 'u' }, 0, ACT_UNITS, NULL, NULL },
	{ SCOPE_DETAILS, { INPUT_ESCAPE }, 0, ACT_CANCEL, NULL, NULL },
	{ SCOPE_DETAILS, { 'q', INPUT_ENTER }, 0, ACT_ACCEPT, NULL, NULL },
	{ SCOPE_DETAILS, { INPUT_CLICK }, 0, ACT_CLICK, NULL, NULL },
};
/* clang-format on */

#define NR_BINDINGS (sizeof(bindings) / sizeof(bindings[0]))
#define NR_INPUTS   (sizeof(bindings[0].inputs) / sizeof(bindings[0].inputs[0]))

const struct binding *key_binding(enum key_scope scope, int input)
{
	if (input == INPUT_NONE)
		return NULL;
	for (size_t i = 0; i < NR_BINDINGS; i++)
		for (size_t k = 0; k < NR_INPUTS && bindings[i].inputs[k]; k++)
			if (bindings[i].scope == scope && bindings[i].inputs[k] == input)
				return &bindings[i];
	return NULL;
}

const struct binding *key_bindings(size_t *nr)
{
	*nr = NR_BINDINGS;
	return bindings;
}
