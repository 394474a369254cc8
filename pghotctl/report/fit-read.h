/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the records for an estimate come from: the kernel, or a recording. */
#ifndef PGHOTCTL_REPORT_FIT_READ_H
#define PGHOTCTL_REPORT_FIT_READ_H

#include <sys/types.h>

#include "report/fit.h"
#include "report/owner.h"
#include "report/sample.h"

/* Of the nodes of slow memory all. */
#define FIT_ALL_NODES UINT32_MAX

/**
 * struct fit_reading - records that are being counted; zero all but the first three to start
 * @nid: node, or FIT_ALL_NODES
 * @cgroup: of the kernel's records those of this cgroup, as it was typed; NULL for all
 * @pid: those of this process, 0 for all
 * @owner: which these are
 * @in: records
 * @fit: what they tell
 * @by_source: records with a frequency by source that saw them
 * @records: all of them
 * @limited: only the hottest ones were there
 * @page_size: bytes of a page
 * @source: what made the records, as the kernel calls it; empty when there are none
 */
struct fit_reading {
	uint32_t nid;
	const char *cgroup;
	pid_t pid;
	struct owner_filter owner;
	struct fit_input in;
	struct fit fit;
	uint64_t by_source[8];
	uint64_t records;
	bool limited;
	uint32_t page_size;
	char source[32];
};

/**
 * fit_read_file() - count the records of a recording: of its last window
 * @r: reading; @fit is filled
 * @ctx: context; gets the failure
 * @path: of the file
 *
 * Return: exit status.
 */
int fit_read_file(struct fit_reading *r, struct ctx *ctx, const char *path);

/**
 * fit_read_kernel() - count the kernel's records, several times within a window
 * @r: reading; @fit is filled
 * @ctx: context; gets the failure
 *
 * Takes a few seconds.
 *
 * Return: exit status.
 */
int fit_read_kernel(struct fit_reading *r, struct ctx *ctx);

/**
 * fit_show() - as text or JSON
 * @r: reading
 * @o: writer
 */
void fit_show(const struct fit_reading *r, struct out *o);

/**
 * fit_plot() - as a picture
 * @r: reading
 * @to: stream
 */
void fit_plot(const struct fit_reading *r, FILE *to);

/**
 * fit_page() - what a page has below the picture
 * @r: reading
 * @to: stream
 */
void fit_page(const struct fit_reading *r, FILE *to);

#endif /* PGHOTCTL_REPORT_FIT_READ_H */
