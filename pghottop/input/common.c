// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * common.c - keys that mean the same whatever is shown: help, freeze, looks, the
 * player of a recording
 */
#include "input/common.h"

bool common_action_is(enum action action)
{
	switch (action) {
	case ACT_QUIT:
	case ACT_HELP:
	case ACT_FREEZE:
	case ACT_UNITS:
	case ACT_THEME:
	case ACT_SETTINGS:
	case ACT_REDRAW:
	case ACT_PLAY_STEP:
	case ACT_PLAY_END:
	case ACT_PLAY_SPEED:
	case ACT_PLAY_SEEK:
		return true;
	default:
		return false;
	}
}

static void next_theme(struct ui *ui)
{
	size_t i = 0;

	while (theme_at(i) && theme_at(i) != ui->theme)
		i++;
	ui->theme = theme_at(i) && theme_at(i + 1) ? theme_at(i + 1) : theme_at(0);
}

static void play_action(struct ui *ui, const struct binding *b)
{
	struct player *p = ui->player;

	if (!p) {
		ui_say(ui, false, "this is live; what was recorded is played with -r");
		return;
	}
	switch (b->action) {
	case ACT_PLAY_STEP:
		player_step(p, b->arg);
		break;
	case ACT_PLAY_END:
		player_seek(p, b->arg < 0 ? 0 : p->nr - 1);
		break;
	case ACT_PLAY_SPEED:
		player_faster(p, b->arg);
		break;
	default:
		prompt_open(&ui->prompt, PROMPT_SEEK, "");
	}
}

void common_action(struct ui *ui, const struct model *m, const struct binding *b)
{
	switch (b->action) {
	case ACT_QUIT:
		ui->quit = true;
		break;
	case ACT_HELP:
		ui->popup = POPUP_HELP;
		ui->popup_top = 0;
		break;
	case ACT_FREEZE:
		if (ui->player) {
			player_toggle(ui->player);
			break;
		}
		/* There must be something to freeze. */
		ui->frozen = !ui->frozen && m->sample.state == SAMPLE_OK;
		break;
	case ACT_UNITS:
		ui->raw = !ui->raw;
		break;
	case ACT_THEME:
		next_theme(ui);
		ui->redraw = true;
		break;
	case ACT_PLAY_STEP:
	case ACT_PLAY_END:
	case ACT_PLAY_SPEED:
	case ACT_PLAY_SEEK:
		play_action(ui, b);
		break;
	case ACT_REDRAW:
		ui->redraw = true;
		break;
	case ACT_SETTINGS:
		if (ui->readonly)
			ui_say(ui, true, "--readonly: no file is written");
		else
			ui->request = REQUEST_SETTINGS;
		break;
	default:
		break;
	}
}
