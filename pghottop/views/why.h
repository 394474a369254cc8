/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What there is between a page and its promotion, in words. */
#ifndef PGHOTTOP_VIEWS_WHY_H
#define PGHOTTOP_VIEWS_WHY_H

#include <stdbool.h>
#include <stdint.h>

#include "data/model.h"
#include "views/box.h"

/**
 * why_lines() - put it into words
 * @pfn: page frame
 * @m: model; what its sample explains is another page while the answer is to come
 * @raw: raw units
 * @l: lines are appended
 */
void why_lines(uint64_t pfn, const struct model *m, bool raw, struct lines *l);

#endif
