// SPDX-License-Identifier: GPL-2.0-or-later

#include "dump.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>

#include "wire.h"

/* The kernel fills up to 32 KiB per message when the reader offers as much. */
#define RECV_BYTES    (64 * 1024)
/* Buffers taken per step, so that a step stays well under a screen refresh. */
#define STEP_BUFFERS  16
#define REQUEST_BYTES 256
#define RESOLVE_MS    5000

/* What an answer's messages are and where they go. */
union callback {
	pghot_info_fn info;
	pghot_source_fn source;
	pghot_params_fn params;
	pghot_node_fn node;
	pghot_stats_fn stats;
	pghot_entry_fn entry;
	pghot_summary_fn summary;
	pghot_explain_fn explain;
};

struct pghot_conn {
	int fd; /* -1 when it was lost */
	uint16_t family;
	uint32_t seq;
	bool busy;
	bool interrupted;
	/* Dispatches one message, NULL while the family is resolved. */
	int (*message)(struct pghot_conn *conn, const void *attrs, size_t len);
	union callback fn;
	void *data;
	pghot_tap_fn tap;
	void *tap_data;
	/* Large structures that callbacks get, off the stack. */
	union {
		struct pghot_info info;
		struct pghot_source source;
		struct pghot_params params;
		struct pghot_node node;
		struct pghot_stats stats;
		struct pghot_summary_part summary;
		struct pghot_explanation explanation;
	} model;
	union {
		struct nlmsghdr nlh;
		char bytes[REQUEST_BYTES];
	} request;
	/* Netlink headers are read in place. */
	_Alignas(8) char buf[RECV_BYTES];
};

static int sock_open(struct pghot_conn *conn, struct pghot_error *err)
{
	int fd = pghot_wire_open(err);

	conn->fd = fd < 0 ? -1 : fd;
	conn->seq = pghot_wire_seq();
	return fd < 0 ? fd : 0;
}

static void sock_close(struct pghot_conn *conn)
{
	if (conn->fd >= 0)
		close(conn->fd);
	conn->fd = -1;
}

static struct nlmsghdr *request_new(struct pghot_conn *conn, uint16_t type, uint8_t cmd,
				    uint8_t version, bool dump)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(conn->request.bytes);
	struct genlmsghdr *genl;

	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | (dump ? NLM_F_DUMP : NLM_F_ACK);
	nlh->nlmsg_seq = ++conn->seq;
	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = cmd;
	genl->version = version;
	return nlh;
}

static void tap(const struct pghot_conn *conn, bool request, const struct nlmsghdr *nlh)
{
	if (conn->tap)
		conn->tap(request, (const uint8_t *)nlh + MNL_NLMSG_HDRLEN,
			  nlh->nlmsg_len - MNL_NLMSG_HDRLEN, conn->tap_data);
}

static int request_send(struct pghot_conn *conn, struct pghot_error *err)
{
	int ret = pghot_wire_send(conn->fd, &conn->request, conn->request.nlh.nlmsg_len);

	if (ret)
		return pghot_error_set(err, -ret, "cannot send to the kernel");
	conn->busy = true;
	conn->interrupted = false;
	tap(conn, true, &conn->request.nlh);
	return 0;
}

static int family_message(struct pghot_conn *conn, const void *attrs, size_t len)
{
	const struct nlattr *attr;

	mnl_attr_for_each_payload(attrs, len) {
		if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID &&
		    mnl_attr_get_payload_len(attr) == sizeof(uint16_t))
			conn->family = mnl_attr_get_u16(attr);
	}
	return 0;
}

static int family_resolve(struct pghot_conn *conn, struct pghot_error *err)
{
	struct nlmsghdr *nlh;
	int ret;

	nlh = request_new(conn, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 1, false);
	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, PGHOT_FAMILY_NAME);
	conn->message = family_message;
	ret = request_send(conn, err);
	if (!ret)
		ret = pghot_conn_finish(conn, RESOLVE_MS, err);
	if (ret == -ENOENT)
		return pghot_error_set(err, ENOENT, "this kernel has no pghot family");
	if (!ret && !conn->family)
		return pghot_error_set(err, EBADMSG, "the kernel gave the pghot family no number");
	return ret;
}

int pghot_conn_open(struct pghot_conn **connp, struct pghot_error *err)
{
	struct pghot_conn *conn = calloc(1, sizeof(*conn));
	int ret;

	if (!conn)
		return pghot_error_set(err, ENOMEM, "out of memory");
	conn->fd = -1;
	ret = sock_open(conn, err);
	if (!ret)
		ret = family_resolve(conn, err);
	if (ret) {
		pghot_conn_close(conn);
		return ret;
	}
	*connp = conn;
	return 0;
}

