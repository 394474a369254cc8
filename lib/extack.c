// SPDX-License-Identifier: GPL-2.0-or-later

#include "extack.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>

#include "family.h"

/* MAX_ERRNO of the kernel. */
#define ERRNO_MAX  4095
/* NETLINK_MAX_FMTMSG_LEN of the kernel, with the zero byte at the end. */
#define FMTMSG_MAX 80

int pghot_error_set(struct pghot_error *err, int errnum, const char *fmt, ...)
{
	va_list ap;

	if (err) {
		memset(err, 0, sizeof(*err));
		err->errnum = errnum;
		va_start(ap, fmt);
		vsnprintf(err->message, sizeof(err->message), fmt, ap);
		va_end(ap);
	}
	return -errnum;
}

static void name_by_offset(const struct nlmsghdr *request, uint32_t offset, struct pghot_error *err)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(request);
	struct pghot_attr_name path;
	size_t head = MNL_NLMSG_HDRLEN + MNL_ALIGN(sizeof(*genl));

	if (request->nlmsg_len < head || offset < head)
		return;
	if (!pghot_attr_by_offset(genl->cmd, (const uint8_t *)request + head,
				  request->nlmsg_len - head, offset - head, &path))
		snprintf(err->attribute, sizeof(err->attribute), "%s", path.name);
}

static void name_by_type(const struct nlmsghdr *request, uint32_t type, struct pghot_error *err)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(request);
	const char *name = NULL;

	if (request->nlmsg_len >= MNL_NLMSG_HDRLEN + sizeof(*genl))
		name = pghot_attr_by_type(genl->cmd, type);
	if (name)
		snprintf(err->attribute, sizeof(err->attribute), "%s", name);
}

/* The range of the policy that an attribute did not meet, if it has one. */
static void decode_policy(const struct nlattr *nest, struct pghot_error *err)
{
	const struct nlattr *attr;
	bool min = false, max = false;

	mnl_attr_for_each_nested(attr, nest) {
		if (mnl_attr_get_payload_len(attr) != sizeof(uint64_t))
			continue;
		switch (mnl_attr_get_type(attr)) {
		case NL_POLICY_TYPE_ATTR_MIN_VALUE_U:
		case NL_POLICY_TYPE_ATTR_MIN_VALUE_S:
			err->min = (int64_t)mnl_attr_get_u64(attr);
			min = true;
			break;
		case NL_POLICY_TYPE_ATTR_MAX_VALUE_U:
		case NL_POLICY_TYPE_ATTR_MAX_VALUE_S:
			err->max = mnl_attr_get_u64(attr);
			max = true;
			break;
		}
	}
	err->has_range = min && max;
}

/*
 * A text that fills all the room that the kernel has for one it formats was most likely
 * longer: it ends with its last whole word, outside of brackets, and says so.
 */
static void mark_cut(char *message, size_t size)
{
	size_t len = strlen(message), depth = 0;
	char *end;

	if (len != FMTMSG_MAX - 1)
		return;
	end = strrchr(message, ' ');
	for (char *c = message + len; c > message; c--) {
		depth += c[-1] == ')';
		if (c[-1] == '(' && !depth--) {
			end = c - 1;
			break;
		}
	}
	if (!end)
		return;
	while (end > message && strchr(" ,;:(", end[-1]))
		end--;
	snprintf(end, size - (size_t)(end - message), " ...");
}

static void decode_tlvs(const uint8_t *at, size_t left, const struct nlmsghdr *request,
			struct pghot_error *err)
{
	while (left && mnl_attr_ok((const struct nlattr *)at, (int)left)) {
		const struct nlattr *attr = (const struct nlattr *)at;
		size_t bytes = mnl_attr_get_payload_len(attr);
		size_t step = MNL_ALIGN(attr->nla_len);

		switch (mnl_attr_get_type(attr)) {
		case NLMSGERR_ATTR_MSG:
			snprintf(err->message, sizeof(err->message), "%.*s", (int)bytes,
				 (const char *)mnl_attr_get_payload(attr));
			mark_cut(err->message, sizeof(err->message));
			break;
		case NLMSGERR_ATTR_OFFS:
			if (bytes == 4 && request)
				name_by_offset(request, mnl_attr_get_u32(attr), err);
			break;
		case NLMSGERR_ATTR_MISS_TYPE:
			if (bytes == 4 && request)
				name_by_type(request, mnl_attr_get_u32(attr), err);
			break;
		case NLMSGERR_ATTR_POLICY:
			decode_policy(attr, err);
			break;
		}
		if (step >= left)
			break;
		at += step;
		left -= step;
	}
}

int pghot_extack_decode(const struct nlmsghdr *reply, const struct nlmsghdr *request,
			struct pghot_error *err)
{
	const uint8_t *payload = mnl_nlmsg_get_payload(reply);
	size_t left = mnl_nlmsg_get_payload_len(reply), head;
	int32_t code;

	memset(err, 0, sizeof(*err));
	if (reply->nlmsg_len < MNL_NLMSG_HDRLEN)
		return pghot_error_set(err, EBADMSG, "short reply from the kernel");

	if (reply->nlmsg_type == NLMSG_ERROR) {
		const struct nlmsgerr *e = (const struct nlmsgerr *)payload;

		head = sizeof(*e);
		if (left < head)
			return pghot_error_set(err, EBADMSG, "short error message from the kernel");
		code = e->error;
		/* The request comes back whole unless the kernel capped it. */
		if (!(reply->nlmsg_flags & NLM_F_CAPPED) && code) {
			if (e->msg.nlmsg_len < MNL_NLMSG_HDRLEN ||
			    e->msg.nlmsg_len > left - sizeof(code))
				return pghot_error_set(err, EBADMSG,
						       "malformed error message from the kernel");
			head = sizeof(code) + MNL_ALIGN(e->msg.nlmsg_len);
		}
	} else if (reply->nlmsg_type == NLMSG_DONE) {
		head = sizeof(code);
		if (!left)
			return 0;
		if (left < head)
			return pghot_error_set(err, EBADMSG, "short end of dump from the kernel");
		memcpy(&code, payload, sizeof(code));
	} else {
		return pghot_error_set(err, EBADMSG, "no error message");
	}

	/* What cannot be an errno could not be negated, either. */
	if (code < -ERRNO_MAX)
		return pghot_error_set(err, EBADMSG, "error %d from the kernel, which is none",
				       code);
	/* A dump may end with a count. */
	err->errnum = code < 0 ? -code : 0;
	if (reply->nlmsg_flags & NLM_F_ACK_TLVS && left > head)
		decode_tlvs(payload + head, left - head, request, err);
	return 0;
}
