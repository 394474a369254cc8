// SPDX-License-Identifier: GPL-2.0-or-later

#include "wire.h"

#include <errno.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <linux/netlink.h>

/* A dump that outruns its reader waits in here instead of being cut into pieces. */
#define SOCKET_BYTES (4 * 1024 * 1024)

/* All zeros behind the family: port 0 is the kernel. */
static const struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };

static int set_up(int fd, struct pghot_error *err)
{
	int on = 1, bytes = SOCKET_BYTES, ret;

	ret = pghot_wire_connect(fd);
	if (ret)
		return pghot_error_set(err, -ret, "cannot connect a netlink socket");
	if (setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on)) < 0 ||
	    setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof(on)) < 0)
		return pghot_error_set(err, errno, "cannot ask for extended acknowledgements");
	/*
	 * Only the privileged may exceed rmem_max; a smaller buffer costs system
	 * calls, not messages, for a dump continues as its reader takes it.
	 */
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof(bytes)) < 0 &&
	    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof(bytes)) < 0)
		return pghot_error_set(err, errno, "cannot size the receive buffer");
	return 0;
}

int pghot_wire_open(struct pghot_error *err)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_GENERIC);
	int ret;

	if (fd < 0)
		return pghot_error_set(err, errno, "cannot open a netlink socket");
	ret = set_up(fd, err);
	if (!ret)
		return fd;
	close(fd);
	return ret;
}

int pghot_wire_connect(int fd)
{
	/* Gives it a port, too, if it has none yet. */
	return connect(fd, (const struct sockaddr *)&kernel, sizeof(kernel)) < 0 ? -errno : 0;
}

int pghot_wire_send(int fd, const void *msg, size_t len)
{
	ssize_t sent = send(fd, msg, len, 0);

	if (sent < 0)
		return -errno;
	/* Datagrams go whole, or not at all. */
	return (size_t)sent == len ? 0 : -EIO;
}

ssize_t pghot_wire_receive(int fd, void *buf, size_t size)
{
	struct sockaddr_nl from = { 0 };
	struct iovec iov = { .iov_base = buf, .iov_len = size };
	struct msghdr msg = {
		.msg_name = &from,
		.msg_namelen = sizeof(from),
		.msg_iov = &iov,
		.msg_iovlen = 1,
	};
	ssize_t got = recvmsg(fd, &msg, 0);

	if (got < 0)
		return -errno;
	if (msg.msg_namelen != sizeof(from) || from.nl_family != AF_NETLINK || from.nl_pid)
		return 0;
	return msg.msg_flags & MSG_TRUNC ? -EMSGSIZE : got;
}

uint32_t pghot_wire_seq(void)
{
	struct timespec ts;
	uint32_t seq;

	if (getrandom(&seq, sizeof(seq), GRND_NONBLOCK) == sizeof(seq))
		return seq;
	/* Early at boot: the sender is looked at in any case. */
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint32_t)ts.tv_nsec;
}
