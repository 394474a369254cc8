/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The room table: the columns of pages and of nodes, which pages are listed and in which
 * order, for the screen and for output without one. A column is one line of data in
 * columns.c or nodes.c, with its width, its priority and, of nodes, its colours. Nothing is
 * drawn here.
 */
#ifndef PGHOTTOP_TABLE_COLUMNS_H
#define PGHOTTOP_TABLE_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <linux/pghot.h>
#include <linux/pghot_entry.h>

#include "data/model.h"
#include "screen/canvas.h"

/**
 * struct row_env - what a column needs to know beside the entry
 * @page_size: bytes of a base page
 * @window_ms: the kernel's parameter window-ms
 * @raw: plain numbers instead of human units
 * @ascii: text that is made up must be ASCII
 * @cgroup: the cgroup with that inode number, NULL when its path is not known; it
 *	stays valid as long as the environment
 * @cgroup_ctx: passed to @cgroup
 */
struct row_env {
	uint32_t page_size;
	uint32_t window_ms;
	bool raw, ascii;
	const struct cgroup_name *(*cgroup)(void *ctx, uint64_t ino);
	void *cgroup_ctx;
};

/**
 * row_env_of() - what columns need to know, from the latest sample
 * @m: model; must outlive the environment
 * @raw: raw units
 * @ascii: no other characters
 */
struct row_env row_env_of(const struct model *m, bool raw, bool ascii);

/* What the number of a value counts; decides how it is written. */
enum unit {
	UNIT_COUNT,
	UNIT_HEX,
	UNIT_MS,
	UNIT_BYTES,
	UNIT_PERMILLE, /* a bar, where bars can be drawn */
	UNIT_TEXT,
};

/**
 * struct value - one cell of the table before it is written
 * @known: there is a value; unknown ones sort last in either direction
 * @num: what it is sorted by, except for columns sorted by text
 * @text: UNIT_TEXT: the text to show, either @buf or something that outlives the value
 * @raw: UNIT_TEXT: what it is compared by, which is @text unless characters are
 *	escaped there
 * @buf: room for text that is made up
 */
struct value {
	bool known;
	uint64_t num;
	const char *text;
	const char *raw;
	char buf[64];
};

/**
 * struct column - one column of the table of pages
 * @name: as -o and --sort-key take it
 * @title: heading with human units
 * @title_raw: heading with raw units, NULL when it is the same
 * @summary: what it shows, for the help
 * @width: columns it needs at least
 * @want: columns it would like
 * @weight: its share of the columns left over
 * @priority: who stays on a narrow screen; 0 stays longest
 * @align: where numbers and texts stand
 * @elide: which end of a long text is left out
 * @unit: unit of the value
 * @descending: the order that people mean first
 * @by_text: sorted by text instead of number
 * @shown: part of the table unless -o says otherwise
 * @get: finds the value
 */
struct column {
	const char *name;
	const char *title;
	const char *title_raw;
	const char *summary;
	int width, want;
	int weight;
	int priority;
	enum align align;
	enum elide elide;
	enum unit unit;
	bool descending;
	bool by_text;
	bool shown;
	void (*get)(const struct row_env *env, const struct pghot_entry *e, struct value *v);
};

/**
 * struct flag_letter - what a letter of the column "flags" stands for
 * @letter: the letter
 * @flag: enum pghot_page_flag, 0 when it is a state
 * @state: enum pghot_entry_state, 0 when it is a flag
 * @name: in a word
 */
struct flag_letter {
	char letter;
	uint32_t flag;
	uint8_t state;
	const char *name;
};

/* More than there are; bounds what -o may list. */
#define MAX_COLUMNS 32

/**
 * struct column_list - the columns of a table, in order
 * @nr: how many
 * @col: which
 */
struct column_list {
	size_t nr;
	const struct column *col[MAX_COLUMNS];
};

/**
 * column_find() - the column of that name
 * @name: need not end in 0
 * @len: its length
 *
 * Return: the column, NULL when there is none.
 */
const struct column *column_find(const char *name, size_t len);

/**
 * columns_default() - the columns that are shown unless chosen
 * @list: filled in
 */
void columns_default(struct column_list *list);

/**
 * columns_parse() - read a comma-separated list of names
 * @list: filled in
 * @text: names; a leading '+' adds to the default columns
 * @error: told what is wrong, for people
 * @error_size: its size
 *
 * Return: 0, or -EINVAL.
 */
int columns_parse(struct column_list *list, const char *text, char *error, size_t error_size);

/**
 * sort_key_parse() - read a column to sort by
 * @text: a name; a leading '-' or '+' asks for descending or ascending order,
 *	without one it is the column's own
 * @sort: set to the column
 * @descending: set to the order
 * @error: told what is wrong, for people
 * @error_size: its size
 *
 * Return: 0, or -EINVAL.
 */
int sort_key_parse(const char *text, const struct column **sort, bool *descending, char *error,
		   size_t error_size);

/**
 * columns_help() - print what there is to choose from
 * @out: where to
 */
void columns_help(FILE *out);

/**
 * column_value() - the value of a column for a page
 * @col: column
 * @env: the rest of the world
 * @e: page
 * @v: filled in
 */
void column_value(const struct column *col, const struct row_env *env, const struct pghot_entry *e,
		  struct value *v);

/**
 * column_text() - write a value
 * @col: its column
 * @env: tells which units
 * @v: the value
 * @buf: written to
 * @size: its size
 *
 * Return: the text, @buf or the text in the value.
 */
const char *column_text(const struct column *col, const struct row_env *env, const struct value *v,
			char *buf, size_t size);

/**
 * column_title() - heading of a column
 * @col: column
 * @env: tells which units
 */
const char *column_title(const struct column *col, const struct row_env *env);

/**
 * column_at() - enumerate the columns
 * @i: from 0
 *
 * Return: the column, NULL past the last.
 */
const struct column *column_at(size_t i);

/**
 * flag_letter_at() - enumerate the letters of the column "flags"
 * @i: from 0
 *
 * Return: the letter, NULL past the last.
 */
const struct flag_letter *flag_letter_at(size_t i);

#endif
