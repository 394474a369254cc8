/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_SCREEN_THEME_H
#define PGHOTTOP_SCREEN_THEME_H

#include <stddef.h>
#include <stdint.h>

/**
 * enum style - what a cell means; a theme says what that looks like
 *
 * The renderer knows meanings only, so that a theme is one table and a test
 * can assert that something is shown as an alarm without knowing its colour.
 */
enum style {
	STYLE_NORMAL,
	STYLE_DIM, /* units, rulers, what does not apply */
	STYLE_STRONG, /* a value worth a look */
	STYLE_LABEL, /* the name of a value in the header */
	STYLE_TITLE, /* first line */
	STYLE_HEADING, /* titles of a table's columns */
	STYLE_HEADING_SORT, /* that of the column sorted by */
	STYLE_TAB,
	STYLE_TAB_ACTIVE,
	STYLE_SELECTED, /* row under the cursor */
	STYLE_BAR_LOW,
	STYLE_BAR_MID,
	STYLE_BAR_HIGH,
	STYLE_BAR_EMPTY,
	STYLE_SPARK,
	STYLE_GOOD,
	STYLE_WARN,
	STYLE_ALARM,
	STYLE_STATUS,
	STYLE_STATUS_KEY,
	STYLE_FROZEN, /* must not be overlooked */
	STYLE_POPUP,
	STYLE_POPUP_TITLE,
	STYLE_POPUP_CURSOR,
	STYLE_HEAT_NONE, /* memory where nothing is hot */
	STYLE_HEAT_1, /* levels of heat, from low to high */
	STYLE_HEAT_2,
	STYLE_HEAT_3,
	STYLE_HEAT_4,
	STYLE_HEAT_5,
	STYLE_HEAT_6,
	STYLE_HEAT_CURSOR,
	NR_STYLES
};

/* Attributes of a look, independent of the terminal library. */
enum look_attr {
	LOOK_BOLD = 1 << 0,
	LOOK_DIM = 1 << 1,
	LOOK_REVERSE = 1 << 2,
	LOOK_UNDERLINE = 1 << 3,
	LOOK_BLINK = 1 << 4,
};

#define LOOK_DEFAULT_COLOUR (-1)

/**
 * struct look - how a style looks
 * @fg: colour of the text in the xterm palette of 256, or LOOK_DEFAULT_COLOUR
 * @bg: colour behind it, likewise
 * @fg8: text colour on a terminal with eight colours
 * @bg8: background on such a terminal
 * @attrs: enum look_attr
 */
struct look {
	int16_t fg, bg;
	int8_t fg8, bg8;
	uint8_t attrs;
};

/**
 * struct theme - one look for every style
 * @name: as --theme takes it
 * @summary: half a sentence for people
 * @colour: uses colours at all
 * @looks: indexed by enum style
 */
struct theme {
	const char *name;
	const char *summary;
	int colour;
	struct look looks[NR_STYLES];
};

/**
 * colour_of_16() - what comes closest among sixteen colours
 * @colour: in the xterm palette of 256, or LOOK_DEFAULT_COLOUR
 *
 * Return: the colour, 0 to 15, or LOOK_DEFAULT_COLOUR.
 */
int colour_of_16(int colour);

/**
 * theme_find() - the theme of that name
 * @name: exact name
 *
 * Return: the theme, NULL when there is none.
 */
const struct theme *theme_find(const char *name);

/**
 * theme_at() - enumerate the themes
 * @i: from 0
 *
 * Return: the theme, NULL past the last.
 */
const struct theme *theme_at(size_t i);

/**
 * theme_default() - the theme for this environment
 * @no_color: value of the environment variable NO_COLOR, or NULL
 *
 * https://no-color.org: present and not empty means no colour.
 *
 * Return: never NULL.
 */
const struct theme *theme_default(const char *no_color);

#endif
