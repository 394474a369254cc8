// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pghot-e2e-fuzz - messages to the pghot family that know what it looks like
 *
 *	pghot-e2e-fuzz [OPTION]... MESSAGES
 *
 *	--seed N	the same number makes the same messages; printed in any case
 *	--as WHO	as of pghot-e2e-nl: what changes anything has to be refused
 *
 * A message is made for a command: attributes that it takes, with numbers at and around
 * the ends of their ranges as often as any others; then, one time in four, something is
 * wrong with it: a length, a type, an attribute of another command, a nest without an end.
 * Several of them go at a time, as one datagram, some to dump.
 *
 * Each asks for an acknowledgement, and must get exactly one answer that ends it: an error,
 * 0 among them, or the end of a dump. Between datagrams parameters are read back: none may
 * be out of its range. The last line has the counts; exit status 1 after a complaint.
 */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <linux/genetlink.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <libmnl/libmnl.h>

#include "fuzz-tables.h"
#include "nl-become.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* Messages per datagram, and bytes of one at most. */
#define BATCH	      32
#define MESSAGE_BYTES 1024
/* How long an answer may take; it comes from the kernel, not from over a network. */
#define PATIENCE_MS   60000
/* Datagrams between two looks at the parameters. */
#define LOOK_EVERY    64

/**
 * struct fuzz - the run
 * @nl: socket
 * @family: number of the family
 * @random: state of the generator
 * @seq: number of the next message
 * @first: of the datagram that is under way
 * @nr: messages in it
 * @cmd: of each of them
 * @answered: answers that ended each of them
 * @accepted: what was acknowledged or dumped, by command
 * @refused: what was not, by command
 * @errors: by errno
 * @unprivileged: nothing may be changed
 * @sent: messages
 * @complaints: what should not be
 */
struct fuzz {
	struct mnl_socket *nl;
	uint16_t family;
	uint64_t random;
	uint32_t seq;
	uint32_t first;
	unsigned int nr;
	uint8_t cmd[BATCH];
	unsigned int answered[BATCH];
	uint64_t accepted[256];
	uint64_t refused[256];
	uint64_t errors[256];
	bool unprivileged;
	uint64_t sent;
	unsigned int complaints;
};

__attribute__((format(printf, 1, 2), noreturn)) static void die(const char *fmt, ...)
{
	va_list ap;

	fflush(stdout);
	fputs("pghot-e2e-fuzz: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(2);
}

__attribute__((format(printf, 2, 3))) static void complain(struct fuzz *f, const char *fmt, ...)
{
	va_list ap;

	/* The first few tell it all. */
	if (f->complaints++ >= 20)
		return;
	fputs("WRONG: ", stdout);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
}

/* ---- chance ---------------------------------------------------------------- */

/* splitmix64: https://prng.di.unimi.it/splitmix64.c, in the public domain. */
static uint64_t next(struct fuzz *f)
{
	uint64_t v = f->random += 0x9e3779b97f4a7c15ULL;

	v = (v ^ v >> 30) * 0xbf58476d1ce4e5b9ULL;
	v = (v ^ v >> 27) * 0x94d049bb133111ebULL;
	return v ^ v >> 31;
}

static uint64_t below(struct fuzz *f, uint64_t n)
{
	return next(f) % n;
}

static bool one_in(struct fuzz *f, unsigned int n)
{
	return !below(f, n);
}

/* Around a bound, within them, or anything at all. */
static uint64_t number_for(struct fuzz *f, const struct fuzz_attr *a)
{
	uint64_t span = a->max - a->min;

	switch (below(f, 12)) {
	case 0:
		return a->min - 1;
	case 1:
		return a->min;
	case 2:
		return a->max;
	case 3:
		return a->max + 1;
	case 4:
		return fuzz_numbers[below(f, ARRAY_LEN(fuzz_numbers))] + below(f, 3) - 1;
	case 5:
		return 1ULL << below(f, 64);
	case 6:
		return UINT64_MAX << below(f, 64);
	case 7:
		return next(f);
	case 8:
	case 9:
		return below(f, 4);
	default:
		return a->min + (span == UINT64_MAX ? next(f) : below(f, span + 1));
	}
}

/* ---- messages -------------------------------------------------------------- */

static const char *const words[] = {
	"hintfault", "hwhint",	 "lruscan",    "mmscan",   "",
	"h",	     "hintfaul", "hintfault ", "\xff\xfe", "%s%n",
};

/* Append @len bytes of chance. */
static void put_garbage(struct fuzz *f, struct nlmsghdr *nlh, uint16_t type, size_t len)
{
	uint8_t bytes[256];

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)next(f);
	if (len > sizeof(bytes))
		len = sizeof(bytes);
	mnl_attr_put_check(nlh, MESSAGE_BYTES, type, len, bytes);
}

