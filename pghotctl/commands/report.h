/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What all reports do with --svg and --html. */
#ifndef PGHOTCTL_COMMANDS_REPORT_H
#define PGHOTCTL_COMMANDS_REPORT_H

#include "cmdline/command.h"

/**
 * report_shows_picture() - does standard output get a picture instead of text?
 * @call: call
 */
bool report_shows_picture(const struct call *call);

/**
 * report_draw() - draw a report into the files that were asked for
 * @ctx: context; gets the failure
 * @call: call
 * @title: of a page
 * @picture: draws it
 * @rest: what a page has beside it
 * @report: passed to both
 *
 * Return: exit status.
 */
int report_draw(struct ctx *ctx, const struct call *call, const char *title,
		void (*picture)(const void *report, FILE *to),
		void (*rest)(const void *report, FILE *to), const void *report);

#endif /* PGHOTCTL_COMMANDS_REPORT_H */
