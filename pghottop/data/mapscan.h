/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who maps a folio? All mappings of processes are walked through: lib/pagemap.h. */
#ifndef PGHOTTOP_DATA_MAPSCAN_H
#define PGHOTTOP_DATA_MAPSCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "pagemap.h"

/* More than that are counted, not kept. */
#define MAPSCAN_MAX 1024

/**
 * struct mapping - an address range behind which the page is
 * @pid: process
 * @comm: its name, fit for a terminal
 * @addr: first address
 * @pages: base pages of the folio that are mapped there in a row
 * @first: the first of them, from the beginning of the folio
 * @perms: "rw-p" and the like
 * @what: name of the mapping, fit for a terminal; empty for anonymous memory
 */
struct mapping {
	pid_t pid;
	char comm[64];
	uint64_t addr;
	uint32_t pages;
	uint32_t first;
	char perms[5];
	char what[160];
};

struct mapscan;

/**
 * mapscan_start() - begin to look for the mappings of a folio
 * @proc: where proc is mounted
 * @cgroup: directory of a cgroup: the processes in it and below it; NULL looks
 *	at all processes
 * @pfn: first page frame of the folio
 * @order: it has 1 << @order pages
 *
 * Return: the scan, NULL without memory.
 */
struct mapscan *mapscan_start(const char *proc, const char *cgroup, uint64_t pfn,
			      unsigned int order);

/**
 * mapscan_step() - go on for a while
 * @ms: scan
 * @budget_ns: about how long
 *
 * Return: true when there is more to do.
 */
bool mapscan_step(struct mapscan *ms, uint64_t budget_ns);

/**
 * mapscan_stop() - do no more; what was found stays
 * @ms: scan
 */
void mapscan_stop(struct mapscan *ms);

/**
 * mapscan_status() - how far it is
 * @ms: scan
 */
const struct pagemap_status *mapscan_status(const struct mapscan *ms);

/**
 * mapscan_found() - mappings found, of which up to MAPSCAN_MAX are kept
 * @ms: scan
 */
size_t mapscan_found(const struct mapscan *ms);

/**
 * mapscan_at() - what was found
 * @ms: scan
 * @i: from 0
 *
 * Return: mapping, NULL past the last.
 */
const struct mapping *mapscan_at(const struct mapscan *ms, size_t i);

/**
 * mapscan_free() - end a scan
 * @ms: scan, may be NULL
 */
void mapscan_free(struct mapscan *ms);

#endif
