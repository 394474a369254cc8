// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pghot-e2e-readers - many who read from the family, and hardly do
 *
 *	pghot-e2e-readers ROUNDS [heaps]
 *
 * 64 sockets that listen to both groups, with the smallest buffers that there are, and never
 * read; 32 that begin a dump, read what fits, and leave it; and beside them, as processes of
 * their own, ROUNDS times: a dump that is begun and whose socket is closed; a dump that is
 * read to its end; parameters, the capacity of the heaps among them, that are set; a reset
 * of counters, the last one of the heaps with "heaps". Prints how many of each, and ends with status 1 when the kernel did
 * not answer as it should.
 */
#include <errno.h>
#include <linux/genetlink.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <libmnl/libmnl.h>

#include <linux/pghot.h>

#define LISTENERS   64
#define SLOW	    32
#define TINY	    1 /* The kernel makes the least of it that it accepts. */
#define ROOMY	    (1 << 20)
#define PATIENCE_MS 120000

static uint16_t family;
/* Which of the resets is that of the heaps, if any. */
static unsigned int last_reset = -1U;
static uint32_t groups[2];

__attribute__((format(printf, 1, 2), noreturn)) static void die(const char *fmt, ...)
{
	va_list ap;

	fflush(stdout);
	fputs("pghot-e2e-readers: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

static struct mnl_socket *open_socket(int room)
{
	struct mnl_socket *nl = mnl_socket_open(NETLINK_GENERIC);

	if (!nl || mnl_socket_bind(nl, 0, MNL_SOCKET_AUTOPID) < 0 ||
	    setsockopt(mnl_socket_get_fd(nl), SOL_SOCKET, SO_RCVBUF, &room, sizeof(room)) < 0)
		die("no netlink socket: %s", strerror(errno));
	return nl;
}

/* ---- requests -------------------------------------------------------------- */

static struct nlmsghdr *start(char *buf, uint16_t type, uint8_t cmd, uint16_t flags)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);
	struct genlmsghdr *genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));

	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	nlh->nlmsg_seq = 1;
	genl->cmd = cmd;
	genl->version = 1;
	return nlh;
}

static void send_it(struct mnl_socket *nl, const struct nlmsghdr *nlh)
{
	if (mnl_socket_sendto(nl, nlh, nlh->nlmsg_len) < 0)
		die("send: %s", strerror(errno));
}

/* Until the answer ends: 0 or a negative errno. */
static int finish(struct mnl_socket *nl)
{
	static char buf[65536];
	struct pollfd p = { .fd = mnl_socket_get_fd(nl), .events = POLLIN };

	for (;;) {
		const struct nlmsghdr *nlh = (const struct nlmsghdr *)buf;
		ssize_t n = -1;
		int len, err;

		if (poll(&p, 1, PATIENCE_MS) <= 0)
			die("no answer");
		n = mnl_socket_recvfrom(nl, buf, sizeof(buf));
		if (n < 0)
			return -errno;
		for (len = (int)n; mnl_nlmsg_ok(nlh, len); nlh = mnl_nlmsg_next(nlh, &len)) {
			if (nlh->nlmsg_type != NLMSG_ERROR && nlh->nlmsg_type != NLMSG_DONE)
				continue;
			memcpy(&err, mnl_nlmsg_get_payload(nlh), sizeof(err));
			return err;
		}
	}
}

static void begin_dump(struct mnl_socket *nl, unsigned int i)
{
	static const uint8_t dumps[] = { PGHOT_CMD_RECORD_GET, PGHOT_CMD_HEAP_GET,
					 PGHOT_CMD_PROMOTED_GET, PGHOT_CMD_NODE_GET,
					 PGHOT_CMD_SOURCE_GET };
	char buf[256] = { 0 };
	struct nlmsghdr *nlh = start(buf, family, dumps[i % sizeof(dumps)], NLM_F_DUMP);

	/* A list of the hottest, too, which is made at once. */
	if (i % sizeof(dumps) == 0 && i / sizeof(dumps) % 2)
		mnl_attr_put_u32(nlh, PGHOT_A_DUMP_LIMIT, 1000);
	send_it(nl, nlh);
}

/* ---- the family ------------------------------------------------------------ */

static void learn_group(const struct nlattr *group)
{
	const struct nlattr *attr;
	const char *name = "";
	uint32_t id = 0;

	mnl_attr_for_each_nested(attr, group) {
		if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GRP_NAME)
			name = mnl_attr_get_str(attr);
		if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GRP_ID)
			id = mnl_attr_get_u32(attr);
	}
	groups[!strcmp(name, "promotion")] = id;
}

static void find_family(void)
{
	struct mnl_socket *nl = open_socket(ROOMY);
	char buf[16384] = { 0 };
	struct nlmsghdr *nlh = start(buf, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 0);
	const struct nlattr *attr, *group;

	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, PGHOT_FAMILY_NAME);
	send_it(nl, nlh);
	if (mnl_socket_recvfrom(nl, buf, sizeof(buf)) < 0 || nlh->nlmsg_type == NLMSG_ERROR)
		die("no such family");
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID)
			family = mnl_attr_get_u16(attr);
		if (mnl_attr_get_type(attr) != CTRL_ATTR_MCAST_GROUPS)
			continue;
		mnl_attr_for_each_nested(group, attr)
			learn_group(group);
	}
	mnl_socket_close(nl);
}

