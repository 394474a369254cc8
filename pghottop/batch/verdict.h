/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is told of a sample that failed, and the exit status that this means. */
#ifndef PGHOTTOP_BATCH_VERDICT_H
#define PGHOTTOP_BATCH_VERDICT_H

#include "data/sample.h"

/**
 * verdict_of_error() - exit status for what a kernel refused
 * @error: what it said
 *
 * Return: enum exit_status.
 */
int verdict_of_error(const struct pghot_error *error);

/**
 * verdict_of_sample() - say why there is no sample
 * @s: sample
 *
 * Return: EXIT_DONE for one without a failure, of which nothing is said.
 */
int verdict_of_sample(const struct sample *s);

/**
 * verdict_of_node() - say so when there is no such node
 * @s: sample; a failed one knows no nodes, and nothing is said
 * @nid: node, or ALL_NODES
 *
 * Return: EXIT_DONE, or EXIT_USAGE.
 */
int verdict_of_node(const struct sample *s, int nid);

#endif