static void put_number(struct fuzz *f, struct nlmsghdr *nlh, const struct fuzz_attr *a)
{
	static const size_t bytes[] = {
		[FUZZ_U8] = 1, [FUZZ_U32] = 4, [FUZZ_S32] = 4, [FUZZ_UINT] = 8
	};
	uint64_t value = number_for(f, a);
	size_t size = bytes[a->type];

	/* Either size is right. */
	if (a->type == FUZZ_UINT && one_in(f, 2))
		size = 4;
	/* Host byte order, the lower bytes first: x86. */
	mnl_attr_put_check(nlh, MESSAGE_BYTES, a->number, size, &value);
}

static void put_attrs(struct fuzz *f, struct nlmsghdr *nlh, const struct fuzz_set *set,
		      uint64_t wanted, unsigned int depth);

static void put_attr(struct fuzz *f, struct nlmsghdr *nlh, const struct fuzz_attr *a,
		     unsigned int depth)
{
	struct nlattr *nest;
	const char *word;

	switch (a->type) {
	case FUZZ_STRING:
		word = words[below(f, one_in(f, 4) ? ARRAY_LEN(words) : 4)];
		mnl_attr_put_check(nlh, MESSAGE_BYTES, a->number, strlen(word) + !one_in(f, 16),
				   word);
		break;
	case FUZZ_BINARY:
		put_garbage(f, nlh, a->number, below(f, 256));
		break;
	case FUZZ_NEST:
		nest = mnl_attr_nest_start_check(nlh, MESSAGE_BYTES, a->number);
		if (!nest)
			break;
		if (depth)
			put_attrs(f, nlh, a->nest, UINT64_MAX, depth - 1);
		if (one_in(f, 32))
			nest->nla_type &= (uint16_t)~NLA_F_NESTED;
		mnl_attr_nest_end(nlh, nest);
		break;
	default:
		put_number(f, nlh, a);
	}
}

/* Some of the attributes of @set, few of them others than those whose bits are in @wanted. */
static void put_attrs(struct fuzz *f, struct nlmsghdr *nlh, const struct fuzz_set *set,
		      uint64_t wanted, unsigned int depth)
{
	size_t some = below(f, 4);

	for (size_t i = 0; i < some; i++) {
		const struct fuzz_attr *a;

		do {
			a = &set->attrs[below(f, set->nr)];
		} while (!(wanted >> a->number & 1) && !one_in(f, 32));
		put_attr(f, nlh, a, depth);
	}
}

/* What has to be there, as a rule, for the rest to be looked at. */
static void put_needed(struct fuzz *f, struct nlmsghdr *nlh, const struct fuzz_command *c)
{
	if (c->set == &fuzz_source_set && !one_in(f, 8))
		mnl_attr_put_u32(nlh, PGHOT_A_SOURCE_ID,
				 (uint32_t)below(f, PGHOT_SOURCE_ID_MAX + 1));
	if (c->cmd == PGHOT_CMD_PROMOTE && one_in(f, 8)) {
		mnl_attr_put_u32(nlh, PGHOT_A_PROMOTE_NID, 0);
		mnl_attr_put_u32(nlh, PGHOT_A_PROMOTE_COUNT, 1 + (uint32_t)below(f, 8));
	}
}

