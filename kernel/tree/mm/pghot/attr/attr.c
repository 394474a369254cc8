// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: numbers in netlink attributes.
 *
 * The policy core of netlink has checked types by now. Ranges are left to us: its
 * message for a number out of range does not say which one, nor what is accepted.
 * An attribute that is not there changes nothing.
 */
#include <net/netlink.h>

#include "attr/attr.h"

static int check_range(const struct nlattr *attr, const char *name, u64 number,
		       u64 min, u64 max, struct netlink_ext_ack *extack)
{
	if (number >= min && number <= max)
		return 0;

	NL_SET_ERR_MSG_ATTR_FMT(extack, attr,
				"%s: %llu is out of range, accepted %llu-%llu",
				name, number, min, max);
	return -ERANGE;
}

/**
 * pghot_attr_u32 - take a number
 * @attr: u32 attribute; may be %NULL
 * @name: its YNL name
 * @min: smallest number that is accepted
 * @max: largest one
 * @value: set if there is an attribute with such a number
 * @extack: takes the error; may be %NULL
 *
 * Return: 0 or -ERANGE.
 */
int pghot_attr_u32(const struct nlattr *attr, const char *name, u32 min,
		   u32 max, u32 *value, struct netlink_ext_ack *extack)
{
	int err;

	if (!attr)
		return 0;

	err = check_range(attr, name, nla_get_u32(attr), min, max, extack);
	if (!err)
		*value = nla_get_u32(attr);
	return err;
}

/**
 * pghot_attr_uint - take a number of 32 or 64 bits
 * @attr: uint attribute; may be %NULL
 * @name: its YNL name
 * @min: smallest number that is accepted
 * @max: largest one
 * @value: set if there is an attribute with such a number
 * @extack: takes the error; may be %NULL
 *
 * Return: 0 or -ERANGE.
 */
int pghot_attr_uint(const struct nlattr *attr, const char *name, u64 min,
		    u64 max, u64 *value, struct netlink_ext_ack *extack)
{
	int err;

	if (!attr)
		return 0;

	err = check_range(attr, name, nla_get_uint(attr), min, max, extack);
	if (!err)
		*value = nla_get_uint(attr);
	return err;
}

/**
 * pghot_attr_bool - take a yes or no
 * @attr: u8 attribute; may be %NULL
 * @name: its YNL name
 * @value: set if there is an attribute that is 0 or 1
 * @extack: takes the error; may be %NULL
 *
 * Return: 0 or -ERANGE.
 */
int pghot_attr_bool(const struct nlattr *attr, const char *name, bool *value,
		    struct netlink_ext_ack *extack)
{
	int err;

	if (!attr)
		return 0;

	err = check_range(attr, name, nla_get_u8(attr), 0, 1, extack);
	if (!err)
		*value = nla_get_u8(attr);
	return err;
}
