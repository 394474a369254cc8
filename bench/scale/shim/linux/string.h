/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SHIM_LINUX_STRING_H
#define SHIM_LINUX_STRING_H

#include <stddef.h>
#include <string.h>

/* All of an object behind one of its members. */
#define memset_after(obj, v, member)                                                        \
	memset((char *)(obj) + offsetof(typeof(*(obj)), member) + sizeof((obj)->member), v, \
	       sizeof(*(obj)) - offsetof(typeof(*(obj)), member) - sizeof((obj)->member))

#endif
