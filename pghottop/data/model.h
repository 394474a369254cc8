/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_DATA_MODEL_H
#define PGHOTTOP_DATA_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/history.h"
#include "data/rate.h"
#include "data/sample.h"

/* Refreshes that the history of a node reaches back. */
#define HISTORY_LEN 240

/**
 * struct node_track - what a node does over time; rates are per second
 * @node: as it was last
 * @seen: it was in the latest sample
 * @hot: base pages that became candidates
 * @promoted: base pages promoted to it
 * @failed: base pages that were not
 * @dropped: candidates dropped
 * @nr_history: values in @history
 * @history: @promoted of the latest refreshes, oldest first
 */
struct node_track {
	struct pghot_node node;
	bool seen;
	double hot, promoted, failed, dropped;
	size_t nr_history;
	double history[HISTORY_LEN];
};

/**
 * struct source_track - what a source does over time; rates are per second
 * @src: as it was last
 * @recorded: accesses reported
 * @useful: reports that hit a tracked page
 */
struct source_track {
	struct pghot_source src;
	double recorded, useful;
};

/**
 * struct model - the latest sample and what follows from the ones before
 * @sample: the latest; never a partial one
 * @prev_ns: CLOCK_MONOTONIC of the counters that rates start from, 0 for none
 * @nr_nodes: nodes
 * @nodes: they, by ascending number
 * @nr_sources: sources
 * @sources: they, in the order of the kernel
 * @history: what was seen of pages, NULL when nobody wants to know
 */
struct model {
	struct sample sample;
	uint64_t prev_ns;
	size_t nr_nodes;
	struct node_track *nodes;
	unsigned int nr_sources;
	struct source_track sources[PGHOT_SOURCES_MAX];
	struct history *history;
};

/**
 * model_release() - free what a model has
 * @m: zeroed afterwards
 */
void model_release(struct model *m);

/**
 * model_forget() - begin anew with rates and histories
 * @m: model
 */
void model_forget(struct model *m);

/**
 * model_accept() - take a complete sample in
 * @m: model
 * @s: sample; its content is exchanged for what the model needs no more
 *
 * One of entries only replaces the pages and leaves the rates alone.
 *
 * Return: 0, or -ENOMEM with the model as it was.
 */
int model_accept(struct model *m, struct sample *s);

/**
 * model_node() - what a node does
 * @m: model
 * @nid: its number
 *
 * Return: the node, NULL when there is none.
 */
const struct node_track *model_node(const struct model *m, int nid);

#endif
