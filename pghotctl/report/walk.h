/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records and page tables of this machine, read for a report; Ctrl-C ends it early. */
#ifndef PGHOTCTL_REPORT_WALK_H
#define PGHOTCTL_REPORT_WALK_H

#include "backend/stop.h"
#include "dump.h"
#include "mapped.h"

/**
 * walk_nodes() - nodes and where they are, without records
 * @ctx: context; gets the failure
 * @frames: set to what is known, for pghot_frames_free()
 *
 * Return: exit status.
 */
int walk_nodes(struct ctx *ctx, struct pghot_frames **frames);

/**
 * walk_records() - nodes, where they are, and all records
 * @ctx: context; gets the failure
 * @stop: caught; when it comes there may be some of the records, or none
 * @hot_from: set to the frequency from which pages are hot
 * @frames: set to what is known, for pghot_frames_free()
 *
 * Return: exit status.
 */
int walk_records(struct ctx *ctx, struct stop *stop, uint32_t *hot_from,
		 struct pghot_frames **frames);

/**
 * walk_dump() - all records, to a callback
 * @ctx: context; gets the failure
 * @stop: caught, or NULL
 * @filter: what is wanted
 * @fn: gets them
 * @data: passed to @fn
 *
 * Return: exit status; also STATUS_OK when it was stopped.
 */
int walk_dump(struct ctx *ctx, struct stop *stop, const struct pghot_dump_filter *filter,
	      pghot_entry_fn fn, void *data);

/**
 * struct walk_whose - whose page tables
 * @cgroup: processes in that cgroup and below it, as it was typed; or NULL
 * @pid: that process, 0 for all
 * @nid: only memory of this node, or -1
 */
struct walk_whose {
	const char *cgroup;
	pid_t pid;
	int64_t nid;
};

/**
 * walk_mapped() - all page tables
 * @ctx: context; gets the failure
 * @stop: caught; when it comes the rest is left out
 * @whose: whose
 * @frames: as walk_records() has them
 * @ops: gets them
 * @data: passed to @ops
 * @status: set to how far it got
 *
 * On a terminal it says how far it is.
 *
 * Return: exit status.
 */
int walk_mapped(struct ctx *ctx, struct stop *stop, const struct walk_whose *whose,
		struct pghot_frames *frames, const struct pghot_mapped_ops *ops, void *data,
		struct pagemap_status *status);

#endif /* PGHOTCTL_REPORT_WALK_H */
