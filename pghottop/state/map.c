// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * map.c - what of the heat map is looked at; moving and zooming
 */
#include "state/map.h"

static void look_at(struct map *map, int nid)
{
	map->nid = nid;
	map->zoom = 0;
	map->cursor = map->top = 0;
	map->start = map->end = 0;
}

bool map_open(struct map *map, const struct model *m, int nid)
{
	const struct sample *s = &m->sample;
	const struct pghot_node *node = sample_node(s, nid);

	for (size_t i = 0; i < s->nr_nodes && (!node || node->toptier); i++)
		node = &s->nodes[i];
	if (!node || node->toptier)
		return false;
	if (map->nid != (int)node->nid || !map->end)
		look_at(map, (int)node->nid);
	map->on = true;
	return true;
}

void map_node(struct map *map, const struct model *m, int by)
{
	const struct sample *s = &m->sample;
	size_t pos = 0;

	while (pos < s->nr_nodes && (int)s->nodes[pos].nid != map->nid)
		pos++;
	for (size_t i = 0; i < s->nr_nodes; i++) {
		pos = (pos + s->nr_nodes + (size_t)by) % s->nr_nodes;
		if (!s->nodes[pos].toptier)
			break;
	}
	if (pos < s->nr_nodes && (int)s->nodes[pos].nid != map->nid)
		look_at(map, (int)s->nodes[pos].nid);
}

uint64_t map_cell_of(const struct map *map, uint64_t pfn)
{
	return (pfn >> map->shift) - (map->start >> map->shift);
}

uint64_t map_pfn_of(const struct map *map, uint64_t cell)
{
	return ((map->start >> map->shift) + cell) << map->shift;
}

uint64_t map_nr_cells(const struct map *map, unsigned int shift)
{
	return ((map->end - 1) >> shift) - (map->start >> shift) + 1;
}

void map_fit(struct map *map)
{
	uint64_t room = (uint64_t)map->rows * map->cols, top, row;

	if (!map->end || !room)
		return;
	for (map->shift = 0; map_nr_cells(map, map->shift) > room;)
		map->shift++;
	if (map->zoom * MAP_ZOOM_SHIFT > map->shift)
		map->zoom = (map->shift + MAP_ZOOM_SHIFT - 1) / MAP_ZOOM_SHIFT;
	map->shift -= map->zoom * MAP_ZOOM_SHIFT < map->shift ? map->zoom * MAP_ZOOM_SHIFT
							      : map->shift;

	if (map->cursor < map->start)
		map->cursor = map->start;
	if (map->cursor >= map->end)
		map->cursor = map->end - 1;
	/* Whole rows, counted from the first. */
	row = map_cell_of(map, map->cursor) / map->cols;
	top = map->top > map->start ? map_cell_of(map, map->top) / map->cols : 0;
	if (row < top)
		top = row;
	if (row >= top + map->rows)
		top = row - map->rows + 1;
	if ((top + map->rows) * map->cols >= map_nr_cells(map, map->shift) + map->cols) {
		uint64_t all = (map_nr_cells(map, map->shift) + map->cols - 1) / map->cols;

		top = all > (uint64_t)map->rows ? all - map->rows : 0;
	}
	map->top = map_pfn_of(map, top * map->cols);
}

void map_range(const struct map *map, struct heat_range *range)
{
	uint64_t pages = (uint64_t)map->rows * map->cols << map->shift;

	*range = (struct heat_range){ .nid = map->nid };
	if (!map->zoom || !map->end || !pages)
		return;
	range->start = map->top > map->start ? map->top : map->start;
	range->end = map->top + pages < map->end ? map->top + pages : map->end;
}

bool map_stale(const struct map *map, const struct sample *s)
{
	const struct heat_range *have = &s->query.range;
	struct heat_range want;

	map_range(map, &want);
	if (!s->query.heat || have->nid != want.nid)
		return true;
	if (s->heat_error.errnum)
		return false;
	if (have->start == want.start && have->end == want.end)
		return false;
	if (!want.end)
		return s->heat.range.start > map->start || s->heat.range.end < map->end;
	return s->heat.range.start > want.start || s->heat.range.end < want.end ||
	       s->heat.shift > map->shift;
}

void map_move(struct map *map, int64_t cells)
{
	uint64_t cell = map_cell_of(map, map->cursor), last = map_nr_cells(map, map->shift) - 1;

	if (cells < 0 && cell < (uint64_t)-cells)
		cell = cell % map->cols;
	else if (cells > 0 && cell + (uint64_t)cells > last)
		cell = cell / map->cols == last / map->cols || cells == 1 ? last : cell;
	else
		cell += (uint64_t)cells;
	map->cursor = map_pfn_of(map, cell);
}

void map_zoom(struct map *map, int by)
{
	/* The middle of the range that was under the cursor stays under it. */
	uint64_t middle = map->cursor + (map->shift ? 1ULL << (map->shift - 1) : 0);
	uint64_t row;

	if (by < 0 && !map->zoom)
		return;
	map->zoom += (unsigned int)by;
	map->cursor = middle;
	map_fit(map);
	map->cursor = map_pfn_of(map, map_cell_of(map, map->cursor));
	row = map_cell_of(map, map->cursor) / map->cols;
	row = row > (uint64_t)map->rows / 2 ? row - map->rows / 2 : 0;
	map->top = map_pfn_of(map, row * map->cols);
}

bool map_click(struct map *map, int row, int col)
{
	uint64_t cell;

	if (!map->end || row < map->row || row >= map->row + map->rows || col < map->col ||
	    col >= map->col + map->cols)
		return false;
	cell = map_cell_of(map, map->top) + (uint64_t)(row - map->row) * map->cols +
	       (col - map->col);
	if (cell < map_nr_cells(map, map->shift))
		map->cursor = map_pfn_of(map, cell);
	return true;
}
