/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What went wrong, in the kernel's own words. */
#ifndef PGHOT_LIB_EXTACK_H
#define PGHOT_LIB_EXTACK_H

#include <stdbool.h>
#include <stdint.h>

struct nlmsghdr;

/**
 * struct pghot_error - a failure and its cause
 * @errnum: errno, positive; 0 when nothing failed
 * @message: the kernel's extended-ack text, or what the library has to say;
 *	empty when there is nothing beyond @errnum
 * @attribute: YNL name of the attribute that was refused or missing, as a dotted
 *	path; empty when none was named
 * @has_range: the kernel said what it accepts for @attribute
 * @min: smallest accepted value
 * @max: largest accepted value
 */
struct pghot_error {
	int errnum;
	char message[256];
	char attribute[64];
	bool has_range;
	int64_t min;
	uint64_t max;
};

/**
 * pghot_error_set() - fill an error that the library itself found
 * @err: error, may be NULL
 * @errnum: positive errno
 * @fmt: printf format of the message
 *
 * Return: -@errnum, for the caller to return.
 */
int pghot_error_set(struct pghot_error *err, int errnum, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/**
 * pghot_extack_decode() - read an NLMSG_ERROR or NLMSG_DONE message
 * @reply: the message, at least nlmsg_len bytes of it readable
 * @request: the request that it answers, whose attributes it may point at by
 *	offset; NULL when no longer at hand
 * @err: filled; @errnum is 0 when the message is a plain acknowledgement
 *
 * The socket needs NETLINK_EXT_ACK for the kernel to send more than an errno.
 *
 * Return: 0, or -EBADMSG when @reply is not such a message or is malformed, and
 * then @err says so.
 */
int pghot_extack_decode(const struct nlmsghdr *reply, const struct nlmsghdr *request,
			struct pghot_error *err);

#endif /* PGHOT_LIB_EXTACK_H */
