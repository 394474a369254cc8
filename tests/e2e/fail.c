// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pghot-e2e-fail - have each allocation that a request makes fail, one after the other
 *
 * Reads one case per line from stdin:
 *
 *	do COMMAND [ATTRIBUTE]... [| do COMMAND [ATTRIBUTE]...]
 *	dump COMMAND [ATTRIBUTE]...
 *	read FILE
 *
 * as pghot-e2e-nl has them. Each is made again and again while the kernel lets its n-th
 * allocation fail (/proc/thread-self/fail-nth, slab, pages and copies to and from user
 * space), n = 1, 2, ..., until it makes fewer than that. Each time
 *
 *	- there is an answer: an error, or that it was done all the same,
 *	- after an error pghot is as before: parameters, sources, memory, who runs,
 *	- after success it is as without a failure.
 *
 * What stands after the "|" undoes it; it is made to fail in the same way. At the end the
 * first one is undone.
 *
 * Prints, for each case, "ok: REQUEST: failures=N errors=N", or what is wrong. Exit status:
 * 0 when all is well, 1 when not, 2 wrong usage, 3 no such family, 77 where allocations do
 * not fail on request.
 *
 * Allocations of other threads on behalf of a request (kthreadd's, those of CPUs that come
 * up) are not this thread's and do not fail.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/genetlink.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <libmnl/libmnl.h>

#include <linux/pghot.h>

#include "nl-family.h"
#include "nl-put.h"

#define REQUEST_BYTES 16384
#define MAX_WORDS     64

/* A request that allocates more often than that has no end. */
#define MOST_FAILURES 20000

/* No answer within that is none. */
#define ANSWER_SECONDS 60

/* What RCU frees after an answer takes that long, at most. */
#define SETTLE_MS 10000

/**
 * struct state - what must not change when a request fails
 * @bytes: attributes of answers as they came
 * @len: how many bytes
 * @memory: bytes that pghot uses
 */
struct state {
	char bytes[16384];
	size_t len;
	uint64_t memory;
};

/**
 * struct request - one of a case
 * @text: as it was written
 * @kind: "do", "dump" or "read"
 * @cmd: command of "do" and "dump"
 * @set: its attributes
 * @words: what follows its name
 */
struct request {
	char text[512];
	char kind[8];
	uint8_t cmd;
	const struct attr_name *set;
	char words[512];
};

/* How a request ended: as an error, or done, or in a way that tells neither. */
enum ending {
	DONE,
	ERROR,
	LOST
};

static int fail_nth = -1;
static uint16_t family;
static struct mnl_socket *nl;
static uint32_t seq;

/* ---- failures on request ---------------------------------------------------- */

static void arm(unsigned int n)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "%u", n);

	if (pwrite(fail_nth, text, len, 0) != len)
		die(2, "fail-nth: %s", strerror(errno));
}

/* Was there a failure? From here on there is none any more. */
static bool disarm(void)
{
	char text[16] = "";
	ssize_t len = pread(fail_nth, text, sizeof(text) - 1, 0);
	/* It was the copy of this answer that failed. */
	bool failed = len > 0 && atoi(text) == 0;

	arm(0);
	return failed;
}

/* ---- netlink ------------------------------------------------------------------ */

static void reopen(void)
{
	struct timeval limit = { .tv_sec = ANSWER_SECONDS };

	if (nl)
		mnl_socket_close(nl);
	nl = mnl_socket_open(NETLINK_GENERIC);
	if (!nl || mnl_socket_bind(nl, 0, MNL_SOCKET_AUTOPID) < 0 ||
	    setsockopt(mnl_socket_get_fd(nl), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)) < 0)
		die(2, "no netlink socket: %s", strerror(errno));
}

static struct nlmsghdr *start(char *buf, uint16_t type, uint8_t cmd, uint16_t flags)
{
	struct genlmsghdr *genl;
	struct nlmsghdr *nlh;

	memset(buf, 0, REQUEST_BYTES);
	nlh = mnl_nlmsg_put_header(buf);
	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	nlh->nlmsg_seq = ++seq;
	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = cmd;
	genl->version = 1;
	return nlh;
}

