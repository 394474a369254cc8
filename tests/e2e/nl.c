// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pghot-e2e-nl - speak to the pghot family byte by byte, and as somebody else
 *
 * The tests' own client. It shares no code with the tools, says what the kernel
 * said without judging it, and can send what no tool would: attributes of any
 * number, size and content, requests without privileges, dumps that pause.
 *
 *	pghot-e2e-nl [OPTION]... do COMMAND [ATTRIBUTE]...
 *	pghot-e2e-nl [OPTION]... dump COMMAND [ATTRIBUTE]...
 *	pghot-e2e-nl [OPTION]... listen GROUP SECONDS
 *	pghot-e2e-nl [OPTION]... promote-all	every PFN that stdin has a line of;
 *						prints the sums of the answers
 *	pghot-e2e-nl [OPTION]... batch		requests from stdin, one per line; after
 *						each answer a line "= STATUS"
 *	pghot-e2e-nl [OPTION]... cycle N	enable and disable hintfault N times
 *	pghot-e2e-nl [OPTION]... trace ID...	open tracepoints with all that they say, as
 *						perf does; a line "y" or "-" for each
 *	pghot-e2e-nl [OPTION]... exec PROGRAM [ARGUMENT]...
 *
 *	--as nobody|netadmin|sysadmin|perfmon|userns	drop all privileges; all but
 *					CAP_NET_ADMIN, CAP_SYS_ADMIN or CAP_PERFMON; all, but
 *					be root in a user namespace of one's own
 *	--netns		enter a new, empty network namespace
 *	--buffer N	receive at most N bytes at a time
 *	--pause FILE	after the first message of a dump create FILE, and go on
 *			when it has been removed
 *	--deaf		do not ask for extended acks
 *	--answer FILE	for batch: keep the last answer there, print only "= STATUS BYTES"
 *
 * An ATTRIBUTE is NAME=VALUE, for those in the tables of nl-family.c, or
 * NUMBER/TYPE=VALUE with TYPE u8, u16, u32, s32, u64, str, hex (bytes) or nest;
 * NUMBER/nest=[ begins a nest, ] ends it.
 *
 * Replies come as lines "name value" with nested names joined by dots; entries
 * of dumps as "entry PFN NID TARGET FREQ AGE SOURCES STATE ORDER FLAGS CGROUP".
 * A dump ends with "done messages=N entries=N interrupted=0|1". Events begin with
 * "event COMMAND". An error is "error ERRNO attr=NAME missing=N: TEXT", with
 * exit status 1; 2 is wrong usage, 3 no such family.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <linux/genetlink.h>
#include <linux/perf_event.h>
#include <poll.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <libmnl/libmnl.h>

#include <linux/pghot.h>
#include <linux/pghot_entry.h>

#include "nl-become.h"
#include "nl-family.h"
#include "nl-put.h"

#define REQUEST_BYTES 16384

/**
 * struct client - one socket and what came out of it
 * @nl: the socket
 * @seq: of the last request
 * @family: number of the family
 * @group: number of the multicast group that was asked for
 * @group_name: its name
 * @cmd: of the request
 * @set: attributes of @cmd
 * @request: the request, as sent
 * @buffer: bytes to receive at a time
 * @pause: file to wait for, or NULL
 * @messages: data messages received
 * @entries: entries received
 * @interrupted: a message was marked NLM_F_DUMP_INTR
 */
struct client {
	struct mnl_socket *nl;
	uint32_t seq;
	uint16_t family;
	uint32_t group;
	const char *group_name;
	uint8_t cmd;
	const struct attr_name *set;
	char request[REQUEST_BYTES];
	size_t buffer;
	const char *pause;
	const char *answer;
	unsigned long messages;
	unsigned long entries;
	bool interrupted;
};

/* ---- requests -------------------------------------------------------------- */

static struct nlmsghdr *start_request(struct client *c, uint16_t family, uint8_t cmd,
				      uint16_t flags)
{
	struct genlmsghdr *genl;
	struct nlmsghdr *nlh;

	memset(c->request, 0, sizeof(c->request));
	nlh = mnl_nlmsg_put_header(c->request);
	nlh->nlmsg_type = family;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	nlh->nlmsg_seq = ++c->seq;
	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = cmd;
	genl->version = 1;
	return nlh;
}

