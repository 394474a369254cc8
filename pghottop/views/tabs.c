// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>

#include "screen/chunks.h"
#include "views/tabs.h"

/* How far apart two tabs are; the current one and its neighbours stay longest. */
static int tab_priority(size_t pos, size_t active)
{
	return 1 + (int)(pos > active ? pos - active : active - pos);
}

void tabs_draw(struct canvas *c, struct rect r, struct ui *ui, const struct model *m)
{
	struct chunk_line line = { .gap = 1 };
	struct hit tabs[MAX_CHUNKS] = { { .action = ACT_TAB, .arg = ALL_NODES } };
	size_t active = 0;

	for (size_t i = 0; i < m->nr_nodes; i++)
		if ((int)m->nodes[i].node.nid == (ui->map.on ? ui->map.nid : ui->nid))
			active = i + 1;
	chunk_add(&line, tab_priority(0, active), "", active ? STYLE_TAB : STYLE_TAB_ACTIVE,
		  " All nodes ");
	/* Leave room for the views. */
	for (size_t i = 0; i < m->nr_nodes; i++) {
		size_t pos = i + 1;

		if (tab_priority(pos, active) > (MAX_CHUNKS - NR_VIEWS) / 2 - 1)
			continue;
		tabs[line.nr] = (struct hit){ .action = ACT_TAB, .arg = (int)m->nodes[i].node.nid };
		chunk_add(&line, tab_priority(pos, active), "",
			  pos == active ? STYLE_TAB_ACTIVE : STYLE_TAB, " Node %" PRIu32 " ",
			  m->nodes[i].node.nid);
	}
	for (int v = 0; v < NR_VIEWS; v++) {
		bool on = v == (int)ui->view && !ui->map.on;

		tabs[line.nr] = (struct hit){ .action = ACT_VIEW, .arg = v };
		chunk_add(&line, on ? 0 : 2, "", on ? STYLE_TAB_ACTIVE : STYLE_TAB, " %s ",
			  view_name(v)->title)
			->right = true;
	}
	if (ui->map.on)
		chunk_add(&line, 0, "", STYLE_TAB_ACTIVE, " Heat map ")->right = true;
	chunk_draw(c, r.row, r.col, r.cols, &line);
	for (size_t i = 0; i < line.nr; i++)
		hits_add(&ui->hits,
			 (struct rect){ r.row, line.chunk[i].pos, 1, line.chunk[i].width },
			 tabs[i].action, tabs[i].arg);
}
