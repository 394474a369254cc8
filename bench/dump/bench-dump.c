// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a dump of records costs, per record: over netlink in packed arrays, and as
 * text from debugfs. Each way first only brought to user space and then made of it
 * what a program would use, struct pghot_entry.
 *
 *	bench-dump NODE TIMES
 *
 * Prints a line per way: its name, records, bytes and nanoseconds, summed over TIMES
 * dumps of the records of NODE. Where the clock counts instructions (vm/boot
 * --icount) nanoseconds are instructions, of the kernel and of this program together.
 */

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>

#include "dump.h"

/* What lib/dump receives with: the kernel fills messages of up to 32 KiB. */
#define BUFFER_BYTES (64 * 1024)

/* What a way brought; the sum keeps the compiler from leaving work out. */
struct result {
	uint64_t records;
	uint64_t bytes;
	uint64_t sum;
};

static uint32_t node;

static void fail(const char *what)
{
	fprintf(stderr, "bench-dump: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* ---- netlink, without a look at the entries ------------------------------ */

static int take_family(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *attr;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID)
			*(int *)data = mnl_attr_get_u16(attr);
	}
	return MNL_CB_OK;
}

static int count_entries(const struct nlmsghdr *nlh, void *data)
{
	struct result *r = data;
	const struct nlattr *attr;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) == PGHOT_A_DUMP_ENTRIES)
			r->records += mnl_attr_get_payload_len(attr) / sizeof(struct pghot_entry);
	}
	return MNL_CB_OK;
}

/* Sends a request and gives each message of the answer to @fn. */
static void talk(struct mnl_socket *nl, struct nlmsghdr *nlh, mnl_cb_t fn, void *data,
		 uint64_t *bytes)
{
	static char buf[BUFFER_BYTES];
	ssize_t len;
	int ret = MNL_CB_OK;

	if (mnl_socket_sendto(nl, nlh, nlh->nlmsg_len) < 0)
		fail("send");
	while (ret > MNL_CB_STOP) {
		len = mnl_socket_recvfrom(nl, buf, sizeof(buf));
		if (len < 0)
			fail("receive");
		*bytes += (uint64_t)len;
		ret = mnl_cb_run(buf, (size_t)len, nlh->nlmsg_seq, mnl_socket_get_portid(nl), fn,
				 data);
	}
	if (ret < 0)
		fail("dump");
}

static struct nlmsghdr *request(void *buf, int family, uint8_t cmd, uint16_t flags)
{
	static unsigned int seq;
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);
	struct genlmsghdr *genl;

	nlh->nlmsg_type = (uint16_t)family;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	nlh->nlmsg_seq = ++seq;
	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = cmd;
	genl->version = 1;
	return nlh;
}

static void netlink_read(struct result *r)
{
	struct mnl_socket *nl = mnl_socket_open(NETLINK_GENERIC);
	struct nlmsghdr *nlh;
	uint64_t ignore = 0;
	char buf[256];
	int family = 0;

	if (!nl || mnl_socket_bind(nl, 0, MNL_SOCKET_AUTOPID) < 0)
		fail("socket");
	nlh = request(buf, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, NLM_F_ACK);
	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, PGHOT_FAMILY_NAME);
	talk(nl, nlh, take_family, &family, &ignore);
	nlh = request(buf, family, PGHOT_CMD_RECORD_GET, NLM_F_DUMP);
	mnl_attr_put_u32(nlh, PGHOT_A_DUMP_NID, node);
	talk(nl, nlh, count_entries, r, &r->bytes);
	mnl_socket_close(nl);
}

/* ---- netlink, through the library ---------------------------------------- */

static int use_entry(const struct pghot_entry *e, uint32_t nid, void *data)
{
	struct result *r = data;

	(void)nid;
	r->records++;
	r->sum += e->pfn ^ e->freq ^ e->age_ms ^ e->cgroup_ino;
	return 0;
}