static void send_request(struct client *c)
{
	struct nlmsghdr *nlh = (struct nlmsghdr *)c->request;

	if (mnl_socket_sendto(c->nl, nlh, nlh->nlmsg_len) < 0)
		die(2, "send: %s", strerror(errno));
}

/* ---- replies --------------------------------------------------------------- */

static void print_entries(struct client *c, const struct nlattr *attr, size_t size)
{
	const uint8_t *p = mnl_attr_get_payload(attr);
	size_t left = mnl_attr_get_payload_len(attr);

	if (size < sizeof(struct pghot_entry) || left % size)
		die(2, "malformed: %zu bytes of entries of %zu", left, size);
	for (; left; left -= size, p += size) {
		struct pghot_entry e;

		memcpy(&e, p, sizeof(e));
		printf("entry %llu %d %d %u %u %u %u %u %u %llu\n", (unsigned long long)e.pfn,
		       (int16_t)e.nid, (int16_t)e.target_nid, e.freq, e.age_ms, e.sources, e.state,
		       e.order, e.page_flags, (unsigned long long)e.cgroup_ino);
		c->entries++;
	}
}

static uint64_t number_of(const struct nlattr *attr)
{
	uint64_t value = 0;
	size_t len = mnl_attr_get_payload_len(attr);

	memcpy(&value, mnl_attr_get_payload(attr), len > 8 ? 8 : len);
	return value;
}

static void print_numbers(const char *path, const struct nlattr *attr)
{
	const uint8_t *p = mnl_attr_get_payload(attr);
	size_t left = mnl_attr_get_payload_len(attr);

	printf("%s", path);
	for (; left >= 8; left -= 8, p += 8) {
		uint64_t value;

		memcpy(&value, p, 8);
		printf(" %" PRIu64, value);
	}
	putchar('\n');
}

static void print_attrs(struct client *c, const struct attr_name *set, const char *prefix,
			const void *data, size_t len)
{
	const struct nlattr *attr;
	size_t entry_size = 0;

	mnl_attr_for_each_payload(data, len) {
		int number = mnl_attr_get_type(attr);
		const struct attr_name *a = by_number(set, number);
		char path[128];

		if (!a) {
			printf("%s%d unknown\n", prefix, number);
			continue;
		}
		snprintf(path, sizeof(path), "%s%s", prefix, a->name);
		switch (a->kind) {
		case U:
			if (set == dump_set && number == PGHOT_A_DUMP_ENTRY_SIZE)
				entry_size = number_of(attr);
			else if (set != dump_set)
				printf("%s %" PRIu64 "\n", path, number_of(attr));
			break;
		case S32:
			printf("%s %d\n", path, (int32_t)number_of(attr));
			break;
		case STR:
			printf("%s %s\n", path, mnl_attr_get_str(attr));
			break;
		case NEST:
			strncat(path, ".", sizeof(path) - strlen(path) - 1);
			print_attrs(c, a->nest, path, mnl_attr_get_payload(attr),
				    mnl_attr_get_payload_len(attr));
			break;
		case ENTRIES:
			print_entries(c, attr, entry_size);
			break;
		case NUMBERS:
			print_numbers(path, attr);
			break;
		}
	}
}

/* The path of the attribute at @offset of the request. */
static void name_at(const struct attr_name *set, const char *base, size_t offset, const void *data,
		    size_t len, char *path, size_t size)
{
	const struct nlattr *attr;

	mnl_attr_for_each_payload(data, len) {
		size_t from = (const char *)attr - base;
		int number = mnl_attr_get_type(attr);
		const struct attr_name *a = by_number(set, number);
		size_t used = strlen(path);

		if (offset < from || offset >= from + attr->nla_len)
			continue;
		if (a)
			snprintf(path + used, size - used, "%s%s", used ? "." : "", a->name);
		else
			snprintf(path + used, size - used, "%s%d", used ? "." : "", number);
		if (offset != from)
			name_at(a ? a->nest : NULL, base, offset, mnl_attr_get_payload(attr),
				mnl_attr_get_payload_len(attr), path, size);
		return;
	}
}

static const char *error_name(int err)
{
	static char number[16];

	switch (err) {
	case EPERM:
		return "EPERM";
	case ENOENT:
		return "ENOENT";
	case EINTR:
		return "EINTR";
	case ENOMEM:
		return "ENOMEM";
	case EACCES:
		return "EACCES";
	case EBUSY:
		return "EBUSY";
	case ENODEV:
		return "ENODEV";
	case EINVAL:
		return "EINVAL";
	case ERANGE:
		return "ERANGE";
	case EOPNOTSUPP:
		return "EOPNOTSUPP";
	case EMSGSIZE:
		return "EMSGSIZE";
	}
	snprintf(number, sizeof(number), "%d", err);
	return number;
}