/* Something is wrong; what is behind the headers is the message's own. */
static void spoil(struct fuzz *f, struct nlmsghdr *nlh)
{
	size_t headers = MNL_NLMSG_HDRLEN + sizeof(struct genlmsghdr);
	size_t len = nlh->nlmsg_len - headers;
	uint8_t *attrs = (uint8_t *)nlh + headers;
	struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);

	switch (below(f, 9)) {
	case 0:
		genl->cmd = (uint8_t)next(f);
		break;
	case 1:
		genl->version = (uint8_t)next(f);
		genl->reserved = (uint16_t)next(f);
		break;
	case 2:
		/* Cut, the generic header too. */
		nlh->nlmsg_len = (uint32_t)(MNL_NLMSG_HDRLEN + below(f, len + 5));
		break;
	case 3:
		put_garbage(f, nlh, (uint16_t)next(f), below(f, 64));
		break;
	case 4:
		nlh->nlmsg_flags |= (uint16_t)next(f);
		/* What is no request is not answered. */
		nlh->nlmsg_flags |= NLM_F_REQUEST | NLM_F_ACK;
		break;
	default:
		for (size_t i = below(f, 4) + 1; len && i; i--)
			attrs[below(f, len)] = (uint8_t)(one_in(f, 2) ? next(f) : below(f, 20));
	}
}

static const struct fuzz_command *command_of(uint8_t cmd)
{
	for (size_t i = 0; i < ARRAY_LEN(fuzz_commands); i++) {
		if (fuzz_commands[i].cmd == cmd)
			return &fuzz_commands[i];
	}
	return NULL;
}

/* One message at @at; how long it is. */
static size_t make_message(struct fuzz *f, char *at)
{
	const struct fuzz_command *c;
	struct nlmsghdr *nlh;
	struct genlmsghdr *genl;
	bool dump;

	/* A dump costs as much as a dozen of others. */
	do {
		c = &fuzz_commands[below(f, ARRAY_LEN(fuzz_commands))];
	} while (c->flags == FUZZ_DUMP && !one_in(f, 8));
	dump = c->flags == FUZZ_DUMP || (c->flags & FUZZ_DUMP && one_in(f, 8));
	memset(at, 0, MESSAGE_BYTES);
	nlh = mnl_nlmsg_put_header(at);
	nlh->nlmsg_type = f->family;
	nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
	if (one_in(f, 16) ? !dump : dump)
		nlh->nlmsg_flags |= NLM_F_DUMP;
	nlh->nlmsg_seq = f->seq;
	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = c->cmd;
	genl->version = PGHOT_FAMILY_VERSION;
	put_needed(f, nlh, c);
	put_attrs(f, nlh, c->set, c->request, 2);
	if (one_in(f, 4))
		spoil(f, nlh);
	f->cmd[f->nr] = genl->cmd;
	f->answered[f->nr] = 0;
	f->nr++;
	f->seq++;
	return MNL_ALIGN(nlh->nlmsg_len);
}

/* ---- answers --------------------------------------------------------------- */

static void count(struct fuzz *f, uint32_t seq, int err)
{
	const struct fuzz_command *c;
	uint32_t i = seq - f->first;

	if (i >= f->nr) {
		complain(f, "an answer to %u, which nobody asked", seq);
		return;
	}
	if (f->answered[i]++)
		complain(f, "two answers to a message to command %u", f->cmd[i]);
	if (err > 0 || err <= -(int)ARRAY_LEN(f->errors))
		complain(f, "command %u: error %d", f->cmd[i], err);
	else
		f->errors[-err]++;
	if (err) {
		f->refused[f->cmd[i]]++;
		return;
	}
	f->accepted[f->cmd[i]]++;
	c = command_of(f->cmd[i]);
	/* What takes a privilege: what changes something, and what shows pages. */
	if (f->unprivileged && c &&
	    (c->cmd == PGHOT_CMD_SOURCE_SET || c->cmd == PGHOT_CMD_PARAM_SET ||
	     c->cmd == PGHOT_CMD_PROMOTE || c->cmd == PGHOT_CMD_RESET || c->set == &fuzz_dump_set))
		complain(f, "%s is for everybody", c->name);
}

static void take(struct fuzz *f, const struct nlmsghdr *nlh)
{
	int err;

	if (nlh->nlmsg_type != NLMSG_ERROR && nlh->nlmsg_type != NLMSG_DONE)
		return;
	if (mnl_nlmsg_get_payload_len(nlh) < sizeof(err)) {
		complain(f, "an end of %zu bytes", mnl_nlmsg_get_payload_len(nlh));
		return;
	}
	memcpy(&err, mnl_nlmsg_get_payload(nlh), sizeof(err));
	count(f, nlh->nlmsg_seq, err);
}

