// SPDX-License-Identifier: GPL-2.0-or-later

#include "backend/netlink.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/netlink.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>

#include "backend/nlsock.h"
#include "wire.h"

/* Events wait here while standard output blocks. */
#define EVENT_BYTES (1024 * 1024)

struct ctl {
	struct nl_sock *sock;
	int family;
	uint32_t seq; /* of the last request */
};

/* One request on its way. */
struct exchange {
	const struct ctl_request *req;
	const struct nlmsghdr *request;
	struct pghot_error *err;
	bool done;
	bool interrupted;
	int ret;
};

int ctl_open(struct ctl **ctlp, struct pghot_error *err)
{
	struct ctl *ctl = calloc(1, sizeof(*ctl));
	int ret;

	if (!ctl)
		return pghot_error_set(err, ENOMEM, "out of memory");
	ret = nlsock_open(&ctl->sock, err);
	if (ret) {
		free(ctl);
		return ret;
	}
	ctl->seq = pghot_wire_seq();
	ctl->family = genl_ctrl_resolve(ctl->sock, PGHOT_FAMILY_NAME);
	if (ctl->family == -NLE_OBJ_NOTFOUND) {
		ret = pghot_error_set(err, ENOENT, "this kernel has no pghot family");
		goto close;
	}
	if (ctl->family < 0) {
		ret = nlsock_failed(err, ctl->family, "cannot look the pghot family up");
		goto close;
	}
	*ctlp = ctl;
	return 0;

close:
	ctl_close(ctl);
	return ret;
}

void ctl_close(struct ctl *ctl)
{
	if (!ctl)
		return;
	nl_socket_free(ctl->sock);
	free(ctl);
}

static int on_valid(struct nl_msg *msg, void *arg)
{
	struct exchange *x = arg;
	struct genlmsghdr *genl = genlmsg_hdr(nlmsg_hdr(msg));

	if (!genlmsg_valid_hdr(nlmsg_hdr(msg), 0)) {
		x->ret = pghot_error_set(x->err, EBADMSG, "malformed message from the kernel");
		x->done = true;
		return NL_STOP;
	}
	if (!x->req->reply)
		return NL_OK;
	x->ret = x->req->reply(genlmsg_attrdata(genl, 0), (size_t)genlmsg_attrlen(genl, 0),
			       x->req->reply_data);
	if (!x->ret)
		return NL_OK;
	pghot_error_set(x->err, -x->ret, "%s",
			x->ret == -EBADMSG ? "malformed message from the kernel"
					   : strerror(-x->ret));
	x->done = true;
	return NL_STOP;
}

static int on_end(const struct nlmsghdr *nlh, struct exchange *x)
{
	if (pghot_extack_decode(nlh, x->request, x->err) || x->err->errnum)
		x->ret = -x->err->errnum;
	x->done = true;
	return NL_STOP;
}

static int on_ack(struct nl_msg *msg, void *arg)
{
	(void)msg;
	((struct exchange *)arg)->done = true;
	return NL_STOP;
}

static int on_finish(struct nl_msg *msg, void *arg)
{
	return on_end(nlmsg_hdr(msg), arg);
}

static int on_error(struct sockaddr_nl *from, struct nlmsgerr *e, void *arg)
{
	(void)from;
	/* The error stands behind the header of its message. */
	return on_end((const struct nlmsghdr *)(const void *)((const char *)e - NLMSG_HDRLEN), arg);
}

static int on_interrupted(struct nl_msg *msg, void *arg)
{
	(void)msg;
	((struct exchange *)arg)->interrupted = true;
	return NL_OK;
}

/* The end of an earlier request, or what somebody guessed, is not for us. */
static int on_answer(struct nl_msg *msg, void *arg)
{
	const struct exchange *x = arg;

	return nlmsg_hdr(msg)->nlmsg_seq == x->request->nlmsg_seq ? NL_OK : NL_SKIP;
}

static int receive(struct ctl *ctl, struct exchange *x)
{
	struct nl_cb *cb = nl_cb_alloc(NL_CB_DEFAULT);
	int ret = 0;

	if (!cb)
		return pghot_error_set(x->err, ENOMEM, "out of memory");
	nlsock_guard(cb);
	nl_cb_set(cb, NL_CB_SEQ_CHECK, NL_CB_CUSTOM, on_answer, x);
	nl_cb_set(cb, NL_CB_VALID, NL_CB_CUSTOM, on_valid, x);
	nl_cb_set(cb, NL_CB_ACK, NL_CB_CUSTOM, on_ack, x);
	nl_cb_set(cb, NL_CB_FINISH, NL_CB_CUSTOM, on_finish, x);
	nl_cb_set(cb, NL_CB_DUMP_INTR, NL_CB_CUSTOM, on_interrupted, x);
	nl_cb_err(cb, NL_CB_CUSTOM, on_error, x);

	while (!x->done && ret >= 0)
		ret = nl_recvmsgs(ctl->sock, cb);
	nl_cb_put(cb);
	if (x->done)
		return x->ret;
	return nlsock_failed(x->err, ret, "cannot receive from the kernel");
}

