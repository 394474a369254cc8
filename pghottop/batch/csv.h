/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_BATCH_CSV_H
#define PGHOTTOP_BATCH_CSV_H

#include <stddef.h>
#include <stdio.h>

#include "data/model.h"
#include "setup/options.h"
#include "table/rows.h"

/**
 * batch_csv_heading() - print the names of the columns
 * @out: where to
 * @o: what was asked for
 */
void batch_csv_heading(FILE *out, const struct options *o);

/**
 * batch_csv() - print a sample as lines of comma-separated values
 * @out: where to
 * @o: what was asked for
 * @m: model
 * @rows: pages, all of which are in the sample
 * @nr: how many of them to print
 *
 * Errors of @out are for the caller to look for.
 */
void batch_csv(FILE *out, const struct options *o, const struct model *m, const struct rows *rows,
	       size_t nr);

#endif
