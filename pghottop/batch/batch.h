/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The room batch: output without a terminal. A file for each format (text, json, csv,
 * svg), the loop of the batch mode, and what writes one file: save for the key S,
 * heatmap for --heatmap.
 */
#ifndef PGHOTTOP_BATCH_BATCH_H
#define PGHOTTOP_BATCH_BATCH_H

#include "data/collector.h"
#include "setup/options.h"

/**
 * batch_run() - print samples until there were enough
 * @o: what was asked for; its state remembers how many pages are looked at
 * @ops: where samples come from
 * @ctx: opened by @ops
 *
 * Each sample is complete on standard output before the wait for the next begins.
 *
 * A reader that goes away ends it at once, not only when there is more to print.
 *
 * Return: enum exit_status.
 */
int batch_run(struct options *o, const struct collector_ops *ops, void *ctx);

#endif