void pghot_conn_close(struct pghot_conn *conn)
{
	if (!conn)
		return;
	sock_close(conn);
	free(conn);
}

void pghot_conn_tap(struct pghot_conn *conn, pghot_tap_fn fn, void *data)
{
	conn->tap = fn;
	conn->tap_data = data;
}

int pghot_conn_fd(const struct pghot_conn *conn)
{
	return conn->fd;
}

bool pghot_conn_busy(const struct pghot_conn *conn)
{
	return conn->busy;
}

bool pghot_conn_interrupted(const struct pghot_conn *conn)
{
	return conn->interrupted;
}

static int info_message(struct pghot_conn *conn, const void *attrs, size_t len)
{
	int err = pghot_decode_info(attrs, len, &conn->model.info);

	return err || !conn->fn.info ? err : conn->fn.info(&conn->model.info, conn->data);
}

static int source_message(struct pghot_conn *conn, const void *attrs, size_t len)
{
	int err = pghot_decode_source(attrs, len, &conn->model.source);

	return err || !conn->fn.source ? err : conn->fn.source(&conn->model.source, conn->data);
}

static int params_message(struct pghot_conn *conn, const void *attrs, size_t len)
{
	int err = pghot_decode_params(attrs, len, &conn->model.params);

	return err || !conn->fn.params ? err : conn->fn.params(&conn->model.params, conn->data);
}

static int node_message(struct pghot_conn *conn, const void *attrs, size_t len)
{
	int err = pghot_decode_node(attrs, len, &conn->model.node);

	return err || !conn->fn.node ? err : conn->fn.node(&conn->model.node, conn->data);
}

static int stats_message(struct pghot_conn *conn, const void *attrs, size_t len)
{
	int err = pghot_decode_stats(attrs, len, &conn->model.stats);

	return err || !conn->fn.stats ? err : conn->fn.stats(&conn->model.stats, conn->data);
}

static int entries_message(struct pghot_conn *conn, const void *attrs, size_t len)
{
	struct pghot_entries part;
	struct pghot_entry entry;
	int err;

	err = pghot_decode_entries(attrs, len, &part);
	for (size_t i = 0; !err && i < part.count; i++) {
		pghot_entry_at(&part, i, &entry);
		err = conn->fn.entry(&entry, part.nid, conn->data);
	}
	return err;
}

static int summary_message(struct pghot_conn *conn, const void *attrs, size_t len)
{
	int err = pghot_decode_summary(attrs, len, &conn->model.summary);

	return err ? err : conn->fn.summary(&conn->model.summary, conn->data);
}

static int explain_message(struct pghot_conn *conn, const void *attrs, size_t len)
{
	int err = pghot_decode_explanation(attrs, len, &conn->model.explanation);

	return err ? err : conn->fn.explain(&conn->model.explanation, conn->data);
}

static int start_check(const struct pghot_conn *conn, struct pghot_error *err)
{
	if (conn->fd < 0)
		return pghot_error_set(err, ENOTCONN, "the connection was lost");
	if (conn->busy)
		return pghot_error_set(err, EBUSY, "another request is under way");
	return 0;
}

static int start_plain(struct pghot_conn *conn, uint8_t cmd, bool dump,
		       int (*message)(struct pghot_conn *, const void *, size_t), union callback fn,
		       void *data, struct pghot_error *err)
{
	int ret = start_check(conn, err);

	if (ret)
		return ret;
	request_new(conn, conn->family, cmd, PGHOT_FAMILY_VERSION, dump);
	conn->message = message;
	conn->fn = fn;
	conn->data = data;
	return request_send(conn, err);
}

int pghot_start_info(struct pghot_conn *conn, pghot_info_fn fn, void *data, struct pghot_error *err)
{
	return start_plain(conn, PGHOT_CMD_INFO_GET, false, info_message,
			   (union callback){ .info = fn }, data, err);
}

int pghot_start_sources(struct pghot_conn *conn, pghot_source_fn fn, void *data,
			struct pghot_error *err)
{
	return start_plain(conn, PGHOT_CMD_SOURCE_GET, true, source_message,
			   (union callback){ .source = fn }, data, err);
}

int pghot_start_params(struct pghot_conn *conn, pghot_params_fn fn, void *data,
		       struct pghot_error *err)
{
	return start_plain(conn, PGHOT_CMD_PARAM_GET, false, params_message,
			   (union callback){ .params = fn }, data, err);
}

int pghot_start_nodes(struct pghot_conn *conn, pghot_node_fn fn, void *data,
		      struct pghot_error *err)
{
	return start_plain(conn, PGHOT_CMD_NODE_GET, true, node_message,
			   (union callback){ .node = fn }, data, err);
}