/* An error with its extended ack: @data and @len are its attributes. */
static int print_error(struct client *c, int err, const void *data, size_t len)
{
	const struct nlmsghdr *req = (const struct nlmsghdr *)c->request;
	const struct nlattr *attr;
	const char *text = "";
	char where[128] = "";
	int missing = -1;

	mnl_attr_for_each_payload(data, len) {
		switch (mnl_attr_get_type(attr)) {
		case NLMSGERR_ATTR_MSG:
			text = mnl_attr_get_str(attr);
			break;
		case NLMSGERR_ATTR_OFFS:
			name_at(c->set, c->request, number_of(attr),
				mnl_nlmsg_get_payload_offset(req, sizeof(struct genlmsghdr)),
				mnl_nlmsg_get_payload_len(req) - sizeof(struct genlmsghdr), where,
				sizeof(where));
			break;
		case NLMSGERR_ATTR_MISS_TYPE:
			missing = number_of(attr);
			break;
		}
	}
	if (err || text[0]) {
		printf("%s %s attr=%s missing=", err ? "error" : "warning",
		       err ? error_name(err) : "-", where[0] ? where : "-");
		if (missing < 0)
			printf("-: %s\n", text);
		else
			printf("%d: %s\n", missing, text);
	}
	return err ? 1 : 0;
}

/* NLMSG_ERROR and NLMSG_DONE; the exit status. */
static int print_end(struct client *c, const struct nlmsghdr *nlh)
{
	const char *p = mnl_nlmsg_get_payload(nlh);
	size_t len = mnl_nlmsg_get_payload_len(nlh), skip = sizeof(int);
	int err = 0;

	if (len >= sizeof(int))
		memcpy(&err, p, sizeof(int));
	if (nlh->nlmsg_type == NLMSG_ERROR) {
		const struct nlmsgerr *e = mnl_nlmsg_get_payload(nlh);

		skip = sizeof(*e);
		if (!(nlh->nlmsg_flags & NLM_F_CAPPED))
			skip += MNL_ALIGN(e->msg.nlmsg_len) - sizeof(e->msg);
	}
	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS) || skip > len)
		skip = len;
	return print_error(c, -err, p + skip, len - skip);
}

static void wait_for_hook(const char *path)
{
	const struct timespec tick = { .tv_nsec = 5000000 };
	int fd = open(path, O_CREAT | O_WRONLY, 0600);

	if (fd < 0)
		die(2, "%s: %s", path, strerror(errno));
	close(fd);
	while (!access(path, F_OK))
		nanosleep(&tick, NULL);
}

/* Receive until the answer to the last request is complete; the exit status. */
static int receive(struct client *c, bool dump)
{
	char *buf = malloc(c->buffer);
	int status = -1;

	if (!buf)
		die(2, "out of memory");
	while (status < 0) {
		ssize_t n = mnl_socket_recvfrom(c->nl, buf, c->buffer);
		const struct nlmsghdr *nlh = (const struct nlmsghdr *)buf;
		int len;

		if (n < 0)
			die(2, "receive: %s", strerror(errno));
		for (len = n; mnl_nlmsg_ok(nlh, len); nlh = mnl_nlmsg_next(nlh, &len)) {
			if (nlh->nlmsg_seq != c->seq)
				continue;
			if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
				c->interrupted = true;
			if (nlh->nlmsg_type == NLMSG_ERROR || nlh->nlmsg_type == NLMSG_DONE) {
				status = print_end(c, nlh);
				break;
			}
			c->messages++;
			print_attrs(c, c->set, "",
				    mnl_nlmsg_get_payload_offset(nlh, sizeof(struct genlmsghdr)),
				    mnl_nlmsg_get_payload_len(nlh) - sizeof(struct genlmsghdr));
		}
		if (c->pause && status < 0) {
			wait_for_hook(c->pause);
			c->pause = NULL;
		}
	}
	if (dump && !status)
		printf("done messages=%lu entries=%lu interrupted=%d\n", c->messages, c->entries,
		       c->interrupted);
	free(buf);
	return status;
}

