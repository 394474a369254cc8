/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What has been measured: as a table, as JSON, and as a picture. */
#ifndef SCALE_OUTPUT_H
#define SCALE_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "hottest.h"
#include "machine.h"

/**
 * struct report - all that there is to tell
 * @results: in the order of the table: fast memory free, then full, of the same
 * @nr: how many
 * @hottest: of the case; @nr_hottest of them
 * @nr_hottest: 0 when it was not run
 */
struct report {
	struct result *results;
	size_t nr;
	struct hottest *hottest;
	size_t nr_hottest;
};

void output_table(FILE *f, const struct report *rep);
/* False when there is no memory, or @f does not take it. */
bool output_json(FILE *f, const struct report *rep);
void output_svg(FILE *f, const struct report *rep);

/* Costs, parameters and assumptions, for --list. */
void output_list(FILE *f);

/*
 * Compare with what was measured elsewhere, a JSON file. Returns the exit status: 0, 1
 * when a figure is off by more than it may be, 2 with a message when @path is no such file.
 */
int output_validate(FILE *f, const char *path, const struct report *rep);

#endif
