/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What was hot where and when, and what was done about it: recordings in one picture.
 *
 * Time is cut into columns, the page frames of each node into rows. A row is never longer
 * than the rest of a kind; holes between the memory of a node, which may be a thousand times
 * as large as it, take one row each. Memory for all this depends neither on how long was
 * recorded nor on how much memory there was.
 */
#ifndef PGHOTCTL_REPORT_TIMELINE_H
#define PGHOTCTL_REPORT_TIMELINE_H

#include "report/places.h"
#include "report/sample.h"

/* As fine as a picture on a screen needs. */
#define TIMELINE_COLUMNS 240
#define TIMELINE_ROWS	 96

/* What a cell may say beside a frequency. */
enum timeline_state {
	CELL_NOT_RECORDED,
	CELL_HOLE,
	CELL_OFFLINE,
	CELL_MEMORY,
};

/**
 * struct timeline_cell - page frames of a row at the time of a column
 * @state: enum timeline_state
 * @freq: highest frequency of its pages, 0 when none was seen
 */
struct timeline_cell {
	uint8_t state;
	uint8_t freq;
};

/**
 * struct timeline_node - a node with records
 * @nid: node
 * @toptier: it is fast memory, of which nothing is recorded
 * @records: that were counted
 * @nr_rows: rows
 * @rows: from the first page frame up
 * @cells: rows times columns, row by row
 */
struct timeline_node {
	uint32_t nid;
	bool toptier;
	uint64_t records;
	size_t nr_rows;
	struct timeline_row *rows;
	struct timeline_cell *cells;
};

/* Counters whose pace is shown. */
enum timeline_rate {
	RATE_RECORDED,
	RATE_HOT,
	RATE_PROMOTED,
	RATE_FAILED,
	NR_TIMELINE_RATES
};

/**
 * struct timeline_column - a stretch of time
 * @samples: taken in it
 * @recorded: it was recorded, be it by a sample before
 * @ms: time between samples that the counts are of
 * @count: by enum timeline_rate: how much the counters grew in that time
 */
struct timeline_column {
	uint64_t samples;
	bool recorded;
	double ms;
	double count[NR_TIMELINE_RATES];
};

/**
 * struct timeline_file - a recording
 * @path: of the file
 * @rec: recording
 * @interval_ns: usual time between two samples, 0 when there is only one
 */
struct timeline_file {
	const char *path;
	struct pghot_recording *rec;
	uint64_t interval_ns;
};

/**
 * struct timeline - recordings, cut into columns and rows; zero it to start
 * @nr_files: recordings
 * @files: in the order of time
 * @samples: of all
 * @unread: of them, those whose records could not be read, as they were not recorded or
 *	refused
 * @from_ns: CLOCK_REALTIME of the first sample
 * @to_ns: end of the last column
 * @column_ns: a column is that long
 * @page_size: bytes of a page frame
 * @limit: least number of records that a sample was limited to, 0 when none was
 * @nr_columns: columns
 * @columns: from the first one on
 * @nr_nodes: nodes
 * @nodes: by number
 */
struct timeline {
	size_t nr_files;
	struct timeline_file *files;
	uint64_t samples, unread;
	uint64_t from_ns, to_ns, column_ns;
	uint32_t page_size;
	uint32_t limit;
	size_t nr_columns;
	struct timeline_column columns[TIMELINE_COLUMNS];
	size_t nr_nodes;
	struct timeline_node *nodes;
};

/**
 * timeline_read() - read recordings
 * @t: zeroed
 * @ctx: context; gets the failure
 * @paths: of the files, in any order
 * @nr: how many, at least one
 *
 * Return: exit status; timeline_free() in any case.
 */
int timeline_read(struct timeline *t, struct ctx *ctx, const char *const *paths, size_t nr);

/**
 * timeline_free() - free what it has
 * @t: timeline, possibly all zero
 */
void timeline_free(struct timeline *t);

/**
 * timeline_per_s() - a rate
 * @c: column
 * @rate: which
 * @per_s: set to it
 *
 * Return: false when it is not known, as nothing was recorded.
 */
bool timeline_per_s(const struct timeline_column *c, enum timeline_rate rate, double *per_s);

/**
 * timeline_whole() - a rate without what is behind the point
 * @per_s: rate, 0 or more
 *
 * Return: the nearest number; UINT64_MAX for what is more, as of a counter that somebody made up.
 */
uint64_t timeline_whole(double per_s);

/**
 * timeline_rate_key() - JSON key of a rate, such as "promoted_pages_per_s"
 * @rate: which
 */
const char *timeline_rate_key(enum timeline_rate rate);

/**
 * timeline_rate_title() - what a rate is, for people
 * @rate: which
 */
const char *timeline_rate_title(enum timeline_rate rate);

/**
 * timeline_show() - as text or JSON
 * @t: timeline
 * @o: writer
 */
void timeline_show(const struct timeline *t, struct out *o);

/**
 * timeline_plot() - as a picture
 * @t: timeline
 * @to: stream
 */
void timeline_plot(const struct timeline *t, FILE *to);

/**
 * timeline_page() - what a page has below the picture
 * @t: timeline
 * @to: stream
 */
void timeline_page(const struct timeline *t, FILE *to);

#endif /* PGHOTCTL_REPORT_TIMELINE_H */
