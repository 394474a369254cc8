/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_LIVE_H
#define PGHOTTOP_LIVE_H

#include "data/collector.h"
#include "setup/options.h"

/**
 * live_run() - take the terminal over until the user has seen enough
 * @o: what was asked for; keys change it
 * @ops: where samples come from
 * @ctx: opened by @ops
 * @settings: file that the settings are written to, "" when there is none
 *
 * Return: enum exit_status.
 */
int live_run(struct options *o, const struct collector_ops *ops, void *ctx, const char *settings);

#endif