static bool find_family(void)
{
	char buf[REQUEST_BYTES];
	struct nlmsghdr *nlh = start(buf, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 0);
	const struct nlattr *attr;

	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, PGHOT_FAMILY_NAME);
	if (mnl_socket_sendto(nl, nlh, nlh->nlmsg_len) < 0 ||
	    mnl_socket_recvfrom(nl, buf, sizeof(buf)) < 0)
		die(2, "the controller: %s", strerror(errno));
	if (nlh->nlmsg_type == NLMSG_ERROR)
		return false;
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID)
			family = mnl_attr_get_u16(attr);
	}
	return family;
}

/* ---- the state ------------------------------------------------------------------ */

static void keep(struct state *s, const struct nlattr *attr)
{
	if (s->len + attr->nla_len > sizeof(s->bytes))
		die(2, "the state is larger than %zu bytes", sizeof(s->bytes));
	memcpy(s->bytes + s->len, attr, attr->nla_len);
	s->len += attr->nla_len;
}

/* Not what counts, and not what follows what pghot sees. */
static bool is_state(uint8_t cmd, int number)
{
	switch (cmd) {
	case PGHOT_CMD_INFO_GET:
		return number == PGHOT_A_INFO_RUNNING || number == PGHOT_A_INFO_HEAP_CAPACITY;
	case PGHOT_CMD_SOURCE_GET:
		return number == PGHOT_A_SOURCE_ID || number == PGHOT_A_SOURCE_ENABLED ||
		       number == PGHOT_A_SOURCE_HINTFAULT || number == PGHOT_A_SOURCE_HWHINT ||
		       number == PGHOT_A_SOURCE_MMSCAN || number == PGHOT_A_SOURCE_LRUSCAN;
	}
	return true;
}

static void look(struct state *s, uint8_t cmd, bool dump)
{
	char buf[32768];
	struct nlmsghdr *nlh = start(buf, family, cmd, dump ? NLM_F_DUMP : 0);
	bool more = true;

	if (mnl_socket_sendto(nl, nlh, nlh->nlmsg_len) < 0)
		die(2, "send: %s", strerror(errno));
	while (more) {
		ssize_t n = mnl_socket_recvfrom(nl, buf, sizeof(buf));
		int len;

		if (n < 0)
			die(2, "receive: %s", strerror(errno));
		more = dump;
		for (nlh = (struct nlmsghdr *)buf, len = n; mnl_nlmsg_ok(nlh, len);
		     nlh = mnl_nlmsg_next(nlh, &len)) {
			const struct nlattr *attr;

			if (nlh->nlmsg_type == NLMSG_ERROR)
				die(2, "command %u: an error where nothing failed", cmd);
			if (nlh->nlmsg_type == NLMSG_DONE) {
				more = false;
				break;
			}
			mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
				int number = mnl_attr_get_type(attr);

				if (is_state(cmd, number))
					keep(s, attr);
				if (cmd == PGHOT_CMD_INFO_GET &&
				    number == PGHOT_A_INFO_MEMORY_BYTES)
					memcpy(&s->memory, mnl_attr_get_payload(attr),
					       mnl_attr_get_payload_len(attr));
			}
		}
	}
}

static void look_at_all(struct state *s)
{
	memset(s, 0, sizeof(*s));
	look(s, PGHOT_CMD_INFO_GET, false);
	look(s, PGHOT_CMD_PARAM_GET, false);
	look(s, PGHOT_CMD_SOURCE_GET, true);
}

static bool same(const struct state *a, const struct state *b)
{
	return a->memory == b->memory && a->len == b->len && !memcmp(a->bytes, b->bytes, a->len);
}

/* Is it as @wanted, now or soon? What it is instead is in @now. */
static bool becomes(const struct state *wanted, struct state *now)
{
	const struct timespec tick = { .tv_nsec = 20000000 };
	int ms;

	for (ms = 0; ms <= SETTLE_MS; ms += 20) {
		look_at_all(now);
		if (same(now, wanted))
			return true;
		nanosleep(&tick, NULL);
	}
	return false;
}

