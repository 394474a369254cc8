// SPDX-License-Identifier: GPL-2.0-or-later

#include "names.h"

#include <string.h>

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* clang-format off */
static const struct pghot_source_name sources[] = {
	{ PGHOT_SOURCE_ID_HINTFAULT, 'h', "hintfault", { NULL },
	  "NUMA hint faults of tasks" },
	{ PGHOT_SOURCE_ID_HWHINT, 'i', "hwhint", { "ibs", "pebs", NULL },
	  "hardware samples through perf: AMD IBS, Intel PEBS" },
	{ PGHOT_SOURCE_ID_LRUSCAN, 'l', "lruscan", { "klruscand", NULL },
	  "page-table walks of the multi-generational LRU" },
	{ PGHOT_SOURCE_ID_MMSCAN, 'm', "mmscan", { "kmmscand", NULL },
	  "accessed-bit scans of address spaces" },
};

static const char *const page_flags[] = {
	"anon", "file", "shmem", "ksm", "large", "mapped", "dirty", "writeback",
	"active", "referenced", "unevictable", "mlocked", "swapbacked", "pinned",
	"hugetlb", "young",
};

static const char *const page_types[] = {
	"anon", "thp", "file", "shmem", "ksm", "hugetlb", "other",
};

static const char *const fail_reasons[][2] = {
	[PGHOT_FAIL_REASON_GONE] = { "gone",
		"freed, offline or no longer on a lower tier" },
	[PGHOT_FAIL_REASON_BUSY] = { "busy",
		"locked, under writeback, or not isolatable from its LRU" },
	[PGHOT_FAIL_REASON_POLICY] = { "policy",
		"a mempolicy does not allow the target" },
	[PGHOT_FAIL_REASON_CPUSET] = { "cpuset",
		"a cpuset does not allow the target" },
	[PGHOT_FAIL_REASON_PINNED] = { "pinned",
		"pinned for DMA" },
	[PGHOT_FAIL_REASON_UNMOVABLE] = { "unmovable",
		"a hugetlb page or device memory" },
	[PGHOT_FAIL_REASON_DIRTY] = { "dirty",
		"dirty page cache" },
	[PGHOT_FAIL_REASON_SHARED_EXEC] = { "shared-exec",
		"page cache mapped executable by several processes" },
	[PGHOT_FAIL_REASON_NO_MEMORY] = { "no-memory",
		"too little free memory on the target" },
	[PGHOT_FAIL_REASON_MIGRATE] = { "migrate",
		"isolated, but the migration failed" },
	[PGHOT_FAIL_REASON_CGROUP] = { "cgroup",
		"its memory cgroup takes no part in promotion" },
	[PGHOT_FAIL_REASON_SHARE] = { "share",
		"its memory cgroup has had its share of promotion for now" },
};

static const char *const entry_states[] = { "queued", "hot" };
static const char *const reset_whats[] = { "records", "heaps", "counters" };
static const char *const promotion_kinds[] = { "batch", "rate-limit", "overflow" };
static const char *const queue_places[] = { "none", "arriving", "heap" };
static const char *const exchanges[] = { "unknown", "good", "fair", "poor", "bad" };

/* clang-format on */

static const char *name_at(const char *const *names, size_t nr, unsigned int i)
{
	return i < nr ? names[i] : NULL;
}

const struct pghot_source_name *pghot_source_name_at(unsigned int i)
{
	return i < ARRAY_LEN(sources) ? &sources[i] : NULL;
}

const struct pghot_source_name *pghot_source_by_id(uint32_t id)
{
	for (size_t i = 0; i < ARRAY_LEN(sources); i++) {
		if (sources[i].id == id)
			return &sources[i];
	}
	return NULL;
}

const struct pghot_source_name *pghot_source_by_name(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(sources); i++) {
		if (!strcmp(sources[i].name, name))
			return &sources[i];
		for (const char *const *a = sources[i].aliases; *a; a++) {
			if (!strcmp(*a, name))
				return &sources[i];
		}
	}
	return NULL;
}

char *pghot_sources_letters(char *buf, size_t size, uint32_t mask)
{
	size_t n = 0;

	for (; n < ARRAY_LEN(sources) && n + 1 < size; n++)
		buf[n] = mask & 1U << sources[n].id ? sources[n].letter : '-';
	/* Sources of a later kernel. */
	if (mask >> ARRAY_LEN(sources) && n + 1 < size)
		buf[n++] = '+';
	buf[n] = '\0';
	return buf;
}

const char *pghot_page_flag_name(unsigned int bit)
{
	return name_at(page_flags, ARRAY_LEN(page_flags), bit);
}

const char *pghot_page_type(uint32_t flags)
{
	if (flags & PGHOT_PAGE_FLAG_HUGETLB)
		return "hugetlb";
	if (flags & PGHOT_PAGE_FLAG_KSM)
		return "ksm";
	if (flags & PGHOT_PAGE_FLAG_SHMEM)
		return "shmem";
	if (flags & PGHOT_PAGE_FLAG_ANON)
		return flags & PGHOT_PAGE_FLAG_LARGE ? "thp" : "anon";
	if (flags & PGHOT_PAGE_FLAG_FILE)
		return "file";
	return "other";
}

const char *pghot_page_type_at(unsigned int i)
{
	return name_at(page_types, ARRAY_LEN(page_types), i);
}

const char *pghot_fail_reason_name(unsigned int reason)
{
	return reason < ARRAY_LEN(fail_reasons) ? fail_reasons[reason][0] : NULL;
}

const char *pghot_fail_reason_help(unsigned int reason)
{
	return reason < ARRAY_LEN(fail_reasons) ? fail_reasons[reason][1] : NULL;
}

const char *pghot_entry_state_name(unsigned int bit)
{
	return name_at(entry_states, ARRAY_LEN(entry_states), bit);
}

const char *pghot_reset_what_name(unsigned int bit)
{
	return name_at(reset_whats, ARRAY_LEN(reset_whats), bit);
}

const char *pghot_promotion_kind_name(unsigned int kind)
{
	return name_at(promotion_kinds, ARRAY_LEN(promotion_kinds), kind);
}

const char *pghot_queue_place_name(unsigned int place)
{
	return name_at(queue_places, ARRAY_LEN(queue_places), place);
}

const char *pghot_exchange_name(unsigned int exchange)
{
	return name_at(exchanges, ARRAY_LEN(exchanges), exchange);
}