/* ---- the family ------------------------------------------------------------ */

static void learn_groups(struct client *c, const struct nlattr *groups)
{
	const struct nlattr *group, *attr;

	mnl_attr_for_each_nested(group, groups) {
		const char *name = "";
		uint32_t id = 0;

		mnl_attr_for_each_nested(attr, group) {
			if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GRP_NAME)
				name = mnl_attr_get_str(attr);
			if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GRP_ID)
				id = mnl_attr_get_u32(attr);
		}
		if (c->group_name && !strcmp(name, c->group_name))
			c->group = id;
	}
}

static struct mnl_socket *open_socket(void)
{
	struct mnl_socket *nl = mnl_socket_open(NETLINK_GENERIC);

	if (!nl || mnl_socket_bind(nl, 0, MNL_SOCKET_AUTOPID) < 0)
		die(2, "no netlink socket: %s", strerror(errno));
	return nl;
}

/*
 * Ask the controller. False when there is no such family. Its answer needs a
 * buffer that no later dump is to know of, so it comes through another socket.
 */
static bool find_family(struct client *c)
{
	char buf[16384];
	struct nlmsghdr *nlh = start_request(c, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 0);
	struct mnl_socket *nl = open_socket();
	const struct nlattr *attr;
	ssize_t n;

	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, PGHOT_FAMILY_NAME);
	if (mnl_socket_sendto(nl, nlh, nlh->nlmsg_len) < 0)
		die(2, "send: %s", strerror(errno));
	n = mnl_socket_recvfrom(nl, buf, sizeof(buf));
	if (n < 0)
		die(2, "receive: %s", strerror(errno));
	mnl_socket_close(nl);
	nlh = (struct nlmsghdr *)buf;
	if (nlh->nlmsg_type == NLMSG_ERROR)
		return false;
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID)
			c->family = mnl_attr_get_u16(attr);
		if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GROUPS)
			learn_groups(c, attr);
	}
	return c->family;
}

static int do_listen(struct client *c, int seconds)
{
	struct timespec now, end;
	char buf[32768];

	if (!c->group)
		die(2, "no multicast group '%s'", c->group_name);
	if (mnl_socket_setsockopt(c->nl, NETLINK_ADD_MEMBERSHIP, &c->group, sizeof(c->group)) < 0) {
		printf("error %s attr=- missing=-: \n", error_name(errno));
		return 1;
	}
	puts("listening");
	fflush(stdout);

	clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_sec += seconds;
	for (;;) {
		struct pollfd p = { .fd = mnl_socket_get_fd(c->nl), .events = POLLIN };
		const struct nlmsghdr *nlh = (const struct nlmsghdr *)buf;
		ssize_t n;
		int len;
		long ms;

		clock_gettime(CLOCK_MONOTONIC, &now);
		ms = (end.tv_sec - now.tv_sec) * 1000 + (end.tv_nsec - now.tv_nsec) / 1000000;
		if (ms <= 0 || poll(&p, 1, ms) <= 0)
			break;
		n = mnl_socket_recvfrom(c->nl, buf, sizeof(buf));
		if (n < 0 && errno == ENOBUFS) {
			puts("lost");
			continue;
		}
		if (n < 0)
			die(2, "receive: %s", strerror(errno));
		for (len = n; mnl_nlmsg_ok(nlh, len); nlh = mnl_nlmsg_next(nlh, &len)) {
			const struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);
			size_t i;

			for (i = 0; commands[i].name; i++) {
				if (commands[i].cmd != genl->cmd)
					continue;
				printf("event %s\n", commands[i].name);
				print_attrs(c, commands[i].set, "",
					    mnl_nlmsg_get_payload_offset(nlh, sizeof(*genl)),
					    mnl_nlmsg_get_payload_len(nlh) - sizeof(*genl));
			}
		}
		fflush(stdout);
	}
	return 0;
}

static int do_request(struct client *c, bool dump, char **argv)
{
	struct nlmsghdr *nlh;
	size_t i;

	if (!argv[0])
		die(2, "which command?");
	c->messages = 0;
	c->entries = 0;
	c->interrupted = false;
	c->set = NULL;
	c->cmd = atoi(argv[0]);
	for (i = 0; commands[i].name; i++) {
		if (!strcmp(commands[i].name, argv[0]))
			c->cmd = commands[i].cmd;
		if (commands[i].cmd == c->cmd)
			c->set = commands[i].set;
	}
	if (!c->cmd)
		die(2, "'%s': no such command", argv[0]);

	nlh = start_request(c, c->family, c->cmd, dump ? NLM_F_DUMP : NLM_F_ACK);
	put_attrs(nlh, c->set, argv + 1);
	send_request(c);
	return receive(c, dump);
}

