// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Filters of pghottop: parsed, refused in words, and asked about pages, cgroups, processes and
 * mappings. A page that passes a filter lies within its bounds, for that is all that the kernel
 * is asked for; a filter for rows of another kind lets none pass.
 */

#include <assert.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "table/filter.h"

#define PAGE_BYTES 4096

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool lies_in(const struct filter_range *r, uint64_t value)
{
	return value >= r->lo && (r->hi == FILTER_ANY || value <= r->hi);
}

static void check_page(const struct filter *f, const struct filter_bounds *bounds,
		       const struct pghot_entry *e)
{
	struct row_env env = { .page_size = PAGE_BYTES };
	bool inside = lies_in(&bounds->freq, e->freq) && lies_in(&bounds->node, e->nid) &&
		      lies_in(&bounds->target, e->target_nid) && lies_in(&bounds->pfn, e->pfn);
	bool passes = filter_match(f, &env, (struct row){ .page = e }, ROW_PAGE);

	assert(!passes || inside);
	assert(!bounds->exact || !inside || passes);
}

static void check_pages(const struct filter *f)
{
	struct filter_bounds bounds;

	filter_bounds(f, PAGE_BYTES, &bounds);
	for (unsigned int i = 0; i < 64; i++) {
		struct pghot_entry e = {
			.pfn = 0x1000ULL << i % 20,
			.nid = (uint16_t)(i % 4),
			.target_nid = (uint16_t)(i % 3),
			.freq = (uint8_t)i,
			.age_ms = i * 100,
			.page_flags = 1U << i % 16,
			.state = (uint8_t)(i % 4),
			.sources = (uint8_t)(1U << i % 4),
		};

		check_page(f, &bounds, &e);
	}
}

static void check_owners(const struct filter *f, enum row_kind kind)
{
	struct row_env env = { .page_size = PAGE_BYTES };
	char path[] = "/system.slice/db", *leaf = strrchr(path, '/') + 1;
	enum row_kind other = kind == ROW_CGROUP ? ROW_PROCESS : ROW_CGROUP;

	for (unsigned int i = 0; i < 64; i++) {
		struct owner o = {
			.ino = i,
			.pid = (pid_t)i,
			.start = 0x1000ULL << i,
			.end = (0x1000ULL << i) + 0x1000,
			.perms = "rw-p",
			/* Processes and mappings have one always. */
			.path = i % 2 || kind != ROW_CGROUP ? path : NULL,
			.shown = path,
			.leaf = leaf,
			.parent = NO_PARENT,
			.hot = 1ULL << i,
			.slow = UINT64_MAX >> i,
			.placed = i % 3,
			.counted = i % 5,
			.promoted_per_s = i % 7 ? i * 1e300 : RATE_UNKNOWN,
		};

		(void)filter_match(f, &env, (struct row){ .owner = &o }, kind);
		assert(!f || !filter_match(f, &env, (struct row){ .owner = &o }, other));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	for (int kind = 0; kind < NR_ROW_KINDS; kind++) {
		struct filter_error error = { 0 };
		struct filter *f = NULL;
		int ret = filter_parse(&f, kind, text, &error);

		assert(!ret || (ret == -EINVAL && error.text[0] && error.pos <= strlen(text)));
		if (ret)
			continue;
		if (kind == ROW_PAGE)
			check_pages(f);
		else
			check_owners(f, kind);
		filter_free(f);
	}
	free(text);
	return 0;
}
