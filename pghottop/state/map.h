/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The heat map on the screen: one cell for every equal range of a node's page
 * frames, row by row, with a cursor and a zoom.
 */
#ifndef PGHOTTOP_STATE_MAP_H
#define PGHOTTOP_STATE_MAP_H

#include "data/model.h"
#include "input/keys.h"
#include "screen/canvas.h"

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
 * map_action() - do what a key asks for
 * @map: map
 * @m: model
 * @b: binding of the key, of SCOPE_MAP
 */
void map_action(struct map *map, const struct model *m, const struct binding *b);

/**
 * map_click() - put the cursor where somebody clicked
 * @map: map
 * @row: row on the screen
 * @col: column on the screen
 *
 * Return: false when that is not in the map.
 */
bool map_click(struct map *map, int row, int col);

/**
 * map_draw() - draw the map with its legend, or why there is none
 * @c: canvas
 * @r: where; at least one row
 * @map: map; made to fit
 * @m: model
 * @raw: raw units
 * @frozen: there are no new samples
 */
void map_draw(struct canvas *c, struct rect r, struct map *map, const struct model *m, bool raw,
	      bool frozen);

/**
 * map_cell_size() - a range of page frames for people: "256 KiB", or pages
 * @buf: written to
 * @size: its size
 * @pages: page frames
 * @page_size: bytes of one, 0 for pages
 *
 * Return: @buf.
 */
char *map_cell_size(char *buf, size_t size, uint64_t pages, uint32_t page_size);

#endif
