/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_SCREEN_LAYOUT_H
#define PGHOTTOP_SCREEN_LAYOUT_H

#include <stddef.h>

/**
 * struct layout_item - something that takes room along one axis
 * @min: with less room than this it is left out
 * @want: what it takes when there is room; no less than @min
 * @weight: its share of the room that is left when all have what they want
 * @priority: who stays when there is not room for all; 0 stays longest
 * @size: result, 0 when it is left out
 * @pos: result, offset from the beginning of the axis
 */
struct layout_item {
	int min, want;
	int weight;
	int priority;
	int size, pos;
};

/**
 * layout_solve() - share the room of a row or a column out
 * @items: in the order in which they appear
 * @nr: number of items
 * @space: room
 * @gap: kept free between two items that are shown
 *
 * By priority, items are taken in as long as their minimum fits. When not even
 * the first fits it gets all the room, so that something is shown. Then they
 * grow, by priority, to what they want, and what is left goes out by weight.
 *
 * Return: the room used, gaps included.
 */
int layout_solve(struct layout_item *items, size_t nr, int space, int gap);

#endif
