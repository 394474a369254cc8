// SPDX-License-Identifier: GPL-2.0-only
/*
 * pghot: numbers in netlink attributes.
 *
 * The policy core of netlink has checked types by now. Ranges are left to us: its
 * message for a number out of range does not say which one, nor what is accepted.
 * An attribute that is not there changes nothing.
 */
#include <net/netlink.h>

#include "internal.h"

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
	u32 number;

	if (!attr)
		return 0;

	number = nla_get_u32(attr);
	if (number < min || number > max) {
		NL_SET_ERR_MSG_ATTR_FMT(extack, attr,
					"%s: %u is out of range, accepted %u-%u",
					name, number, min, max);
		return -ERANGE;
	}
	*value = number;
	return 0;
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
	u64 number;

	if (!attr)
		return 0;

	number = nla_get_uint(attr);
	if (number < min || number > max) {
		NL_SET_ERR_MSG_ATTR_FMT(extack, attr,
					"%s: %llu is out of range, accepted %llu-%llu",
					name, number, min, max);
		return -ERANGE;
	}
	*value = number;
	return 0;
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
	u8 number;

	if (!attr)
		return 0;

	number = nla_get_u8(attr);
	if (number > 1) {
		NL_SET_ERR_MSG_ATTR_FMT(extack, attr,
					"%s: %u is out of range, accepted 0-1",
					name, number);
		return -ERANGE;
	}
	*value = number;
	return 0;
}
