// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A connection whose kernel says what it should not: lengths that lie, ends of
 * requests that were not made. What is below the connection is made up here.
 */

#include "unit.h"

#include <errno.h>
#include <fcntl.h>

#include <linux/genetlink.h>
#include <linux/netlink.h>

#include "dump.h"
#include "wire.h"

#define SEQ    0xfffffffeU
#define FAMILY 0x21

static uint32_t last_seq;
/* Datagrams that wait: the first of them is received next. */
static struct {
	_Alignas(8) char bytes[256];
	size_t len;
} waiting[8];
static unsigned int nr_waiting;

static void queue(const void *bytes, size_t len)
{
	memcpy(waiting[nr_waiting].bytes, bytes, len);
	waiting[nr_waiting++].len = len;
}

int pghot_wire_open(struct pghot_error *err)
{
	(void)err;
	return open("/dev/null", O_RDONLY | O_CLOEXEC);
}

static void ack(uint32_t seq)
{
	struct {
		struct nlmsghdr nlh;
		struct nlmsgerr e;
	} msg = { .nlh = { sizeof(msg), NLMSG_ERROR, 0, seq, 0 } };

	queue(&msg, sizeof(msg));
}

int pghot_wire_send(int fd, const void *bytes, size_t len)
{
	const struct nlmsghdr *nlh = bytes;
	struct {
		struct nlmsghdr nlh;
		struct genlmsghdr genl;
		struct nlattr attr;
		uint16_t id;
	} msg = {
		.nlh = { sizeof(msg), GENL_ID_CTRL, 0, nlh->nlmsg_seq, 0 },
		.attr = { NLA_HDRLEN + 2, CTRL_ATTR_FAMILY_ID },
		.id = FAMILY,
	};

	(void)fd;
	assert_true(len >= sizeof(*nlh));
	last_seq = nlh->nlmsg_seq;
	if (nlh->nlmsg_type != GENL_ID_CTRL)
		return 0;
	queue(&msg, sizeof(msg));
	ack(last_seq);
	return 0;
}

ssize_t pghot_wire_receive(int fd, void *buf, size_t size)
{
	size_t len = waiting[0].len;

	(void)fd;
	if (!nr_waiting)
		return -EAGAIN;
	assert_true(len <= size);
	memcpy(buf, waiting[0].bytes, len);
	memmove(waiting, waiting + 1, --nr_waiting * sizeof(*waiting));
	return (ssize_t)len;
}

uint32_t pghot_wire_seq(void)
{
	return SEQ;
}

/* ---- tests --------------------------------------------------------------------------- */

static struct pghot_conn *conn;
static struct pghot_error error;
static unsigned int told;

static int set_up(void **state)
{
	(void)state;
	nr_waiting = told = 0;
	return pghot_conn_open(&conn, &error);
}

static int tear_down(void **state)
{
	(void)state;
	pghot_conn_close(conn);
	return 0;
}

static void tap(bool request, const void *payload, size_t len, void *data)
{
	(void)payload;
	(void)data;
	/* Longer than all that was received. */
	assert_true(len < sizeof(waiting[0].bytes));
	told += !request;
}

static void lengths_that_lie(void **state)
{
	static const uint32_t lengths[] = { 0,		15,	    21,		0x7fffffff,
					    0x80000000, 0x80000020, 0xfffffff0, 0xffffffff };

	(void)state;
	pghot_conn_tap(conn, tap, NULL);
	for (size_t i = 0; i < ARRAY_LEN(lengths); i++) {
		struct {
			struct nlmsghdr nlh;
			struct genlmsghdr genl;
		} msg = { .nlh = { lengths[i], FAMILY, NLM_F_MULTI, 0, 0 } };

		assert_int_equal(pghot_start_nodes(conn, NULL, NULL, &error), 0);
		msg.nlh.nlmsg_seq = last_seq;
		queue(&msg, sizeof(msg));
		assert_int_equal(pghot_conn_step(conn, &error), -EBADMSG);
		assert_string_equal(error.message, "malformed message from the kernel");
		assert_false(pghot_conn_busy(conn));
	}
	assert_int_equal(told, 0);
}

static void others_ends(void **state)
{
	(void)state;
	assert_int_equal(pghot_start_nodes(conn, NULL, NULL, &error), 0);
	ack(last_seq - 1);
	ack(last_seq + 1);
	/* Not from the kernel: nothing is left of it. */
	queue("", 0);
	assert_int_equal(pghot_conn_step(conn, &error), PGHOT_STEP_MORE);
	assert_true(pghot_conn_busy(conn));
	ack(last_seq);
	assert_int_equal(pghot_conn_step(conn, &error), PGHOT_STEP_DONE);
}

static void begins_anywhere(void **state)
{
	(void)state;
	/* The first request was to resolve the family; the number wraps around. */
	assert_int_equal(last_seq, SEQ + 1);
	assert_int_equal(pghot_start_nodes(conn, NULL, NULL, &error), 0);
	assert_int_equal(last_seq, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(lengths_that_lie, set_up, tear_down),
		cmocka_unit_test_setup_teardown(others_ends, set_up, tear_down),
		cmocka_unit_test_setup_teardown(begins_anywhere, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
