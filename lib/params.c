// SPDX-License-Identifier: GPL-2.0-or-later

#include "params.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "units.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* clang-format off */
static const struct pghot_param_desc params[] = {
	{ PGHOT_A_PARAM_PROMOTE, "promote", NULL, PGHOT_UNIT_BOOL, 0, 1, 1, 1,
	  "promote hot pages; off makes pghot a profiler that moves nothing" },
	{ PGHOT_A_PARAM_FREQ_THRESHOLD, "freq-threshold", "threshold", PGHOT_UNIT_NONE,
	  PGHOT_FREQ_THRESHOLD_MIN, PGHOT_FREQ_THRESHOLD_MAX, PGHOT_FREQ_THRESHOLD_DEFAULT, 4,
	  "accesses within a window that make a page hot" },
	{ PGHOT_A_PARAM_WINDOW_MS, "window-ms", "window", PGHOT_UNIT_MS, PGHOT_WINDOW_MS_MIN,
	  PGHOT_WINDOW_MS_MAX, PGHOT_WINDOW_MS_DEFAULT, 4, "window in which accesses count" },
	{ PGHOT_A_PARAM_PROMOTE_RATE_LIMIT_MBPS, "promote-rate-limit-mbps", "rate-limit",
	  PGHOT_UNIT_MBPS, PGHOT_RATE_LIMIT_MBPS_MIN, PGHOT_RATE_LIMIT_MBPS_MAX,
	  PGHOT_RATE_LIMIT_MBPS_DEFAULT, 4, "most that is promoted to one node per second" },
	{ PGHOT_A_PARAM_BATCH_NR, "batch-nr", "batch", PGHOT_UNIT_PAGES, PGHOT_BATCH_NR_MIN,
	  PGHOT_BATCH_NR_MAX, PGHOT_BATCH_NR_DEFAULT, 4, "base pages that migrate together" },
	{ PGHOT_A_PARAM_SLEEP_MS, "sleep-ms", "sleep", PGHOT_UNIT_MS, PGHOT_SLEEP_MS_MIN,
	  PGHOT_SLEEP_MS_MAX, PGHOT_SLEEP_MS_DEFAULT, 4, "rest of kpromoted between two rounds" },
	{ PGHOT_A_PARAM_TARGET_NID, "target-nid", "target", PGHOT_UNIT_NODE, -1,
	  PGHOT_NODES_MAX - 1, -1, 4, "where to promote to when a report names no node" },
	{ PGHOT_A_PARAM_HEAP_CAPACITY, "heap-capacity", NULL, PGHOT_UNIT_ENTRIES,
	  PGHOT_HEAP_CAPACITY_MIN, PGHOT_HEAP_CAPACITY_MAX, PGHOT_HEAP_CAPACITY_DEFAULT, 4,
	  "folios that can wait for promotion, per node" },
	{ PGHOT_A_PARAM_ADAPTIVE, "adaptive", NULL, PGHOT_UNIT_BOOL, 0, 1, 1, 1,
	  "the threshold follows the flow of candidates" },
};

static const struct pghot_param_desc hintfault_params[] = {
	{ PGHOT_A_HINTFAULT_HOT_LATENCY_MS, "hot-latency-ms", "hot-latency", PGHOT_UNIT_MS,
	  PGHOT_HOT_LATENCY_MS_MIN, PGHOT_HOT_LATENCY_MS_MAX, PGHOT_HOT_LATENCY_MS_DEFAULT, 4,
	  "a hint fault that comes sooner counts as more than one access" },
};

static const struct pghot_param_desc lruscan_params[] = {
	{ PGHOT_A_LRUSCAN_INTERVAL_MS, "interval-ms", "interval", PGHOT_UNIT_MS,
	  PGHOT_LRUSCAN_INTERVAL_MS_MIN, PGHOT_LRUSCAN_INTERVAL_MS_MAX,
	  PGHOT_LRUSCAN_INTERVAL_MS_DEFAULT, 4, "time from one pass over page tables to the next" },
	{ PGHOT_A_LRUSCAN_BUDGET_PAGES, "budget-pages", "budget", PGHOT_UNIT_PAGES,
	  PGHOT_LRUSCAN_BUDGET_PAGES_MIN, PGHOT_LRUSCAN_BUDGET_PAGES_MAX,
	  PGHOT_LRUSCAN_BUDGET_PAGES_DEFAULT, 4, "page table entries that a pass looks at" },
};

#define COUNTER(attr, name, help) { attr, name, NULL, PGHOT_UNIT_NONE, 0, INT64_MAX, 0, 8, help }
static const struct pghot_param_desc lruscan_counters[] = {
	COUNTER(PGHOT_A_LRUSCAN_COUNTERS_PASSES, "passes", "passes over page tables"),
	COUNTER(PGHOT_A_LRUSCAN_COUNTERS_SCANNED, "scanned", "page table entries looked at"),
	COUNTER(PGHOT_A_LRUSCAN_COUNTERS_ACCESSED, "accessed",
		"entries of lower tiers that had been accessed"),
	COUNTER(PGHOT_A_LRUSCAN_COUNTERS_ROUNDS, "rounds",
		"rounds over all memory cgroups since the source was enabled"),
	{ PGHOT_A_LRUSCAN_COUNTERS_ROUND_MS, "round-ms", NULL, PGHOT_UNIT_MS, 0, UINT32_MAX, 0, 4,
	  "time between two looks at a page, of the last round" },
	{ PGHOT_A_LRUSCAN_COUNTERS_MEMCG_CURSOR, "memcg-cursor", NULL, PGHOT_UNIT_INODE,
	  0, INT64_MAX, 0, 8, "memory cgroup in which the next pass goes on" },
	COUNTER(PGHOT_A_LRUSCAN_COUNTERS_HELD, "held",
		"accesses not reported, for the target is full of pages as busy"),
};