int ctl_do(struct ctl *ctl, const struct ctl_request *req, struct pghot_error *err)
{
	struct exchange x = { .req = req, .err = err };
	struct nl_msg *msg = nlmsg_alloc();
	int ret;

	memset(err, 0, sizeof(*err));
	if (!msg)
		return pghot_error_set(err, ENOMEM, "out of memory");
	if (!genlmsg_put(msg, NL_AUTO_PORT, ++ctl->seq, ctl->family, 0,
			 req->dump ? NLM_F_DUMP : NLM_F_ACK, req->cmd, PGHOT_FAMILY_VERSION) ||
	    (req->fill && req->fill(msg, req->fill_data) < 0)) {
		ret = pghot_error_set(err, EMSGSIZE, "the request is too long");
		goto free;
	}
	ret = nl_send_auto(ctl->sock, msg);
	if (ret < 0) {
		ret = nlsock_failed(err, ret, "cannot send to the kernel");
		goto free;
	}
	x.request = nlmsg_hdr(msg);
	ret = receive(ctl, &x);
	if (!ret && x.interrupted)
		ret = pghot_error_set(err, EINTR, "the dump was interrupted by changes");
free:
	nlmsg_free(msg);
	return ret;
}

int ctl_join(struct ctl *ctl, const char *group, struct pghot_error *err)
{
	int id = genl_ctrl_resolve_grp(ctl->sock, PGHOT_FAMILY_NAME, group);
	int fd = nl_socket_get_fd(ctl->sock);

	if (id < 0)
		return pghot_error_set(err, ENOENT, "the family has no group %s", group);
	/* Not nl_socket_add_membership(), which loses what errno said. */
	if (setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &id, sizeof(id)) < 0)
		return pghot_error_set(err, errno, "group %s: %s", group, strerror(errno));
	nl_socket_set_buffer_size(ctl->sock, EVENT_BYTES, 0);
	nl_socket_disable_auto_ack(ctl->sock);
	return 0;
}

int ctl_fd(const struct ctl *ctl)
{
	return nl_socket_get_fd(ctl->sock);
}

struct waiting {
	ctl_event_fn fn;
	void *data;
	struct pghot_error *err;
	struct pghot_event ev;
	int ret;
};

static int on_event(struct nl_msg *msg, void *arg)
{
	struct waiting *w = arg;
	struct genlmsghdr *genl = genlmsg_hdr(nlmsg_hdr(msg));
	int ret;

	if (!genlmsg_valid_hdr(nlmsg_hdr(msg), 0))
		return NL_SKIP;
	ret = pghot_decode_event(genl->cmd, genlmsg_attrdata(genl, 0),
				 (size_t)genlmsg_attrlen(genl, 0), &w->ev);
	/* A later kernel may have events that we do not know. */
	if (ret == -EOPNOTSUPP)
		return NL_SKIP;
	if (ret) {
		w->ret = pghot_error_set(w->err, EBADMSG, "malformed event from the kernel");
		return NL_STOP;
	}
	w->ret = w->fn(&w->ev, w->data);
	return w->ret ? NL_STOP : NL_OK;
}

static int on_sequence(struct nl_msg *msg, void *arg)
{
	(void)msg;
	(void)arg;
	return NL_OK;
}

int ctl_wait(struct ctl *ctl, ctl_event_fn fn, void *data, struct pghot_error *err)
{
	struct waiting w = { .fn = fn, .data = data, .err = err };
	struct nl_cb *cb = nl_cb_alloc(NL_CB_DEFAULT);
	int ret;

	if (!cb)
		return pghot_error_set(err, ENOMEM, "out of memory");
	nlsock_guard(cb);
	nl_cb_set(cb, NL_CB_VALID, NL_CB_CUSTOM, on_event, &w);
	/* Events number themselves; without a callback libnl would mind. */
	nl_cb_set(cb, NL_CB_SEQ_CHECK, NL_CB_CUSTOM, on_sequence, NULL);
	ret = nl_recvmsgs(ctl->sock, cb);
	nl_cb_put(cb);
	if (w.ret)
		return w.ret;
	/* libnl has one code for ENOBUFS and ENOMEM; a socket gives the first. */
	if (ret == -NLE_NOMEM)
		return pghot_error_set(err, ENOBUFS, "events came faster than they were read");
	if (ret < 0)
		return nlsock_failed(err, ret, "cannot receive events");
	return 0;
}

int ctl_drain(struct ctl *ctl, ctl_event_fn fn, void *data, struct pghot_error *err)
{
	int fd = nl_socket_get_fd(ctl->sock);
	int flags = fcntl(fd, F_GETFL);
	int ret;

	if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0)
		return pghot_error_set(err, errno, "cannot set up the socket: %s", strerror(errno));
	do {
		ret = ctl_wait(ctl, fn, data, err);
	} while (!ret);
	if (fcntl(fd, F_SETFL, flags) < 0)
		return pghot_error_set(err, errno, "cannot set up the socket: %s", strerror(errno));
	return ret == -EAGAIN ? 0 : ret;
}
