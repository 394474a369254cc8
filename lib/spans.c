// SPDX-License-Identifier: GPL-2.0-or-later

#include "spans.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ZONEINFO "/proc/zoneinfo"
#define BLOCKS	 "/sys/devices/system/memory"

/* A zone of /proc/zoneinfo: it has "spanned" and "present" some lines before "start_pfn". */
struct zone {
	bool known;
	uint32_t nid;
	uint64_t spanned, present;
};

/**
 * struct blocks - memory blocks that are online, or those that are not, as sysfs tells
 * @offline: those that are not
 * @asked: they have been read
 * @known: and could be
 * @pages: page frames of each
 * @nr: how many
 * @max: room
 * @number: their numbers, ascending; a block begins at its number times @pages
 */
struct blocks {
	bool offline;
	bool asked, known;
	uint64_t pages;
	size_t nr, max;
	uint64_t *number;
};

static bool read_line(const char *root, const char *path, char *line, int size)
{
	char whole[PATH_MAX];
	bool ok;
	FILE *f;

	snprintf(whole, sizeof(whole), "%s%s", root, path);
	f = fopen(whole, "re");
	if (!f)
		return false;
	ok = fgets(line, size, f);
	fclose(f);
	if (ok)
		line[strcspn(line, "\n")] = '\0';
	return ok;
}

static int add_block(struct blocks *b, uint64_t number)
{
	if (b->nr == b->max) {
		size_t max = b->max ? 2 * b->max : 256;
		uint64_t *p = reallocarray(b->number, max, sizeof(*p));

		if (!p)
			return -ENOMEM;
		b->number = p;
		b->max = max;
	}
	b->number[b->nr++] = number;
	return 0;
}

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* A kernel without memory hotplug has no blocks, and no offline ones either. */
static int read_blocks(struct blocks *b, const char *root)
{
	char path[PATH_MAX], line[32];
	struct dirent *de;
	int err = 0;
	DIR *dir;

	b->asked = true;
	if (!read_line(root, BLOCKS "/block_size_bytes", line, sizeof(line)))
		return 0;
	b->pages = strtoull(line, NULL, 16) / (uint64_t)sysconf(_SC_PAGESIZE);
	snprintf(path, sizeof(path), "%s" BLOCKS, root);
	dir = b->pages ? opendir(path) : NULL;
	if (!dir)
		return 0;
	while (!err && (de = readdir(dir))) {
		uint64_t number;

		if (sscanf(de->d_name, "memory%" SCNu64, &number) != 1)
			continue;
		snprintf(path, sizeof(path), BLOCKS "/memory%" PRIu64 "/state", number);
		/* What is going offline has pages still. */
		if (read_line(root, path, line, sizeof(line)) &&
		    !strcmp(line, "offline") == b->offline)
			err = add_block(b, number);
	}
	closedir(dir);
	if (b->nr)
		qsort(b->number, b->nr, sizeof(*b->number), by_number);
	b->known = !err && b->nr;
	return err;
}

/* The parts of a zone with holes that have memory, neighbours joined. */
static int each_part(const struct blocks *b, const struct pghot_span *span, pghot_rec_span_fn fn,
		     void *data)
{
	struct pghot_span part = { .nid = span->nid };
	int ret = 0;

	if (!b->known)
		return fn(span, data);
	for (size_t i = 0; i < b->nr && !ret; i++) {
		uint64_t start, end;

		/* Page frames that do not exist, on a machine of somebody's imagination. */
		if (b->number[i] >= UINT64_MAX / b->pages)
			break;
		start = b->number[i] * b->pages;
		end = start + b->pages;
		if (start < span->start)
			start = span->start;
		if (end > span->end)
			end = span->end;
		if (start >= end)
			continue;
		if (part.end == start) {
			part.end = end;
			continue;
		}
		if (part.end)
			ret = fn(&part, data);
		part.start = start;
		part.end = end;
	}
	return !ret && part.end ? fn(&part, data) : ret;
}

