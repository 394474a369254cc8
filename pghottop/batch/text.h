/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_BATCH_TEXT_H
#define PGHOTTOP_BATCH_TEXT_H

#include <stddef.h>
#include <stdio.h>

#include "data/model.h"
#include "setup/options.h"
#include "table/rows.h"

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

#endif
