/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot selftests: requests to the generic-netlink family, with nothing but a
 * socket.
 */
#ifndef _SELFTESTS_PGHOT_FAMILY_H
#define _SELFTESTS_PGHOT_FAMILY_H

#include <stddef.h>
#include <stdint.h>

#include <linux/netlink.h>
#include <linux/pghot.h>

/**
 * struct request - a request that is being put together, and the answer
 * @nlh: head of the message
 * @buf: the message; after family_ask() the answer
 * @len: bytes of it
 * @why: the kernel's words on an error, empty without
 */
struct request {
	union {
		struct nlmsghdr nlh;
		char buf[8192];
	};
	size_t len;
	char why[256];
};

int family_open(void);
void family_begin(struct request *r, int cmd);
void family_put(struct request *r, int attr, const void *data, size_t len);
void family_put_u8(struct request *r, int attr, uint8_t value);
void family_put_u32(struct request *r, int attr, uint32_t value);
int family_ask(struct request *r);
const struct nlattr *family_attr(const struct request *r, int attr);
uint64_t family_number(const struct nlattr *attr);
uint64_t family_nested(const struct nlattr *nest, int attr);

#endif /* _SELFTESTS_PGHOT_FAMILY_H */
