// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Messages that did not come from the kernel, for real: a second socket, privileged
 * in a network namespace of its own, sends them to the port of a tool's socket and to
 * a group that it has joined. The kernel's own answers still arrive.
 */

#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/genetlink.h>
#include <netlink/netlink.h>

#include "backend/nlsock.h"
#include "wire.h"

/* The group "notify" of the controller, which every kernel has. */
#define GROUP GENL_ID_CTRL

static int forger;

static void put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);

	/* What cannot be written shows when the namespace is used. */
	if (fd < 0)
		return;
	if (write(fd, text, strlen(text)) < 0)
		errno = 0;
	close(fd);
}

/* Needs no privilege where users may make namespaces. */
static int enter(void **state)
{
	char map[64];

	(void)state;
	snprintf(map, sizeof(map), "0 %d 1", (int)getuid());
	if (geteuid() ? unshare(CLONE_NEWUSER | CLONE_NEWNET) : unshare(CLONE_NEWNET)) {
		puts("no network namespace can be made here");
		exit(77);
	}
	put("/proc/self/setgroups", "deny");
	put("/proc/self/uid_map", map);
	forger = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
	return forger < 0 ? -1 : 0;
}

static int leave(void **state)
{
	(void)state;
	return close(forger);
}

/* An acknowledgement, which ends any request. */
static int forge(uint32_t port, uint32_t groups)
{
	struct {
		struct nlmsghdr nlh;
		struct nlmsgerr e;
	} msg = {
		.nlh = { .nlmsg_len = sizeof(msg), .nlmsg_type = NLMSG_ERROR },
		.e.msg.nlmsg_len = sizeof(struct nlmsghdr),
	};
	const struct sockaddr_nl to = {
		.nl_family = AF_NETLINK,
		.nl_pid = port,
		.nl_groups = groups,
	};

	return sendto(forger, &msg, sizeof(msg), 0, (const struct sockaddr *)&to, sizeof(to)) < 0
		       ? -errno
		       : 0;
}

static uint32_t port_of(int fd)
{
	struct sockaddr_nl own;
	socklen_t len = sizeof(own);

	assert_int_equal(getsockname(fd, (struct sockaddr *)&own, &len), 0);
	assert_true(own.nl_pid);
	return own.nl_pid;
}

static void join(int fd)
{
	int group = GROUP;

	assert_int_equal(setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group)),
			 0);
}

/* Ask the controller about itself. */
static void ask(int fd, uint32_t seq)
{
	struct {
		struct nlmsghdr nlh;
		struct genlmsghdr genl;
		struct nlattr attr;
		uint16_t id;
		uint16_t pad;
	} msg = {
		.nlh = { sizeof(msg), GENL_ID_CTRL, NLM_F_REQUEST, seq, 0 },
		.genl = { CTRL_CMD_GETFAMILY, 1, 0 },
		.attr = { NLA_HDRLEN + 2, CTRL_ATTR_FAMILY_ID },
		.id = GENL_ID_CTRL,
	};

	assert_int_equal(pghot_wire_send(fd, &msg, sizeof(msg)), 0);
}

static void a_plain_socket_takes_it(void **state)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
	struct sockaddr_nl any = { .nl_family = AF_NETLINK };
	_Alignas(8) char buf[4096];

	(void)state;
	/* Otherwise what follows would show nothing. */
	assert_int_equal(bind(fd, (struct sockaddr *)&any, sizeof(any)), 0);
	assert_int_equal(forge(port_of(fd), 0), 0);
	assert_int_equal(forge(port_of(fd), 0), 0);
	assert_true(recv(fd, buf, sizeof(buf), MSG_DONTWAIT) > 0);
	/* Even then its sender is looked at. */
	assert_int_equal(pghot_wire_receive(fd, buf, sizeof(buf)), 0);
	close(fd);
}