/* What is a source's own. */
static const struct {
	uint32_t id;
	unsigned int nest;
	const struct pghot_param_desc *params;
	unsigned int nr_params;
	const struct pghot_param_desc *counters;
	unsigned int nr_counters;
} own[] = {
	{ PGHOT_SOURCE_ID_HINTFAULT, PGHOT_A_SOURCE_HINTFAULT,
	  hintfault_params, ARRAY_LEN(hintfault_params), NULL, 0 },
	{ PGHOT_SOURCE_ID_LRUSCAN, PGHOT_A_SOURCE_LRUSCAN,
	  lruscan_params, ARRAY_LEN(lruscan_params),
	  lruscan_counters, ARRAY_LEN(lruscan_counters) },
};

/* clang-format on */

const struct pghot_param_desc *pghot_param_at(unsigned int i)
{
	return i < ARRAY_LEN(params) ? &params[i] : NULL;
}

const struct pghot_param_desc *pghot_source_param_at(uint32_t id, unsigned int i)
{
	for (unsigned int s = 0; s < ARRAY_LEN(own); s++) {
		if (own[s].id == id)
			return i < own[s].nr_params ? &own[s].params[i] : NULL;
	}
	return NULL;
}

const struct pghot_param_desc *pghot_source_counter_at(uint32_t id, unsigned int i)
{
	for (unsigned int s = 0; s < ARRAY_LEN(own); s++) {
		if (own[s].id == id)
			return i < own[s].nr_counters ? &own[s].counters[i] : NULL;
	}
	return NULL;
}

unsigned int pghot_source_param_nest(uint32_t id)
{
	for (unsigned int s = 0; s < ARRAY_LEN(own); s++) {
		if (own[s].id == id)
			return own[s].nest;
	}
	return 0;
}

int pghot_param_parse(const struct pghot_param_desc *desc, const char *s, int64_t *value)
{
	int64_t parsed = 0;
	uint64_t v = 0;
	bool on;
	int err;

	switch (desc->unit) {
	case PGHOT_UNIT_BOOL:
		err = pghot_parse_bool(s, &on);
		v = !err && on;
		break;
	case PGHOT_UNIT_MS:
		err = pghot_parse_ms(s, 1, &v);
		break;
	case PGHOT_UNIT_MBPS:
		err = pghot_parse_size(s, 1 << 20, &v);
		if (!err && v % (1 << 20))
			err = -EINVAL;
		v >>= 20;
		break;
	case PGHOT_UNIT_NODE:
		err = pghot_parse_s64(s, &parsed);
		break;
	case PGHOT_UNIT_NONE:
	case PGHOT_UNIT_PAGES:
	case PGHOT_UNIT_ENTRIES:
	default:
		err = pghot_parse_count(s, &v);
		break;
	}
	if (err)
		return err;
	if (desc->unit != PGHOT_UNIT_NODE) {
		if (v > INT64_MAX)
			return -ERANGE;
		parsed = (int64_t)v;
	}
	if (parsed < desc->min || parsed > desc->max)
		return -ERANGE;
	*value = parsed;
	return 0;
}

char *pghot_param_accepts(const struct pghot_param_desc *desc, char *buf, size_t size)
{
	char lo[PGHOT_UNIT_LEN], hi[PGHOT_UNIT_LEN];

	switch (desc->unit) {
	case PGHOT_UNIT_BOOL:
		snprintf(buf, size, "on or off");
		break;
	case PGHOT_UNIT_MS:
		snprintf(buf, size, "%s to %s",
			 pghot_format_ms(lo, sizeof(lo), (uint64_t)desc->min),
			 pghot_format_ms(hi, sizeof(hi), (uint64_t)desc->max));
		break;
	case PGHOT_UNIT_MBPS:
		snprintf(buf, size, "%" PRId64 " to %" PRId64 " MiB/s, whole ones", desc->min,
			 desc->max);
		break;
	case PGHOT_UNIT_NODE:
		snprintf(buf, size, "a node, or -1 for the nearest");
		break;
	case PGHOT_UNIT_NONE:
	case PGHOT_UNIT_PAGES:
	case PGHOT_UNIT_ENTRIES:
	default:
		snprintf(buf, size, "%" PRId64 " to %" PRId64, desc->min, desc->max);
		break;
	}
	return buf;
}

char *pghot_param_format(const struct pghot_param_desc *desc, int64_t value, char *buf, size_t size)
{
	switch (desc->unit) {
	case PGHOT_UNIT_BOOL:
		snprintf(buf, size, "%s", value ? "on" : "off");
		break;
	case PGHOT_UNIT_MS:
		pghot_format_ms(buf, size, value < 0 ? 0 : (uint64_t)value);
		break;
	case PGHOT_UNIT_MBPS:
		snprintf(buf, size, "%" PRId64 " MiB/s", value);
		break;
	case PGHOT_UNIT_PAGES:
		snprintf(buf, size, "%" PRId64 " page%s", value, value == 1 ? "" : "s");
		break;
	case PGHOT_UNIT_ENTRIES:
		snprintf(buf, size, "%" PRId64 " folios", value);
		break;
	case PGHOT_UNIT_INODE:
		if (value)
			snprintf(buf, size, "inode %" PRId64, value);
		else
			snprintf(buf, size, "none");
		break;
	case PGHOT_UNIT_NODE:
		if (value < 0)
			snprintf(buf, size, "nearest");
		else
			snprintf(buf, size, "node %" PRId64, value);
		break;
	case PGHOT_UNIT_NONE:
	default:
		snprintf(buf, size, "%" PRId64, value);
		break;
	}
	return buf;
}
