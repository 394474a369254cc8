/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the hwhint source shall sample, under each of the names that it has. */
#ifndef PGHOTCTL_SOURCE_HWHINT_H
#define PGHOTCTL_SOURCE_HWHINT_H

#include "backend/ctx.h"
#include "backend/query.h"
#include "cmdline/command.h"

/**
 * hwhint_choose() - parameters for "enable ibs", "enable pebs" or "enable hwhint"
 * @ctx: context
 * @call: command line, with SRC and --period
 * @src: the source as it is now
 * @change: what is missing in @src for what the command line asks for is added;
 *	nothing if it is as it should be
 *
 * "ibs" and "pebs" mean that hardware and no other. "hwhint" keeps what it was
 * set to; if that is still the software event that it boots with, and there is
 * one of the two, it means that.
 *
 * Return: STATUS_OK, or another with the failure filled.
 */
int hwhint_choose(struct ctx *ctx, const struct call *call, const struct pghot_source *src,
		  struct source_change *change);

/**
 * hwhint_note() - say what is sampled
 * @ctx: context
 *
 * Return: STATUS_OK, or another with the failure filled.
 */
int hwhint_note(struct ctx *ctx);

#endif /* PGHOTCTL_SOURCE_HWHINT_H */
