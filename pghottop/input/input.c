// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * input.c - what keys do to the state of the screen
 */
#include "input/columns.h"
#include "input/common.h"
#include "input/details.h"
#include "input/help.h"
#include "input/input.h"
#include "input/keys.h"
#include "input/map.h"
#include "input/mouse.h"
#include "input/prompt.h"
#include "input/sort.h"
#include "input/table.h"

bool ui_input(struct ui *ui, const struct model *m, const struct rows *rows, int input)
{
	struct binding clicked;
	static const enum key_scope scopes[] = {
		[POPUP_NONE] = SCOPE_MAIN,	 [POPUP_HELP] = SCOPE_HELP,
		[POPUP_SORT] = SCOPE_MENU,	 [POPUP_DETAILS] = SCOPE_DETAILS,
		[POPUP_COLUMNS] = SCOPE_COLUMNS, [POPUP_WHY] = SCOPE_HELP,
	};
	enum key_scope scope = ui->popup == POPUP_NONE && ui->map.on ? SCOPE_MAP
								     : scopes[ui->popup];
	const struct binding *b = scope == SCOPE_MAP ? map_binding(input)
						     : key_binding(scope, input);

	if (ui->prompt.kind)
		return prompt_key(ui, m, rows, input);
	if (!b)
		return false;
	ui->message[0] = 0;
	if (b->action == ACT_CLICK && scope != SCOPE_MAP)
		b = mouse_click(ui, &clicked);
	switch (scope) {
	case SCOPE_MAP:
		map_input(ui, m, b);
		break;
	case SCOPE_MAIN:
		if (common_action_is(b->action))
			common_action(ui, m, b);
		else
			table_action(ui, m, rows, b);
		break;
	case SCOPE_HELP:
		help_action(ui, b);
		break;
	case SCOPE_COLUMNS:
		columns_action(ui, b);
		break;
	case SCOPE_DETAILS:
		details_action(ui, m, b);
		break;
	case SCOPE_MENU:
		sort_action(ui, b);
		break;
	}
	return true;
}