static void netlink_decode(struct result *r)
{
	struct pghot_dump_filter filter = { .present = 1ULL << PGHOT_A_DUMP_NID, .nid = node };
	struct pghot_error err;
	struct pghot_conn *conn;

	if (pghot_conn_open(&conn, &err) ||
	    pghot_start_dump(conn, PGHOT_DUMP_RECORDS, &filter, use_entry, r, &err) ||
	    pghot_conn_finish(conn, -1, &err)) {
		fprintf(stderr, "bench-dump: %s\n", err.message);
		exit(1);
	}
	pghot_conn_close(conn);
}

/* ---- debugfs ------------------------------------------------------------- */

static int open_text(void)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/sys/kernel/debug/pghot/records/%u", node);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		fail(path);
	return fd;
}

static void debugfs_read(struct result *r)
{
	static char buf[BUFFER_BYTES];
	int fd = open_text();
	ssize_t len;

	while ((len = read(fd, buf, sizeof(buf))) > 0) {
		r->bytes += (uint64_t)len;
		for (const char *c = buf; (c = memchr(c, '\n', (size_t)(buf + len - c))); c++)
			r->records++;
	}
	if (len < 0)
		fail("read");
	close(fd);
	r->records--; /* the line of titles */
}

/* A line to an entry, with nothing slower than it has to be. */
static bool parse_line(char *line, struct pghot_entry *e)
{
	uint64_t v[10];
	char *at = line;

	for (size_t i = 0; i < 10; i++) {
		char *end;

		v[i] = strtoull(at, &end, 0);
		if (end == at) {
			/* "-" for a node that is not known */
			if (at[0] != ' ' || at[1] != '-')
				return false;
			v[i] = PGHOT_NID_UNKNOWN;
			end = at + 2;
		}
		at = end;
	}
	e->pfn = v[0];
	e->nid = (uint16_t)v[1];
	e->target_nid = (uint16_t)v[2];
	e->freq = (uint8_t)v[3];
	e->age_ms = (uint32_t)v[4];
	e->sources = (uint8_t)v[5];
	e->state = (uint8_t)v[6];
	e->order = (uint8_t)v[7];
	e->page_flags = (uint32_t)v[8];
	e->cgroup_ino = v[9];
	return true;
}

static void debugfs_parse(struct result *r)
{
	static char buf[BUFFER_BYTES];
	FILE *f = fdopen(open_text(), "r");
	struct pghot_entry e = { 0 };
	char line[256];

	if (!f || setvbuf(f, buf, _IOFBF, sizeof(buf)))
		fail("stream");
	if (!fgets(line, sizeof(line), f))
		fail("titles");
	while (fgets(line, sizeof(line), f)) {
		if (!parse_line(line, &e)) {
			fprintf(stderr, "bench-dump: cannot read: %s", line);
			exit(1);
		}
		use_entry(&e, 0, r);
	}
	fclose(f);
}

/* ---- measuring ----------------------------------------------------------- */

static const struct {
	const char *name;
	void (*run)(struct result *r);
} ways[] = {
	{ "netlink-read", netlink_read },
	{ "netlink-decode", netlink_decode },
	{ "debugfs-read", debugfs_read },
	{ "debugfs-parse", debugfs_parse },
};

static uint64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
}

int main(int argc, char **argv)
{
	unsigned long times;

	if (argc != 3 || !(times = strtoul(argv[2], NULL, 0))) {
		fputs("usage: bench-dump NODE TIMES\n", stderr);
		return 2;
	}
	node = (uint32_t)strtoul(argv[1], NULL, 0);
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		struct result r = { 0 };
		uint64_t began = now_ns();

		for (unsigned long n = 0; n < times; n++)
			ways[i].run(&r);
		printf("%s %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", ways[i].name, r.records, r.bytes,
		       now_ns() - began);
		fflush(stdout);
	}
	return 0;
}
