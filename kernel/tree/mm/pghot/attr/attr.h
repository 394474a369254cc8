/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pghot, room attr: the attributes of the netlink family, for all who read or write
 * them. netlink-gen.[ch] are made from uapi/pghot.yaml; attr checks numbers.
 */
#ifndef _MM_PGHOT_ATTR_ATTR_H
#define _MM_PGHOT_ATTR_ATTR_H

#include <linux/types.h>

struct netlink_ext_ack;
struct nlattr;

int pghot_attr_u32(const struct nlattr *attr, const char *name, u32 min,
		   u32 max, u32 *value, struct netlink_ext_ack *extack);
int pghot_attr_uint(const struct nlattr *attr, const char *name, u64 min,
		    u64 max, u64 *value, struct netlink_ext_ack *extack);
int pghot_attr_bool(const struct nlattr *attr, const char *name, bool *value,
		    struct netlink_ext_ack *extack);

#endif /* _MM_PGHOT_ATTR_ATTR_H */
