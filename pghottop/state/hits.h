/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What lies where on the screen, for the mouse. */
#ifndef PGHOTTOP_STATE_HITS_H
#define PGHOTTOP_STATE_HITS_H

#include <stddef.h>

#include "screen/canvas.h"
#include "state/action.h"

/* Tabs, views, headings, the rows, and some keys; more are not clickable. */
#define MAX_HITS 128

/**
 * struct hit - a part of the screen that does something
 * @r: the part
 * @action: what a click there does
 * @arg: given to the action; for ACT_ROW and ACT_MENU_LINE what is in the first
 *	line of the part
 */
struct hit {
	struct rect r;
	enum action action;
	int arg;
};

/**
 * struct hits - all such parts of the last screen
 * @nr: how many
 * @hit: they, later ones over earlier ones
 */
struct hits {
	size_t nr;
	struct hit hit[MAX_HITS];
};

/**
 * hits_clear() - nothing does anything
 * @hits: parts
 */
static inline void hits_clear(struct hits *hits)
{
	hits->nr = 0;
}

/**
 * hits_add() - a part does something
 * @hits: parts
 * @r: the part
 * @action: what
 * @arg: given to the action
 */
static inline void hits_add(struct hits *hits, struct rect r, enum action action, int arg)
{
	if (hits->nr < MAX_HITS && r.rows > 0 && r.cols > 0)
		hits->hit[hits->nr++] = (struct hit){ r, action, arg };
}

/**
 * hits_find() - what does a click do?
 * @hits: parts
 * @row: where
 * @col: where
 *
 * Return: the part, NULL when it does nothing.
 */
static inline const struct hit *hits_find(const struct hits *hits, int row, int col)
{
	for (size_t i = hits->nr; i--;) {
		const struct rect *r = &hits->hit[i].r;

		if (row >= r->row && row < r->row + r->rows && col >= r->col &&
		    col < r->col + r->cols)
			return &hits->hit[i];
	}
	return NULL;
}

#endif
