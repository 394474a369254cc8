// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * term.c - the only file that knows ncurses
 *
 * ncurses sends only what changed, knows every terminal, and reads its keys.
 * Layout, scrolling and colours are not its business: it gets a grid of cells.
 */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <curses.h>

#include "screen/keycodes.h"
#include "screen/term.h"

/**
 * struct term - a terminal that was taken over
 * @screen: ncurses' idea of it
 * @attrs: of every style
 * @pairs: colour pair of every style
 * @mouse_row: where the last click was
 * @mouse_col: where the last click was
 */
struct term {
	SCREEN *screen;
	attr_t attrs[NR_STYLES];
	short pairs[NR_STYLES];
	int mouse_row, mouse_col;
};

int term_open(struct term **termp, bool mouse, char *error, size_t error_size)
{
	const char *kind = getenv("TERM"), *cup;
	struct term *t;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		snprintf(error, error_size, "standard %s is not a terminal; -b prints text",
			 isatty(STDIN_FILENO) ? "output" : "input");
		return -ENOTTY;
	}
	t = calloc(1, sizeof(*t));
	if (!t) {
		snprintf(error, error_size, "out of memory");
		return -ENOMEM;
	}
	t->screen = newterm(NULL, stdout, stdin);
	if (!t->screen) {
		snprintf(error, error_size,
			 "terminal type \"%s\" (TERM) is not known; "
			 "-b prints text",
			 kind ? kind : "");
		free(t);
		return -ENODEV;
	}

	cup = tigetstr("cup");
	if (!cup || cup == (char *)-1) {
		term_close(t);
		snprintf(error, error_size,
			 "a terminal of type \"%s\" (TERM) cannot place the cursor; "
			 "-b prints text",
			 kind ? kind : "");
		return -ENODEV;
	}

	cbreak();
	noecho();
	nonl();
	nodelay(stdscr, TRUE);
	keypad(stdscr, TRUE);
	leaveok(stdscr, TRUE);
	curs_set(0);
	/* A press is enough: to wait whether it becomes a click would be felt. */
	if (mouse) {
		mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
		mouseinterval(0);
	}
	/* Escape is a key of its own; 25 ms are enough for what else begins with it. */
	set_escdelay(25);
	if (has_colors()) {
		start_color();
		use_default_colors();
	}
	*termp = t;
	return 0;
}

void term_close(struct term *t)
{
	if (!t)
		return;
	endwin();
	delscreen(t->screen);
	free(t);
}

void term_suspend(struct term *t)
{
	(void)t;
	endwin();
}

void term_resume(struct term *t)
{
	(void)t;
	reset_prog_mode();
	clearok(curscr, TRUE);
}

void term_resize(struct term *t, int *rows, int *cols)
{
	struct winsize ws;

	(void)t;
	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) && ws.ws_row && ws.ws_col &&
	    (ws.ws_row != LINES || ws.ws_col != COLS))
		resizeterm(ws.ws_row, ws.ws_col);
	*rows = LINES > 0 ? LINES : 1;
	*cols = COLS > 0 ? COLS : 1;
}

static attr_t curses_attrs(unsigned int attrs)
{
	return (attrs & LOOK_BOLD ? A_BOLD : 0) | (attrs & LOOK_DIM ? A_DIM : 0) |
	       (attrs & LOOK_REVERSE ? A_REVERSE : 0) | (attrs & LOOK_UNDERLINE ? A_UNDERLINE : 0) |
	       (attrs & LOOK_BLINK ? A_BLINK : 0);
}

