/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The room input: what keys and the mouse do to the state. All keys are in one table
 * (keys), which the help shows too. What they do is a file for each thing that can be
 * shown, of the same name as in the room views where there is one.
 */
#ifndef PGHOTTOP_INPUT_INPUT_H
#define PGHOTTOP_INPUT_INPUT_H

#include <stdbool.h>

#include "data/model.h"
#include "state/ui.h"
#include "table/rows.h"

/**
 * ui_input() - do what a key asks for
 * @ui: state
 * @m: model
 * @rows: pages shown, as rows_build() left them
 * @input: key, enum input or a character; where a click was is in @ui
 *
 * Return: true when the key meant something.
 */
bool ui_input(struct ui *ui, const struct model *m, const struct rows *rows, int input);

#endif
