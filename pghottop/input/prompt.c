// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * prompt.c - what is done with what was typed
 */
#include <stdio.h>
#include <string.h>

#include "input/edit.h"
#include "input/prompt.h"
#include "input/search.h"

static void prompt_done(struct ui *ui)
{
	struct prompt *p = &ui->prompt;
	struct filter_error error;
	size_t pos;
	int err;

	switch (p->kind) {
	case PROMPT_SEARCH:
		break;
	case PROMPT_FILTER:
		err = ui_filter(ui, p->text, &error);
		if (err) {
			/* Behind the word that is wrong: to go on with it, or to erase it. */
			error.pos += strcspn(p->text + error.pos, " =<>!~(),&|");
			prompt_fail(p, error.pos, *error.text ? error.text : strerror(-err));
			return;
		}
		/* Other pages: begin with the first of them. */
		ui->views[ui->view].selected = ui->views[ui->view].top = 0;
		break;
	case PROMPT_SAVE:
		if (!p->len) {
			prompt_fail(p, 0, "a name is missing");
			return;
		}
		/* The loop closes the prompt, or tells why it failed. */
		ui->request = REQUEST_SAVE;
		return;
	case PROMPT_SEEK:
		if (player_parse(ui->player, p->text, &pos)) {
			prompt_fail(p, p->len,
				    "neither a time such as 90s nor a sample such as #12");
			return;
		}
		player_seek(ui->player, pos);
		break;
	case PROMPT_NONE:
		break;
	}
	prompt_close(p);
}

bool prompt_key(struct ui *ui, const struct model *m, const struct rows *rows, int input)
{
	struct view_state *vs = &ui->views[ui->view];
	struct prompt *p = &ui->prompt;
	enum prompt_result result = prompt_input(p, input);

	if (result == PROMPT_EDITED && p->kind == PROMPT_SEARCH) {
		snprintf(ui->search, sizeof(ui->search), "%s", p->text);
		find_row(ui, m, rows, ui->origin, 1);
		if (!*ui->search)
			ui_move(ui, rows->nr, (long)ui->origin - (long)vs->selected);
		if (ui->message[0])
			prompt_fail(p, p->cursor, ui->message);
		ui->message[0] = 0;
	} else if (result == PROMPT_ACCEPTED) {
		prompt_done(ui);
	} else if (result == PROMPT_CANCELLED) {
		if (p->kind == PROMPT_SEARCH)
			ui_move(ui, rows->nr, (long)ui->origin - (long)vs->selected);
		prompt_close(p);
	}
	return result != PROMPT_IGNORED;
}
