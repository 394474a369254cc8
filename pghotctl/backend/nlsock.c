// SPDX-License-Identifier: GPL-2.0-or-later

#include "backend/nlsock.h"

#include <errno.h>
#include <sys/socket.h>

#include <linux/netlink.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>

#include "wire.h"

/* libnl folds errno into fewer codes of its own; the way back, for what we meet. */
static int errno_of(int nlerr)
{
	switch (-nlerr) {
	case NLE_SUCCESS:
		return 0;
	case NLE_PERM:
	case NLE_NOACCESS:
		return EPERM;
	case NLE_OBJ_NOTFOUND:
		return ENOENT;
	case NLE_NOMEM:
		return ENOMEM;
	case NLE_AGAIN:
		return EAGAIN;
	case NLE_INTR:
		return EINTR;
	case NLE_AF_NOSUPPORT:
		return EAFNOSUPPORT;
	case NLE_PROTO_MISMATCH:
		return EPROTONOSUPPORT;
	case NLE_OPNOTSUPP:
		return EOPNOTSUPP;
	case NLE_MSGTYPE_NOSUPPORT:
		return EOPNOTSUPP;
	case NLE_BUSY:
		return EBUSY;
	default:
		return EIO;
	}
}

int nlsock_failed(struct pghot_error *err, int nlerr, const char *doing)
{
	return pghot_error_set(err, errno_of(nlerr), "%s: %s", doing, nl_geterror(nlerr));
}

/* Called first of all, with each message of a datagram. */
static int on_arrival(struct nl_msg *msg, void *arg)
{
	const struct sockaddr_nl *from = nlmsg_get_src(msg);

	(void)arg;
	return from->nl_family == AF_NETLINK && !from->nl_pid ? NL_OK : NL_SKIP;
}

void nlsock_guard(struct nl_cb *cb)
{
	nl_cb_set(cb, NL_CB_MSG_IN, NL_CB_CUSTOM, on_arrival, NULL);
}

static int set_up(struct nl_sock *sock, struct pghot_error *err)
{
	int on = 1, ret = genl_connect(sock);

	if (ret < 0)
		return nlsock_failed(err, ret, "cannot open a netlink socket");
	ret = pghot_wire_connect(nl_socket_get_fd(sock));
	if (ret)
		return pghot_error_set(err, -ret, "cannot connect a netlink socket");
	if (setsockopt(nl_socket_get_fd(sock), SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on)) < 0)
		return pghot_error_set(err, errno, "cannot ask for extended acknowledgements");
	/* Answers may exceed a page: info lists every node. */
	nl_socket_enable_msg_peek(sock);
	ret = nl_socket_modify_cb(sock, NL_CB_MSG_IN, NL_CB_CUSTOM, on_arrival, NULL);
	return ret < 0 ? nlsock_failed(err, ret, "cannot set up a netlink socket") : 0;
}

int nlsock_open(struct nl_sock **sockp, struct pghot_error *err)
{
	struct nl_sock *sock = nl_socket_alloc();
	int ret;

	if (!sock)
		return pghot_error_set(err, ENOMEM, "out of memory");
	ret = set_up(sock, err);
	if (ret)
		nl_socket_free(sock);
	else
		*sockp = sock;
	return ret;
}
