/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The columns of the table of nodes. */
#ifndef PGHOTTOP_TABLE_NODES_H
#define PGHOTTOP_TABLE_NODES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/model.h"
#include "screen/canvas.h"
#include "table/column.h"

enum field_kind {
	FIELD_TEXT,
	FIELD_BAR, /* @fill of the value */
	FIELD_SPARK, /* history of promotions */
};

/**
 * struct field_value - one cell of the table of nodes
 * @text: what it says, empty for what does not apply to the node
 * @style: how it looks
 * @fill: FIELD_BAR: 0 to 1, negative for none
 */
struct field_value {
	char text[48];
	enum style style;
	double fill;
};

/**
 * struct node_field - one column of the table of nodes
 * @title: heading with human units
 * @title_raw: heading with raw units, NULL when it is the same
 * @kind: text or picture
 * @width: columns it needs
 * @want: columns it would like
 * @weight: its share of the columns left over
 * @priority: who stays on a narrow screen; 0 stays longest
 * @align: where the text stands
 * @get: finds the value
 */
struct node_field {
	const char *title;
	const char *title_raw;
	enum field_kind kind;
	int width, want;
	int weight;
	int priority;
	enum align align;
	void (*get)(const struct row_env *env, const struct node_track *t, struct field_value *v);
};

/* More than there are. */
#define MAX_NODE_FIELDS 24

/**
 * node_field_at() - enumerate the columns of the table of nodes
 * @i: from 0
 *
 * Return: the column, NULL past the last.
 */
const struct node_field *node_field_at(size_t i);

/**
 * node_field_get() - the value of a column for a node
 * @field: column
 * @env: tells page size and units
 * @t: node
 * @v: filled in
 */
void node_field_get(const struct node_field *field, const struct row_env *env,
		    const struct node_track *t, struct field_value *v);

/**
 * format_rate() - write a rate of events
 * @buf: written to
 * @size: its size, PGHOT_UNIT_LEN or more
 * @raw: raw units
 * @per_second: rate, RATE_UNKNOWN gives "-"
 *
 * Return: @buf.
 */
char *format_rate(char *buf, size_t size, bool raw, double per_second);

/**
 * format_pages() - write a number of pages: their size for people
 * @buf: written to
 * @size: its size, PGHOT_UNIT_LEN or more
 * @env: tells page size and units
 * @pages: their number, which it is with raw units
 *
 * Return: @buf.
 */
char *format_pages(char *buf, size_t size, const struct row_env *env, uint64_t pages);

/**
 * format_page_rate() - write a rate of pages: their size for people
 * @buf: written to
 * @size: its size, PGHOT_UNIT_LEN or more
 * @env: tells page size and units
 * @pages: per second, RATE_UNKNOWN gives "-"
 *
 * Return: @buf.
 */
char *format_page_rate(char *buf, size_t size, const struct row_env *env, double pages);

#endif
