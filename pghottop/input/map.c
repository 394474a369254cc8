// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * map.c - what keys do to the heat map
 */
#include "input/common.h"
#include "input/map.h"
#include "input/mouse.h"

const struct binding *map_binding(int input)
{
	const struct binding *b = key_binding(SCOPE_MAP, input);

	if (b)
		return b;
	b = key_binding(SCOPE_MAIN, input);
	return b && common_action_is(b->action) ? b : NULL;
}

static void map_action(struct map *map, const struct model *m, const struct binding *b)
{
	if (b->action == ACT_CANCEL) {
		map->on = false;
		return;
	}
	if (b->action == ACT_MAP_METRIC)
		map->metric = (map->metric + 1) % NR_HEAT_METRICS;
	if (b->action == ACT_TAB_NEXT || b->action == ACT_TAB_PREV)
		map_node(map, m, b->action == ACT_TAB_NEXT ? 1 : -1);
	if (!map->end || !map->cols)
		return;

	switch (b->action) {
	case ACT_UP:
		map_move(map, -map->cols);
		break;
	case ACT_DOWN:
		map_move(map, map->cols);
		break;
	case ACT_MAP_LEFT:
		map_move(map, -1);
		break;
	case ACT_MAP_RIGHT:
		map_move(map, 1);
		break;
	case ACT_PAGE_UP:
		map_move(map, -(int64_t)map->cols * map->rows);
		break;
	case ACT_PAGE_DOWN:
		map_move(map, (int64_t)map->cols * map->rows);
		break;
	case ACT_HOME:
		map->cursor = map->start;
		break;
	case ACT_END:
		map->cursor = map->end - 1;
		break;
	case ACT_MAP_IN:
		map_zoom(map, 1);
		break;
	case ACT_MAP_OUT:
		map_zoom(map, -1);
		break;
	default:
		break;
	}
	map_fit(map);
}

void map_input(struct ui *ui, const struct model *m, const struct binding *b)
{
	struct binding clicked;

	if (b->action == ACT_CLICK) {
		if (map_click(&ui->map, ui->mouse_row, ui->mouse_col))
			return;
		b = mouse_click(ui, &clicked);
	}
	switch (b->action) {
	case ACT_TAB:
		if (b->arg != ui->map.nid && !map_open(&ui->map, m, b->arg))
			ui->map.on = false;
		break;
	case ACT_VIEW:
		ui->view = b->arg;
		ui->map.on = false;
		break;
	default:
		if (common_action_is(b->action))
			common_action(ui, m, b);
		else
			map_action(&ui->map, m, b);
	}
}
