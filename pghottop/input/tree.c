// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tree.c - what keys do to the tree of cgroups: fold and unfold; and the way from there to
 * processes, their mappings and pages, and back
 */
#include "input/tree.h"
#include "state/query.h"

/* The cgroup, process or mapping under the cursor, NULL when there is none. */
static const struct owner *selected(const struct ui *ui, const struct model *m,
				    const struct rows *rows)
{
	size_t at = ui->views[ui->view].selected;

	if (!row_is_owner(ui_kind(ui)) || rows->kind != ui_kind(ui) || at >= rows->nr ||
	    !ui_covered(ui, m))
		return NULL;
	return row_at(rows, m, at).owner;
}

static void go_up(struct ui *ui, const struct rows *rows, const struct owner *o)
{
	struct view_state *vs = &ui->views[ui->view];

	for (size_t i = 0; i < rows->nr; i++)
		if (rows->order[i] == o->parent)
			ui_move(ui, rows->nr, (long)i - (long)vs->selected);
}

/* All but the root: then those right below it are seen. */
static void fold_all(struct ui *ui, const struct model *m)
{
	const struct owners *o = &m->sample.owners;

	if (ui->folds.nr) {
		folds_release(&ui->folds);
		return;
	}
	for (size_t i = 0; i < o->nr; i++)
		if (o->at[i].below && o->at[i].depth)
			folds_set(&ui->folds, o->at[i].path, true);
}

void tree_action(struct ui *ui, const struct model *m, const struct rows *rows,
		 const struct binding *b)
{
	const struct owner *o = selected(ui, m, rows);

	if (ui_kind(ui) != ROW_CGROUP) {
		ui_say(ui, false, "there is no tree of %s; v leads to that of cgroups",
		       row_name(ui_kind(ui))->many);
		return;
	}
	if (b->action == ACT_TREE) {
		ui->tree = !ui->tree;
		return;
	}
	if (!ui->tree) {
		ui_say(ui, false, "this is a list; T makes a tree of it");
		return;
	}
	switch (b->action) {
	case ACT_FOLD:
		if (o && o->below && !folds_has(&ui->folds, o->path))
			folds_set(&ui->folds, o->path, true);
		else if (o)
			go_up(ui, rows, o);
		break;
	case ACT_UNFOLD:
		if (o && o->path)
			folds_set(&ui->folds, o->path, false);
		break;
	default:
		fold_all(ui, m);
	}
}

/* Processes of a recording are gone, pages are not. */
static void enter_cgroup(struct ui *ui, const struct owner *o)
{
	if (!o->path)
		ui_say(ui, false, "the name of this cgroup is not known, so its processes are not");
	else if (ui_enter(ui, o->path, o->ino))
		ui_say(ui, true, "out of memory");
	else
		ui->view = ui->player ? VIEW_RECORDS : VIEW_PROCESSES;
}

void tree_enter(struct ui *ui, const struct model *m, const struct rows *rows)
{
	const struct owner *o = selected(ui, m, rows);

	if (!o)
		return;
	switch (ui_kind(ui)) {
	case ROW_CGROUP:
		enter_cgroup(ui, o);
		break;
	case ROW_PROCESS:
		ui_process(ui, o->pid);
		ui->view = VIEW_MAPPINGS;
		break;
	default:
		ui->in_mapping = true;
		ui->start = o->start;
		ui->end = o->end;
		ui->view = VIEW_RECORDS;
		ui->views[VIEW_RECORDS].selected = ui->views[VIEW_RECORDS].top = 0;
		ui->views[VIEW_RECORDS].end = false;
	}
}

void tree_back(struct ui *ui)
{
	if (ui_of_mapping(ui)) {
		ui->in_mapping = false;
		ui->view = VIEW_MAPPINGS;
	} else if (ui->view == VIEW_MAPPINGS) {
		ui_process(ui, 0);
		ui->view = VIEW_PROCESSES;
	} else if (ui->within) {
		ui_enter(ui, NULL, 0);
		ui->view = VIEW_CGROUPS;
	} else {
		ui_say(ui, false,
		       "there is no way back: Enter leads from a cgroup to its processes");
	}
}
