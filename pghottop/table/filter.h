/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which pages or cgroups to show, as people type it: "node=1 and (freq>=8 or type=thp)".
 *
 *	filter := and { "or" and }
 *	and    := not { "and" not }
 *	not    := "not" not | "(" filter ")" | term
 *	term   := field operator value { "," value }
 *
 * "|", "||", "&", "&&" and "!" are other ways to write the words. Several values
 * mean one of them, with "!=" none of them.
 */
#ifndef PGHOTTOP_TABLE_FILTER_H
#define PGHOTTOP_TABLE_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "table/columns.h"

struct filter;

/* Bytes that an expression may have, with its end. */
#define FILTER_LEN 256

/**
 * struct filter_error - what is wrong with an expression
 * @pos: byte at which it is wrong, up to the length of the text
 * @text: what is wrong there, for people
 */
struct filter_error {
	size_t pos;
	char text[256];
};

/**
 * struct filter_field - what an expression can be about
 * @name: as it is typed
 * @summary: what it is, for the help
 * @values: what it is compared with, for the help
 * @kinds: 1 << enum row_kind, of the rows that have it
 */
struct filter_field {
	const char *name;
	const char *summary;
	const char *values;
	unsigned int kinds;
};

/**
 * filter_parse() - read an expression
 * @filterp: set to the filter, NULL when the expression is blank: all rows
 * @kind: what the rows are
 * @text: expression
 * @error: told what is wrong
 *
 * Return: 0, -EINVAL with @error filled in, or -ENOMEM.
 */
int filter_parse(struct filter **filterp, enum row_kind kind, const char *text,
		 struct filter_error *error);

/**
 * filter_free() - free a filter
 * @f: filter, may be NULL
 */
void filter_free(struct filter *f);

/**
 * filter_match() - does a row pass?
 * @f: filter; NULL lets all pass, one for another kind of row lets none
 * @env: the rest of the world
 * @row: page or cgroup
 * @kind: which of them
 */
bool filter_match(const struct filter *f, const struct row_env *env, struct row row,
		  enum row_kind kind);

/**
 * struct filter_range - numbers from one to another
 * @lo: least
 * @hi: largest, inclusive; FILTER_ANY when there is none
 */
struct filter_range {
	uint64_t lo, hi;
};

#define FILTER_ANY UINT64_MAX

static inline bool filter_range_any(const struct filter_range *r)
{
	return !r->lo && r->hi == FILTER_ANY;
}

/**
 * struct filter_bounds - what is known of all pages that pass
 * @freq: frequency
 * @node: node that they are on
 * @target: node that they are to go to
 * @pfn: page frame number
 * @exact: and all pages within these bounds pass
 */
struct filter_bounds {
	struct filter_range freq, node, target, pfn;
	bool exact;
};

/**
 * filter_bounds() - outside of what no page can pass
 * @f: filter for pages, may be NULL
 * @page_size: bytes of a base page, 0 when that is not known yet
 * @bounds: filled in; never empty, even when nothing can pass
 *
 * The kernel need not send what lies outside.
 */
void filter_bounds(const struct filter *f, uint32_t page_size, struct filter_bounds *bounds);

/**
 * filter_field_at() - enumerate what an expression can be about
 * @i: from 0
 *
 * Return: the field, NULL past the last.
 */
const struct filter_field *filter_field_at(size_t i);

/**
 * filter_help() - print what an expression can say
 * @out: where to
 */
void filter_help(FILE *out);

#endif