/* Add up what the answer to a promote says. */
static int add_result(const struct nlattr *attr, void *data)
{
	uint64_t *sums = data;
	const struct nlattr *reason;

	switch (mnl_attr_get_type(attr)) {
	case PGHOT_A_PROMOTE_ATTEMPTED:
		sums[PGHOT_FAIL_REASON_MAX + 1] += number_of(attr);
		break;
	case PGHOT_A_PROMOTE_PROMOTED:
		sums[PGHOT_FAIL_REASON_MAX + 2] += number_of(attr);
		break;
	case PGHOT_A_PROMOTE_FAILED:
		mnl_attr_for_each_nested(reason, attr) {
			int number = mnl_attr_get_type(reason);

			if (number >= 1 && number <= PGHOT_FAIL_REASON_MAX + 1)
				sums[number - 1] += number_of(reason);
		}
		break;
	}
	return MNL_CB_OK;
}

static int do_promote_all(struct client *c)
{
	uint64_t sums[PGHOT_FAIL_REASON_MAX + 3] = { 0 };
	unsigned long refused = 0;
	unsigned long long pfn;
	char buf[8192];
	int i;

	while (scanf("%llu", &pfn) == 1) {
		struct nlmsghdr *nlh = start_request(c, c->family, PGHOT_CMD_PROMOTE, 0);
		uint64_t value = pfn;
		ssize_t n;

		mnl_attr_put(nlh, PGHOT_A_PROMOTE_PFN, sizeof(value), &value);
		send_request(c);
		n = mnl_socket_recvfrom(c->nl, buf, sizeof(buf));
		if (n < 0)
			die(2, "receive: %s", strerror(errno));
		nlh = (struct nlmsghdr *)buf;
		if (nlh->nlmsg_type == NLMSG_ERROR)
			refused++;
		else
			mnl_attr_parse(nlh, sizeof(struct genlmsghdr), add_result, sums);
	}
	printf("attempted %" PRIu64 "\npromoted %" PRIu64 "\nrefused %lu\n",
	       sums[PGHOT_FAIL_REASON_MAX + 1], sums[PGHOT_FAIL_REASON_MAX + 2], refused);
	for (i = 0; i <= PGHOT_FAIL_REASON_MAX; i++)
		printf("failed.%s %" PRIu64 "\n", by_number(failed_set, i + 1)->name, sums[i]);
	return 0;
}

#define MAX_WORDS 64

/*
 * Requests until there are no more. With c->answer each answer replaces that file's
 * contents, and only "= STATUS BYTES" goes to stdout: a shell reads a file whole, but
 * a pipe byte by byte.
 */
static int do_batch(struct client *c)
{
	char *line = NULL;
	size_t room = 0;
	int done = STDOUT_FILENO;

	if (c->answer) {
		done = dup(STDOUT_FILENO);
		if (done < 0 || !freopen(c->answer, "w", stdout))
			die(2, "%s: %s", c->answer, strerror(errno));
	}
	while (getline(&line, &room, stdin) > 0) {
		char *words[MAX_WORDS + 1] = { NULL };
		char *save, *word;
		int n = 0, status;

		for (word = strtok_r(line, " \n", &save); word && n < MAX_WORDS;
		     word = strtok_r(NULL, " \n", &save))
			words[n++] = word;
		if (!n)
			continue;
		if (word)
			die(2, "more than %d words", MAX_WORDS);
		if (strcmp(words[0], "do") && strcmp(words[0], "dump"))
			die(2, "'%s': must be do or dump", words[0]);
		if (c->answer && (fseek(stdout, 0, SEEK_SET) || ftruncate(fileno(stdout), 0)))
			die(2, "%s: %s", c->answer, strerror(errno));
		status = do_request(c, !strcmp(words[0], "dump"), words + 1);
		if (!c->answer)
			printf("= %d\n", status);
		if (fflush(stdout))
			die(2, "the answer: %s", strerror(errno));
		if (c->answer)
			dprintf(done, "= %d %ld\n", status, ftell(stdout));
	}
	free(line);
	return 0;
}