void term_theme(struct term *t, const struct theme *theme)
{
	if (theme->colour && (!has_colors() || COLORS < 8 || COLOR_PAIRS <= NR_STYLES))
		theme = theme_find("mono");

	for (int i = 0; i < NR_STYLES; i++) {
		const struct look *look = &theme->looks[i];
		bool many = theme->colour && COLORS >= 256;
		bool some = theme->colour && COLORS >= 16;
		short fg = many ? look->fg : some ? colour_of_16(look->fg) : look->fg8;
		short bg = many ? look->bg : some ? colour_of_16(look->bg) : look->bg8;

		t->attrs[i] = curses_attrs(look->attrs);
		t->pairs[i] = 0;
		if (!theme->colour)
			continue;
		/* Dim is for terminals without a grey. */
		if ((many || some) && look->fg != LOOK_DEFAULT_COLOUR)
			t->attrs[i] &= ~A_DIM;
		if (fg == LOOK_DEFAULT_COLOUR && bg == LOOK_DEFAULT_COLOUR)
			continue;
		if (init_pair(i + 1, fg, bg) != ERR)
			t->pairs[i] = i + 1;
	}
}

void term_show(struct term *t, const struct canvas *c, bool redraw)
{
	cchar_t *line = calloc(c->cols + 1, sizeof(*line));

	/* Without memory the next screen may work. */
	if (!line)
		return;
	for (int row = 0; row < c->rows; row++) {
		const struct cell *cells = &c->cells[(size_t)row * c->cols];
		int nr = 0;

		for (int col = 0; col < c->cols; col++) {
			wchar_t ch[CELL_CHARS + 1] = { 0 };

			for (int i = 0; i < CELL_CHARS; i++)
				ch[i] = cells[col].ch[i];
			/* The right half of the character before it. */
			if (!ch[0])
				continue;
			setcchar(&line[nr++], ch, t->attrs[cells[col].style],
				 t->pairs[cells[col].style], NULL);
		}
		mvadd_wchnstr(row, 0, line, nr);
	}
	free(line);
	if (redraw)
		clearok(curscr, TRUE);
	refresh();
}

void term_mouse(const struct term *t, int *row, int *col)
{
	*row = t->mouse_row;
	*col = t->mouse_col;
}

static int mouse_input(struct term *t)
{
	MEVENT ev;

	if (getmouse(&ev) != OK)
		return INPUT_NONE;
	t->mouse_row = ev.y;
	t->mouse_col = ev.x;
	if (ev.bstate & BUTTON1_PRESSED)
		return INPUT_CLICK;
	if (ev.bstate & BUTTON4_PRESSED)
		return INPUT_WHEEL_UP;
	return ev.bstate & BUTTON5_PRESSED ? INPUT_WHEEL_DOWN : INPUT_NONE;
}

int term_input(struct term *t)
{
	static const struct {
		int code, input;
	} keys[] = {
		{ KEY_UP, INPUT_UP },	      { KEY_DOWN, INPUT_DOWN },
		{ KEY_LEFT, INPUT_LEFT },     { KEY_RIGHT, INPUT_RIGHT },
		{ KEY_PPAGE, INPUT_PAGE_UP }, { KEY_NPAGE, INPUT_PAGE_DOWN },
		{ KEY_HOME, INPUT_HOME },     { KEY_END, INPUT_END },
		{ KEY_BTAB, INPUT_BACKTAB },  { KEY_ENTER, INPUT_ENTER },
		{ KEY_DC, INPUT_DELETE },     { KEY_BACKSPACE, INPUT_BACKSPACE },
	};
	wint_t ch;

	for (;;) {
		int kind = get_wch(&ch);

		if (kind == ERR)
			return INPUT_NONE;
		if (kind == OK)
			return ch == '\r' ? INPUT_ENTER : (int)ch;
		if (ch == KEY_MOUSE) {
			int input = mouse_input(t);

			if (input != INPUT_NONE)
				return input;
			continue;
		}
		if (ch >= (wint_t)KEY_F(1) && ch <= (wint_t)KEY_F(10))
			return INPUT_F1 + (int)ch - KEY_F(1);
		for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
			if (keys[i].code == (int)ch)
				return keys[i].input;
		/* A key without a meaning here, or news of a resize. */
	}
}
