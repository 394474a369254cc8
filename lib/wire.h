/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The socket below lib/dump: what is received is from the kernel, or is dropped.
 *
 * Anybody with CAP_NET_ADMIN in the network namespace may send a message to the
 * port of any netlink socket, and to any multicast group. A tool that root runs must
 * not show such a message as the kernel's word. So the socket is connected to the
 * kernel, which then refuses what others send to its port, and the sender of each
 * message is looked at, because a group takes messages from everybody.
 */
#ifndef PGHOT_LIB_WIRE_H
#define PGHOT_LIB_WIRE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "extack.h"

/**
 * pghot_wire_open() - open a generic-netlink socket that does not block
 * @err: says what failed, may be NULL
 *
 * It has extended acknowledgements and a receive buffer of some MiB.
 *
 * Return: descriptor, for close(2), or a negative errno.
 */
int pghot_wire_open(struct pghot_error *err);

/**
 * pghot_wire_connect() - let only the kernel send to the port of a socket
 * @fd: netlink socket
 *
 * What others send to it fails, in their send(2), with ECONNREFUSED.
 *
 * Return: 0 or a negative errno.
 */
int pghot_wire_connect(int fd);

/**
 * pghot_wire_send() - send a request to the kernel
 * @fd: socket
 * @msg: message with its header
 * @len: bytes of @msg
 *
 * Return: 0 or a negative errno.
 */
int pghot_wire_send(int fd, const void *msg, size_t len);

/**
 * pghot_wire_receive() - take one datagram
 * @fd: socket
 * @buf: room for it, aligned as netlink headers are
 * @size: bytes of @buf
 *
 * Return: bytes, 0 for a datagram that did not come from the kernel, which is
 * dropped, or a negative errno: -EAGAIN when there is none, -EMSGSIZE when @size
 * was too small.
 */
ssize_t pghot_wire_receive(int fd, void *buf, size_t size);

/**
 * pghot_wire_seq() - a sequence number that nobody can guess, to begin with
 */
uint32_t pghot_wire_seq(void);

#endif /* PGHOT_LIB_WIRE_H */