/* ---- a request ---------------------------------------------------------------- */

static int split(char *text, char **words)
{
	char *save, *word;
	int n = 0;

	for (word = strtok_r(text, " \n", &save); word && n < MAX_WORDS;
	     word = strtok_r(NULL, " \n", &save))
		words[n++] = word;
	words[n] = NULL;
	return n;
}

static void parse(struct request *r, const char *text)
{
	char copy[sizeof(r->text)], *words[MAX_WORDS + 1];
	size_t i;
	int n;

	memset(r, 0, sizeof(*r));
	text += strspn(text, " ");
	snprintf(r->text, sizeof(r->text), "%s", text);
	r->text[strcspn(r->text, "\n")] = '\0';
	snprintf(copy, sizeof(copy), "%s", r->text);
	if (split(copy, words) < 2 ||
	    (strcmp(words[0], "do") && strcmp(words[0], "dump") && strcmp(words[0], "read")))
		die(2, "'%s': must be do, dump or read, and what", r->text);
	snprintf(r->kind, sizeof(r->kind), "%s", words[0]);
	if (!strcmp(r->kind, "read")) {
		snprintf(r->words, sizeof(r->words), "%s", words[1]);
		return;
	}
	for (i = 0; commands[i].name; i++) {
		if (strcmp(commands[i].name, words[1]))
			continue;
		r->cmd = commands[i].cmd;
		r->set = commands[i].set;
	}
	if (!r->cmd)
		die(2, "'%s': no such command", words[1]);
	for (n = 2; words[n]; n++) {
		strncat(r->words, words[n], sizeof(r->words) - strlen(r->words) - 1);
		strncat(r->words, " ", sizeof(r->words) - strlen(r->words) - 1);
	}
}

/* Read @path to its end; the first call that fails ends it. */
static enum ending read_file(const char *path, unsigned int n, bool *failed, int *err)
{
	char buf[65536];
	ssize_t got = 0;
	int fd;

	arm(n);
	fd = open(path, O_RDONLY);
	while (fd >= 0 && (got = read(fd, buf, sizeof(buf))) > 0)
		;
	*err = fd < 0 || got < 0 ? errno : 0;
	*failed = disarm();
	if (fd >= 0)
		close(fd);
	return *err ? ERROR : DONE;
}

/*
 * Make a request, whose @n-th allocation fails, 0 for none. What is received is not made
 * to fail when it is the answer to a "do": it would be lost on the way.
 */
static enum ending make(const struct request *r, unsigned int n, bool *failed, int *err)
{
	bool dump = !strcmp(r->kind, "dump");
	char request[REQUEST_BYTES], buf[32768], text[sizeof(r->words)], *words[MAX_WORDS + 1];
	enum ending ending = LOST;
	struct nlmsghdr *nlh;
	ssize_t got;

	if (!strcmp(r->kind, "read"))
		return read_file(r->words, n, failed, err);

	nlh = start(request, family, r->cmd, dump ? NLM_F_DUMP : NLM_F_ACK);
	snprintf(text, sizeof(text), "%s", r->words);
	split(text, words);
	put_attrs(nlh, r->set, words);

	*err = 0;
	arm(n);
	got = mnl_socket_sendto(nl, nlh, nlh->nlmsg_len);
	if (got < 0) {
		*err = errno;
		*failed = disarm();
		/* A dump that fails at once is reported so. */
		return ERROR;
	}
	*failed = !dump && disarm();

	while (ending == LOST) {
		int len;

		got = mnl_socket_recvfrom(nl, buf, sizeof(buf));
		if (got < 0) {
			*err = errno;
			break;
		}
		for (nlh = (struct nlmsghdr *)buf, len = got; mnl_nlmsg_ok(nlh, len);
		     nlh = mnl_nlmsg_next(nlh, &len)) {
			if (nlh->nlmsg_seq != seq)
				continue;
			if (nlh->nlmsg_type != NLMSG_ERROR && nlh->nlmsg_type != NLMSG_DONE)
				continue;
			memcpy(err, mnl_nlmsg_get_payload(nlh), sizeof(*err));
			*err = -*err;
			ending = *err ? ERROR : DONE;
		}
	}
	if (dump)
		*failed = disarm();
	if (ending == LOST)
		reopen();
	return ending;
}

