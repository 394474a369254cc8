/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCALE_OPTIONS_H
#define SCALE_OPTIONS_H

#include <stdbool.h>

#include "machine.h"

/**
 * struct options - what is asked for
 * @machine: what was given of a machine; members that were not are 0
 * @sources: bit of each enum scale_source
 * @pages: bit 0 for 4 KiB, bit 1 for 2 MiB
 * @fast: bit 0 for free fast memory, bit 1 for full
 * @scale: times and costs
 * @hottest: the case "hottest"
 * @sleepers: the case "sleepers"
 * @json: write JSON, not a table
 * @list: write costs and parameters, and do nothing else
 * @svg: write a picture there; may be NULL
 * @validate: compare with that file; may be NULL
 * @check: fail when something is not as it should be
 */
struct options {
	struct machine machine;
	unsigned int sources;
	unsigned int pages;
	unsigned int fast;
	bool scale;
	bool hottest;
	bool sleepers;
	bool json;
	bool list;
	bool check;
	const char *svg;
	const char *validate;
};

/* Exits with 0 after --help, and with 2 and a message when it is wrong. */
void options_parse(struct options *o, int argc, char **argv);

#endif
