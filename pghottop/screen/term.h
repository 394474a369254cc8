/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_SCREEN_TERM_H
#define PGHOTTOP_SCREEN_TERM_H

#include "screen/canvas.h"
#include "screen/keycodes.h"
#include "screen/theme.h"

struct term;

/**
 * term_open() - take the terminal over
 * @termp: set to the terminal
 * @mouse: its mouse too
 * @error: told what is wrong, for people
 * @error_size: its size
 *
 * Return: 0, -ENOTTY when standard input or output is no terminal, -ENODEV when
 * it is of an unknown kind, or -ENOMEM.
 */
int term_open(struct term **termp, bool mouse, char *error, size_t error_size);

/**
 * term_close() - give the terminal back as it was
 * @t: terminal, may be NULL
 */
void term_close(struct term *t);

/**
 * term_suspend() - give the terminal back for a while
 * @t: terminal; the next term_show() takes it over again
 */
void term_suspend(struct term *t);

/**
 * term_resume() - someone else may have used the terminal
 * @t: terminal
 */
void term_resume(struct term *t);

/**
 * term_resize() - find out how large the terminal is now
 * @t: terminal
 * @rows: set to its height, at least 1
 * @cols: set to its width, at least 1
 */
void term_resize(struct term *t, int *rows, int *cols);

/**
 * term_theme() - choose the looks
 * @t: terminal
 * @theme: one that suits it less is replaced by mono
 */
void term_theme(struct term *t, const struct theme *theme);

/**
 * term_show() - bring a canvas to the screen
 * @t: terminal
 * @c: canvas of the terminal's size
 * @redraw: trust nothing that is on the screen
 */
void term_show(struct term *t, const struct canvas *c, bool redraw);

/**
 * term_mouse() - where the last click was
 * @t: terminal
 * @row: set
 * @col: set
 */
void term_mouse(const struct term *t, int *row, int *col);

/**
 * term_input() - next key, without waiting
 * @t: terminal
 *
 * Return: a character or enum input, INPUT_NONE when there is none.
 */
int term_input(struct term *t);

#endif
