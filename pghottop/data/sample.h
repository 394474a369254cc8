/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The room data: what is known of the machine and of its pages. Here are samples, where
 * they come from (kernel, replay), and what follows from several of them: rates (model),
 * what was seen of a page (history) and of all (heat). What the kernel tells of one page
 * is here too (kpage, mapscan). Nothing here draws or knows what the user has chosen.
 */
#ifndef PGHOTTOP_DATA_SAMPLE_H
#define PGHOTTOP_DATA_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/heat.h"
#include "data/owner.h"
#include "extack.h"
#include "family.h"
#include "health.h"
#include "reach.h"

enum view {
	VIEW_QUEUE, /* what waits for promotion */
	VIEW_RECORDS, /* what is tracked */
	VIEW_PROMOTED, /* what was promoted lately */
	VIEW_CGROUPS, /* whose memory is hot */
	VIEW_PROCESSES, /* the same by process */
	VIEW_MAPPINGS, /* and by mapping, of one process */
	NR_VIEWS
};

/**
 * struct view_name - a view as people call it
 * @name: as --view takes it
 * @title: on the screen
 * @summary: what it shows
 */
struct view_name {
	const char *name;
	const char *title;
	const char *summary;
};

/**
 * view_name() - names of a view
 * @view: which
 */
const struct view_name *view_name(enum view view);

/* What the rows of a view are. */
enum row_kind {
	ROW_PAGE,
	ROW_CGROUP,
	ROW_PROCESS,
	ROW_MAPPING,
	NR_ROW_KINDS
};

/**
 * view_rows() - what the rows of a view are
 * @view: which
 */
enum row_kind view_rows(enum view view);

/**
 * row_is_owner() - is it one who has memory, and no page?
 * @kind: what the rows are
 */
static inline bool row_is_owner(enum row_kind kind)
{
	return kind != ROW_PAGE;
}

/**
 * struct row_name - what the rows of a view are called
 * @one: one of them
 * @many: several
 */
struct row_name {
	const char *one;
	const char *many;
};

/**
 * row_name() - names of what the rows of a view are
 * @kind: what they are
 */
const struct row_name *row_name(enum row_kind kind);

/**
 * view_list() - the names of all views, for messages
 * @buf: written to
 * @size: its size
 *
 * Return: @buf.
 */
char *view_list(char *buf, size_t size);

/* Instead of a node: all of them. */
#define ALL_NODES (-1)

/**
 * struct query - what the user looks at, and so what the kernel is asked for
 * @view: which dump
 * @nid: node to ask for, or ALL_NODES
 * @limit: pages to ask for; 0 asks for none. Of all else, all come or none
 * @min_freq: least frequency, 0 for any
 * @pfns: only page frames from @pfn_first to @pfn_last, which goes with records
 * @pfn_first: first one
 * @pfn_last: last one, inclusive
 * @chosen: those that the kernel sends are then chosen from, so that asking for
 *	more may show more
 * @entries_only: the pages only; the rest of the sample is recent enough
 * @heat: count the records of @range into bins, which is beside the pages
 * @range: page frames to look at
 * @cgroup_ino: processes of that cgroup and of those below it, 0 for all
 * @pid: only that process, 0 for all; of pages, those that it maps
 * @start: of pages: only where it maps them from that address on
 * @end: up to that one, exclusive
 * @page: the record of @pfn, too
 * @explain: what there is between @pfn and its promotion, too
 * @pfn: page frame
 */
struct query {
	enum view view;
	int nid;
	uint32_t limit;
	uint32_t min_freq;
	bool pfns;
	uint64_t pfn_first, pfn_last;
	bool chosen;
	bool entries_only;
	bool heat;
	struct heat_range range;
	uint64_t cgroup_ino;
	pid_t pid;
	uint64_t start, end;
	bool page, explain;
	uint64_t pfn;
};

/**
 * query_within() - is it for the same cgroup, process and mapping?
 * @a: a query
 * @b: another
 */
