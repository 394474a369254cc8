/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_BATCH_BATCH_H
#define PGHOTTOP_BATCH_BATCH_H

#include <stdio.h>

#include "data/collector.h"
#include "data/model.h"
#include "setup/options.h"
#include "table/rows.h"

/**
 * batch_run() - print samples until there were enough
 * @o: what was asked for; its state remembers how many pages are looked at
 * @ops: where samples come from
 * @ctx: opened by @ops
 * @out: where to print
 *
 * Each sample is complete on @out before the wait for the next begins.
 *
 * Return: enum exit_status.
 */
int batch_run(struct options *o, const struct collector_ops *ops, void *ctx, FILE *out);

/**
 * batch_text() - print a sample as text
 * @out: where to
 * @o: what was asked for
 * @m: model
 * @rows: pages, all of which are in the sample
 * @nr: how many of them to print
 *
 * Errors of @out are for the caller to look for.
 */
void batch_text(FILE *out, const struct options *o, const struct model *m, const struct rows *rows,
		size_t nr);

/**
 * batch_json() - print a sample as one line of JSON
 * @out: where to
 * @o: what was asked for
 * @m: model
 * @rows: pages, all of which are in the sample
 * @nr: how many of them to print
 *
 * A sample that failed prints an error. Errors of @out are for the caller to look
 * for; without memory the program ends.
 */
void batch_json(FILE *out, const struct options *o, const struct model *m, const struct rows *rows,
		size_t nr);

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
