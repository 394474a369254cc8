/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_BATCH_SVG_H
#define PGHOTTOP_BATCH_SVG_H

#include <stdio.h>

#include "data/sample.h"
#include "setup/options.h"

/**
 * heat_svg() - write the heat map of a sample as an SVG image
 * @out: where to
 * @o: what was asked for: metric and theme
 * @s: sample that has bins
 *
 * Errors of @out are for the caller to look for.
 */
void heat_svg(FILE *out, const struct options *o, const struct sample *s);

#endif
