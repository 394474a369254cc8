// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Filters of pghottop: parsed, refused in words, and asked about pages. What passes a filter
 * lies within its bounds, for that is all that the kernel is asked for.
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
	bool passes = filter_match(f, &env, e);

	assert(!passes || inside);
	assert(!bounds->exact || !inside || passes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	struct filter_error error = { 0 };
	struct filter_bounds bounds;
	struct filter *f = NULL;
	int ret;

	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	ret = filter_parse(&f, text, &error);
	assert(!ret || (ret == -EINVAL && error.text[0] && error.pos <= strlen(text)));
	if (!ret) {
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
		filter_free(f);
	}
	free(text);
	return 0;
}
