/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whose memory is hot: processes, or mappings of processes, those with most of it.
 *
 * All records are read first, then all page tables are looked up in them. Memory is bounded
 * by the records (frames.h) and by the rows that are wanted, not by processes and pages.
 */
#ifndef PGHOTCTL_REPORT_MAPPERS_H
#define PGHOTCTL_REPORT_MAPPERS_H

#include "backend/stop.h"
#include "mapped.h"

/* Rows that are kept where nobody says how many. */
#define MAPPERS_TOP 20

/* Orders of rows. */
enum mappers_sort {
	MAPPERS_BY_HOT,
	MAPPERS_BY_WARM,
	MAPPERS_BY_SLOW,
	MAPPERS_BY_FAST,
	MAPPERS_BY_SIZE,
	MAPPERS_BY_PID,
};

/**
 * struct mappers_row - a process, or a mapping of one
 * @pid: process
 * @comm: its name, any bytes
 * @start: first address of the mapping
 * @end: first address after it
 * @perms: of the mapping
 * @name: of the mapping, any bytes, empty for anonymous memory; NULL of a process
 * @complete: false of a process that ended meanwhile, or was not looked at to its end
 * @sum: its memory
 */
struct mappers_row {
	pid_t pid;
	char *comm;
	uint64_t start, end;
	char perms[5];
	char *name;
	bool complete;
	struct pghot_mapped_sum sum;
};

/**
 * struct mappers - the report; zero it but for the first members to start
 * @mappings: rows are mappings, not processes
 * @nid: only memory of this node, or -1
 * @pid: only this process, 0 for all
 * @cgroup: only processes in this cgroup and below it, as it was typed; or NULL
 * @top: most rows
 * @sort: order of rows
 * @hot_from: frequency from which pages are hot
 * @page_size: bytes of a page
 * @nr: rows
 * @rows: they
 * @nr_processes: processes that have memory
 * @nr_mappings: mappings that do
 * @total: all of them together; what several map counts several times
 * @status: how far it got
 * @records: folios with a record
 * @tracked: by side: there are records at all
 * @stopped: Ctrl-C came, so this is not all
 */
struct mappers {
	bool mappings;
	int64_t nid;
	pid_t pid;
	const char *cgroup;
	size_t top;
	enum mappers_sort sort;

	uint32_t hot_from;
	uint32_t page_size;
	size_t nr;
	struct mappers_row *rows;
	uint64_t nr_processes, nr_mappings;
	struct pghot_mapped_sum total;
	struct pagemap_status status;
	uint64_t records;
	bool tracked[PGHOT_SIDES];
	bool stopped;
};

/**
 * mappers_read() - ask the kernel
 * @p: what is wanted; filled
 * @ctx: context; gets the failure
 *
 * Return: exit status; mappers_free() in any case.
 */
int mappers_read(struct mappers *p, struct ctx *ctx);

/**
 * mappers_free() - free the rows
 * @p: report
 */
void mappers_free(struct mappers *p);

/**
 * mappers_share() - the share of accesses seen that fast memory served
 * @p: report, for what is tracked
 * @sum: of whom
 *
 * Return: 0 to 1, or -1 where fast memory has no records or nothing was seen.
 */
double mappers_share(const struct mappers *p, const struct pghot_mapped_sum *sum);

/**
 * mappers_show() - as text or JSON
 * @p: read
 * @o: writer
 */
void mappers_show(const struct mappers *p, struct out *o);

/**
 * mappers_plot() - as a picture
 * @p: read
 * @to: stream, see plot.h
 */
void mappers_plot(const struct mappers *p, FILE *to);

/**
 * mappers_page() - what a page has beside the picture
 * @p: read
 * @to: stream
 */
void mappers_page(const struct mappers *p, FILE *to);

#endif /* PGHOTCTL_REPORT_MAPPERS_H */
