/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text for people outside of the canvas: standard error, and files and pipes that may
 * end on a terminal. Parts of it come from elsewhere: names in a recording, messages of
 * a kernel, names of files. Whatever a terminal would obey is replaced on the way, so
 * that the callers need not know which parts those are.
 */
#ifndef PGHOTTOP_SCREEN_SAY_H
#define PGHOTTOP_SCREEN_SAY_H

#include <stdbool.h>
#include <stdio.h>

/**
 * say_text() - print text, as the canvas would show it
 * @out: where to; its error indicator tells of failures
 * @ascii: no other characters
 * @fmt: printf format; line feeds stay, as those of the format and of texts of our own
 *	have to. A name of others in which they must not goes through pghot_printable()
 */
void say_text(FILE *out, bool ascii, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/**
 * say_error() - print "pghottop: " and a message on standard error, and end the line
 * @fmt: printf format
 */
void say_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
