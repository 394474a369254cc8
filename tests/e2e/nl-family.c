// SPDX-License-Identifier: GPL-2.0-or-later

#include "nl-family.h"

#include <string.h>

#include <linux/pghot.h>

/* clang-format off */
const struct attr_name failed_set[] = {
	{ "gone", PGHOT_A_FAILED_GONE, U, NULL, 8 },
	{ "busy", PGHOT_A_FAILED_BUSY, U, NULL, 8 },
	{ "policy", PGHOT_A_FAILED_POLICY, U, NULL, 8 },
	{ "cpuset", PGHOT_A_FAILED_CPUSET, U, NULL, 8 },
	{ "pinned", PGHOT_A_FAILED_PINNED, U, NULL, 8 },
	{ "unmovable", PGHOT_A_FAILED_UNMOVABLE, U, NULL, 8 },
	{ "dirty", PGHOT_A_FAILED_DIRTY, U, NULL, 8 },
	{ "shared-exec", PGHOT_A_FAILED_SHARED_EXEC, U, NULL, 8 },
	{ "no-memory", PGHOT_A_FAILED_NO_MEMORY, U, NULL, 8 },
	{ "migrate", PGHOT_A_FAILED_MIGRATE, U, NULL, 8 },
	{ "cgroup", PGHOT_A_FAILED_CGROUP, U, NULL, 8 },
	{ "share", PGHOT_A_FAILED_SHARE, U, NULL, 8 },
	{ 0 }
};
static const struct attr_name tier_set[] = {
	{ "nid", PGHOT_A_TIER_NID, U, NULL, 4 },
	{ "tier", PGHOT_A_TIER_TIER, S32, NULL, 4 },
	{ "toptier", PGHOT_A_TIER_TOPTIER, U, NULL, 1 },
	{ 0 }
};
static const struct attr_name info_set[] = {
	{ "version", PGHOT_A_INFO_VERSION, U, NULL, 4 },
	{ "page-size", PGHOT_A_INFO_PAGE_SIZE, U, NULL, 4 },
	{ "record-bytes", PGHOT_A_INFO_RECORD_BYTES, U, NULL, 4 },
	{ "entry-size", PGHOT_A_INFO_ENTRY_SIZE, U, NULL, 4 },
	{ "memory-bytes", PGHOT_A_INFO_MEMORY_BYTES, U, NULL, 8 },
	{ "heap-capacity", PGHOT_A_INFO_HEAP_CAPACITY, U, NULL, 4 },
	{ "sources", PGHOT_A_INFO_SOURCES, U, NULL, 4 },
	{ "tier", PGHOT_A_INFO_TIER, NEST, tier_set, 0 },
	{ "running", PGHOT_A_INFO_RUNNING, U, NULL, 1 },
	{ "bucket-ms", PGHOT_A_INFO_BUCKET_MS, U, NULL, 4 },
	{ 0 }
};
static const struct attr_name hintfault_set[] = {
	{ "hot-latency-ms", PGHOT_A_HINTFAULT_HOT_LATENCY_MS, U, NULL, 4 },
	{ 0 }
};
static const struct attr_name hwhint_set[] = {
	{ "pmu-type", PGHOT_A_HWHINT_PMU_TYPE, U, NULL, 4 },
	{ "config", PGHOT_A_HWHINT_CONFIG, U, NULL, 8 },
	{ "config1", PGHOT_A_HWHINT_CONFIG1, U, NULL, 8 },
	{ "config2", PGHOT_A_HWHINT_CONFIG2, U, NULL, 8 },
	{ "sample-period", PGHOT_A_HWHINT_SAMPLE_PERIOD, U, NULL, 8 },
	{ "samples-per-sec", PGHOT_A_HWHINT_SAMPLES_PER_SEC, U, NULL, 4 },
	{ "count-kernel", PGHOT_A_HWHINT_COUNT_KERNEL, U, NULL, 1 },
	{ "isolated-cpus", PGHOT_A_HWHINT_ISOLATED_CPUS, U, NULL, 1 },
	{ 0 }
};
static const struct attr_name hwhint_counters_set[] = {
	{ "current-period", PGHOT_A_HWHINT_COUNTERS_CURRENT_PERIOD, U, NULL, 8 },
	{ "cpus", PGHOT_A_HWHINT_COUNTERS_CPUS, U, NULL, 4 },
	{ "received", PGHOT_A_HWHINT_COUNTERS_RECEIVED, U, NULL, 8 },
	{ "user", PGHOT_A_HWHINT_COUNTERS_USER, U, NULL, 8 },
	{ "kernel", PGHOT_A_HWHINT_COUNTERS_KERNEL, U, NULL, 8 },
	{ "unaddressed", PGHOT_A_HWHINT_COUNTERS_UNADDRESSED, U, NULL, 8 },
	{ "dropped", PGHOT_A_HWHINT_COUNTERS_DROPPED, U, NULL, 8 },
	{ "throttled", PGHOT_A_HWHINT_COUNTERS_THROTTLED, U, NULL, 8 },
	{ "cached", PGHOT_A_HWHINT_COUNTERS_CACHED, U, NULL, 8 },
	{ "weight", PGHOT_A_HWHINT_COUNTERS_WEIGHT, U, NULL, 4 },
	{ 0 }
};
static const struct attr_name mmscan_set[] = {
	{ "scan-size-mib", PGHOT_A_MMSCAN_SCAN_SIZE_MIB, U, NULL, 4 },
	{ "scan-period-min-ms", PGHOT_A_MMSCAN_SCAN_PERIOD_MIN_MS, U, NULL, 4 },
	{ "scan-period-max-ms", PGHOT_A_MMSCAN_SCAN_PERIOD_MAX_MS, U, NULL, 4 },
	{ "scan-delay-ms", PGHOT_A_MMSCAN_SCAN_DELAY_MS, U, NULL, 4 },
	{ "cpu-percent", PGHOT_A_MMSCAN_CPU_PERCENT, U, NULL, 4 },
	{ 0 }
};
static const struct attr_name lruscan_set[] = {
	{ "interval-ms", PGHOT_A_LRUSCAN_INTERVAL_MS, U, NULL, 4 },
	{ "budget-pages", PGHOT_A_LRUSCAN_BUDGET_PAGES, U, NULL, 4 },
	{ "cpu-percent", PGHOT_A_LRUSCAN_CPU_PERCENT, U, NULL, 4 },
	{ 0 }
};
static const struct attr_name lruscan_counters_set[] = {
	{ "passes", PGHOT_A_LRUSCAN_COUNTERS_PASSES, U, NULL, 8 },
	{ "scanned", PGHOT_A_LRUSCAN_COUNTERS_SCANNED, U, NULL, 8 },
	{ "accessed", PGHOT_A_LRUSCAN_COUNTERS_ACCESSED, U, NULL, 8 },
	{ "rounds", PGHOT_A_LRUSCAN_COUNTERS_ROUNDS, U, NULL, 8 },
	{ "round-ms", PGHOT_A_LRUSCAN_COUNTERS_ROUND_MS, U, NULL, 4 },
	{ "memcg-cursor", PGHOT_A_LRUSCAN_COUNTERS_MEMCG_CURSOR, U, NULL, 8 },
	{ 0 }
};
const struct attr_name source_set[] = {
	{ "id", PGHOT_A_SOURCE_ID, U, NULL, 4 },
	{ "name", PGHOT_A_SOURCE_NAME, STR, NULL, 0 },
	{ "available", PGHOT_A_SOURCE_AVAILABLE, U, NULL, 1 },
	{ "unavailable-reason", PGHOT_A_SOURCE_UNAVAILABLE_REASON, STR, NULL, 0 },
	{ "enabled", PGHOT_A_SOURCE_ENABLED, U, NULL, 1 },
	{ "recorded", PGHOT_A_SOURCE_RECORDED, U, NULL, 8 },
	{ "useful", PGHOT_A_SOURCE_USEFUL, U, NULL, 8 },
	{ "hintfault", PGHOT_A_SOURCE_HINTFAULT, NEST, hintfault_set, 0 },
	{ "hwhint", PGHOT_A_SOURCE_HWHINT, NEST, hwhint_set, 0 },
	{ "hwhint-counters", PGHOT_A_SOURCE_HWHINT_COUNTERS, NEST, hwhint_counters_set, 0 },
	{ "mmscan", PGHOT_A_SOURCE_MMSCAN, NEST, mmscan_set, 0 },
	{ "lruscan", PGHOT_A_SOURCE_LRUSCAN, NEST, lruscan_set, 0 },
	{ "lruscan-counters", PGHOT_A_SOURCE_LRUSCAN_COUNTERS, NEST, lruscan_counters_set, 0 },
	{ "window-ms", PGHOT_A_SOURCE_WINDOW_MS, U, NULL, 4 },
	{ "pace-ms", PGHOT_A_SOURCE_PACE_MS, U, NULL, 4 },
	{ 0 }
};
static const struct attr_name param_set[] = {
	{ "promote", PGHOT_A_PARAM_PROMOTE, U, NULL, 1 },
	{ "freq-threshold", PGHOT_A_PARAM_FREQ_THRESHOLD, U, NULL, 4 },
	{ "window-ms", PGHOT_A_PARAM_WINDOW_MS, U, NULL, 4 },
	{ "promote-rate-limit-mbps", PGHOT_A_PARAM_PROMOTE_RATE_LIMIT_MBPS, U, NULL, 4 },
	{ "batch-nr", PGHOT_A_PARAM_BATCH_NR, U, NULL, 4 },
	{ "sleep-ms", PGHOT_A_PARAM_SLEEP_MS, U, NULL, 4 },
	{ "target-nid", PGHOT_A_PARAM_TARGET_NID, S32, NULL, 4 },
	{ "heap-capacity", PGHOT_A_PARAM_HEAP_CAPACITY, U, NULL, 4 },
	{ "adaptive", PGHOT_A_PARAM_ADAPTIVE, U, NULL, 1 },
	{ "window-max-ms", PGHOT_A_PARAM_WINDOW_MAX_MS, U, NULL, 4 },
	{ 0 }
};
static const struct attr_name node_set[] = {
	{ "nid", PGHOT_A_NODE_NID, U, NULL, 4 },
	{ "toptier", PGHOT_A_NODE_TOPTIER, U, NULL, 1 },
	{ "tier", PGHOT_A_NODE_TIER, S32, NULL, 4 },
	{ "present-pages", PGHOT_A_NODE_PRESENT_PAGES, U, NULL, 8 },
	{ "free-pages", PGHOT_A_NODE_FREE_PAGES, U, NULL, 8 },
	{ "tracked-pages", PGHOT_A_NODE_TRACKED_PAGES, U, NULL, 8 },
	{ "refill-sections", PGHOT_A_NODE_REFILL_SECTIONS, U, NULL, 4 },
	{ "heap-length", PGHOT_A_NODE_HEAP_LENGTH, U, NULL, 4 },
	{ "heap-capacity", PGHOT_A_NODE_HEAP_CAPACITY, U, NULL, 4 },
	{ "threshold", PGHOT_A_NODE_THRESHOLD, U, NULL, 4 },
	{ "hot", PGHOT_A_NODE_HOT, U, NULL, 8 },
	{ "promoted", PGHOT_A_NODE_PROMOTED, U, NULL, 8 },
	{ "promoted-per-sec", PGHOT_A_NODE_PROMOTED_PER_SEC, U, NULL, 8 },
	{ "failed", PGHOT_A_NODE_FAILED, NEST, failed_set, 0 },
	{ "rate-limited", PGHOT_A_NODE_RATE_LIMITED, U, NULL, 1 },
	{ "dropped", PGHOT_A_NODE_DROPPED, U, NULL, 8 },
	{ "record-bytes", PGHOT_A_NODE_RECORD_BYTES, U, NULL, 8 },
	{ 0 }
};
static const struct attr_name stats_set[] = {
	{ "source", PGHOT_A_STATS_SOURCE, NEST, source_set, 0 },
	{ "hot", PGHOT_A_STATS_HOT, U, NULL, 8 },
	{ "promoted", PGHOT_A_STATS_PROMOTED, U, NULL, 8 },
	{ "failed", PGHOT_A_STATS_FAILED, NEST, failed_set, 0 },
	{ "dropped-ring", PGHOT_A_STATS_DROPPED_RING, U, NULL, 8 },
	{ "dropped-heap", PGHOT_A_STATS_DROPPED_HEAP, U, NULL, 8 },
	{ "refilled", PGHOT_A_STATS_REFILLED, U, NULL, 8 },
	{ "pruned", PGHOT_A_STATS_PRUNED, U, NULL, 8 },
	{ "batches", PGHOT_A_STATS_BATCHES, U, NULL, 8 },
	{ "rate-limited", PGHOT_A_STATS_RATE_LIMITED, U, NULL, 8 },
	{ 0 }
};
const struct attr_name dump_set[] = {
	{ "nid", PGHOT_A_DUMP_NID, U, NULL, 4 },
	{ "limit", PGHOT_A_DUMP_LIMIT, U, NULL, 4 },
	{ "min-freq", PGHOT_A_DUMP_MIN_FREQ, U, NULL, 4 },
	{ "pfn-start", PGHOT_A_DUMP_PFN_START, U, NULL, 8 },
	{ "pfn-end", PGHOT_A_DUMP_PFN_END, U, NULL, 8 },
	{ "entry-size", PGHOT_A_DUMP_ENTRY_SIZE, U, NULL, 4 },
	{ "entries", PGHOT_A_DUMP_ENTRIES, ENTRIES, NULL, 0 },
	{ 0 }
};
static const struct attr_name promote_set[] = {
	{ "pfn", PGHOT_A_PROMOTE_PFN, U, NULL, 8 },
	{ "nid", PGHOT_A_PROMOTE_NID, U, NULL, 4 },
	{ "count", PGHOT_A_PROMOTE_COUNT, U, NULL, 4 },
	{ "attempted", PGHOT_A_PROMOTE_ATTEMPTED, U, NULL, 8 },
	{ "promoted", PGHOT_A_PROMOTE_PROMOTED, U, NULL, 8 },
	{ "failed", PGHOT_A_PROMOTE_FAILED, NEST, failed_set, 0 },
	{ 0 }
};
static const struct attr_name reset_set[] = {
	{ "what", PGHOT_A_RESET_WHAT, U, NULL, 4 },
	{ 0 }
};
static const struct attr_name config_event_set[] = {
	{ "pid", PGHOT_A_CONFIG_EVENT_PID, U, NULL, 4 },
	{ "uid", PGHOT_A_CONFIG_EVENT_UID, U, NULL, 4 },
	{ "comm", PGHOT_A_CONFIG_EVENT_COMM, STR, NULL, 0 },
	{ "source", PGHOT_A_CONFIG_EVENT_SOURCE, NEST, source_set, 0 },
	{ "param", PGHOT_A_CONFIG_EVENT_PARAM, NEST, param_set, 0 },
	{ "reset", PGHOT_A_CONFIG_EVENT_RESET, U, NULL, 4 },
	{ 0 }
};
static const struct attr_name promotion_event_set[] = {
	{ "kind", PGHOT_A_PROMOTION_EVENT_KIND, U, NULL, 4 },
	{ "nid", PGHOT_A_PROMOTION_EVENT_NID, U, NULL, 4 },
	{ "attempted", PGHOT_A_PROMOTION_EVENT_ATTEMPTED, U, NULL, 8 },
	{ "promoted", PGHOT_A_PROMOTION_EVENT_PROMOTED, U, NULL, 8 },
	{ "failed", PGHOT_A_PROMOTION_EVENT_FAILED, NEST, failed_set, 0 },
	{ "threshold", PGHOT_A_PROMOTION_EVENT_THRESHOLD, U, NULL, 4 },
	{ "heap-length", PGHOT_A_PROMOTION_EVENT_HEAP_LENGTH, U, NULL, 4 },
	{ 0 }
};
static const struct attr_name explain_set[] = {
	{ "pfn", PGHOT_A_EXPLAIN_PFN, U, NULL, 8 },
	{ "pid", PGHOT_A_EXPLAIN_PID, U, NULL, 4 },
	{ "address", PGHOT_A_EXPLAIN_ADDRESS, U, NULL, 8 },
	{ "nid", PGHOT_A_EXPLAIN_NID, U, NULL, 4 },
	{ "order", PGHOT_A_EXPLAIN_ORDER, U, NULL, 4 },
	{ "page-nid", PGHOT_A_EXPLAIN_PAGE_NID, U, NULL, 4 },
	{ "page-flags", PGHOT_A_EXPLAIN_PAGE_FLAGS, U, NULL, 4 },
	{ "cgroup-ino", PGHOT_A_EXPLAIN_CGROUP_INO, U, NULL, 8 },
	{ "running", PGHOT_A_EXPLAIN_RUNNING, U, NULL, 1 },
	{ "tracked", PGHOT_A_EXPLAIN_TRACKED, U, NULL, 1 },
	{ "freq", PGHOT_A_EXPLAIN_FREQ, U, NULL, 4 },
	{ "age-ms", PGHOT_A_EXPLAIN_AGE_MS, U, NULL, 4 },
	{ "sources", PGHOT_A_EXPLAIN_SOURCES, U, NULL, 4 },
	{ "window-ms", PGHOT_A_EXPLAIN_WINDOW_MS, U, NULL, 4 },
	{ "threshold", PGHOT_A_EXPLAIN_THRESHOLD, U, NULL, 4 },
	{ "place", PGHOT_A_EXPLAIN_PLACE, U, NULL, 4 },
	{ "hotter", PGHOT_A_EXPLAIN_HOTTER, U, NULL, 4 },
	{ "as-hot", PGHOT_A_EXPLAIN_AS_HOT, U, NULL, 4 },
	{ "heap-length", PGHOT_A_EXPLAIN_HEAP_LENGTH, U, NULL, 4 },
	{ "tries", PGHOT_A_EXPLAIN_TRIES, U, NULL, 4 },
	{ "waits", PGHOT_A_EXPLAIN_WAITS, U, NULL, 4 },
	{ "reason", PGHOT_A_EXPLAIN_REASON, U, NULL, 4 },
	{ "other-nid", PGHOT_A_EXPLAIN_OTHER_NID, U, NULL, 4 },
	{ "policy-nodes", PGHOT_A_EXPLAIN_POLICY_NODES, STR, NULL, 0 },
	{ "cpuset-nodes", PGHOT_A_EXPLAIN_CPUSET_NODES, STR, NULL, 0 },
	{ "refused-by", PGHOT_A_EXPLAIN_REFUSED_BY, U, NULL, 4 },
	{ "mappings", PGHOT_A_EXPLAIN_MAPPINGS, U, NULL, 4 },
	{ "asked", PGHOT_A_EXPLAIN_ASKED, U, NULL, 4 },
	{ "references", PGHOT_A_EXPLAIN_REFERENCES, U, NULL, 4 },
	{ "partly-mapped", PGHOT_A_EXPLAIN_PARTLY_MAPPED, U, NULL, 1 },
	{ "free-pages", PGHOT_A_EXPLAIN_FREE_PAGES, U, NULL, 8 },
	{ "room", PGHOT_A_EXPLAIN_ROOM, U, NULL, 1 },
	{ "promote", PGHOT_A_EXPLAIN_PROMOTE, U, NULL, 1 },
	{ "rate-limited", PGHOT_A_EXPLAIN_RATE_LIMITED, U, NULL, 1 },
	{ "promoted-per-sec", PGHOT_A_EXPLAIN_PROMOTED_PER_SEC, U, NULL, 8 },
	{ "full", PGHOT_A_EXPLAIN_FULL, U, NULL, 1 },
	{ "exchange", PGHOT_A_EXPLAIN_EXCHANGE, U, NULL, 4 },
	{ "exchange-percent", PGHOT_A_EXPLAIN_EXCHANGE_PERCENT, U, NULL, 4 },
	{ "exchange-pages", PGHOT_A_EXPLAIN_EXCHANGE_PAGES, U, NULL, 8 },
	{ "failed-reason", PGHOT_A_EXPLAIN_FAILED_REASON, U, NULL, 4 },
	{ "failed-ms", PGHOT_A_EXPLAIN_FAILED_MS, U, NULL, 4 },
	{ "failed-count", PGHOT_A_EXPLAIN_FAILED_COUNT, U, NULL, 4 },
	{ 0 }
};
static const struct attr_name summary_set[] = {
	{ "nid", PGHOT_A_SUMMARY_NID, U, NULL, 4 },
	{ "pfn-start", PGHOT_A_SUMMARY_PFN_START, U, NULL, 8 },
	{ "pfn-end", PGHOT_A_SUMMARY_PFN_END, U, NULL, 8 },
	{ "min-freq", PGHOT_A_SUMMARY_MIN_FREQ, U, NULL, 4 },
	{ "cgroup-ino", PGHOT_A_SUMMARY_CGROUP_INO, U, NULL, 8 },
	{ "type", PGHOT_A_SUMMARY_TYPE, U, NULL, 4 },
	{ "folios", PGHOT_A_SUMMARY_FOLIOS, U, NULL, 8 },
	{ "pages", PGHOT_A_SUMMARY_PAGES, NUMBERS, NULL, 0 },
	{ 0 }
};

