/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A line of text into the words of a command, for batch files and the shell.
 *
 * Blanks separate words. A '#' at the start of a word begins a comment. Within
 * '…' everything stands for itself; within "…" a backslash takes a quote or
 * another backslash for itself and is itself before anything else; outside of
 * quotes it takes the character that follows for itself. Quotes may begin and
 * end within a word, and '' is an empty one. There is nothing else: no variables,
 * no patterns, no line that goes on in the next.
 */
#ifndef PGHOTCTL_CMDLINE_WORDS_H
#define PGHOTCTL_CMDLINE_WORDS_H

#include <stddef.h>

/**
 * enum words_end - how a line ended
 * @WORDS_COMPLETE: as it should
 * @WORDS_IN_SINGLE: a ' is not closed
 * @WORDS_IN_DOUBLE: a " is not closed
 * @WORDS_IN_ESCAPE: nothing follows a backslash
 */
enum words_end {
	WORDS_COMPLETE,
	WORDS_IN_SINGLE,
	WORDS_IN_DOUBLE,
	WORDS_IN_ESCAPE,
};

/**
 * struct word_span - where in the line a word stands, quotes included
 * @start: byte offset of its first character
 * @end: byte offset behind its last one
 */
struct word_span {
	size_t start;
	size_t end;
};

/**
 * struct words - a line, split
 * @nr: number of words
 * @argv: the words without their quotes, NULL behind the last
 * @span: where each stands in the line
 * @end: how the line ended; if not complete, the last word is what there is of it
 * @at: offset of the quote or backslash that was left open, or of the end
 * @comment: the line ended in a comment
 */
struct words {
	int nr;
	char **argv;
	struct word_span *span;
	enum words_end end;
	size_t at;
	int comment;
};

/**
 * words_split() - split a line
 * @w: filled; words_free() it in any case
 * @line: the line; a newline counts as a blank
 *
 * Return: 0, -EINVAL when the line is not complete, as @w->end says (what there
 * is of it is split nevertheless, for completion), or -ENOMEM.
 */
int words_split(struct words *w, const char *line);

/**
 * words_free() - forget a line
 * @w: words, possibly all zero
 */
void words_free(struct words *w);

/**
 * words_end_text() - what is wrong with a line, as a phrase
 * @end: how it ended
 */
const char *words_end_text(enum words_end end);

/**
 * words_quote() - write a word so that words_split() gives it back
 * @word: any string
 * @open: WORDS_COMPLETE to quote only if need be; WORDS_IN_SINGLE or
 *	WORDS_IN_DOUBLE for a word whose quotes of that kind are open already:
 *	they are neither opened nor closed then
 *
 * Return: string to free(), NULL when out of memory.
 */
char *words_quote(const char *word, enum words_end open);

#endif /* PGHOTCTL_CMDLINE_WORDS_H */
