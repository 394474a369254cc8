// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/genetlink.h>

#include "family.h"

static int sock = -1;
static uint16_t family_id;

static void begin(struct request *r, uint16_t type, int cmd, int version)
{
	struct genlmsghdr *genl = NLMSG_DATA(&r->nlh);

	memset(r, 0, sizeof(*r));
	r->nlh.nlmsg_type = type;
	r->nlh.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
	genl->cmd = cmd;
	genl->version = version;
	r->len = NLMSG_LENGTH(GENL_HDRLEN);
}

/* Start a request of the family's. */
void family_begin(struct request *r, int cmd)
{
	begin(r, family_id, cmd, PGHOT_FAMILY_VERSION);
}

void family_put(struct request *r, int attr, const void *data, size_t len)
{
	struct nlattr *nla = (struct nlattr *)(r->buf + r->len);

	nla->nla_type = attr;
	nla->nla_len = NLA_HDRLEN + len;
	memcpy((char *)nla + NLA_HDRLEN, data, len);
	r->len += NLA_ALIGN(nla->nla_len);
}

void family_put_u8(struct request *r, int attr, uint8_t value)
{
	family_put(r, attr, &value, sizeof(value));
}

void family_put_u32(struct request *r, int attr, uint32_t value)
{
	family_put(r, attr, &value, sizeof(value));
}

static const struct nlattr *find(const char *at, size_t len, int attr)
{
	while (len >= NLA_HDRLEN) {
		const struct nlattr *nla = (const struct nlattr *)at;
		size_t step = NLA_ALIGN(nla->nla_len);

		if (nla->nla_len < NLA_HDRLEN || nla->nla_len > len)
			break;
		if ((nla->nla_type & NLA_TYPE_MASK) == attr)
			return nla;
		if (step >= len)
			break;
		at += step;
		len -= step;
	}
	return NULL;
}

/* An attribute of the answer, NULL when it has none. */
const struct nlattr *family_attr(const struct request *r, int attr)
{
	const size_t head = NLMSG_LENGTH(GENL_HDRLEN);

	return r->len > head ? find(r->buf + head, r->len - head, attr) : NULL;
}

/* The number in an attribute of any width, 0 without one. */
uint64_t family_number(const struct nlattr *attr)
{
	uint64_t u64;
	uint32_t u32;
	const char *data = (const char *)attr + NLA_HDRLEN;

	switch (attr ? attr->nla_len - NLA_HDRLEN : 0) {
	case sizeof(uint8_t):
		return *(const uint8_t *)data;
	case sizeof(u32):
		memcpy(&u32, data, sizeof(u32));
		return u32;
	case sizeof(u64):
		memcpy(&u64, data, sizeof(u64));
		return u64;
	}
	return 0;
}

/* The number in an attribute of a nest. */
uint64_t family_nested(const struct nlattr *nest, int attr)
{
	if (!nest)
		return 0;
	return family_number(find((const char *)nest + NLA_HDRLEN,
				  nest->nla_len - NLA_HDRLEN, attr));
}

/* What the kernel says with the error in @buf. */
static void keep_why(struct request *r, const char *buf,
		     const struct nlmsghdr *nlh)
{
	const struct nlmsgerr *e = NLMSG_DATA(nlh);
	size_t skip = NLMSG_LENGTH(sizeof(*e));
	const struct nlattr *msg;

	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS))
		return;
	if (!(nlh->nlmsg_flags & NLM_F_CAPPED))
		skip += NLMSG_ALIGN(e->msg.nlmsg_len - sizeof(e->msg));
	if (skip >= nlh->nlmsg_len)
		return;
	msg = find(buf + skip, nlh->nlmsg_len - skip, NLMSGERR_ATTR_MSG);
	if (msg)
		snprintf(r->why, sizeof(r->why), "%.*s",
			 (int)(msg->nla_len - NLA_HDRLEN),
			 (const char *)msg + NLA_HDRLEN);
}

/*
 * Send a request, and wait for its end. The answer, if there is one, is in the
 * request then. Return: 0 or a negative errno.
 */
int family_ask(struct request *r)
{
	static union {
		struct nlmsghdr nlh;
		char buf[16384];
	} in;
	static uint32_t seq;
	struct nlmsghdr *nlh;

	r->nlh.nlmsg_len = r->len;
	r->nlh.nlmsg_seq = ++seq;
	if (send(sock, r->buf, r->len, 0) < 0)
		return -errno;
	r->len = 0;
	r->why[0] = '\0';

	for (;;) {
		ssize_t got = recv(sock, &in, sizeof(in), 0);
		size_t left = got > 0 ? got : 0;

		if (got < 0 && errno != EINTR)
			return -errno;
		for (nlh = &in.nlh; NLMSG_OK(nlh, left);
		     nlh = NLMSG_NEXT(nlh, left)) {
			if (nlh->nlmsg_seq != seq)
				continue;
			if (nlh->nlmsg_type == NLMSG_ERROR) {
				const struct nlmsgerr *e = NLMSG_DATA(nlh);

				keep_why(r, (const char *)nlh, nlh);
				return e->error;
			}
			if (nlh->nlmsg_len > sizeof(r->buf))
				return -EMSGSIZE;
			memcpy(r->buf, nlh, nlh->nlmsg_len);
			r->len = nlh->nlmsg_len;
		}
	}
}

/* Find the family. Return: 0, -ENOENT in a kernel without pghot, other errnos. */
int family_open(void)
{
	struct request r;
	int one = 1, err;

	sock = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
	if (sock < 0)
		return -errno;
	if (setsockopt(sock, SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof(one)))
		return -errno;

	begin(&r, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 1);
	family_put(&r, CTRL_ATTR_FAMILY_NAME, PGHOT_FAMILY_NAME,
		   sizeof(PGHOT_FAMILY_NAME));
	err = family_ask(&r);
	if (!err) {
		const struct nlattr *id = family_attr(&r, CTRL_ATTR_FAMILY_ID);

		if (!id)
			return -ENOENT;
		memcpy(&family_id, (const char *)id + NLA_HDRLEN,
		       sizeof(family_id));
	}
	return err;
}