static bool all_answered(const struct fuzz *f)
{
	for (unsigned int i = 0; i < f->nr; i++) {
		if (!f->answered[i])
			return false;
	}
	return true;
}

static void receive(struct fuzz *f, void (*fn)(struct fuzz *f, const struct nlmsghdr *nlh))
{
	static char bufs[16][32768];
	struct mmsghdr msgs[ARRAY_LEN(bufs)] = { 0 };
	struct iovec iov[ARRAY_LEN(bufs)];
	struct pollfd p = { .fd = mnl_socket_get_fd(f->nl), .events = POLLIN };
	int n;

	for (size_t i = 0; i < ARRAY_LEN(bufs); i++) {
		iov[i] = (struct iovec){ bufs[i], sizeof(bufs[i]) };
		msgs[i].msg_hdr.msg_iov = &iov[i];
		msgs[i].msg_hdr.msg_iovlen = 1;
	}
	n = recvmmsg(p.fd, msgs, ARRAY_LEN(bufs), MSG_DONTWAIT, NULL);
	if (n < 0 && errno == EAGAIN) {
		n = poll(&p, 1, PATIENCE_MS);
		if (n)
			return;
		for (unsigned int i = 0; i < f->nr; i++) {
			if (!f->answered[i])
				complain(f, "no answer to message %u of %u, to command %u", i,
					 f->nr, f->cmd[i]);
		}
		die("an answer is missing");
	}
	if (n < 0)
		die("receive: %s", strerror(errno));
	for (int i = 0; i < n; i++) {
		const struct nlmsghdr *nlh = (const struct nlmsghdr *)bufs[i];
		int len = (int)msgs[i].msg_len;

		for (; mnl_nlmsg_ok(nlh, len); nlh = mnl_nlmsg_next(nlh, &len))
			fn(f, nlh);
	}
}

/* ---- what is in force ------------------------------------------------------ */

/* An attribute of @set, of which those whose bits are in @wanted are parameters. */
static void check_attr(struct fuzz *f, const struct fuzz_set *set, uint64_t wanted,
		       const struct nlattr *attr)
{
	const struct nlattr *inner;
	uint64_t value = 0;

	for (size_t i = 0; i < set->nr; i++) {
		const struct fuzz_attr *a = &set->attrs[i];

		if (a->number != mnl_attr_get_type(attr))
			continue;
		if (!(wanted >> a->number & 1))
			return;
		if (a->type == FUZZ_NEST) {
			mnl_attr_for_each_nested(inner, attr)
				check_attr(f, a->nest, UINT64_MAX, inner);
			return;
		}
		if (a->type != FUZZ_U8 && a->type != FUZZ_U32 && a->type != FUZZ_UINT)
			return;
		memcpy(&value, mnl_attr_get_payload(attr),
		       mnl_attr_get_payload_len(attr) < 8 ? mnl_attr_get_payload_len(attr) : 8);
		if (value < a->min || value > a->max)
			complain(f, "%s of %s is %" PRIu64 ", not %" PRIu64 " to %" PRIu64, a->name,
				 set->name, value, a->min, a->max);
		return;
	}
	complain(f, "%s has an attribute %u", set->name, mnl_attr_get_type(attr));
}

/* What can be set is within its range. */
static void check(struct fuzz *f, const struct nlmsghdr *nlh)
{
	const struct fuzz_command *set;
	const struct nlattr *attr;

	if (nlh->nlmsg_type == f->family) {
		set = command_of(f->cmd[0] == PGHOT_CMD_PARAM_GET ? PGHOT_CMD_PARAM_SET
								  : PGHOT_CMD_SOURCE_SET);
		mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))
			check_attr(f, set->set, set->request, attr);
	}
	take(f, nlh);
}

static void ask(struct fuzz *f, uint8_t cmd, uint16_t flags)
{
	char buf[64] = { 0 };
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);
	struct genlmsghdr *genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));

	nlh->nlmsg_type = f->family;
	nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
	nlh->nlmsg_seq = f->first = f->seq++;
	genl->cmd = cmd;
	genl->version = PGHOT_FAMILY_VERSION;
	f->nr = 1;
	f->cmd[0] = cmd;
	f->answered[0] = 0;
	if (mnl_socket_sendto(f->nl, nlh, nlh->nlmsg_len) < 0)
		die("send: %s", strerror(errno));
	while (!all_answered(f))
		receive(f, check);
}

