// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A round of questions: their order, what a failure ends and what it does not, and
 * when the connection is another one. The kernel is made up: what a connection does
 * is in the variables below.
 */

#include "unit.h"

#include <errno.h>
#include <stdlib.h>

#include "round.h"

/* ---- a kernel that is made up ------------------------------------------------------- */

struct pghot_conn {
	int busy;
};

/* What pghot_conn_open() and starting question N are to return; steps before an end. */
static int open_ret, start_ret[8], step_ret, steps;
static unsigned int opened, closed, tapped, nr_asked, asked[16];

int pghot_conn_open(struct pghot_conn **conn, struct pghot_error *err)
{
	(void)err;
	if (open_ret)
		return open_ret;
	*conn = calloc(1, sizeof(**conn));
	assert_non_null(*conn);
	opened++;
	return 0;
}

void pghot_conn_close(struct pghot_conn *conn)
{
	closed += conn != NULL;
	free(conn);
}

void pghot_conn_tap(struct pghot_conn *conn, pghot_tap_fn fn, void *data)
{
	(void)conn;
	(void)fn;
	(void)data;
	tapped++;
}

bool pghot_conn_busy(const struct pghot_conn *conn)
{
	return conn->busy;
}

int pghot_conn_fd(const struct pghot_conn *conn)
{
	(void)conn;
	return 42;
}

int pghot_conn_step(struct pghot_conn *conn, struct pghot_error *err)
{
	(void)err;
	assert_true(conn->busy);
	if (--conn->busy > 0)
		return PGHOT_STEP_MORE;
	conn->busy = 0;
	return step_ret;
}

static int ask(struct pghot_conn *conn, unsigned int question)
{
	assert_false(conn->busy);
	asked[nr_asked++] = question;
	if (!start_ret[question])
		conn->busy = steps;
	return start_ret[question];
}

#define START(what, question)                                                             \
	int pghot_start_##what(struct pghot_conn *conn, pghot_##what##_fn fn, void *data, \
			       struct pghot_error *err)                                   \
	{                                                                                 \
		(void)fn;                                                                 \
		(void)data;                                                               \
		(void)err;                                                                \
		return ask(conn, question);                                               \
	}

START(info, PGHOT_ASK_INFO)
START(params, PGHOT_ASK_PARAMS)
START(stats, PGHOT_ASK_STATS)

int pghot_start_nodes(struct pghot_conn *conn, pghot_node_fn fn, void *data,
		      struct pghot_error *err)
{
	(void)fn;
	(void)data;
	(void)err;
	return ask(conn, PGHOT_ASK_NODES);
}

int pghot_start_sources(struct pghot_conn *conn, pghot_source_fn fn, void *data,
			struct pghot_error *err)
{
	(void)fn;
	(void)data;
	(void)err;
	return ask(conn, PGHOT_ASK_SOURCES);
}

/* ---- who asks ------------------------------------------------------------------------ */

static unsigned int nr_failed, failed_question;
static int failed_ret, verdict;

static int more(struct pghot_conn *conn, unsigned int question, void *data, struct pghot_error *err)
{
	(void)err;
	assert_ptr_equal(data, &verdict);
	return ask(conn, question);
}

static int failed(unsigned int question, int ret, struct pghot_error *err, void *data)
{
	(void)err;
	assert_ptr_equal(data, &verdict);
	nr_failed++;
	failed_question = question;
	failed_ret = ret;
	return verdict;
}

static void tap(bool request, const void *payload, size_t len, void *data)
{
	(void)request;
	(void)payload;
	(void)len;
	(void)data;
}

static const struct pghot_round_ops ops = { .start = more, .failed = failed, .tap = tap };
static struct pghot_round *all;

static int set_up(void **state)
{
	(void)state;
	open_ret = step_ret = 0;
	memset(start_ret, 0, sizeof(start_ret));
	steps = 1;
	opened = closed = tapped = nr_asked = nr_failed = 0;
	verdict = 0;
	all = pghot_round_open(&ops, &verdict);
	return all ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	pghot_round_close(all);
	assert_int_equal(opened, closed);
	return 0;
}

/* Steps until the round ends. */
static int finish(void)
{
	struct pghot_error err;
	int i, ret;

	for (i = 0; i < 100; i++) {
		ret = pghot_round_step(all, &err);
		if (ret != PGHOT_STEP_MORE)
			return ret;
		assert_int_equal(pghot_round_fd(all), 42);
	}
	fail_msg("the round does not end");
	return -1;
}

/* ---- tests --------------------------------------------------------------------------- */

