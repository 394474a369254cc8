/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Kernels with the pghot series as it was posted to the mailing lists: no netlink
 * family, but files in debugfs and sysctls, which have moved between revisions.
 *
 *	revision	sources and parameters in	bits of enabled_sources
 *	up to v5	debugfs				hwhint 1, page tables 2, hintfault 4
 *	v6, v7		debugfs				hintfault 1, hwhint 2
 *	v8		sysctl				hintfault 1, hwhint 2
 *
 * In all of them the window is a sysctl, and what concerns the kernel thread is in
 * debugfs. The target may be -1 from v8 on. There hardware hints come from the IBS memory
 * profiler, see system/mprof.h, whose knobs are in a directory of debugfs of their own. What a
 * later revision adds is shown as it is. Up to v5 counts pghot_recorded_pgtscans in /proc/vmstat, which tells it
 * from its successors.
 */
#ifndef PGHOTCTL_BACKEND_POSTED_H
#define PGHOTCTL_BACKEND_POSTED_H

#include <stdbool.h>
#include <stdint.h>

#include "backend/kind.h"
#include "params.h"

/**
 * enum posted_revision - what the files look like
 * @POSTED_V5: up to v5
 * @POSTED_V7: v6 and v7
 * @POSTED_V8: v8 and later
 */
enum posted_revision {
	POSTED_V5,
	POSTED_V7,
	POSTED_V8,
};

/**
 * struct posted - the series as found in a kernel
 * @root: prefix of /proc and /sys
 * @revision: which
 * @hidden: what is in debugfs cannot be read: it is root's, or not mounted
 * @mounted: debugfs is mounted, as far as can be seen
 * @limit_is_alias: the rate limit has only the name that it had before there was pghot
 */
struct posted {
	const char *root;
	enum posted_revision revision;
	bool hidden;
	bool mounted;
	bool limit_is_alias;
};

/**
 * struct posted_source - a source of a posted revision
 * @name: what we call it
 * @bit: in the mask of enabled sources
 * @help: what it is, in a line
 * @counter: of accesses, in /proc/vmstat
 * @has_id: @id is what it is in the family
 * @id: enum pghot_source_id
 */
struct posted_source {
	const char *name;
	unsigned int bit;
	const char *help;
	const char *counter;
	bool has_id;
	uint32_t id;
};

/**
 * posted_find() - look for the series
 * @root: prefix of /proc and /sys
 * @p: filled
 *
 * Return: true when it is there.
 */
bool posted_find(const char *root, struct posted *p);

/**
 * posted_revision_text() - a revision in words: "up to v5"
 * @revision: which
 */
const char *posted_revision_text(enum posted_revision revision);

/**
 * posted_param_at() - parameters of a revision
 * @revision: which
 *
 * Return: function that gives one after the other, as pghot_param_at() does. The
 * numbers of their attributes are those of the family.
 */
param_at_fn posted_param_at(enum posted_revision revision);

/**
 * posted_param_path() - file of a parameter
 * @p: the series
 * @attr: PGHOT_A_PARAM_…
 *
 * Return: path without the root, NULL when there is none.
 */
const char *posted_param_path(const struct posted *p, unsigned int attr);

/**
 * posted_source_at() - sources of a revision
 * @p: the series
 * @i: index from 0
 *
 * Return: source, NULL behind the last.
 */
const struct posted_source *posted_source_at(const struct posted *p, unsigned int i);

/**
 * posted_source_by_id() - a source of the family, as the revision has it
 * @p: the series
 * @id: enum pghot_source_id; both scanners are its one page-table scan
 *
 * Return: source, NULL when the revision has none such.
 */
const struct posted_source *posted_source_by_id(const struct posted *p, uint32_t id);

/**
 * posted_sources_path() - file with the mask of enabled sources
 * @p: the series
 */
const char *posted_sources_path(const struct posted *p);

/**
 * posted_read() - read a number
 * @p: the series
 * @path: file, without the root
 * @value: result
 *
 * Return: 0, or a negative errno; -EINVAL when there is no number in it.
 */
int posted_read(const struct posted *p, const char *path, int64_t *value);

/**
 * posted_write() - write a number, and see that it was taken
 * @p: the series
 * @path: file, without the root
 * @value: number
 *
 * Return: 0, a negative errno, or -ESTALE when the file has another value
 * afterwards.
 */
int posted_write(const struct posted *p, const char *path, int64_t value);

/**
 * posted_read_mask() - read which sources are enabled
 * @p: the series
 * @mask: result, bits of struct posted_source and perhaps others
 *
 * Return: 0 or a negative errno.
 */
int posted_read_mask(const struct posted *p, uint64_t *mask);

/* Knobs of the IBS memory profiler. */
enum posted_knob {
	POSTED_KNOB_L3MISS_ONLY,
	POSTED_KNOB_PERIOD,
	POSTED_KNOB_LAT_FILTER,
	POSTED_KNOB_LAT_THRESH,
	POSTED_KNOBS,
};

/**
 * posted_knob_at() - describe the knobs of the IBS memory profiler
 * @i: index from 0
 *
 * Return: description, whose attribute is an enum posted_knob; NULL behind the last.
 */
const struct pghot_param_desc *posted_knob_at(unsigned int i);

/**
 * posted_knob_path() - file of a knob
 * @knob: enum posted_knob
 *
 * Return: path without the root; it need not exist.
 */
const char *posted_knob_path(unsigned int knob);

/* Gets a file: "vm.pghot_new", "pghot/new" or "ibs-mprof/new", and its path without the root. */
typedef void (*posted_file_fn)(const char *name, const char *path, void *data);

/**
 * posted_other_files() - the files of the series that this program knows nothing of
 * @p: the series
 * @fn: called for each
 * @data: for @fn
 *
 * Of what cannot be seen nothing is said.
 *
 * Return: 0, or -ENOMEM.
 */
int posted_other_files(const struct posted *p, posted_file_fn fn, void *data);

typedef void (*posted_counter_fn)(const char *name, uint64_t value, void *data);

/**
 * posted_counters() - what /proc/vmstat counts about hot pages and promotion
 * @p: the series
 * @fn: called for each, in the order of the file
 * @data: for @fn
 *
 * Return: 0 or a negative errno.
 */
int posted_counters(const struct posted *p, posted_counter_fn fn, void *data);

#endif /* PGHOTCTL_BACKEND_POSTED_H */
