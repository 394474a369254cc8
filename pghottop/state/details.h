/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All that is known of one page, and what can be found out about it. */
#ifndef PGHOTTOP_STATE_DETAILS_H
#define PGHOTTOP_STATE_DETAILS_H

#include <limits.h>

#include "data/collector.h"
#include "data/mapscan.h"
#include "data/model.h"

/**
 * struct details - a page that is looked at
 * @host: where the machine tells more, NULL when the page is of no machine here
 * @e: the page as it was last
 * @view: the view that it was chosen from
 * @cgroup: path of its cgroup, "" when that is not known
 * @cgroup_shown: the same, fit for a terminal
 * @gone: it has no record any more
 * @flags_errnum: why @kflags is not known, 0 when it is
 * @kflags: its flags, 1 << KPF_… of /proc/kpageflags
 * @count_errnum: why @count is not known, 0 when it is
 * @count: how many times it is mapped
 * @scan: search for its mappings, NULL when there was none
 * @all: the search is through all processes, not those of the cgroup
 */
struct details {
	const struct host *host;
	struct pghot_entry e;
	enum view view;
	char cgroup[PATH_MAX];
	char cgroup_shown[PATH_MAX];
	bool gone;
	int flags_errnum;
	uint64_t kflags;
	int count_errnum;
	uint64_t count;
	struct mapscan *scan;
	bool all;
};

/**
 * details_open() - look at a page
 * @d: details, closed
 * @m: model
 * @e: page of its sample
 */
void details_open(struct details *d, const struct model *m, const struct pghot_entry *e);

/**
 * details_close() - look no longer
 * @d: details
 */
void details_close(struct details *d);

/**
 * details_update() - take in what a new sample says
 * @d: details, open
 * @m: model
 */
void details_update(struct details *d, const struct model *m);

/**
 * details_search() - search for mappings, from the beginning
 * @d: details, open
 * @all: through all processes
 */
void details_search(struct details *d, bool all);

/**
 * details_searching() - is a search under way?
 * @d: details
 */
bool details_searching(const struct details *d);

/**
 * details_step() - go on with the search for a few milliseconds
 * @d: details
 *
 * Return: true when something may have changed.
 */
bool details_step(struct details *d);

/**
 * details_stop() - end the search, keep what was found
 * @d: details
 */
void details_stop(struct details *d);

#endif
