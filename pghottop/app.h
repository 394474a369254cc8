/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_APP_H
#define PGHOTTOP_APP_H

#include "data/collector.h"
#include "setup/options.h"

/**
 * app_main() - all of pghottop but where its samples come from
 * @argc: as main() has it
 * @argv: as main() has it
 * @ops: where samples come from
 *
 * Return: enum exit_status.
 */
int app_main(int argc, char **argv, const struct collector_ops *ops);

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
