/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_APP_H
#define PGHOTTOP_APP_H

#include "data/collector.h"

/**
 * app_main() - all of pghottop but where its samples come from
 * @argc: as main() has it
 * @argv: as main() has it
 * @ops: where samples come from
 *
 * Return: enum exit_status.
 */
int app_main(int argc, char **argv, const struct collector_ops *ops);

#endif