int pghot_start_stats(struct pghot_conn *conn, pghot_stats_fn fn, void *data,
		      struct pghot_error *err)
{
	return start_plain(conn, PGHOT_CMD_STATS_GET, false, stats_message,
			   (union callback){ .stats = fn }, data, err);
}

#define BIT(attr) (1ULL << (attr))

int pghot_start_dump(struct pghot_conn *conn, enum pghot_dump_kind kind,
		     const struct pghot_dump_filter *filter, pghot_entry_fn fn, void *data,
		     struct pghot_error *err)
{
	/* clang-format off */
	static const struct {
		uint8_t cmd;
		uint64_t takes;
	} kinds[] = {
		[PGHOT_DUMP_HEAP] = { PGHOT_CMD_HEAP_GET,
			BIT(PGHOT_A_DUMP_NID) | BIT(PGHOT_A_DUMP_LIMIT) |
			BIT(PGHOT_A_DUMP_MIN_FREQ) },
		[PGHOT_DUMP_RECORDS] = { PGHOT_CMD_RECORD_GET,
			BIT(PGHOT_A_DUMP_NID) | BIT(PGHOT_A_DUMP_LIMIT) |
			BIT(PGHOT_A_DUMP_MIN_FREQ) |
			BIT(PGHOT_A_DUMP_PFN_START) | BIT(PGHOT_A_DUMP_PFN_END) },
		[PGHOT_DUMP_PROMOTED] = { PGHOT_CMD_PROMOTED_GET,
			BIT(PGHOT_A_DUMP_NID) | BIT(PGHOT_A_DUMP_LIMIT) },
	};
	/* clang-format on */
	static const struct pghot_dump_filter everything;
	struct nlmsghdr *nlh;
	int ret;

	ret = start_check(conn, err);
	if (ret)
		return ret;
	if (!filter)
		filter = &everything;
	if (filter->present & ~kinds[kind].takes)
		return pghot_error_set(err, EINVAL, "this kind of dump has no such filter");

	nlh = request_new(conn, conn->family, kinds[kind].cmd, PGHOT_FAMILY_VERSION, true);
	if (pghot_has(filter->present, PGHOT_A_DUMP_NID))
		mnl_attr_put_u32(nlh, PGHOT_A_DUMP_NID, filter->nid);
	if (pghot_has(filter->present, PGHOT_A_DUMP_LIMIT))
		mnl_attr_put_u32(nlh, PGHOT_A_DUMP_LIMIT, filter->limit);
	if (pghot_has(filter->present, PGHOT_A_DUMP_MIN_FREQ))
		mnl_attr_put_u32(nlh, PGHOT_A_DUMP_MIN_FREQ, filter->min_freq);
	if (pghot_has(filter->present, PGHOT_A_DUMP_PFN_START))
		mnl_attr_put_u64(nlh, PGHOT_A_DUMP_PFN_START, filter->pfn_start);
	if (pghot_has(filter->present, PGHOT_A_DUMP_PFN_END))
		mnl_attr_put_u64(nlh, PGHOT_A_DUMP_PFN_END, filter->pfn_end);
	conn->message = entries_message;
	conn->fn = (union callback){ .entry = fn };
	conn->data = data;
	return request_send(conn, err);
}

int pghot_start_summary(struct pghot_conn *conn, int nid, uint32_t min_freq, pghot_summary_fn fn,
			void *data, struct pghot_error *err)
{
	struct nlmsghdr *nlh;
	int ret = start_check(conn, err);

	if (ret)
		return ret;
	nlh = request_new(conn, conn->family, PGHOT_CMD_SUMMARY_GET, PGHOT_FAMILY_VERSION, true);
	if (nid >= 0)
		mnl_attr_put_u32(nlh, PGHOT_A_SUMMARY_NID, (uint32_t)nid);
	mnl_attr_put_u32(nlh, PGHOT_A_SUMMARY_MIN_FREQ, min_freq);
	conn->message = summary_message;
	conn->fn = (union callback){ .summary = fn };
	conn->data = data;
	return request_send(conn, err);
}

int pghot_start_explain(struct pghot_conn *conn, uint64_t pfn, pghot_explain_fn fn, void *data,
			struct pghot_error *err)
{
	struct nlmsghdr *nlh;
	int ret = start_check(conn, err);

	if (ret)
		return ret;
	nlh = request_new(conn, conn->family, PGHOT_CMD_EXPLAIN, PGHOT_FAMILY_VERSION, false);
	mnl_attr_put_u64(nlh, PGHOT_A_EXPLAIN_PFN, pfn);
	conn->message = explain_message;
	conn->fn = (union callback){ .explain = fn };
	conn->data = data;
	return request_send(conn, err);
}

