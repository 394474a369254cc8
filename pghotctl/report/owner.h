/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The records of one cgroup or process, out of all. Those of a cgroup have its number; those
 * of a process are of what its page tables showed when it was asked for.
 */
#ifndef PGHOTCTL_REPORT_OWNER_H
#define PGHOTCTL_REPORT_OWNER_H

#include <sys/types.h>

#include "backend/named-cgroup.h"
#include "frames.h"

/**
 * struct owner_filter - whose records; zero it to start, which is everybody's
 * @cgroups: cgroups of the machine
 * @cgroup: path of the cgroup; NULL if there is none
 * @mapped: the pages of a process, as if each had a record; NULL if there is none
 * @pages: slow memory that it has, in base pages; 0 when that is not known
 */
struct owner_filter {
	struct pghot_cgroups *cgroups;
	char *cgroup;
	struct pghot_frames *mapped;
	uint64_t pages;
};

/**
 * owner_cgroup() - only records of a cgroup and of those below it
 * @f: zeroed
 * @ctx: context; gets the failure
 * @text: cgroup, as it was typed
 * @nid: slow memory of this node counts, or -1 for all
 *
 * Return: exit status; owner_free() in any case.
 */
int owner_cgroup(struct owner_filter *f, struct ctx *ctx, const char *text, int64_t nid);

/**
 * owner_process() - only records of pages that a process maps now
 * @f: zeroed
 * @ctx: context; gets the failure
 * @pid: process
 * @nid: as above
 *
 * Return: exit status; owner_free() in any case.
 */
int owner_process(struct owner_filter *f, struct ctx *ctx, pid_t pid, int64_t nid);

/**
 * owner_has() - is a record one of those?
 * @f: filter
 * @e: record
 */
bool owner_has(const struct owner_filter *f, const struct pghot_entry *e);

/**
 * owner_free() - free it
 * @f: filter, possibly all zero
 */
void owner_free(struct owner_filter *f);

#endif /* PGHOTCTL_REPORT_OWNER_H */