/* ---- those who do ---------------------------------------------------------- */

static void abandon(unsigned int i)
{
	struct mnl_socket *nl = open_socket(i % 2 ? TINY : ROOMY);
	char buf[512];

	begin_dump(nl, i);
	/* A part of a message is a whole one less. */
	if (i % 3 == 0 && recv(mnl_socket_get_fd(nl), buf, sizeof(buf), MSG_DONTWAIT) < 0 &&
	    errno != EAGAIN && errno != ENOBUFS)
		die("receive: %s", strerror(errno));
	mnl_socket_close(nl);
}

static void dump_all(unsigned int i)
{
	struct mnl_socket *nl = open_socket(ROOMY);
	int err;

	begin_dump(nl, i);
	err = finish(nl);
	if (err)
		die("dump: %s", strerror(-err));
	mnl_socket_close(nl);
}

static void set(unsigned int i)
{
	struct mnl_socket *nl = open_socket(ROOMY);
	char buf[256] = { 0 };
	struct nlmsghdr *nlh = start(buf, family, PGHOT_CMD_PARAM_SET, NLM_F_ACK);
	int err;

	if (i % 4)
		mnl_attr_put_u32(nlh, PGHOT_A_PARAM_SLEEP_MS, 50 + i % 50);
	else
		mnl_attr_put_u32(nlh, PGHOT_A_PARAM_HEAP_CAPACITY,
				 i % 8 ? PGHOT_HEAP_CAPACITY_DEFAULT : PGHOT_HEAP_CAPACITY_MAX);
	send_it(nl, nlh);
	err = finish(nl);
	if (err)
		die("set: %s", strerror(-err));
	mnl_socket_close(nl);
}

static void reset(unsigned int i)
{
	struct mnl_socket *nl = open_socket(ROOMY);
	char buf[256] = { 0 };
	struct nlmsghdr *nlh = start(buf, family, PGHOT_CMD_RESET, NLM_F_ACK);
	int err;

	/* What waits would be gone with the heaps. */
	mnl_attr_put_u32(nlh, PGHOT_A_RESET_WHAT,
			 i == last_reset ? PGHOT_RESET_WHAT_HEAPS : PGHOT_RESET_WHAT_COUNTERS);
	send_it(nl, nlh);
	err = finish(nl);
	if (err)
		die("reset: %s", strerror(-err));
	mnl_socket_close(nl);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*fn)(unsigned int i);
		unsigned int every;
	} jobs[] = { { "abandoned", abandon, 1 },
		     { "dumped", dump_all, 8 },
		     { "set", set, 4 },
		     { "reset", reset, 16 } };
	unsigned int rounds = argc >= 2 ? (unsigned int)strtoul(argv[1], NULL, 0) : 0;
	struct mnl_socket *listener[LISTENERS], *slow[SLOW];
	int status, failed = 0;
	char buf[512];

	if (!rounds)
		die("how many rounds?");
	if (argc > 2 && !strcmp(argv[2], "heaps"))
		last_reset = rounds / 16 - 1;
	find_family();
	for (unsigned int i = 0; i < LISTENERS; i++) {
		listener[i] = open_socket(TINY);
		for (unsigned int g = 0; g < 2; g++) {
			if (mnl_socket_setsockopt(listener[i], NETLINK_ADD_MEMBERSHIP, &groups[g],
						  sizeof(groups[g])) < 0)
				die("join: %s", strerror(errno));
		}
	}
	for (unsigned int i = 0; i < SLOW; i++) {
		slow[i] = open_socket(i % 2 ? TINY : ROOMY);
		begin_dump(slow[i], i);
		recv(mnl_socket_get_fd(slow[i]), buf, sizeof(buf), MSG_DONTWAIT);
	}
	fflush(stdout);
	for (size_t j = 0; j < sizeof(jobs) / sizeof(jobs[0]); j++) {
		pid_t pid = fork();

		if (pid < 0)
			die("fork: %s", strerror(errno));
		if (pid)
			continue;
		for (unsigned int i = 0; i < rounds / jobs[j].every; i++)
			jobs[j].fn(i);
		printf("%s=%u ", jobs[j].name, rounds / jobs[j].every);
		fflush(stdout);
		_exit(0);
	}
	while (wait(&status) > 0)
		failed |= status;
	/* Who did not read misses something, and is told so. */
	for (unsigned int i = 0; i < LISTENERS; i++) {
		if (recv(mnl_socket_get_fd(listener[i]), buf, sizeof(buf), MSG_DONTWAIT) < 0 &&
		    errno != ENOBUFS && errno != EAGAIN)
			die("a listener: %s", strerror(errno));
		mnl_socket_close(listener[i]);
	}
	for (unsigned int i = 0; i < SLOW; i++)
		mnl_socket_close(slow[i]);
	printf("listeners=%u slow=%u\n", LISTENERS, SLOW);
	return failed != 0;
}
