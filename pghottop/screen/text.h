/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text of more than one line, broken between words. */
#ifndef PGHOTTOP_SCREEN_TEXT_H
#define PGHOTTOP_SCREEN_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "screen/canvas.h"

/**
 * text_break() - where a text breaks, between words
 * @text: text
 * @width: columns of a line
 * @ascii: as in struct canvas
 *
 * Return: bytes of its first line; of a longer word, all.
 */
size_t text_break(const char *text, int width, bool ascii);

/**
 * text_lines() - lines that a text takes, broken between words
 * @c: canvas
 * @r: a part; its width counts
 * @text: text
 */
int text_lines(const struct canvas *c, struct rect r, const char *text);

/**
 * text_draw() - draw a text, broken between words
 * @c: canvas
 * @r: the part; what does not fit is left out
 * @style: style
 * @align: where lines stand
 * @text: text
 */
void text_draw(struct canvas *c, struct rect r, enum style style, enum align align,
	       const char *text);

/**
 * message_draw() - draw lines of text in the middle of a part
 * @c: canvas
 * @r: the part
 * @style: style of the first line; the rest is normal
 * @text: lines; broken between words when they are too long
 */
void message_draw(struct canvas *c, struct rect r, enum style style, const char *text);

#endif
