/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_INPUT_TREE_H
#define PGHOTTOP_INPUT_TREE_H

#include "data/model.h"
#include "input/keys.h"
#include "state/ui.h"
#include "table/rows.h"

/**
 * tree_action() - fold, unfold, or make a list of the tree of cgroups
 * @ui: state
 * @m: model
 * @rows: what is shown
 * @b: binding of the key
 */
void tree_action(struct ui *ui, const struct model *m, const struct rows *rows,
		 const struct binding *b);

/**
 * tree_enter() - go from the cgroup under the cursor to its processes, from a process to
 *	its mappings, or from a mapping to its pages
 * @ui: state
 * @m: model
 * @rows: what is shown
 */
void tree_enter(struct ui *ui, const struct model *m, const struct rows *rows);

/**
 * tree_back() - go back where that led from
 * @ui: state
 */
void tree_back(struct ui *ui);

#endif
