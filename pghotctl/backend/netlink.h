/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The control plane over libnl: few and small messages, both ways. What they
 * say is decoded by lib/family; bulk dumps are lib/dump's.
 */
#ifndef PGHOTCTL_BACKEND_NETLINK_H
#define PGHOTCTL_BACKEND_NETLINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "extack.h"
#include "family.h"

struct ctl;
struct nl_msg;

/**
 * ctl_open() - connect to the kernel's pghot
 * @ctlp: where the connection goes
 * @err: says what failed
 *
 * Return: 0, -ENOENT when this kernel has no pghot family, or another negative
 * errno.
 */
int ctl_open(struct ctl **ctlp, struct pghot_error *err);

/**
 * ctl_close() - give the connection back
 * @ctl: connection, may be NULL
 */
void ctl_close(struct ctl *ctl);

/* Appends the attributes of a request; a negative return says that it is full. */
typedef int (*ctl_fill_fn)(struct nl_msg *msg, const void *data);
/* Gets the attributes of each answer; a negative errno ends the request. */
typedef int (*ctl_reply_fn)(const void *attrs, size_t len, void *data);

/**
 * struct ctl_request - one request
 * @cmd: PGHOT_CMD_…
 * @dump: ask for all
 * @fill: appends attributes, or NULL
 * @fill_data: for @fill
 * @reply: takes each answer, or NULL
 * @reply_data: for @reply
 */
struct ctl_request {
	uint8_t cmd;
	bool dump;
	ctl_fill_fn fill;
	const void *fill_data;
	ctl_reply_fn reply;
	void *reply_data;
};

/**
 * ctl_do() - send a request and take in the whole answer
 * @ctl: connection
 * @req: request
 * @err: says what failed
 *
 * Return: 0, -EINTR for a dump that was inconsistent and should be repeated, or
 * another negative errno.
 */
int ctl_do(struct ctl *ctl, const struct ctl_request *req, struct pghot_error *err);

/**
 * ctl_join() - subscribe to a multicast group
 * @ctl: connection, which carries no requests afterwards
 * @group: name of the group
 * @err: says what failed
 */
int ctl_join(struct ctl *ctl, const char *group, struct pghot_error *err);

/* Its descriptor, to wait for events beside other things. */
int ctl_fd(const struct ctl *ctl);

/* Gets each event; another return than 0 ends the waiting. */
typedef int (*ctl_event_fn)(const struct pghot_event *ev, void *data);

/**
 * ctl_wait() - wait for events and take those that have arrived
 * @ctl: connection that has joined a group
 * @fn: called for each
 * @data: for @fn
 * @err: says what failed
 *
 * Return: 0, what @fn returned, -ENOBUFS when events were lost, or another
 * negative errno.
 */
int ctl_wait(struct ctl *ctl, ctl_event_fn fn, void *data, struct pghot_error *err);

/**
 * ctl_drain() - take the events that have arrived, without waiting
 * @ctl: connection that has joined a group
 * @fn: called for each
 * @data: for @fn
 * @err: says what failed
 *
 * Return: as ctl_wait(), 0 when there are no more.
 */
int ctl_drain(struct ctl *ctl, ctl_event_fn fn, void *data, struct pghot_error *err);

#endif /* PGHOTCTL_BACKEND_NETLINK_H */