static const struct attr_name cgroup_set[] = {
	{ "ino", PGHOT_A_CGROUP_INO, U, NULL, 8 },
	{ "promote", PGHOT_A_CGROUP_PROMOTE, U, NULL, 1 },
	{ "effective-promote", PGHOT_A_CGROUP_EFFECTIVE_PROMOTE, U, NULL, 1 },
	{ "share", PGHOT_A_CGROUP_SHARE, U, NULL, 4 },
	{ "effective-share", PGHOT_A_CGROUP_EFFECTIVE_SHARE, U, NULL, 4 },
	{ "promoted", PGHOT_A_CGROUP_PROMOTED, U, NULL, 8 },
	{ "demoted", PGHOT_A_CGROUP_DEMOTED, U, NULL, 8 },
	{ "returned", PGHOT_A_CGROUP_RETURNED, U, NULL, 8 },
	{ "failed", PGHOT_A_CGROUP_FAILED, NEST, failed_set, 0 },
	{ 0 }
};

const struct command_name commands[] = {
	{ "info-get", PGHOT_CMD_INFO_GET, info_set },
	{ "source-get", PGHOT_CMD_SOURCE_GET, source_set },
	{ "source-set", PGHOT_CMD_SOURCE_SET, source_set },
	{ "param-get", PGHOT_CMD_PARAM_GET, param_set },
	{ "param-set", PGHOT_CMD_PARAM_SET, param_set },
	{ "node-get", PGHOT_CMD_NODE_GET, node_set },
	{ "stats-get", PGHOT_CMD_STATS_GET, stats_set },
	{ "heap-get", PGHOT_CMD_HEAP_GET, dump_set },
	{ "record-get", PGHOT_CMD_RECORD_GET, dump_set },
	{ "promoted-get", PGHOT_CMD_PROMOTED_GET, dump_set },
	{ "promote", PGHOT_CMD_PROMOTE, promote_set },
	{ "reset", PGHOT_CMD_RESET, reset_set },
	{ "config-ntf", PGHOT_CMD_CONFIG_NTF, config_event_set },
	{ "promotion-ntf", PGHOT_CMD_PROMOTION_NTF, promotion_event_set },
	{ "explain", PGHOT_CMD_EXPLAIN, explain_set },
	{ "summary-get", PGHOT_CMD_SUMMARY_GET, summary_set },
	{ "cgroup-get", PGHOT_CMD_CGROUP_GET, cgroup_set },
	{ "cgroup-set", PGHOT_CMD_CGROUP_SET, cgroup_set },
	{ 0 }
};
/* clang-format on */

const struct attr_name *by_name(const struct attr_name *set, const char *name, size_t len)
{
	for (; set && set->name; set++)
		if (strlen(set->name) == len && !memcmp(set->name, name, len))
			return set;
	return NULL;
}

const struct attr_name *by_number(const struct attr_name *set, int number)
{
	for (; set && set->name; set++)
		if (set->number == number)
			return set;
	return NULL;
}
