/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What has changed between two recordings: which pages became hot, which went cold, and whose
 * they are.
 *
 * Compared are the last samples with records. A page is hot if the kernel said so, that is
 * from freq-threshold on. A page frame that is hot in both, and of the same control group,
 * node and type, stayed hot. Anything else that was hot went cold, or went elsewhere; and
 * anything else that is hot now became so. It takes memory for the hot pages of a sample.
 */
#ifndef PGHOTCTL_REPORT_DIFF_H
#define PGHOTCTL_REPORT_DIFF_H

#include "report/sample.h"

/* Orders of rows. */
enum diff_sort {
	DIFF_BY_CHANGE,
	DIFF_BY_HOT,
	DIFF_BY_COLD,
	DIFF_BY_CGROUP,
};

/**
 * struct diff_group - pages of one owner
 * @cgroup: path, NULL when it is not known
 * @ino: inode number of it, 0 for none
 * @nid: node
 * @type: as of pghot_page_type()
 * @before: base pages that were hot in the first recording
 * @after: that are in the second
 * @stayed: that are in both
 */
struct diff_group {
	char *cgroup;
	uint64_t ino;
	uint32_t nid;
	const char *type;
	uint64_t before, after, stayed;
};

/**
 * struct diff_side - one of the recordings
 * @path: of the file
 * @real_ns: when the sample was taken
 * @kernel: release of its kernel
 * @limit: records that it was limited to, and has; 0 when it has all
 * @promoted: base pages promoted until then
 */
struct diff_side {
	const char *path;
	uint64_t real_ns;
	char kernel[PGHOT_RECORDING_TEXT];
	uint32_t limit;
	uint64_t promoted;
};

/**
 * struct diff - two recordings, compared; zero it to start
 * @side: the recordings
 * @page_size: bytes of a page
 * @nr: groups
 * @groups: they, in the order of diff_sort()
 * @max: room for them
 * @slots: where they are by what they are of, &nr_slots numbers of groups + 1
 * @nr_slots: a power of two
 */
struct diff {
	struct diff_side side[2];
	uint32_t page_size;
	size_t nr, max;
	struct diff_group *groups;
	size_t *slots;
	size_t nr_slots;
};

/**
 * diff_read() - compare two recordings
 * @d: zeroed
 * @ctx: context; gets the failure
 * @a: file of the first
 * @b: file of the second
 *
 * Return: exit status; diff_free() in any case.
 */
int diff_read(struct diff *d, struct ctx *ctx, const char *a, const char *b);

/**
 * diff_free() - free it
 * @d: possibly all zero
 */
void diff_free(struct diff *d);

/**
 * diff_sort() - order the groups
 * @d: read
 * @by: order
 */
void diff_sort(struct diff *d, enum diff_sort by);

/* Base pages that became hot, and that went cold or elsewhere. */
static inline uint64_t diff_became_hot(const struct diff_group *g)
{
	return g->after - g->stayed;
}

static inline uint64_t diff_went_cold(const struct diff_group *g)
{
	return g->before - g->stayed;
}

/**
 * diff_show() - as text or JSON
 * @d: sorted
 * @top: most rows, 0 for all
 * @o: writer
 */
void diff_show(const struct diff *d, size_t top, struct out *o);

/**
 * diff_plot() - as a picture of the first groups
 * @d: sorted
 * @to: stream
 */
void diff_plot(const struct diff *d, FILE *to);

/**
 * diff_page() - what a page has below the picture: all groups
 * @d: sorted
 * @to: stream
 */
void diff_page(const struct diff *d, FILE *to);

#endif /* PGHOTCTL_REPORT_DIFF_H */
