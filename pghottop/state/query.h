/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What to ask the kernel for, to show what the user has chosen. */
#ifndef PGHOTTOP_STATE_QUERY_H
#define PGHOTTOP_STATE_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "state/ui.h"

/* Pages asked for when the order is not the kernel's own, and so all count. */
#define SORT_WINDOW   1024
/* As far as End goes, and as far as is looked for what passes a filter. */
#define SCROLL_MAX    65536
/* Times as many are looked at when too few of them pass. */
#define WINDOW_GROWTH 8

/**
 * ui_query_rows() - what to ask the kernel for, to show some pages
 * @ui: state
 * @m: model; its sample tells which nodes there are
 * @rows: how many pages, 0 for none
 * @q: filled in
 *
 * What the kernel can filter by is sent to it. When the order or the rest of the
 * filter is not one that it has, the pages to choose from are the SORT_WINDOW
 * hottest, or as many as ui_widen() made them.
 */
void ui_query_rows(const struct ui *ui, const struct model *m, uint32_t rows, struct query *q);

/**
 * ui_query() - what to ask the kernel for, to fill the screen
 * @ui: state
 * @m: model; its sample tells which nodes there are
 * @q: filled in
 *
 * No more than can be seen, and one page to scroll to.
 */
void ui_query(const struct ui *ui, const struct model *m, struct query *q);

/**
 * ui_widen() - look at more pages when too few of them pass
 * @ui: state
 * @m: model, whose sample was chosen from
 * @passed: pages of it that passed
 * @wanted: pages that were to be shown
 *
 * A filter that the kernel does not have may let few of the hottest pages pass and
 * many of the others. SCROLL_MAX pages are looked at in the end.
 *
 * Return: true when the next query asks for more.
 */
bool ui_widen(struct ui *ui, const struct model *m, size_t passed, size_t wanted);

/**
 * ui_wanted() - how many pages the screen is to show, with one page to scroll to
 * @ui: state
 */
size_t ui_wanted(const struct ui *ui);

/**
 * ui_narrowed() - was the sample asked for fewer pages than now may pass?
 * @ui: state
 * @m: model
 *
 * What a filter left to the kernel is not in a frozen sample, and does not come
 * back with another filter.
 */
bool ui_narrowed(const struct ui *ui, const struct model *m);

/**
 * ui_stale() - do other pages have to be shown than the sample has?
 * @ui: state
 * @m: model
 *
 * True after a change of view or tab, and when scrolling came to less than a page
 * from where the sample ends. Not while frozen.
 */
bool ui_stale(const struct ui *ui, const struct model *m);

/**
 * ui_covered() - does the sample belong to the view and the tab shown?
 * @ui: state
 * @m: model
 *
 * False until the answer to a change arrives, and while frozen until the view
 * that was frozen is shown again.
 */
bool ui_covered(const struct ui *ui, const struct model *m);

#endif
