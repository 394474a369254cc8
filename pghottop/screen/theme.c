// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * theme.c - looks as data
 *
 * A heat scale runs through every theme (bar low, mid, high), and no theme says
 * anything by colour alone: bars have lengths, alarms have words, the cursor and
 * the frozen status are reversed where there is no colour.
 */
#include <limits.h>
#include <string.h>

#include "screen/theme.h"

#define NONE LOOK_DEFAULT_COLOUR

/* Colour numbers of the eight that every colour terminal has. */
enum {
	BLACK,
	RED,
	GREEN,
	YELLOW,
	BLUE,
	MAGENTA,
	CYAN,
	WHITE,
};

/* clang-format off */
static const struct theme themes[] = {
	{
		.name = "default",
		.summary = "colours on the terminal's own background",
		.colour = 1,
		.looks = {
			[STYLE_NORMAL]		= { NONE, NONE, NONE, NONE, 0 },
			[STYLE_DIM]		= { 244, NONE, NONE, NONE, LOOK_DIM },
			[STYLE_STRONG]		= { NONE, NONE, NONE, NONE, LOOK_BOLD },
			[STYLE_LABEL]		= { 37, NONE, CYAN, NONE, 0 },
			[STYLE_TITLE]		= { 208, NONE, YELLOW, NONE, LOOK_BOLD },
			[STYLE_HEADING]		= { 16, 37, BLACK, CYAN, 0 },
			[STYLE_HEADING_SORT]	= { 16, 208, BLACK, YELLOW, LOOK_BOLD },
			[STYLE_TAB]		= { 37, NONE, CYAN, NONE, 0 },
			[STYLE_TAB_ACTIVE]	= { 16, 37, BLACK, CYAN, LOOK_BOLD },
			[STYLE_SELECTED]	= { 231, 238, WHITE, BLUE, LOOK_BOLD },
			[STYLE_BAR_LOW]		= { 71, NONE, GREEN, NONE, 0 },
			[STYLE_BAR_MID]		= { 214, NONE, YELLOW, NONE, 0 },
			[STYLE_BAR_HIGH]	= { 203, NONE, RED, NONE, LOOK_BOLD },
			[STYLE_BAR_EMPTY]	= { 240, NONE, NONE, NONE, LOOK_DIM },
			[STYLE_SPARK]		= { 208, NONE, YELLOW, NONE, 0 },
			[STYLE_GOOD]		= { 71, NONE, GREEN, NONE, 0 },
			[STYLE_WARN]		= { 214, NONE, YELLOW, NONE, LOOK_BOLD },
			[STYLE_ALARM]		= { 196, NONE, RED, NONE, LOOK_BOLD },
			[STYLE_STATUS]		= { 250, 236, BLACK, WHITE, 0 },
			[STYLE_STATUS_KEY]	= { 231, 236, BLACK, WHITE, LOOK_BOLD },
			[STYLE_FROZEN]		= { 231, 160, WHITE, RED, LOOK_BOLD },
			[STYLE_POPUP]		= { 252, 235, WHITE, BLUE, 0 },
			[STYLE_POPUP_TITLE]	= { 208, 235, YELLOW, BLUE, LOOK_BOLD },
			[STYLE_POPUP_CURSOR]	= { 16, 208, BLACK, YELLOW, LOOK_BOLD },
			[STYLE_HEAT_NONE]	= { 240, NONE, NONE, NONE, LOOK_DIM },
			[STYLE_HEAT_1]		= { 61, 17, BLUE, NONE, 0 },
			[STYLE_HEAT_2]		= { 134, 53, MAGENTA, NONE, 0 },
			[STYLE_HEAT_3]		= { 204, 89, MAGENTA, NONE, LOOK_BOLD },
			[STYLE_HEAT_4]		= { 209, 124, RED, NONE, LOOK_BOLD },
			[STYLE_HEAT_5]		= { 220, 166, YELLOW, NONE, LOOK_BOLD },
			[STYLE_HEAT_6]		= { 231, 220, WHITE, YELLOW, LOOK_BOLD },
			[STYLE_HEAT_CURSOR]	= { 16, 231, BLACK, WHITE, LOOK_BOLD },
		},
	}, {
		.name = "mono",
		.summary = "no colours, attributes only",
		.looks = {
			[STYLE_NORMAL]		= { NONE, NONE, NONE, NONE, 0 },
			[STYLE_DIM]		= { NONE, NONE, NONE, NONE, LOOK_DIM },
			[STYLE_STRONG]		= { NONE, NONE, NONE, NONE, LOOK_BOLD },
			[STYLE_LABEL]		= { NONE, NONE, NONE, NONE, LOOK_DIM },
			[STYLE_TITLE]		= { NONE, NONE, NONE, NONE, LOOK_BOLD },
			[STYLE_HEADING]		= { NONE, NONE, NONE, NONE, LOOK_REVERSE },
			[STYLE_HEADING_SORT]	= { NONE, NONE, NONE, NONE,
						    LOOK_REVERSE | LOOK_BOLD | LOOK_UNDERLINE },
			[STYLE_TAB]		= { NONE, NONE, NONE, NONE, 0 },
			[STYLE_TAB_ACTIVE]	= { NONE, NONE, NONE, NONE,
						    LOOK_REVERSE | LOOK_BOLD },
			[STYLE_SELECTED]	= { NONE, NONE, NONE, NONE, LOOK_REVERSE },
			[STYLE_BAR_LOW]		= { NONE, NONE, NONE, NONE, 0 },
			[STYLE_BAR_MID]		= { NONE, NONE, NONE, NONE, 0 },
			[STYLE_BAR_HIGH]	= { NONE, NONE, NONE, NONE, LOOK_BOLD },
			[STYLE_BAR_EMPTY]	= { NONE, NONE, NONE, NONE, LOOK_DIM },
			[STYLE_SPARK]		= { NONE, NONE, NONE, NONE, 0 },
			[STYLE_GOOD]		= { NONE, NONE, NONE, NONE, 0 },
			[STYLE_WARN]		= { NONE, NONE, NONE, NONE, LOOK_BOLD },
			[STYLE_ALARM]		= { NONE, NONE, NONE, NONE,
						    LOOK_BOLD | LOOK_REVERSE },
			[STYLE_STATUS]		= { NONE, NONE, NONE, NONE, LOOK_REVERSE },
			[STYLE_STATUS_KEY]	= { NONE, NONE, NONE, NONE,
						    LOOK_REVERSE | LOOK_BOLD },
			[STYLE_FROZEN]		= { NONE, NONE, NONE, NONE,
						    LOOK_REVERSE | LOOK_BOLD | LOOK_BLINK },
			[STYLE_POPUP]		= { NONE, NONE, NONE, NONE, 0 },
			[STYLE_POPUP_TITLE]	= { NONE, NONE, NONE, NONE, LOOK_BOLD },
			[STYLE_POPUP_CURSOR]	= { NONE, NONE, NONE, NONE, LOOK_REVERSE },
			[STYLE_HEAT_NONE]	= { NONE, NONE, NONE, NONE, LOOK_DIM },
			[STYLE_HEAT_1]		= { NONE, NONE, NONE, NONE, 0 },
			[STYLE_HEAT_2]		= { NONE, NONE, NONE, NONE, 0 },
			[STYLE_HEAT_3]		= { NONE, NONE, NONE, NONE, 0 },
			[STYLE_HEAT_4]		= { NONE, NONE, NONE, NONE, 0 },
			[STYLE_HEAT_5]		= { NONE, NONE, NONE, NONE, 0 },
			[STYLE_HEAT_6]		= { NONE, NONE, NONE, NONE, 0 },
			[STYLE_HEAT_CURSOR]	= { NONE, NONE, NONE, NONE,
						    LOOK_REVERSE | LOOK_BOLD },
		},
	}, {
		.name = "high-contrast",
		.summary = "bright on black, nothing faint",
		.colour = 1,
		.looks = {
			[STYLE_NORMAL]		= { 231, 16, WHITE, BLACK, 0 },
			[STYLE_DIM]		= { 252, 16, WHITE, BLACK, 0 },
			[STYLE_STRONG]		= { 231, 16, WHITE, BLACK, LOOK_BOLD },
			[STYLE_LABEL]		= { 51, 16, CYAN, BLACK, LOOK_BOLD },
			[STYLE_TITLE]		= { 226, 16, YELLOW, BLACK, LOOK_BOLD },
			[STYLE_HEADING]		= { 16, 231, BLACK, WHITE, LOOK_BOLD },
			[STYLE_HEADING_SORT]	= { 16, 226, BLACK, YELLOW, LOOK_BOLD },
			[STYLE_TAB]		= { 231, 16, WHITE, BLACK, 0 },
			[STYLE_TAB_ACTIVE]	= { 16, 231, BLACK, WHITE, LOOK_BOLD },
			[STYLE_SELECTED]	= { 16, 51, BLACK, CYAN, LOOK_BOLD },
			[STYLE_BAR_LOW]		= { 46, 16, GREEN, BLACK, LOOK_BOLD },
			[STYLE_BAR_MID]		= { 226, 16, YELLOW, BLACK, LOOK_BOLD },
			[STYLE_BAR_HIGH]	= { 231, 196, WHITE, RED, LOOK_BOLD },
			[STYLE_BAR_EMPTY]	= { 252, 16, WHITE, BLACK, 0 },
			[STYLE_SPARK]		= { 226, 16, YELLOW, BLACK, LOOK_BOLD },
			[STYLE_GOOD]		= { 46, 16, GREEN, BLACK, LOOK_BOLD },
			[STYLE_WARN]		= { 16, 226, BLACK, YELLOW, LOOK_BOLD },
			[STYLE_ALARM]		= { 231, 196, WHITE, RED, LOOK_BOLD },
			[STYLE_STATUS]		= { 16, 231, BLACK, WHITE, 0 },
			[STYLE_STATUS_KEY]	= { 16, 231, BLACK, WHITE, LOOK_BOLD },
			[STYLE_FROZEN]		= { 231, 196, WHITE, RED, LOOK_BOLD },
			[STYLE_POPUP]		= { 231, 18, WHITE, BLUE, 0 },
			[STYLE_POPUP_TITLE]	= { 226, 18, YELLOW, BLUE, LOOK_BOLD },
			[STYLE_POPUP_CURSOR]	= { 16, 226, BLACK, YELLOW, LOOK_BOLD },
			[STYLE_HEAT_NONE]	= { 252, 16, WHITE, BLACK, 0 },
			[STYLE_HEAT_1]		= { 39, 16, BLUE, BLACK, LOOK_BOLD },
			[STYLE_HEAT_2]		= { 51, 16, CYAN, BLACK, LOOK_BOLD },
			[STYLE_HEAT_3]		= { 46, 16, GREEN, BLACK, LOOK_BOLD },
			[STYLE_HEAT_4]		= { 226, 16, YELLOW, BLACK, LOOK_BOLD },
			[STYLE_HEAT_5]		= { 208, 16, RED, BLACK, LOOK_BOLD },
			[STYLE_HEAT_6]		= { 231, 16, WHITE, BLACK, LOOK_BOLD },
			[STYLE_HEAT_CURSOR]	= { 16, 51, BLACK, CYAN, LOOK_BOLD },
		},
	}, {
		/* The palette of M. Okabe and K. Ito, "Color Universal Design", 2008. */
		.name = "colour-blind",
		.summary = "blue to orange instead of green to red",
		.colour = 1,
		.looks = {
			[STYLE_NORMAL]		= { NONE, NONE, NONE, NONE, 0 },
			[STYLE_DIM]		= { 244, NONE, NONE, NONE, LOOK_DIM },
			[STYLE_STRONG]		= { NONE, NONE, NONE, NONE, LOOK_BOLD },
			[STYLE_LABEL]		= { 74, NONE, CYAN, NONE, 0 },
			[STYLE_TITLE]		= { 178, NONE, YELLOW, NONE, LOOK_BOLD },
			[STYLE_HEADING]		= { 16, 74, BLACK, CYAN, 0 },
			[STYLE_HEADING_SORT]	= { 16, 178, BLACK, YELLOW, LOOK_BOLD },
			[STYLE_TAB]		= { 74, NONE, CYAN, NONE, 0 },
			[STYLE_TAB_ACTIVE]	= { 16, 74, BLACK, CYAN, LOOK_BOLD },
			[STYLE_SELECTED]	= { 231, 238, WHITE, BLUE, LOOK_BOLD },
			[STYLE_BAR_LOW]		= { 32, NONE, BLUE, NONE, 0 },
			[STYLE_BAR_MID]		= { 74, NONE, CYAN, NONE, 0 },
			[STYLE_BAR_HIGH]	= { 178, NONE, YELLOW, NONE, LOOK_BOLD },
			[STYLE_BAR_EMPTY]	= { 240, NONE, NONE, NONE, LOOK_DIM },
			[STYLE_SPARK]		= { 178, NONE, YELLOW, NONE, 0 },
			[STYLE_GOOD]		= { 32, NONE, BLUE, NONE, 0 },
			[STYLE_WARN]		= { 178, NONE, YELLOW, NONE, LOOK_BOLD },
			[STYLE_ALARM]		= { 16, 178, BLACK, YELLOW, LOOK_BOLD },
			[STYLE_STATUS]		= { 250, 236, BLACK, WHITE, 0 },
			[STYLE_STATUS_KEY]	= { 231, 236, BLACK, WHITE, LOOK_BOLD },
			[STYLE_FROZEN]		= { 16, 178, BLACK, YELLOW, LOOK_BOLD },
			[STYLE_POPUP]		= { 252, 235, WHITE, BLUE, 0 },
			[STYLE_POPUP_TITLE]	= { 178, 235, YELLOW, BLUE, LOOK_BOLD },
			[STYLE_POPUP_CURSOR]	= { 16, 178, BLACK, YELLOW, LOOK_BOLD },
			[STYLE_HEAT_NONE]	= { 240, NONE, NONE, NONE, LOOK_DIM },
			[STYLE_HEAT_1]		= { 32, 17, BLUE, NONE, 0 },
			[STYLE_HEAT_2]		= { 38, 18, BLUE, NONE, LOOK_BOLD },
			[STYLE_HEAT_3]		= { 74, 60, CYAN, NONE, 0 },
			[STYLE_HEAT_4]		= { 187, 101, CYAN, NONE, LOOK_BOLD },
			[STYLE_HEAT_5]		= { 222, 136, YELLOW, NONE, LOOK_BOLD },
			[STYLE_HEAT_6]		= { 230, 220, WHITE, YELLOW, LOOK_BOLD },
			[STYLE_HEAT_CURSOR]	= { 16, 231, BLACK, WHITE, LOOK_BOLD },
		},
	},
};
/* clang-format on */

