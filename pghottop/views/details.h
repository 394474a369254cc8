/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All that is known of one page, in words. */
#ifndef PGHOTTOP_VIEWS_DETAILS_H
#define PGHOTTOP_VIEWS_DETAILS_H

#include <stdbool.h>

#include "data/model.h"
#include "state/details.h"
#include "views/box.h"

/**
 * details_lines() - put it into words
 * @d: details, open
 * @m: model
 * @raw: raw units
 * @ascii: no other characters
 * @l: lines are appended
 */
void details_lines(const struct details *d, const struct model *m, bool raw, bool ascii,
		   struct lines *l);

#endif
