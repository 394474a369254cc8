/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_INPUT_COMMON_H
#define PGHOTTOP_INPUT_COMMON_H

#include <stdbool.h>

#include "data/model.h"
#include "input/keys.h"
#include "state/ui.h"

/**
 * common_action_is() - does it mean the same whatever is shown?
 * @action: what can be done
 */
bool common_action_is(enum action action);

/**
 * common_action() - do what a key asks for, whatever is shown
 * @ui: state
 * @m: model
 * @b: binding of the key, of which common_action_is()
 */
void common_action(struct ui *ui, const struct model *m, const struct binding *b);

#endif
