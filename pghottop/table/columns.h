/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The room table: the columns of pages, of cgroups and of nodes, what is listed and in which
 * order, for the screen and for output without one. A column is one line of data in
 * columns.c, owners.c or nodes.c, with its width, its priority and, of nodes, its colours.
 * Nothing is drawn here.
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
#include "table/column.h"

/**
 * row_env_of() - what columns need to know, from the latest sample
 * @m: model; must outlive the environment
 * @raw: raw units
 * @ascii: no other characters
 */
struct row_env row_env_of(const struct model *m, bool raw, bool ascii);

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
 * @kind: what the rows are
 * @name: need not end in 0
 * @len: its length
 *
 * Return: the column, NULL when there is none.
 */
const struct column *column_find(enum row_kind kind, const char *name, size_t len);

/**
 * columns_default() - the columns that are shown unless chosen
 * @kind: what the rows are
 * @list: filled in
 */
void columns_default(enum row_kind kind, struct column_list *list);

/**
 * columns_parse() - read a comma-separated list of names
 * @kind: what the rows are
 * @list: filled in
 * @text: names; a leading '+' adds to the default columns
 * @error: told what is wrong, for people
 * @error_size: its size
 *
 * Return: 0, or -EINVAL.
 */
int columns_parse(enum row_kind kind, struct column_list *list, const char *text, char *error,
		  size_t error_size);

/**
 * sort_key_parse() - read a column to sort by
 * @kind: what the rows are
 * @text: a name; a leading '-' or '+' asks for descending or ascending order,
 *	without one it is the column's own
 * @sort: set to the column
 * @descending: set to the order
 * @error: told what is wrong, for people
 * @error_size: its size
 *
 * Return: 0, or -EINVAL.
 */
int sort_key_parse(enum row_kind kind, const char *text, const struct column **sort,
		   bool *descending, char *error, size_t error_size);

/**
 * columns_help() - print what there is to choose from
 * @out: where to
 */
void columns_help(FILE *out);

/**
 * column_value() - the value of a column for a row
 * @col: column
 * @env: the rest of the world
 * @row: of the kind that the column is of
 * @v: filled in
 */
void column_value(const struct column *col, const struct row_env *env, struct row row,
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
 * @kind: what the rows are
 * @i: from 0
 *
 * Return: the column, NULL past the last.
 */
const struct column *column_at(enum row_kind kind, size_t i);

/**
 * flag_letter_at() - enumerate the letters of the column "flags"
 * @i: from 0
 *
 * Return: the letter, NULL past the last.
 */
const struct flag_letter *flag_letter_at(size_t i);

#endif
