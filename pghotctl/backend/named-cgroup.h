/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cgroups that a user names. */
#ifndef PGHOTCTL_BACKEND_NAMED_CGROUP_H
#define PGHOTCTL_BACKEND_NAMED_CGROUP_H

#include <stdbool.h>

#include "backend/ctx.h"
#include "cgroup.h"

/**
 * named_cgroups_open() - the cgroups of the machine
 * @root: prefix of /proc: a test's tree of files has its own
 *
 * Return: for pghot_cgroups_close(), NULL without memory.
 */
struct pghot_cgroups *named_cgroups_open(const char *root);

/**
 * named_cgroup_find() - find one that a user names with --cgroup
 * @ctx: context; gets the failure
 * @cgroups: cgroups
 * @text: as it was typed
 * @path: set to its path as pghot_cgroup_path() has it, to free()
 *
 * Return: exit status.
 */
int named_cgroup_find(struct ctx *ctx, struct pghot_cgroups *cgroups, const char *text,
		      char **path);

/**
 * named_cgroup_holds() - is a cgroup another one, or below it?
 * @path: path of the one; NULL is nowhere
 * @top: path of the other
 */
bool named_cgroup_holds(const char *path, const char *top);

#endif /* PGHOTCTL_BACKEND_NAMED_CGROUP_H */
