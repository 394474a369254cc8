/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The fields of an entry in a dump, and which of them are shown. */
#ifndef PGHOTCTL_OUTPUT_FIELDS_H
#define PGHOTCTL_OUTPUT_FIELDS_H

#include "cgroup.h"
#include "family.h"
#include "output/out.h"

/* More than there are fields. */
#define FIELDS_MAX 16

/* More than a key has, with what stands around it. */
#define FIELD_KEY_MAX 16

/**
 * struct field_set - fields in the order in which they are shown
 * @nr: their number
 * @id: which
 * @columns: of their table
 * @layout: of each, what a row needs to know again and again: its key as JSON has it,
 *	with the separator in front and the colon behind; the bytes of that; its width
 */
struct field_set {
	size_t nr;
	unsigned int id[FIELDS_MAX];
	struct column columns[FIELDS_MAX];
	struct {
		char key[FIELD_KEY_MAX];
		size_t key_len;
		size_t width;
	} layout[FIELDS_MAX];
};

/* The names of all fields, NULL at the end: what --fields takes. */
extern const char *const field_names[];

/**
 * fields_all() - all fields; people see those that most want to see
 * @set: filled
 */
void fields_all(struct field_set *set);

/**
 * fields_named() - the fields of a list
 * @set: filled
 * @list: names, separated by commas, that have been checked; one that comes again is
 *	shown once
 */
void fields_named(struct field_set *set, const char *list);

/**
 * fields_row() - one row of the table
 * @set: fields
 * @o: writer, whose table has @set->columns and streams
 * @e: entry
 * @cgroups: cache of cgroup paths
 */
void fields_row(const struct field_set *set, struct out *o, const struct pghot_entry *e,
		struct pghot_cgroups *cgroups);

#endif /* PGHOTCTL_OUTPUT_FIELDS_H */
