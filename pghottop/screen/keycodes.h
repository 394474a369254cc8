/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_SCREEN_KEYCODES_H
#define PGHOTTOP_SCREEN_KEYCODES_H

/**
 * enum input - what the terminal delivers: a character as its code point, or
 * one of these, which lie beyond Unicode
 */
enum input {
	INPUT_NONE = 0,
	INPUT_TAB = '\t',
	INPUT_ENTER = '\n',
	INPUT_ESCAPE = 0x1b,
	INPUT_UP = 0x110000,
	INPUT_DOWN,
	INPUT_LEFT,
	INPUT_RIGHT,
	INPUT_PAGE_UP,
	INPUT_PAGE_DOWN,
	INPUT_HOME,
	INPUT_END,
	INPUT_BACKTAB,
	INPUT_F1,
	INPUT_F10 = INPUT_F1 + 9,
	INPUT_BACKSPACE,
	INPUT_DELETE,
	INPUT_CLICK,
	INPUT_WHEEL_UP,
	INPUT_WHEEL_DOWN,
};

#define INPUT_CTRL(ch) ((ch)&0x1f)

#endif