#define NR_THEMES (sizeof(themes) / sizeof(themes[0]))

/* xterm's palette: sixteen colours, a cube of 6x6x6, and 24 greys. */
static void rgb_of(int colour, int rgb[3])
{
	static const uint8_t basic[16][3] = {
		{ 0, 0, 0 },	   { 205, 0, 0 },   { 0, 205, 0 },   { 205, 205, 0 },
		{ 0, 0, 238 },	   { 205, 0, 205 }, { 0, 205, 205 }, { 229, 229, 229 },
		{ 127, 127, 127 }, { 255, 0, 0 },   { 0, 255, 0 },   { 255, 255, 0 },
		{ 92, 92, 255 },   { 255, 0, 255 }, { 0, 255, 255 }, { 255, 255, 255 },
	};
	const int cube[3] = { (colour - 16) / 36, (colour - 16) / 6 % 6, (colour - 16) % 6 };

	for (int i = 0; i < 3; i++) {
		if (colour < 16)
			rgb[i] = basic[colour][i];
		else if (colour < 232)
			rgb[i] = cube[i] ? 55 + 40 * cube[i] : 0;
		else
			rgb[i] = 8 + 10 * (colour - 232);
	}
}

int colour_of_16(int colour)
{
	int best = LOOK_DEFAULT_COLOUR, least = INT_MAX, want[3];

	if (colour == LOOK_DEFAULT_COLOUR || colour < 16)
		return colour;
	rgb_of(colour, want);
	for (int i = 0; i < 16; i++) {
		int have[3], distance = 0;

		rgb_of(i, have);
		for (int k = 0; k < 3; k++)
			distance += (want[k] - have[k]) * (want[k] - have[k]);
		if (distance < least) {
			least = distance;
			best = i;
		}
	}
	return best;
}

const struct theme *theme_find(const char *name)
{
	for (size_t i = 0; i < NR_THEMES; i++)
		if (!strcmp(themes[i].name, name))
			return &themes[i];
	return NULL;
}

const struct theme *theme_at(size_t i)
{
	return i < NR_THEMES ? &themes[i] : NULL;
}

const struct theme *theme_default(const char *no_color)
{
	return theme_find(no_color && *no_color ? "mono" : "default");
}
