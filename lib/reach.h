/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Can the kernel's pghot be reached from here? Its netlink family is in the kernel's
 * first network namespace and is seen nowhere else, so that a container's view of the
 * kernel is the same as that of a kernel without pghot. Here is what tells them apart.
 */
#ifndef PGHOT_LIB_REACH_H
#define PGHOT_LIB_REACH_H

#include <stddef.h>

/**
 * enum pghot_reach - what is known of the network namespace
 * @PGHOT_REACH_FIRST: it is the kernel's first: what is not seen here is not there
 * @PGHOT_REACH_OTHER: it is another one
 * @PGHOT_REACH_UNKNOWN: it cannot be told
 */
enum pghot_reach {
	PGHOT_REACH_FIRST,
	PGHOT_REACH_OTHER,
	PGHOT_REACH_UNKNOWN,
};

/* PGHOT_REACH_OTHER for people, with what to do about it. */
#define PGHOT_REACH_OTHER_TEXT                                                \
	"this is another network namespace than the kernel's first: use the " \
	"host's, for instance with nsenter -t 1 -n"

/**
 * pghot_reach() - is this the network namespace that has the family?
 * @root: prefix of paths in /proc, "" as a rule
 * @why: filled when it is not the first: PGHOT_REACH_OTHER_TEXT, or which path cannot
 *	be read and why; empty otherwise. May be NULL
 * @size: bytes of @why
 *
 * Takes no privilege, and works in namespaces of all other kinds: that of process 1,
 * which containers have one of their own of, does not matter. A kernel has settings
 * in /proc/sys/net/core that are not by namespace, and shows them in the first only:
 * net_core_table in net/core/sysctl_net_core.c, beside netns_core_table, which all have.
 *
 * Return: what is known.
 */
enum pghot_reach pghot_reach(const char *root, char *why, size_t size);

#endif /* PGHOT_LIB_REACH_H */
