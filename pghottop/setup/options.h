/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The room setup: where a run gets its state from, which is the command line (options)
 * and what was written on request the last time (settings).
 */
#ifndef PGHOTTOP_SETUP_OPTIONS_H
#define PGHOTTOP_SETUP_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "state/ui.h"

/* Exit statuses, those of pghotctl too. */
enum exit_status {
	EXIT_DONE,
	EXIT_FAILED,
	EXIT_USAGE,
	EXIT_UNSUPPORTED,
	EXIT_NOT_PERMITTED,
};

/* Pages per sample in batch mode unless -l says otherwise. */
#define BATCH_LIMIT 20

/* What the lines of --csv are about. */
enum csv {
	CSV_NONE,
	CSV_PAGES,
	CSV_NODES,
};

/**
 * struct options - what the command line asks for
 * @batch: print instead of taking the terminal over
 * @json: as JSON Lines
 * @csv: as comma-separated values
 * @iterations: samples until the end, 0 for no end
 * @limit: pages per sample in batch mode
 * @no_mouse: leave the mouse to the terminal
 * @delay: -d was given
 * @replay: recording to show instead of the kernel, or NULL
 * @record: file to write samples to, or NULL
 * @seek: where in the recording to begin, or NULL
 * @speed: how fast to play it, or NULL
 * @heatmap: file to write a heat map to, or NULL
 * @metric: what its colours mean
 * @ui: everything that keys can change too
 */
struct options {
	bool batch, json, no_mouse;
	enum csv csv;
	bool delay;
	const char *replay, *record, *seek, *speed, *heatmap;
	enum heat_metric metric;
	uint64_t iterations;
	uint32_t limit;
	struct ui ui;
};

/**
 * options_parse() - read the command line
 * @o: filled in
 * @base: what holds where the command line says nothing, as from ui_init(),
 *	without a filter
 * @argc: as main() has it
 * @argv: as main() has it
 *
 * Prints help, or what is wrong.
 *
 * Return: -1 to go on, or the exit status to end with.
 */
int options_parse(struct options *o, const struct ui *base, int argc, char **argv);

#endif
