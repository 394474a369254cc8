// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Datagrams from a kernel that may say anything: the input is one, or several of 16
 * bits of length each. In place of lib/wire, below the connection, stands the input.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <linux/genetlink.h>
#include <linux/netlink.h>

#include "dump.h"
#include "wire.h"

#define FAMILY 0x21
/* What requests carry: corpora can name it. */
#define SEQ    0x01010101U

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const uint8_t *input;
static size_t left;
static uint32_t resolving;

int pghot_wire_open(struct pghot_error *err)
{
	(void)err;
	return open("/dev/null", O_RDONLY | O_CLOEXEC);
}

int pghot_wire_connect(int fd)
{
	(void)fd;
	return 0;
}

uint32_t pghot_wire_seq(void)
{
	return SEQ - 2;
}

int pghot_wire_send(int fd, const void *bytes, size_t len)
{
	const struct nlmsghdr *nlh = bytes;

	(void)fd;
	(void)len;
	resolving = nlh->nlmsg_type == GENL_ID_CTRL ? nlh->nlmsg_seq : 0;
	return 0;
}

static ssize_t answer_family(void *buf)
{
	struct {
		struct nlmsghdr nlh;
		struct genlmsghdr genl;
		struct nlattr attr;
		uint16_t id, pad;
		struct nlmsghdr end;
		struct nlmsgerr ok;
	} msg = {
		.nlh = { offsetof(__typeof__(msg), end), GENL_ID_CTRL, 0, resolving, 0 },
		.attr = { NLA_HDRLEN + 2, CTRL_ATTR_FAMILY_ID },
		.id = FAMILY,
		.end = { NLMSG_HDRLEN + sizeof(struct nlmsgerr), NLMSG_ERROR, 0, resolving, 0 },
	};

	resolving = 0;
	memcpy(buf, &msg, sizeof(msg));
	return sizeof(msg);
}

ssize_t pghot_wire_receive(int fd, void *buf, size_t size)
{
	uint16_t len;

	(void)fd;
	if (resolving)
		return answer_family(buf);
	if (left < sizeof(len))
		return -ECONNRESET;
	memcpy(&len, input, sizeof(len));
	input += sizeof(len);
	left -= sizeof(len);
	if (len > left)
		len = (uint16_t)left;
	if (len > size)
		return -EMSGSIZE;
	memcpy(buf, input, len);
	input += len;
	left -= len;
	return len;
}

static int take(const struct pghot_entry *entry, uint32_t nid, void *data)
{
	(void)nid;
	*(uint64_t *)data += entry->pfn;
	return 0;
}

static void tap(bool request, const void *payload, size_t len, void *data)
{
	const uint8_t *bytes = payload;

	(void)request;
	/* A recording copies all of it. */
	for (size_t i = 0; i < len; i++)
		*(uint64_t *)data += bytes[i];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pghot_error err = { 0 };
	struct pghot_conn *conn;
	uint64_t sum = 0;
	int ret;

	input = data + (size > 0);
	left = size - (size > 0);
	if (pghot_conn_open(&conn, &err))
		abort();
	pghot_conn_tap(conn, tap, &sum);
	if (size && data[0] % 4 == 1)
		ret = pghot_start_nodes(conn, NULL, NULL, &err);
	else if (size && data[0] % 4 == 2)
		ret = pghot_start_sources(conn, NULL, NULL, &err);
	else if (size && data[0] % 4 == 3)
		ret = pghot_start_info(conn, NULL, NULL, &err);
	else
		ret = pghot_start_dump(conn, PGHOT_DUMP_HEAP, NULL, take, &sum, &err);
	while (!ret && (ret = pghot_conn_step(conn, &err)) == PGHOT_STEP_MORE)
		ret = 0;
	pghot_conn_close(conn);
	return 0;
}