/* ---- the run --------------------------------------------------------------- */

static void find_family(struct fuzz *f)
{
	char buf[16384];
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);
	struct genlmsghdr *genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	const struct nlattr *attr;

	nlh->nlmsg_type = GENL_ID_CTRL;
	nlh->nlmsg_flags = NLM_F_REQUEST;
	genl->cmd = CTRL_CMD_GETFAMILY;
	genl->version = 1;
	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, PGHOT_FAMILY_NAME);
	if (mnl_socket_sendto(f->nl, nlh, nlh->nlmsg_len) < 0 ||
	    mnl_socket_recvfrom(f->nl, buf, sizeof(buf)) < 0)
		die("the controller: %s", strerror(errno));
	if (nlh->nlmsg_type == NLMSG_ERROR)
		die("no such family");
	mnl_attr_for_each(attr, nlh, sizeof(*genl)) {
		if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID)
			f->family = mnl_attr_get_u16(attr);
	}
}

static void send_some(struct fuzz *f)
{
	static char buf[BATCH * MESSAGE_BYTES];
	size_t len = 0, nr = below(f, BATCH) + 1;

	f->first = f->seq;
	f->nr = 0;
	for (size_t i = 0; i < nr; i++)
		len += make_message(f, buf + len);
	if (mnl_socket_sendto(f->nl, buf, len) < 0)
		die("send: %s", strerror(errno));
	f->sent += nr;
	while (!all_answered(f))
		receive(f, take);
}

static void report(const struct fuzz *f)
{
	for (size_t i = 0; i < ARRAY_LEN(fuzz_commands); i++)
		printf("%s accepted=%" PRIu64 " refused=%" PRIu64 "\n", fuzz_commands[i].name,
		       f->accepted[fuzz_commands[i].cmd], f->refused[fuzz_commands[i].cmd]);
	for (size_t i = 1; i < ARRAY_LEN(f->errors); i++) {
		if (f->errors[i])
			printf("%s: %" PRIu64 "\n", strerror((int)i), f->errors[i]);
	}
	printf("messages=%" PRIu64 " complaints=%u\n", f->sent, f->complaints);
}

int main(int argc, char **argv)
{
	static const struct option options[] = { { "seed", required_argument, NULL, 's' },
						 { "as", required_argument, NULL, 'a' },
						 { 0 } };
	static struct fuzz f = { .seq = 1 };
	uint64_t seed = 1, messages;
	const char *who = NULL;
	int opt, on = 1, room = 16 << 20;

	while ((opt = getopt_long(argc, argv, "+", options, NULL)) != -1) {
		if (opt == 's')
			seed = strtoull(optarg, NULL, 0);
		else if (opt == 'a')
			who = optarg;
		else
			return 2;
	}
	if (optind + 1 != argc)
		die("how many messages?");
	messages = strtoull(argv[optind], NULL, 0);
	f.unprivileged = who;
	f.random = seed;
	printf("seed=%" PRIu64 "\n", seed);
	fflush(stdout);

	f.nl = mnl_socket_open(NETLINK_GENERIC);
	if (!f.nl || mnl_socket_bind(f.nl, 0, MNL_SOCKET_AUTOPID) < 0)
		die("no netlink socket: %s", strerror(errno));
	/* All answers to a datagram are there before the first is read. */
	if (setsockopt(mnl_socket_get_fd(f.nl), SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room)) <
	    0)
		die("no room to receive: %s", strerror(errno));
	mnl_socket_setsockopt(f.nl, NETLINK_EXT_ACK, &on, sizeof(on));
	find_family(&f);
	/* With a socket of somebody who might. */
	if (who)
		become(who);
	for (unsigned int i = 0; f.sent < messages; i++) {
		send_some(&f);
		if (i % LOOK_EVERY == 0) {
			ask(&f, PGHOT_CMD_PARAM_GET, 0);
			ask(&f, PGHOT_CMD_SOURCE_GET, NLM_F_DUMP);
		}
	}
	ask(&f, PGHOT_CMD_PARAM_GET, 0);
	ask(&f, PGHOT_CMD_SOURCE_GET, NLM_F_DUMP);
	report(&f);
	return f.complaints > 0;
}