static inline bool query_within(const struct query *a, const struct query *b)
{
	return a->cgroup_ino == b->cgroup_ino && a->pid == b->pid && a->start == b->start &&
	       a->end == b->end;
}

enum sample_state {
	SAMPLE_NONE, /* nothing was asked yet */
	SAMPLE_OK,
	SAMPLE_NO_FAMILY, /* this kernel has no pghot */
	SAMPLE_FAILED,
};

/**
 * struct cgroup_name - path of a cgroup at the time of the sample
 * @ino: inode number
 * @path: path from the root of the hierarchy, as it is
 * @shown: the same, fit for a terminal
 */
struct cgroup_name {
	uint64_t ino;
	char *path;
	char *shown;
};

/**
 * struct sample - what one refresh learned
 * @state: whether it worked; all but the times is empty unless SAMPLE_OK
 * @error: why it did not; of SAMPLE_NO_FAMILY the message says what @reach has to
 * @reach: SAMPLE_NO_FAMILY: whether it would be seen from here
 * @mono_ns: CLOCK_MONOTONIC when it was complete
 * @real_ms: CLOCK_REALTIME then
 * @recorded: number of the sample in its recording from 1, 0 for a live one
 * @recorded_of: samples that the recording has
 * @written: samples that went into a recording so far, with this one
 * @written_bytes: size of that
 * @write_error: why that ended, @errnum is 0 when it goes on
 * @wall_us: what it cost: time passed
 * @cpu_us: and processor time used, of this process including the kernel
 * @version: of the family
 * @page_size: bytes of a base page
 * @memory_bytes: that the kernel uses for pghot
 * @running: at least one source is enabled
 * @params: parameters of the subsystem
 * @stats: its counters
 * @nr_sources: sources that the kernel knows
 * @sources: they
 * @surroundings: what sources depend on beside pghot; not known of a recorded sample
 * @nr_nodes: nodes with memory
 * @nodes: they, by ascending number
 * @query: what was asked for
 * @entries_error: why there are no pages, @errnum is 0 when there may be some
 * @nr_entries: pages
 * @entries: they, in the order of the kernel
 * @cut: there were more when they were recorded, whatever the query's limit
 * @page_known: the query was for a page, and it was answered
 * @page_found: the page has a record
 * @page: that
 * @explained: the query was to explain the page, and it was answered
 * @explain_error: why it was not, @errnum is 0 when nothing failed
 * @explanation: the answer
 * @nr_cgroups: cgroups of the pages
 * @cgroups: they, by ascending inode number
 * @owners: whose memory is hot, when the query was for that
 * @owners_ns: CLOCK_MONOTONIC when that was known
 * @denied: processes that may not be looked at
 * @nr_spans: places where memory lies, when the query was for heat
 * @spans: they
 * @heat_error: why there are no bins, @errnum is 0 when there may be some
 * @heat: bins
 *
 * A sample is complete in itself: nothing is looked up later, so it can be
 * frozen, and one can come from a recording.
 */
struct sample {
	enum sample_state state;
	struct pghot_error error;
	enum pghot_reach reach;
	uint64_t mono_ns;
	uint64_t real_ms;
	uint64_t recorded, recorded_of;
	uint64_t written, written_bytes;
	struct pghot_error write_error;
	uint64_t wall_us;
	uint64_t cpu_us;

	uint32_t version;
	uint32_t page_size;
	uint64_t memory_bytes;
	bool running;
	struct pghot_params params;
	struct pghot_stats stats;
	unsigned int nr_sources;
	struct pghot_source sources[PGHOT_SOURCES_MAX];
	struct pghot_surroundings surroundings;
	size_t nr_nodes, max_nodes;
	struct pghot_node *nodes;

