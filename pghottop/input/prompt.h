/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_INPUT_PROMPT_H
#define PGHOTTOP_INPUT_PROMPT_H

#include <stdbool.h>

#include "data/model.h"
#include "state/ui.h"
#include "table/rows.h"

/**
 * prompt_key() - do what a key asks for while a prompt is open
 * @ui: state
 * @m: model
 * @rows: pages shown
 * @input: key, enum input or a character
 *
 * Return: true when the key meant something.
 */
bool prompt_key(struct ui *ui, const struct model *m, const struct rows *rows, int input);

#endif