static void the_wire_takes_none(void **state)
{
	struct pghot_error err = { 0 };
	int fd = pghot_wire_open(&err);
	_Alignas(8) char buf[32768];
	const struct nlmsghdr *nlh = (const struct nlmsghdr *)buf;

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(forge(port_of(fd), 0), -ECONNREFUSED);
	join(fd);
	assert_int_equal(forge(0, 1U << (GROUP - 1)), 0);
	ask(fd, 7);
	/* The forged one is there, and is dropped; the kernel's is not. */
	assert_int_equal(pghot_wire_receive(fd, buf, sizeof(buf)), 0);
	assert_true(pghot_wire_receive(fd, buf, sizeof(buf)) > NLMSG_HDRLEN);
	assert_int_equal(nlh->nlmsg_type, GENL_ID_CTRL);
	assert_int_equal(nlh->nlmsg_seq, 7);
	assert_int_equal(pghot_wire_receive(fd, buf, sizeof(buf)), -EAGAIN);
	ask(fd, 8);
	assert_int_equal(pghot_wire_receive(fd, buf, NLMSG_HDRLEN), -EMSGSIZE);
	close(fd);
}

static int saw;

static int on_any(struct nl_msg *msg, void *arg)
{
	(void)msg;
	(void)arg;
	saw++;
	return NL_OK;
}

static int on_error(struct sockaddr_nl *from, struct nlmsgerr *e, void *arg)
{
	(void)from;
	(void)e;
	(void)arg;
	saw++;
	return NL_STOP;
}

/* Callbacks of libnl, its socket's own or others. */
static int listen_with(struct nl_sock *sock, struct nl_cb *cb)
{
	struct pollfd p = { .fd = nl_socket_get_fd(sock), .events = POLLIN };

	saw = 0;
	nl_cb_set(cb, NL_CB_SEQ_CHECK, NL_CB_CUSTOM, on_any, NULL);
	nl_cb_set(cb, NL_CB_VALID, NL_CB_CUSTOM, on_any, NULL);
	nl_cb_set(cb, NL_CB_ACK, NL_CB_CUSTOM, on_any, NULL);
	nl_cb_err(cb, NL_CB_CUSTOM, on_error, NULL);
	assert_int_equal(poll(&p, 1, 1000), 1);
	assert_true(nl_recvmsgs(sock, cb) >= 0);
	return saw;
}

static void libnl_takes_none(void **state)
{
	struct nl_cb *cb = nl_cb_alloc(NL_CB_DEFAULT), *own;
	struct pghot_error err = { 0 };
	struct nl_sock *sock;

	(void)state;
	assert_int_equal(nlsock_open(&sock, &err), 0);
	assert_int_equal(forge(port_of(nl_socket_get_fd(sock)), 0), -ECONNREFUSED);
	join(nl_socket_get_fd(sock));

	nlsock_guard(cb);
	assert_int_equal(forge(0, 1U << (GROUP - 1)), 0);
	assert_int_equal(listen_with(sock, cb), 0);
	ask(nl_socket_get_fd(sock), 9);
	assert_true(listen_with(sock, cb) > 0);

	own = nl_socket_get_cb(sock);
	assert_int_equal(forge(0, 1U << (GROUP - 1)), 0);
	assert_int_equal(listen_with(sock, own), 0);
	nl_cb_put(own);
	nl_cb_put(cb);
	nl_socket_free(sock);
}

static void sequences_differ(void **state)
{
	uint32_t a = pghot_wire_seq(), b = pghot_wire_seq(), c = pghot_wire_seq();

	(void)state;
	/* Three equal ones by chance: once in 2^64. */
	assert_false(a == b && b == c);
	assert_false(b == a + 1 && c == b + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_socket_takes_it),
		cmocka_unit_test(the_wire_takes_none),
		cmocka_unit_test(libnl_takes_none),
		cmocka_unit_test(sequences_differ),
	};

	return cmocka_run_group_tests(tests, enter, leave);
}
