/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A socket of libnl that hears the kernel and nobody else: lib/wire.h tells why. */
#ifndef PGHOTCTL_BACKEND_NLSOCK_H
#define PGHOTCTL_BACKEND_NLSOCK_H

#include "extack.h"

struct nl_cb;
struct nl_sock;

/**
 * nlsock_open() - connect to generic netlink
 * @sockp: where the socket goes, for nl_socket_free()
 * @err: says what failed
 *
 * Answers of any length fit. Its own callbacks drop what is not from the kernel;
 * others that are used with it need nlsock_guard().
 *
 * Return: 0 or a negative errno.
 */
int nlsock_open(struct nl_sock **sockp, struct pghot_error *err);

/**
 * nlsock_guard() - have callbacks drop what is not from the kernel
 * @cb: callbacks, whose NL_CB_MSG_IN is taken
 */
void nlsock_guard(struct nl_cb *cb);

/**
 * nlsock_failed() - fill an error from one of libnl
 * @err: filled
 * @nlerr: negative error code of libnl
 * @doing: what failed
 *
 * Return: a negative errno.
 */
int nlsock_failed(struct pghot_error *err, int nlerr, const char *doing);

#endif /* PGHOTCTL_BACKEND_NLSOCK_H */
