/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_BATCH_SAVE_H
#define PGHOTTOP_BATCH_SAVE_H

#include <stddef.h>

#include "data/model.h"
#include "setup/options.h"
#include "table/rows.h"

/**
 * save_sample() - write the pages shown to a file
 * @name: file; a leading "~/" is the home directory. JSON when it ends in
 *	".json", otherwise text
 * @o: what was asked for
 * @m: model
 * @rows: pages
 * @error: told what failed, for people
 * @error_size: its size
 *
 * The file must not exist. Page frame numbers are sensitive: only its owner may
 * read it. A file that could not be completed is removed.
 *
 * Return: 0, or a negative errno.
 */
int save_sample(const char *name, const struct options *o, const struct model *m,
		const struct rows *rows, char *error, size_t error_size);

#endif
