/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_BATCH_HEATMAP_H
#define PGHOTTOP_BATCH_HEATMAP_H

#include "data/collector.h"
#include "setup/options.h"

/**
 * heatmap_run() - take one sample and write its heat map to a file
 * @o: what was asked for
 * @ops: where samples come from
 * @ctx: opened by @ops
 *
 * Return: enum exit_status.
 */
int heatmap_run(const struct options *o, const struct collector_ops *ops, void *ctx);

#endif
