/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a column is, whatever the rows are; columns.h has those that there are. */
#ifndef PGHOTTOP_TABLE_COLUMN_H
#define PGHOTTOP_TABLE_COLUMN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/pghot_entry.h>

#include "data/sample.h"
#include "screen/canvas.h"
#include "table/folds.h"

/**
 * struct row - what a line of the table is about
 * @page: a page, NULL when it is something else
 * @owner: a cgroup, a process or a mapping, NULL when it is something else
 */
struct row {
	const struct pghot_entry *page;
	const struct owner *owner;
};

/**
 * struct row_env - what a column needs to know beside the entry
 * @page_size: bytes of a base page
 * @window_ms: the kernel's parameter window-ms
 * @raw: plain numbers instead of human units
 * @ascii: text that is made up must be ASCII
 * @tree: cgroups are a tree, with the last part of a path as their name
 * @folds: which of them are folded, NULL for none
 * @cgroup: the cgroup with that inode number, NULL when its path is not known; it
 *	stays valid as long as the environment
 * @cgroup_ctx: passed to @cgroup
 */
struct row_env {
	uint32_t page_size;
	uint32_t window_ms;
	bool raw, ascii;
	bool tree;
	const struct folds *folds;
	const struct cgroup_name *(*cgroup)(void *ctx, uint64_t ino);
	void *cgroup_ctx;
};

/* What the number of a value counts; decides how it is written. */
enum unit {
	UNIT_COUNT,
	UNIT_HEX,
	UNIT_MS,
	UNIT_BYTES,
	UNIT_PAGES, /* base pages, of which people get the size */
	UNIT_RATE, /* thousandths of base pages per second, likewise */
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
 * @indent: columns that the text is moved to the right by
 * @mark: drawn before that, NULL for nothing
 * @buf: room for text that is made up
 */
struct value {
	bool known;
	uint64_t num;
	const char *text;
	const char *raw;
	int indent;
	const char *mark;
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
 * @get: finds the value for a page, NULL when it is of something else
 * @get_owner: likewise for a cgroup, a process or a mapping
 * @kinds: 1 << enum row_kind, of those it is of, when it is of no page
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
	void (*get_owner)(const struct row_env *env, const struct owner *o, struct value *v);
	unsigned int kinds;
};

/**
 * column_is_of() - does a column say something of such rows?
 * @col: column
 * @kind: what the rows are
 */
static inline bool column_is_of(const struct column *col, enum row_kind kind)
{
	return col->get_owner ? col->kinds >> kind & 1 : kind == ROW_PAGE;
}

#endif