/* Every fifth time it stays on for a while. */
static int do_cycle(struct client *c, int times)
{
	const struct timespec while_on = { .tv_nsec = 100000000 };
	int i, status;

	for (i = 0; i < 2 * times; i++) {
		char name[] = "name=hintfault", on[] = "enabled=1", off[] = "enabled=0";
		char *attrs[] = { name, i % 2 ? off : on, NULL };
		struct nlmsghdr *nlh;

		c->set = source_set;
		nlh = start_request(c, c->family, PGHOT_CMD_SOURCE_SET, NLM_F_ACK);
		put_attrs(nlh, c->set, attrs);
		send_request(c);
		status = receive(c, false);
		if (status)
			return status;
		if (i % 10 == 0)
			nanosleep(&while_on, NULL);
	}
	return 0;
}

static int do_trace(char **ids)
{
	for (; *ids; ids++) {
		struct perf_event_attr attr = {
			.type = PERF_TYPE_TRACEPOINT,
			.size = sizeof(attr),
			.config = strtoull(*ids, NULL, 0),
			.sample_period = 1,
			.sample_type = PERF_SAMPLE_RAW,
		};
		int fd = (int)syscall(SYS_perf_event_open, &attr, -1, 0, -1, PERF_FLAG_FD_CLOEXEC);

		if (fd < 0 && errno != EPERM && errno != EACCES)
			die(2, "tracepoint %s: %s", *ids, strerror(errno));
		puts(fd < 0 ? "-" : "y");
		if (fd >= 0)
			close(fd);
	}
	return 0;
}

int main(int argc, char **argv)
{
	static const struct option options[] = { { "as", required_argument, NULL, 'a' },
						 { "netns", no_argument, NULL, 'n' },
						 { "buffer", required_argument, NULL, 'b' },
						 { "pause", required_argument, NULL, 'p' },
						 { "deaf", no_argument, NULL, 'd' },
						 { "answer", required_argument, NULL, 'o' },
						 { 0 } };
	struct client c = { .buffer = 32768, .seq = 1 };
	const char *who = NULL;
	bool deaf = false;
	int opt, on = 1;

	setvbuf(stdout, NULL, _IOFBF, 65536);
	while ((opt = getopt_long(argc, argv, "+", options, NULL)) != -1) {
		switch (opt) {
		case 'a':
			who = optarg;
			break;
		case 'n':
			if (unshare(CLONE_NEWNET) < 0)
				die(2, "no network namespace: %s", strerror(errno));
			break;
		case 'b':
			c.buffer = strtoul(optarg, NULL, 0);
			break;
		case 'p':
			c.pause = optarg;
			break;
		case 'd':
			deaf = true;
			break;
		case 'o':
			c.answer = optarg;
			break;
		default:
			return 2;
		}
	}
	argv += optind;
	if (!argv[0])
		die(2, "do, dump, listen or exec?");

	if (who)
		become(who);
	if (!strcmp(argv[0], "exec") && argv[1]) {
		execvp(argv[1], argv + 1);
		die(2, "%s: %s", argv[1], strerror(errno));
	}

	if (!strcmp(argv[0], "trace"))
		return do_trace(argv + 1);

	c.nl = open_socket();
	if (!deaf && mnl_socket_setsockopt(c.nl, NETLINK_EXT_ACK, &on, sizeof(on)) < 0)
		die(2, "no extended acks: %s", strerror(errno));

	if (!strcmp(argv[0], "listen"))
		c.group_name = argv[1];
	if (!find_family(&c)) {
		puts("error ENOENT attr=- missing=-: no such family");
		return 3;
	}
	if (!strcmp(argv[0], "listen") && argv[1] && argv[2])
		return do_listen(&c, atoi(argv[2]));
	if (!strcmp(argv[0], "do"))
		return do_request(&c, false, argv + 1);
	if (!strcmp(argv[0], "dump"))
		return do_request(&c, true, argv + 1);
	if (!strcmp(argv[0], "batch"))
		return do_batch(&c);
	if (!strcmp(argv[0], "cycle") && argv[1])
		return do_cycle(&c, atoi(argv[1]));
	if (!strcmp(argv[0], "promote-all"))
		return do_promote_all(&c);
	die(2, "'%s': must be do, dump, listen, promote-all, batch, cycle, trace or exec", argv[0]);
}
