/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What of the heat map is looked at. It has one cell for every equal range of a
 * node's page frames, row by row, with a cursor and a zoom.
 */
#ifndef PGHOTTOP_STATE_MAP_H
#define PGHOTTOP_STATE_MAP_H

#include <stdbool.h>
#include <stdint.h>

#include "data/model.h"

/* Each step of the zoom makes a cell a quarter. */
#define MAP_ZOOM_SHIFT 2

/**
 * struct map - what of the heat map is looked at
 * @on: it is shown
 * @nid: node
 * @metric: what colours mean
 * @zoom: steps in from where the whole node fits
 * @cursor: page frame under the cursor
 * @top: first page frame shown
 * @rows: height of the map on the last screen
 * @cols: width of it
 * @row: where it began
 * @col: where it began
 * @start: first page frame of the node, as far as known
 * @end: first after its last, 0 when nothing is known
 * @shift: a cell has 1 << @shift page frames
 */
struct map {
	bool on;
	int nid;
	enum heat_metric metric;
	unsigned int zoom;
	uint64_t cursor, top;
	int rows, cols;
	int row, col;
	uint64_t start, end;
	unsigned int shift;
};

/**
 * map_open() - show a node, or the nearest that has records
 * @map: map
 * @m: model
 * @nid: node, or ALL_NODES
 *
 * Return: false when no node is on a lower tier.
 */
bool map_open(struct map *map, const struct model *m, int nid);

/**
 * map_node() - look at the next node that has records
 * @map: map
 * @m: model
 * @by: 1 or -1
 */
void map_node(struct map *map, const struct model *m, int by);

/**
 * map_range() - page frames to ask for
 * @map: map
 * @range: filled in
 */
void map_range(const struct map *map, struct heat_range *range);

/**
 * map_stale() - does the sample lack what the map shows?
 * @map: map
 * @s: sample
 */
bool map_stale(const struct map *map, const struct sample *s);

/**
 * map_fit() - bring zoom, cursor and size together
 * @map: map
 *
 * From these follows what is on the screen.
 */
void map_fit(struct map *map);

/**
 * map_move() - move the cursor
 * @map: map that knows its node and its size
 * @cells: how far; at an edge it stays in its column
 */
void map_move(struct map *map, int64_t cells);

/**
 * map_zoom() - zoom around the cursor
 * @map: map that knows its node and its size
 * @by: 1 to look closer, -1 to see more
 */
void map_zoom(struct map *map, int by);

/**
 * map_nr_cells() - cells that the node takes
 * @map: map that knows its node
 * @shift: a cell has 1 << @shift page frames
 */
uint64_t map_nr_cells(const struct map *map, unsigned int shift);

/**
 * map_cell_of() - cell that a page frame is in
 * @map: map
 * @pfn: page frame
 *
 * Return: its number, from the first of the node.
 */
uint64_t map_cell_of(const struct map *map, uint64_t pfn);

/**
 * map_pfn_of() - first page frame of a cell
 * @map: map
 * @cell: its number, from the first of the node
 */
uint64_t map_pfn_of(const struct map *map, uint64_t cell);

/**
 * map_click() - put the cursor where somebody clicked
 * @map: map
 * @row: row on the screen
 * @col: column on the screen
 *
 * Return: false when that is not in the map.
 */
bool map_click(struct map *map, int row, int col);

#endif
