/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Why there is nothing to show, in words; all output says it in the same. */
#ifndef PGHOTTOP_STATE_NOTICE_H
#define PGHOTTOP_STATE_NOTICE_H

#include <stddef.h>

#include "state/ui.h"

/* Room for any of them. */
#define NOTICE_LEN 768

/**
 * failure_notice() - what went wrong, in words
 * @error: what
 * @doing: what was tried
 * @buf: written to
 * @size: its size
 *
 * Return: @buf.
 */
const char *failure_notice(const struct pghot_error *error, const char *doing, char *buf,
			   size_t size);

/**
 * entries_notice() - why there are no pages, in words
 * @m: model
 * @view: what was asked for
 * @style: set to how serious it is, may be NULL
 * @buf: written to
 * @size: its size
 *
 * Return: @buf, or NULL when there may be pages.
 */
const char *entries_notice(const struct model *m, enum view view, enum style *style, char *buf,
			   size_t size);

/**
 * empty_notice() - why a table has no pages, in words
 * @ui: state; view and tab
 * @m: model
 * @buf: written to
 * @size: its size
 *
 * Return: @buf.
 */
const char *empty_notice(const struct ui *ui, const struct model *m, char *buf, size_t size);

/**
 * scope_order() - which of its pages a view has first, and so has when not all
 * @view: view
 */
const char *scope_order(enum view view);

/**
 * absence_notice() - why the kernel is not asked, in words
 * @s: sample that is SAMPLE_NO_FAMILY
 * @buf: written to; its first line says it all
 * @size: its size
 *
 * Return: @buf.
 */
const char *absence_notice(const struct sample *s, char *buf, size_t size);

/**
 * heat_notice() - why there is no heat map, in words
 * @s: sample that was asked for one
 * @buf: written to
 * @size: its size
 *
 * Return: @buf, or NULL when there is one.
 */
const char *heat_notice(const struct sample *s, char *buf, size_t size);

#endif
