/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kernel's family can do, as generic netlink itself tells: its commands,
 * and from the dump of its policies which attributes each of them takes.
 */
#ifndef PGHOTCTL_BACKEND_CAPABILITY_H
#define PGHOTCTL_BACKEND_CAPABILITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "extack.h"

/* More than any family has; numbers of commands and attributes are small. */
#define CAPABILITY_CMDS	    64
#define CAPABILITY_POLICIES 64
#define CAPABILITY_GROUPS   8

/**
 * struct capability_cmd - one command
 * @known: the kernel has it
 * @can_do: single requests
 * @can_dump: dumps
 * @takes: attributes that requests may carry, 1 << number; of do and dump together
 */
struct capability_cmd {
	bool known;
	bool can_do;
	bool can_dump;
	uint64_t takes;
};

/**
 * struct capability - the family
 * @id: number of the family
 * @version: its version
 * @cmd: commands by number
 * @nr_groups: used elements of @groups
 * @groups: names of its multicast groups
 * @policies: the kernel told what attributes commands take
 */
struct capability {
	uint32_t id;
	uint32_t version;
	struct capability_cmd cmd[CAPABILITY_CMDS];
	size_t nr_groups;
	char groups[CAPABILITY_GROUPS][16];
	bool policies;
};

/**
 * capability_read() - ask generic netlink
 * @c: filled
 * @err: says what failed
 *
 * Return: 0, -ENOENT when there is no such family, or another negative errno.
 */
int capability_read(struct capability *c, struct pghot_error *err);

#endif /* PGHOTCTL_BACKEND_CAPABILITY_H */