static int take_zone(const struct zone *zone, uint64_t start, struct blocks *b, const char *root,
		     pghot_rec_span_fn fn, void *data)
{
	struct pghot_span span = {
		.nid = zone->nid,
		.start = start,
		.end = start + zone->spanned,
	};
	int err = 0;

	/* An empty zone starts nowhere. */
	if (!zone->spanned || !zone->present || span.end <= span.start)
		return 0;
	if (zone->present >= zone->spanned)
		return fn(&span, data);
	if (!b->asked)
		err = read_blocks(b, root);
	return err ? err : each_part(b, &span, fn, data);
}

int pghot_spans_read(const char *root, pghot_rec_span_fn fn, void *data)
{
	struct blocks blocks = { 0 };
	struct zone zone = { 0 };
	char line[PATH_MAX];
	int ret = 0;
	FILE *f;

	if (!root)
		root = "";
	snprintf(line, sizeof(line), "%s" ZONEINFO, root);
	f = fopen(line, "re");
	if (!f)
		return -errno;
	while (!ret && fgets(line, sizeof(line), f)) {
		uint64_t value;
		uint32_t nid;

		if (sscanf(line, "Node %" SCNu32 ", zone", &nid) == 1) {
			/* Kernels that do not say what is present have no holes to tell. */
			zone = (struct zone){ .known = true, .nid = nid, .present = UINT64_MAX };
		} else if (sscanf(line, " spanned %" SCNu64, &value) == 1) {
			zone.spanned = value;
		} else if (sscanf(line, " present %" SCNu64, &value) == 1) {
			zone.present = value;
		} else if (zone.known && sscanf(line, " start_pfn: %" SCNu64, &value) == 1) {
			ret = take_zone(&zone, value, &blocks, root, fn, data);
			zone.known = false;
		}
	}
	if (!ret && ferror(f))
		ret = -EIO;
	fclose(f);
	free(blocks.number);
	return ret;
}

/* The node of a block, by the link to it that the block's directory has. */
static uint32_t node_of(const char *root, uint64_t number)
{
	uint32_t nid = PGHOT_SPAN_NID_UNKNOWN;
	char path[PATH_MAX];
	struct dirent *de;
	DIR *dir;

	snprintf(path, sizeof(path), "%s" BLOCKS "/memory%" PRIu64, root, number);
	dir = opendir(path);
	if (!dir)
		return nid;
	while ((de = readdir(dir))) {
		uint32_t found;

		if (sscanf(de->d_name, "node%" SCNu32, &found) == 1)
			nid = found;
	}
	closedir(dir);
	return nid;
}

int pghot_spans_offline(const char *root, pghot_rec_span_fn fn, void *data)
{
	struct blocks b = { .offline = true };
	struct pghot_span span = { 0 };
	int ret;

	if (!root)
		root = "";
	ret = read_blocks(&b, root);
	for (size_t i = 0; i < b.nr && !ret; i++) {
		uint64_t start;
		uint32_t nid;

		/* Beyond what any machine can address. */
		if (b.number[i] >= (1ULL << 52) / b.pages)
			break;
		start = b.number[i] * b.pages;
		nid = node_of(root, b.number[i]);
		if (span.end == start && span.nid == nid) {
			span.end += b.pages;
			continue;
		}
		if (span.end)
			ret = fn(&span, data);
		span = (struct pghot_span){ .nid = nid, .start = start, .end = start + b.pages };
	}
	if (!ret && span.end)
		ret = fn(&span, data);
	free(b.number);
	return ret;
}

uint64_t pghot_spans_blocks(const char *root)
{
	char path[PATH_MAX];
	struct stat st;

	snprintf(path, sizeof(path), "%s" BLOCKS, root ? root : "");
	return stat(path, &st) ? 0 : st.st_nlink;
}
