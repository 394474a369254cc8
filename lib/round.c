// SPDX-License-Identifier: GPL-2.0-or-later

#include "round.h"

#include <stdlib.h>

/**
 * struct pghot_round - a round of questions
 * @ops: who asks
 * @data: passed to @ops
 * @conn: connection, NULL when there is none
 * @left: 1 << question, of those that are not answered
 * @question: lowest of them, or the last one
 */
struct pghot_round {
	const struct pghot_round_ops *ops;
	void *data;
	struct pghot_conn *conn;
	unsigned int left;
	unsigned int question;
};

struct pghot_round *pghot_round_open(const struct pghot_round_ops *ops, void *data)
{
	struct pghot_round *round = calloc(1, sizeof(*round));

	if (!round)
		return NULL;
	round->ops = ops;
	round->data = data;
	return round;
}

static void disconnect(struct pghot_round *round)
{
	pghot_conn_close(round->conn);
	round->conn = NULL;
}

void pghot_round_close(struct pghot_round *round)
{
	if (!round)
		return;
	disconnect(round);
	free(round);
}

void pghot_round_cancel(struct pghot_round *round)
{
	/* The kernel keeps an unfinished dump on its socket. */
	if (round->conn && pghot_conn_busy(round->conn))
		disconnect(round);
	round->left = 0;
}

void pghot_round_begin(struct pghot_round *round, unsigned int questions)
{
	pghot_round_cancel(round);
	round->left = questions;
}

static int start(struct pghot_round *round, struct pghot_error *err)
{
	switch (round->question) {
	case PGHOT_ASK_INFO:
		return pghot_start_info(round->conn, round->ops->info, round->data, err);
	case PGHOT_ASK_PARAMS:
		return pghot_start_params(round->conn, round->ops->params, round->data, err);
	case PGHOT_ASK_NODES:
		return pghot_start_nodes(round->conn, round->ops->node, round->data, err);
	case PGHOT_ASK_SOURCES:
		return pghot_start_sources(round->conn, round->ops->source, round->data, err);
	case PGHOT_ASK_STATS:
		return pghot_start_stats(round->conn, round->ops->stats, round->data, err);
	default:
		return round->ops->start(round->conn, round->question, round->data, err);
	}
}

static int open_conn(struct pghot_round *round, struct pghot_error *err)
{
	int ret = pghot_conn_open(&round->conn, err);

	if (!ret && round->ops->tap)
		pghot_conn_tap(round->conn, round->ops->tap, round->data);
	return ret;
}

int pghot_round_step(struct pghot_round *round, struct pghot_error *err)
{
	while (round->left) {
		int ret;

		round->question = (unsigned int)__builtin_ctz(round->left);
		ret = round->conn ? 0 : open_conn(round, err);
		if (!ret && !pghot_conn_busy(round->conn))
			ret = start(round, err);
		if (!ret)
			ret = pghot_conn_step(round->conn, err);
		if (ret == PGHOT_STEP_MORE)
			return ret;
		if (ret)
			ret = round->ops->failed(round->question, ret, err, round->data);
		if (ret) {
			disconnect(round);
			round->left = 0;
			return ret;
		}
		round->left &= round->left - 1;
	}
	return PGHOT_STEP_DONE;
}

unsigned int pghot_round_question(const struct pghot_round *round)
{
	return round->question;
}

int pghot_round_fd(const struct pghot_round *round)
{
	return round->left && round->conn ? pghot_conn_fd(round->conn) : -1;
}