/* The end of an answer, good or bad. */
static int take_end(struct pghot_conn *conn, const struct nlmsghdr *nlh, struct pghot_error *err)
{
	struct pghot_error scratch;

	if (!err)
		err = &scratch;
	pghot_extack_decode(nlh, &conn->request.nlh, err);
	conn->busy = false;
	return err->errnum ? -err->errnum : PGHOT_STEP_DONE;
}

static int take_message(struct pghot_conn *conn, const struct nlmsghdr *nlh,
			struct pghot_error *err)
{
	const size_t head = MNL_NLMSG_HDRLEN + MNL_ALIGN(sizeof(struct genlmsghdr));
	int ret;

	/* The end of an earlier request that nobody waits for. */
	if (nlh->nlmsg_seq != conn->seq)
		return PGHOT_STEP_MORE;
	if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
		conn->interrupted = true;
	if (nlh->nlmsg_type == NLMSG_ERROR || nlh->nlmsg_type == NLMSG_DONE)
		return take_end(conn, nlh, err);
	if (nlh->nlmsg_type < NLMSG_MIN_TYPE)
		return PGHOT_STEP_MORE;
	if (nlh->nlmsg_len < head)
		return pghot_error_set(err, EBADMSG, "short message from the kernel");

	tap(conn, false, nlh);
	ret = conn->message(conn, (const uint8_t *)nlh + head, nlh->nlmsg_len - head);
	if (ret == -EBADMSG)
		return pghot_error_set(err, EBADMSG, "malformed message from the kernel");
	if (ret)
		return pghot_error_set(err, ret < 0 ? -ret : 0, "stopped"), ret;
	return PGHOT_STEP_MORE;
}

/* The messages of a datagram, whose lengths may be anything. */
static int take_messages(struct pghot_conn *conn, size_t left, struct pghot_error *err)
{
	const char *at = conn->buf;
	int ret = PGHOT_STEP_MORE;

	while (ret == PGHOT_STEP_MORE && left >= MNL_NLMSG_HDRLEN) {
		const struct nlmsghdr *nlh = (const struct nlmsghdr *)at;
		size_t len = nlh->nlmsg_len;

		if (len < MNL_NLMSG_HDRLEN || len > left)
			return pghot_error_set(err, EBADMSG, "malformed message from the kernel");
		ret = take_message(conn, nlh, err);
		len = MNL_ALIGN(len);
		if (len >= left)
			break;
		at += len;
		left -= len;
	}
	return ret;
}

/* Return: PGHOT_STEP_…, or a negative errno; *empty when there was nothing. */
static int take_buffer(struct pghot_conn *conn, bool *empty, struct pghot_error *err)
{
	ssize_t got = pghot_wire_receive(conn->fd, conn->buf, sizeof(conn->buf));

	*empty = got == -EAGAIN || got == -EINTR;
	if (*empty)
		return PGHOT_STEP_MORE;
	if (got == -EMSGSIZE)
		return pghot_error_set(err, EMSGSIZE, "message from the kernel is too long");
	if (got < 0)
		return pghot_error_set(err, (int)-got, "cannot receive from the kernel");
	return take_messages(conn, (size_t)got, err);
}

int pghot_conn_step(struct pghot_conn *conn, struct pghot_error *err)
{
	bool empty = false;
	int ret = PGHOT_STEP_MORE;

	if (!conn->busy)
		return PGHOT_STEP_DONE;
	for (int i = 0; i < STEP_BUFFERS && ret == PGHOT_STEP_MORE && !empty; i++)
		ret = take_buffer(conn, &empty, err);

	/* The rest of an answer that was given up must not reach the next one. */
	if (ret != PGHOT_STEP_MORE && conn->busy) {
		int lost = pghot_conn_cancel(conn, NULL);

		if (lost && ret == PGHOT_STEP_DONE)
			return lost;
	}
	return ret;
}

int pghot_conn_finish(struct pghot_conn *conn, int timeout_ms, struct pghot_error *err)
{
	int ret;

	while ((ret = pghot_conn_step(conn, err)) == PGHOT_STEP_MORE) {
		struct pollfd pfd = { .fd = pghot_conn_fd(conn), .events = POLLIN };
		int ready = poll(&pfd, 1, timeout_ms);

		if (ready > 0)
			continue;
		ret = ready ? -errno : -ETIMEDOUT;
		pghot_error_set(err, -ret,
				ready ? "interrupted while waiting for the kernel"
				      : "the kernel did not answer");
		pghot_conn_cancel(conn, NULL);
		return ret;
	}
	return ret;
}

int pghot_conn_cancel(struct pghot_conn *conn, struct pghot_error *err)
{
	int ret;

	if (!conn->busy)
		return 0;
	conn->busy = false;
	sock_close(conn);
	ret = sock_open(conn, err);
	if (ret)
		sock_close(conn);
	return ret;
}