	struct query query;
	struct pghot_error entries_error;
	size_t nr_entries, max_entries;
	struct pghot_entry *entries;
	bool cut;
	bool page_known, page_found;
	struct pghot_entry page;
	bool explained;
	struct pghot_error explain_error;
	struct pghot_explanation explanation;
	size_t nr_cgroups, max_cgroups;
	struct cgroup_name *cgroups;
	struct owners owners;
	uint64_t owners_ns;
	size_t denied;

	size_t nr_spans, max_spans;
	struct pghot_span *spans;
	struct pghot_error heat_error;
	struct heat heat;
};

/**
 * sample_clear() - empty a sample, keep its memory
 * @s: zeroed, or used before
 */
void sample_clear(struct sample *s);

/**
 * sample_release() - free what a sample has
 * @s: zeroed afterwards
 */
void sample_release(struct sample *s);

/**
 * sample_set_info() - take in what the kernel says of itself
 * @s: sample
 * @info: what it says
 */
void sample_set_info(struct sample *s, const struct pghot_info *info);

/**
 * sample_add_source() - append a source
 * @s: sample
 * @src: copied; one more than a mask can have is ignored
 */
void sample_add_source(struct sample *s, const struct pghot_source *src);

/**
 * sample_begin_heat() - make bins for what the query asks for
 * @s: sample that has its spans
 *
 * Return: 0; -ENOENT when it is not known where the node's memory lies, which
 * @s->heat_error then says; or -ENOMEM.
 */
int sample_begin_heat(struct sample *s);

/**
 * sample_add_node() - append a node
 * @s: sample
 * @node: copied
 *
 * Return: 0, or -ENOMEM.
 */
int sample_add_node(struct sample *s, const struct pghot_node *node);

/**
 * sample_add_entry() - append a page
 * @s: sample
 * @e: copied
 *
 * Return: 0, or -ENOMEM.
 */
int sample_add_entry(struct sample *s, const struct pghot_entry *e);

/**
 * sample_add_span() - append a place where memory lies
 * @s: sample
 * @span: copied
 *
 * Return: 0, or -ENOMEM.
 */
int sample_add_span(struct sample *s, const struct pghot_span *span);

/**
 * sample_add_cgroup() - append the path of a cgroup; a second one is ignored
 * @s: sample
 * @ino: its inode number
 * @path: its path, NULL when it is not known
 *
 * Return: 0, or -ENOMEM.
 */
int sample_add_cgroup(struct sample *s, uint64_t ino, const char *path);

/**
 * sample_name_cgroups() - find the paths of the cgroups of all pages
 * @s: sample
 * @path: returns the path of a cgroup, NULL when it is not known
 * @ctx: passed to @path
 *
 * Return: 0, or -ENOMEM.
 */
int sample_name_cgroups(struct sample *s, const char *(*path)(void *ctx, uint64_t ino), void *ctx);

/**
 * sample_cgroup() - the cgroup with that inode number
 * @s: sample
 * @ino: inode number
 *
 * Return: the cgroup, NULL when its path was not known.
 */
const struct cgroup_name *sample_cgroup(const struct sample *s, uint64_t ino);

/**
 * sample_node() - a node by its number
 * @s: sample
 * @nid: its number
 *
 * Return: the node, NULL when there is none.
 */
const struct pghot_node *sample_node(const struct sample *s, int nid);

/**
 * sample_complete() - are the pages all that there are?
 * @s: sample
 *
 * Return: false when the limit left some out. They are less hot than those that
 * it has, or were promoted earlier.
 */
bool sample_complete(const struct sample *s);

/**
 * sample_param() - value of a parameter
 * @s: sample
 * @attr: PGHOT_A_PARAM_…
 * @fallback: taken when the kernel did not send it
 */
int64_t sample_param(const struct sample *s, unsigned int attr, int64_t fallback);

/**
 * sample_take_entries() - replace the pages of a sample by those of another
 * @s: keeps all that is not about pages
 * @from: sample of a query with entries_only; gets the old pages
 */
void sample_take_entries(struct sample *s, struct sample *from);

#endif
