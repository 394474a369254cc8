/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pghottop has these rooms, from the ground up. A file includes others of its room and
 * of those before it, never one of those behind it.
 *
 *	data      what is known of the machine and its pages
 *	screen    a grid of cells, and the terminal that shows it
 *	table     columns, filter and order of what is listed
 *	state     what the user has chosen
 *	setup     the command line and the settings file
 *	input     what keys and the mouse do
 *	views     what is drawn
 *	batch     output without a terminal
 *
 * The main header of each says more. On top of them stand main and app, which start
 * what was asked for, and live, the loop of the live view.
 */
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
