/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the hwhint source shall sample, under each of the names that it has. */
#ifndef PGHOTCTL_SOURCE_HWHINT_H
#define PGHOTCTL_SOURCE_HWHINT_H

#include <stdbool.h>

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
 * hwhint_want() - parameters for one of the names of the source
 * @ctx: context
 * @name: "ibs", "pebs" or "hwhint", which mean what they mean to "enable"
 * @src: the source as it is now
 * @change: what is missing in @src for what @name means is added
 *
 * Return: STATUS_OK, or another with the failure filled: STATUS_UNSUPPORTED when the
 * hardware is not there.
 */
int hwhint_want(struct ctx *ctx, const char *name, const struct pghot_source *src,
		struct source_change *change);

/**
 * hwhint_is_hardware() - does a name of the source mean a certain hardware?
 * @name: "ibs", "pebs" or "hwhint"
 */
bool hwhint_is_hardware(const char *name);

/**
 * hwhint_note() - say what is sampled
 * @ctx: context; the notes get it, and data.pmu if there is one
 *
 * Return: STATUS_OK, or another with the failure filled.
 */
int hwhint_note(struct ctx *ctx);

#endif /* PGHOTCTL_SOURCE_HWHINT_H */