/* ---- a case --------------------------------------------------------------------- */

static bool complain(const struct request *r, unsigned int n, const char *what, int err)
{
	printf("FAILED: %s: with allocation %u failing: %s%s%s\n", r->text, n, what,
	       err ? ": " : "", err ? strerror(err) : "");
	return false;
}

/* Without a failure, which has to go well. */
static bool make_well(const struct request *r)
{
	bool failed;
	int err;

	if (make(r, 0, &failed, &err) == DONE)
		return true;
	return complain(r, 0, "an error although nothing failed", err);
}

/*
 * Make @r fail wherever it can, beginning at @before. What it leads to is @after; @undo, if
 * any, leads back.
 */
static bool fail_everywhere(const struct request *r, const struct request *undo,
			    const struct state *before, const struct state *after)
{
	unsigned int n, errors = 0, spite = 0, lost = 0;
	struct state now;
	bool failed;

	for (n = 1; n < MOST_FAILURES; n++) {
		enum ending ending;
		int err;

		ending = make(r, n, &failed, &err);
		if (ending == LOST && (err == EAGAIN || err == EWOULDBLOCK))
			return complain(r, n, "no answer", 0);
		if (!failed && ending != DONE)
			return complain(r, n, "an error although nothing failed", err);
		errors += ending == ERROR;
		spite += failed && ending == DONE;
		lost += ending == LOST;

		if (ending == ERROR && !becomes(before, &now))
			return complain(r, n, "an error, but the state is another", err);
		if (ending == DONE && !becomes(after, &now))
			return complain(r, n, "done, but the state is not what it leads to", 0);
		/* The kernel could not say how it ended: one of both it must be. */
		if (ending == LOST) {
			look_at_all(&now);
			if (!same(&now, before) && !becomes(after, &now))
				return complain(r, n, "no answer, and the state is neither", err);
		}
		if (!same(&now, before) && undo && (!make_well(undo) || !becomes(before, &now)))
			return complain(undo, 0, "does not lead back", 0);
		if (!failed)
			break;
	}
	if (n == MOST_FAILURES)
		return complain(r, n, "there is no end to its allocations", 0);
	if (n == 1)
		return complain(r, n, "nothing ever failed", 0);
	printf("ok: %s: failures=%u errors=%u done-all-the-same=%u unanswered=%u\n", r->text, n - 1,
	       errors, spite, lost);
	return true;
}

static bool run_case(char *line)
{
	struct state before, after, now;
	struct request r, undo;
	char *bar = strstr(line, " | ");
	bool good;

	if (bar)
		*bar = '\0';
	parse(&r, line);
	if (bar)
		parse(&undo, bar + 3);

	look_at_all(&before);
	if (!make_well(&r))
		return false;
	look_at_all(&after);
	if (!bar)
		return fail_everywhere(&r, NULL, &before, &before);

	if (same(&before, &after))
		return complain(&r, 0, "changes nothing", 0);
	/* From here on it is as after. Whatever is wrong, the next case begins as this one. */
	good = fail_everywhere(&undo, &r, &after, &before);
	if (!make_well(&undo) || !becomes(&before, &now))
		return complain(&undo, 0, "does not lead back", 0);
	if (fail_everywhere(&r, &undo, &before, &after))
		return good;
	make_well(&undo);
	return false;
}

int main(void)
{
	char *line = NULL;
	size_t room = 0;
	bool good = true;

	setvbuf(stdout, NULL, _IOLBF, 0);
	fail_nth = open("/proc/thread-self/fail-nth", O_RDWR);
	if (fail_nth < 0) {
		printf("allocations do not fail on request here: %s\n", strerror(errno));
		return 77;
	}
	reopen();
	if (!find_family()) {
		puts("no such family");
		return 3;
	}
	while (getline(&line, &room, stdin) > 0) {
		if (line[strspn(line, " \n")] && line[0] != '#')
			good = run_case(line) && good;
	}
	free(line);
	return good ? 0 : 1;
}
