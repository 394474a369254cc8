/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A round of questions to the kernel: requests on one connection, each sent when
 * the answer to the one before is complete. It waits for nothing and so goes into
 * anybody's poll loop. Both a refresh of the screen and a sample of a recording are
 * one: first the state, which everyone may ask for, then pages.
 */
#ifndef PGHOT_LIB_ROUND_H
#define PGHOT_LIB_ROUND_H

#include "dump.h"

/**
 * enum pghot_question - the requests of a round, in their order
 * @PGHOT_ASK_INFO: what the kernel says of itself
 * @PGHOT_ASK_PARAMS: parameters
 * @PGHOT_ASK_NODES: nodes
 * @PGHOT_ASK_SOURCES: sources
 * @PGHOT_ASK_STATS: counters
 * @PGHOT_ASK_MORE: the first of those that &pghot_round_ops.start sends
 */
enum pghot_question {
	PGHOT_ASK_INFO,
	PGHOT_ASK_PARAMS,
	PGHOT_ASK_NODES,
	PGHOT_ASK_SOURCES,
	PGHOT_ASK_STATS,
	PGHOT_ASK_MORE,
};

/* All of the state, as pghot_round_begin() takes it. */
#define PGHOT_ASK_STATE ((1U << PGHOT_ASK_MORE) - 1)

/**
 * struct pghot_round_ops - who asks, and what becomes of the answers
 * @info: gets the answer, as in dump.h; NULL when only @tap wants it
 * @params: likewise
 * @node: likewise
 * @source: likewise
 * @stats: likewise
 * @start: send the request of a question from PGHOT_ASK_MORE on; 0 without a request
 *	when an earlier answer has told
 * @failed: a question was not answered; 0 to go on with the next one, or what the
 *	round shall end with, most often @ret. Also called when there is no
 *	connection, for the question that needed one
 * @tap: as pghot_conn_tap() takes it, NULL for none
 */
struct pghot_round_ops {
	pghot_info_fn info;
	pghot_params_fn params;
	pghot_node_fn node;
	pghot_source_fn source;
	pghot_stats_fn stats;
	int (*start)(struct pghot_conn *conn, unsigned int question, void *data,
		     struct pghot_error *err);
	int (*failed)(unsigned int question, int ret, struct pghot_error *err, void *data);
	pghot_tap_fn tap;
};

struct pghot_round;

/**
 * pghot_round_open() - prepare for rounds
 * @ops: who asks; must outlive it
 * @data: passed to @ops
 *
 * The kernel is connected to when a round needs it.
 *
 * Return: for pghot_round_close(), or NULL without memory.
 */
struct pghot_round *pghot_round_open(const struct pghot_round_ops *ops, void *data);

/**
 * pghot_round_close() - free
 * @round: may be NULL
 */
void pghot_round_close(struct pghot_round *round);

/**
 * pghot_round_begin() - begin a round; one under way is given up
 * @round: between rounds, or in one
 * @questions: 1 << enum pghot_question, and further ones
 */
void pghot_round_begin(struct pghot_round *round, unsigned int questions);

/**
 * pghot_round_step() - go on, without waiting
 * @round: begun
 * @err: says what failed
 *
 * A round that ends with a failure ends its connection, too: the next one begins
 * with another, for what a socket may do is decided when it is opened, and what a
 * kernel module answers may have gone with the module.
 *
 * Return: PGHOT_STEP_MORE when pghot_round_fd() has to be waited for,
 * PGHOT_STEP_DONE, or what &pghot_round_ops.failed returned.
 */
int pghot_round_step(struct pghot_round *round, struct pghot_error *err);

/**
 * pghot_round_question() - what is being asked, or was last
 * @round: begun
 */
unsigned int pghot_round_question(const struct pghot_round *round);

/**
 * pghot_round_fd() - descriptor to poll for POLLIN, -1 when there is none
 * @round: ask before each poll
 */
int pghot_round_fd(const struct pghot_round *round);

/**
 * pghot_round_cancel() - give the round up
 * @round: begun or not
 */
void pghot_round_cancel(struct pghot_round *round);

#endif /* PGHOT_LIB_ROUND_H */