static void asks_in_order(void **state)
{
	unsigned int i;

	(void)state;
	steps = 3;
	pghot_round_begin(all, PGHOT_ASK_STATE | 1U << PGHOT_ASK_MORE | 1U << (PGHOT_ASK_MORE + 2));
	assert_int_equal(pghot_round_fd(all), -1);
	assert_int_equal(finish(), PGHOT_STEP_DONE);
	assert_int_equal(nr_asked, PGHOT_ASK_MORE + 2);
	for (i = 0; i <= PGHOT_ASK_MORE; i++)
		assert_int_equal(asked[i], i);
	assert_int_equal(asked[i], PGHOT_ASK_MORE + 2);
	assert_int_equal(pghot_round_question(all), PGHOT_ASK_MORE + 2);
	assert_int_equal(pghot_round_fd(all), -1);
	assert_int_equal(nr_failed, 0);

	/* The next one has the same connection. */
	pghot_round_begin(all, 1U << PGHOT_ASK_STATS);
	assert_int_equal(finish(), PGHOT_STEP_DONE);
	assert_int_equal(asked[nr_asked - 1], PGHOT_ASK_STATS);
	assert_int_equal(opened, 1);
	assert_int_equal(tapped, 1);
	assert_int_equal(closed, 0);
}

static void ends_with_a_failure(void **state)
{
	(void)state;
	start_ret[PGHOT_ASK_NODES] = -EPERM;
	verdict = -EPERM;
	pghot_round_begin(all, PGHOT_ASK_STATE);
	assert_int_equal(finish(), -EPERM);
	assert_int_equal(failed_question, PGHOT_ASK_NODES);
	assert_int_equal(failed_ret, -EPERM);
	assert_int_equal(nr_asked, PGHOT_ASK_NODES + 1);
	/* Its connection with it; nothing is left to do. */
	assert_int_equal(closed, 1);
	assert_int_equal(finish(), PGHOT_STEP_DONE);
	assert_int_equal(nr_failed, 1);

	start_ret[PGHOT_ASK_NODES] = 0;
	pghot_round_begin(all, PGHOT_ASK_STATE);
	assert_int_equal(finish(), PGHOT_STEP_DONE);
	assert_int_equal(opened, 2);
	assert_int_equal(tapped, 2);
}

static void goes_on_after_a_failure(void **state)
{
	(void)state;
	/* An answer that is an error, and one that never comes. */
	step_ret = -ENODATA;
	pghot_round_begin(all, PGHOT_ASK_STATE);
	assert_int_equal(finish(), PGHOT_STEP_DONE);
	assert_int_equal(nr_failed, PGHOT_ASK_MORE);
	assert_int_equal(nr_asked, PGHOT_ASK_MORE);
	assert_int_equal(failed_ret, -ENODATA);
	assert_int_equal(opened, 1);
	assert_int_equal(closed, 0);
}

static void needs_a_connection(void **state)
{
	(void)state;
	open_ret = -ENOENT;
	verdict = -ENOENT;
	pghot_round_begin(all, 1U << PGHOT_ASK_SOURCES | 1U << PGHOT_ASK_STATS);
	assert_int_equal(finish(), -ENOENT);
	assert_int_equal(failed_question, PGHOT_ASK_SOURCES);
	assert_int_equal(nr_asked, 0);
	assert_int_equal(pghot_round_fd(all), -1);

	/* The family has come meanwhile. */
	open_ret = 0;
	pghot_round_begin(all, 1U << PGHOT_ASK_SOURCES);
	assert_int_equal(finish(), PGHOT_STEP_DONE);
	assert_int_equal(nr_asked, 1);
}

static void is_given_up(void **state)
{
	struct pghot_error err;

	(void)state;
	steps = 5;
	pghot_round_begin(all, PGHOT_ASK_STATE);
	assert_int_equal(pghot_round_step(all, &err), PGHOT_STEP_MORE);
	pghot_round_cancel(all);
	assert_int_equal(closed, 1);
	assert_int_equal(pghot_round_fd(all), -1);
	assert_int_equal(finish(), PGHOT_STEP_DONE);

	/* A new one gives up the one under way; between rounds nothing is closed. */
	pghot_round_begin(all, PGHOT_ASK_STATE);
	assert_int_equal(pghot_round_step(all, &err), PGHOT_STEP_MORE);
	pghot_round_begin(all, 1U << PGHOT_ASK_INFO);
	assert_int_equal(closed, 2);
	assert_int_equal(finish(), PGHOT_STEP_DONE);
	pghot_round_cancel(all);
	assert_int_equal(closed, 2);
	assert_int_equal(nr_failed, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(asks_in_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ends_with_a_failure, set_up, tear_down),
		cmocka_unit_test_setup_teardown(goes_on_after_a_failure, set_up, tear_down),
		cmocka_unit_test_setup_teardown(needs_a_connection, set_up, tear_down),
		cmocka_unit_test_setup_teardown(is_given_up, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
