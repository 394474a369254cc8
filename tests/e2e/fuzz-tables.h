/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Made by tests/fuzz/describe.py from uapi/pghot.yaml; do not edit. */
#ifndef PGHOT_E2E_FUZZ_TABLES_H
#define PGHOT_E2E_FUZZ_TABLES_H

#include <linux/pghot.h>

#include "fuzz.h"

/* clang-format off */

static const struct fuzz_attr fuzz_tier_attrs[] = {
	{ "nid", PGHOT_A_TIER_NID, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "tier", PGHOT_A_TIER_TIER, FUZZ_S32, NULL, 0u, 4294967295u },
	{ "toptier", PGHOT_A_TIER_TOPTIER, FUZZ_U8, NULL, 0u, 1u },
};
static const struct fuzz_set fuzz_tier_set = { "tier", fuzz_tier_attrs, 3 };

static const struct fuzz_attr fuzz_info_attrs[] = {
	{ "version", PGHOT_A_INFO_VERSION, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "page-size", PGHOT_A_INFO_PAGE_SIZE, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "record-bytes", PGHOT_A_INFO_RECORD_BYTES, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "entry-size", PGHOT_A_INFO_ENTRY_SIZE, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "memory-bytes", PGHOT_A_INFO_MEMORY_BYTES, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "heap-capacity", PGHOT_A_INFO_HEAP_CAPACITY, FUZZ_U32, NULL, 256u, 262144u },
	{ "sources", PGHOT_A_INFO_SOURCES, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "tier", PGHOT_A_INFO_TIER, FUZZ_NEST, &fuzz_tier_set, 0u, 1u },
	{ "running", PGHOT_A_INFO_RUNNING, FUZZ_U8, NULL, 0u, 1u },
	{ "bucket-ms", PGHOT_A_INFO_BUCKET_MS, FUZZ_U32, NULL, 0u, 4294967295u },
};
static const struct fuzz_set fuzz_info_set = { "info", fuzz_info_attrs, 10 };

static const struct fuzz_attr fuzz_hintfault_attrs[] = {
	{ "hot-latency-ms", PGHOT_A_HINTFAULT_HOT_LATENCY_MS, FUZZ_U32, NULL, 1u, 2000u },
};
static const struct fuzz_set fuzz_hintfault_set = { "hintfault", fuzz_hintfault_attrs, 1 };

static const struct fuzz_attr fuzz_hwhint_attrs[] = {
	{ "pmu-type", PGHOT_A_HWHINT_PMU_TYPE, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "config", PGHOT_A_HWHINT_CONFIG, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "config1", PGHOT_A_HWHINT_CONFIG1, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "config2", PGHOT_A_HWHINT_CONFIG2, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "sample-period", PGHOT_A_HWHINT_SAMPLE_PERIOD, FUZZ_UINT, NULL, 1u, 1073741824u },
	{ "samples-per-sec", PGHOT_A_HWHINT_SAMPLES_PER_SEC, FUZZ_U32, NULL, 10u, 100000u },
	{ "count-kernel", PGHOT_A_HWHINT_COUNT_KERNEL, FUZZ_U8, NULL, 0u, 1u },
	{ "isolated-cpus", PGHOT_A_HWHINT_ISOLATED_CPUS, FUZZ_U8, NULL, 0u, 1u },
};
static const struct fuzz_set fuzz_hwhint_set = { "hwhint", fuzz_hwhint_attrs, 8 };

static const struct fuzz_attr fuzz_hwhint_counters_attrs[] = {
	{ "current-period", PGHOT_A_HWHINT_COUNTERS_CURRENT_PERIOD, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "cpus", PGHOT_A_HWHINT_COUNTERS_CPUS, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "received", PGHOT_A_HWHINT_COUNTERS_RECEIVED, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "user", PGHOT_A_HWHINT_COUNTERS_USER, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "kernel", PGHOT_A_HWHINT_COUNTERS_KERNEL, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "unaddressed", PGHOT_A_HWHINT_COUNTERS_UNADDRESSED, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "dropped", PGHOT_A_HWHINT_COUNTERS_DROPPED, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "throttled", PGHOT_A_HWHINT_COUNTERS_THROTTLED, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "cached", PGHOT_A_HWHINT_COUNTERS_CACHED, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "weight", PGHOT_A_HWHINT_COUNTERS_WEIGHT, FUZZ_U32, NULL, 0u, 4294967295u },
};
static const struct fuzz_set fuzz_hwhint_counters_set = { "hwhint-counters", fuzz_hwhint_counters_attrs, 10 };

static const struct fuzz_attr fuzz_mmscan_attrs[] = {
	{ "scan-size-mib", PGHOT_A_MMSCAN_SCAN_SIZE_MIB, FUZZ_U32, NULL, 1u, 65536u },
	{ "scan-period-min-ms", PGHOT_A_MMSCAN_SCAN_PERIOD_MIN_MS, FUZZ_U32, NULL, 100u, 60000u },
	{ "scan-period-max-ms", PGHOT_A_MMSCAN_SCAN_PERIOD_MAX_MS, FUZZ_U32, NULL, 100u, 600000u },
	{ "scan-delay-ms", PGHOT_A_MMSCAN_SCAN_DELAY_MS, FUZZ_U32, NULL, 0u, 600000u },
	{ "cpu-percent", PGHOT_A_MMSCAN_CPU_PERCENT, FUZZ_U32, NULL, 1u, 100u },
};
static const struct fuzz_set fuzz_mmscan_set = { "mmscan", fuzz_mmscan_attrs, 5 };

static const struct fuzz_attr fuzz_lruscan_attrs[] = {
	{ "interval-ms", PGHOT_A_LRUSCAN_INTERVAL_MS, FUZZ_U32, NULL, 50u, 60000u },
	{ "budget-pages", PGHOT_A_LRUSCAN_BUDGET_PAGES, FUZZ_U32, NULL, 4096u, 1073741824u },
	{ "cpu-percent", PGHOT_A_LRUSCAN_CPU_PERCENT, FUZZ_U32, NULL, 1u, 100u },
};
static const struct fuzz_set fuzz_lruscan_set = { "lruscan", fuzz_lruscan_attrs, 3 };

static const struct fuzz_attr fuzz_lruscan_counters_attrs[] = {
	{ "passes", PGHOT_A_LRUSCAN_COUNTERS_PASSES, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "scanned", PGHOT_A_LRUSCAN_COUNTERS_SCANNED, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "accessed", PGHOT_A_LRUSCAN_COUNTERS_ACCESSED, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "rounds", PGHOT_A_LRUSCAN_COUNTERS_ROUNDS, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "round-ms", PGHOT_A_LRUSCAN_COUNTERS_ROUND_MS, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "memcg-cursor", PGHOT_A_LRUSCAN_COUNTERS_MEMCG_CURSOR, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
};
static const struct fuzz_set fuzz_lruscan_counters_set = { "lruscan-counters", fuzz_lruscan_counters_attrs, 6 };

static const struct fuzz_attr fuzz_source_attrs[] = {
	{ "id", PGHOT_A_SOURCE_ID, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "name", PGHOT_A_SOURCE_NAME, FUZZ_STRING, NULL, 0u, 1u },
	{ "available", PGHOT_A_SOURCE_AVAILABLE, FUZZ_U8, NULL, 0u, 1u },
	{ "unavailable-reason", PGHOT_A_SOURCE_UNAVAILABLE_REASON, FUZZ_STRING, NULL, 0u, 1u },
	{ "enabled", PGHOT_A_SOURCE_ENABLED, FUZZ_U8, NULL, 0u, 1u },
	{ "recorded", PGHOT_A_SOURCE_RECORDED, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "useful", PGHOT_A_SOURCE_USEFUL, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "hintfault", PGHOT_A_SOURCE_HINTFAULT, FUZZ_NEST, &fuzz_hintfault_set, 0u, 1u },
	{ "hwhint", PGHOT_A_SOURCE_HWHINT, FUZZ_NEST, &fuzz_hwhint_set, 0u, 1u },
	{ "hwhint-counters", PGHOT_A_SOURCE_HWHINT_COUNTERS, FUZZ_NEST, &fuzz_hwhint_counters_set, 0u, 1u },
	{ "mmscan", PGHOT_A_SOURCE_MMSCAN, FUZZ_NEST, &fuzz_mmscan_set, 0u, 1u },
	{ "lruscan", PGHOT_A_SOURCE_LRUSCAN, FUZZ_NEST, &fuzz_lruscan_set, 0u, 1u },
	{ "lruscan-counters", PGHOT_A_SOURCE_LRUSCAN_COUNTERS, FUZZ_NEST, &fuzz_lruscan_counters_set, 0u, 1u },
	{ "window-ms", PGHOT_A_SOURCE_WINDOW_MS, FUZZ_U32, NULL, 500u, 60000u },
	{ "pace-ms", PGHOT_A_SOURCE_PACE_MS, FUZZ_U32, NULL, 0u, 4294967295u },
};
static const struct fuzz_set fuzz_source_set = { "source", fuzz_source_attrs, 15 };

static const struct fuzz_attr fuzz_param_attrs[] = {
	{ "promote", PGHOT_A_PARAM_PROMOTE, FUZZ_U8, NULL, 0u, 1u },
	{ "freq-threshold", PGHOT_A_PARAM_FREQ_THRESHOLD, FUZZ_U32, NULL, 1u, 63u },
	{ "window-ms", PGHOT_A_PARAM_WINDOW_MS, FUZZ_U32, NULL, 500u, 60000u },
	{ "promote-rate-limit-mbps", PGHOT_A_PARAM_PROMOTE_RATE_LIMIT_MBPS, FUZZ_U32, NULL, 1u, 65536u },
	{ "batch-nr", PGHOT_A_PARAM_BATCH_NR, FUZZ_U32, NULL, 1u, 512u },
	{ "sleep-ms", PGHOT_A_PARAM_SLEEP_MS, FUZZ_U32, NULL, 10u, 10000u },
	{ "target-nid", PGHOT_A_PARAM_TARGET_NID, FUZZ_S32, NULL, 0u, 4294967295u },
	{ "heap-capacity", PGHOT_A_PARAM_HEAP_CAPACITY, FUZZ_U32, NULL, 256u, 262144u },
	{ "adaptive", PGHOT_A_PARAM_ADAPTIVE, FUZZ_U8, NULL, 0u, 1u },
	{ "window-max-ms", PGHOT_A_PARAM_WINDOW_MAX_MS, FUZZ_U32, NULL, 500u, 260000u },
};
static const struct fuzz_set fuzz_param_set = { "param", fuzz_param_attrs, 10 };

static const struct fuzz_attr fuzz_failed_attrs[] = {
	{ "gone", PGHOT_A_FAILED_GONE, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "busy", PGHOT_A_FAILED_BUSY, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "policy", PGHOT_A_FAILED_POLICY, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "cpuset", PGHOT_A_FAILED_CPUSET, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "pinned", PGHOT_A_FAILED_PINNED, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "unmovable", PGHOT_A_FAILED_UNMOVABLE, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "dirty", PGHOT_A_FAILED_DIRTY, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "shared-exec", PGHOT_A_FAILED_SHARED_EXEC, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "no-memory", PGHOT_A_FAILED_NO_MEMORY, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "migrate", PGHOT_A_FAILED_MIGRATE, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "cgroup", PGHOT_A_FAILED_CGROUP, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "share", PGHOT_A_FAILED_SHARE, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
};
static const struct fuzz_set fuzz_failed_set = { "failed", fuzz_failed_attrs, 12 };

static const struct fuzz_attr fuzz_node_attrs[] = {
	{ "nid", PGHOT_A_NODE_NID, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "toptier", PGHOT_A_NODE_TOPTIER, FUZZ_U8, NULL, 0u, 1u },
	{ "tier", PGHOT_A_NODE_TIER, FUZZ_S32, NULL, 0u, 4294967295u },
	{ "present-pages", PGHOT_A_NODE_PRESENT_PAGES, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "free-pages", PGHOT_A_NODE_FREE_PAGES, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "tracked-pages", PGHOT_A_NODE_TRACKED_PAGES, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "refill-sections", PGHOT_A_NODE_REFILL_SECTIONS, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "heap-length", PGHOT_A_NODE_HEAP_LENGTH, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "heap-capacity", PGHOT_A_NODE_HEAP_CAPACITY, FUZZ_U32, NULL, 256u, 262144u },
	{ "threshold", PGHOT_A_NODE_THRESHOLD, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "hot", PGHOT_A_NODE_HOT, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "promoted", PGHOT_A_NODE_PROMOTED, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "promoted-per-sec", PGHOT_A_NODE_PROMOTED_PER_SEC, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "failed", PGHOT_A_NODE_FAILED, FUZZ_NEST, &fuzz_failed_set, 0u, 1u },
	{ "rate-limited", PGHOT_A_NODE_RATE_LIMITED, FUZZ_U8, NULL, 0u, 1u },
	{ "dropped", PGHOT_A_NODE_DROPPED, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "record-bytes", PGHOT_A_NODE_RECORD_BYTES, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
};
static const struct fuzz_set fuzz_node_set = { "node", fuzz_node_attrs, 17 };

static const struct fuzz_attr fuzz_stats_attrs[] = {
	{ "source", PGHOT_A_STATS_SOURCE, FUZZ_NEST, &fuzz_source_set, 0u, 1u },
	{ "hot", PGHOT_A_STATS_HOT, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "promoted", PGHOT_A_STATS_PROMOTED, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "failed", PGHOT_A_STATS_FAILED, FUZZ_NEST, &fuzz_failed_set, 0u, 1u },
	{ "dropped-ring", PGHOT_A_STATS_DROPPED_RING, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "dropped-heap", PGHOT_A_STATS_DROPPED_HEAP, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "refilled", PGHOT_A_STATS_REFILLED, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "pruned", PGHOT_A_STATS_PRUNED, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "batches", PGHOT_A_STATS_BATCHES, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "rate-limited", PGHOT_A_STATS_RATE_LIMITED, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
};
static const struct fuzz_set fuzz_stats_set = { "stats", fuzz_stats_attrs, 10 };

static const struct fuzz_attr fuzz_dump_attrs[] = {
	{ "nid", PGHOT_A_DUMP_NID, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "limit", PGHOT_A_DUMP_LIMIT, FUZZ_U32, NULL, 0u, 4194304u },
	{ "min-freq", PGHOT_A_DUMP_MIN_FREQ, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "pfn-start", PGHOT_A_DUMP_PFN_START, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "pfn-end", PGHOT_A_DUMP_PFN_END, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "entry-size", PGHOT_A_DUMP_ENTRY_SIZE, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "entries", PGHOT_A_DUMP_ENTRIES, FUZZ_BINARY, NULL, 0u, 1u },
};
static const struct fuzz_set fuzz_dump_set = { "dump", fuzz_dump_attrs, 7 };

static const struct fuzz_attr fuzz_promote_attrs[] = {
	{ "pfn", PGHOT_A_PROMOTE_PFN, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "nid", PGHOT_A_PROMOTE_NID, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "count", PGHOT_A_PROMOTE_COUNT, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "attempted", PGHOT_A_PROMOTE_ATTEMPTED, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "promoted", PGHOT_A_PROMOTE_PROMOTED, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "failed", PGHOT_A_PROMOTE_FAILED, FUZZ_NEST, &fuzz_failed_set, 0u, 1u },
};
static const struct fuzz_set fuzz_promote_set = { "promote", fuzz_promote_attrs, 6 };

static const struct fuzz_attr fuzz_reset_attrs[] = {
	{ "what", PGHOT_A_RESET_WHAT, FUZZ_U32, NULL, 0u, 4294967295u },
};
static const struct fuzz_set fuzz_reset_set = { "reset", fuzz_reset_attrs, 1 };

static const struct fuzz_attr fuzz_config_event_attrs[] = {
	{ "pid", PGHOT_A_CONFIG_EVENT_PID, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "uid", PGHOT_A_CONFIG_EVENT_UID, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "comm", PGHOT_A_CONFIG_EVENT_COMM, FUZZ_STRING, NULL, 0u, 1u },
	{ "source", PGHOT_A_CONFIG_EVENT_SOURCE, FUZZ_NEST, &fuzz_source_set, 0u, 1u },
	{ "param", PGHOT_A_CONFIG_EVENT_PARAM, FUZZ_NEST, &fuzz_param_set, 0u, 1u },
	{ "reset", PGHOT_A_CONFIG_EVENT_RESET, FUZZ_U32, NULL, 0u, 4294967295u },
};
static const struct fuzz_set fuzz_config_event_set = { "config-event", fuzz_config_event_attrs, 6 };

static const struct fuzz_attr fuzz_promotion_event_attrs[] = {
	{ "kind", PGHOT_A_PROMOTION_EVENT_KIND, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "nid", PGHOT_A_PROMOTION_EVENT_NID, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "attempted", PGHOT_A_PROMOTION_EVENT_ATTEMPTED, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "promoted", PGHOT_A_PROMOTION_EVENT_PROMOTED, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "failed", PGHOT_A_PROMOTION_EVENT_FAILED, FUZZ_NEST, &fuzz_failed_set, 0u, 1u },
	{ "threshold", PGHOT_A_PROMOTION_EVENT_THRESHOLD, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "heap-length", PGHOT_A_PROMOTION_EVENT_HEAP_LENGTH, FUZZ_U32, NULL, 0u, 4294967295u },
};
static const struct fuzz_set fuzz_promotion_event_set = { "promotion-event", fuzz_promotion_event_attrs, 7 };

static const struct fuzz_attr fuzz_explain_attrs[] = {
	{ "pfn", PGHOT_A_EXPLAIN_PFN, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "pid", PGHOT_A_EXPLAIN_PID, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "address", PGHOT_A_EXPLAIN_ADDRESS, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "nid", PGHOT_A_EXPLAIN_NID, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "order", PGHOT_A_EXPLAIN_ORDER, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "page-nid", PGHOT_A_EXPLAIN_PAGE_NID, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "page-flags", PGHOT_A_EXPLAIN_PAGE_FLAGS, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "cgroup-ino", PGHOT_A_EXPLAIN_CGROUP_INO, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "running", PGHOT_A_EXPLAIN_RUNNING, FUZZ_U8, NULL, 0u, 1u },
	{ "tracked", PGHOT_A_EXPLAIN_TRACKED, FUZZ_U8, NULL, 0u, 1u },
	{ "freq", PGHOT_A_EXPLAIN_FREQ, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "age-ms", PGHOT_A_EXPLAIN_AGE_MS, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "sources", PGHOT_A_EXPLAIN_SOURCES, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "window-ms", PGHOT_A_EXPLAIN_WINDOW_MS, FUZZ_U32, NULL, 500u, 60000u },
	{ "threshold", PGHOT_A_EXPLAIN_THRESHOLD, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "place", PGHOT_A_EXPLAIN_PLACE, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "hotter", PGHOT_A_EXPLAIN_HOTTER, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "as-hot", PGHOT_A_EXPLAIN_AS_HOT, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "heap-length", PGHOT_A_EXPLAIN_HEAP_LENGTH, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "tries", PGHOT_A_EXPLAIN_TRIES, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "waits", PGHOT_A_EXPLAIN_WAITS, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "reason", PGHOT_A_EXPLAIN_REASON, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "other-nid", PGHOT_A_EXPLAIN_OTHER_NID, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "policy-nodes", PGHOT_A_EXPLAIN_POLICY_NODES, FUZZ_STRING, NULL, 0u, 1u },
	{ "cpuset-nodes", PGHOT_A_EXPLAIN_CPUSET_NODES, FUZZ_STRING, NULL, 0u, 1u },
	{ "refused-by", PGHOT_A_EXPLAIN_REFUSED_BY, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "mappings", PGHOT_A_EXPLAIN_MAPPINGS, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "asked", PGHOT_A_EXPLAIN_ASKED, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "references", PGHOT_A_EXPLAIN_REFERENCES, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "partly-mapped", PGHOT_A_EXPLAIN_PARTLY_MAPPED, FUZZ_U8, NULL, 0u, 1u },
	{ "free-pages", PGHOT_A_EXPLAIN_FREE_PAGES, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "room", PGHOT_A_EXPLAIN_ROOM, FUZZ_U8, NULL, 0u, 1u },
	{ "promote", PGHOT_A_EXPLAIN_PROMOTE, FUZZ_U8, NULL, 0u, 1u },
	{ "rate-limited", PGHOT_A_EXPLAIN_RATE_LIMITED, FUZZ_U8, NULL, 0u, 1u },
	{ "promoted-per-sec", PGHOT_A_EXPLAIN_PROMOTED_PER_SEC, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "full", PGHOT_A_EXPLAIN_FULL, FUZZ_U8, NULL, 0u, 1u },
	{ "exchange", PGHOT_A_EXPLAIN_EXCHANGE, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "exchange-percent", PGHOT_A_EXPLAIN_EXCHANGE_PERCENT, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "exchange-pages", PGHOT_A_EXPLAIN_EXCHANGE_PAGES, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "failed-reason", PGHOT_A_EXPLAIN_FAILED_REASON, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "failed-ms", PGHOT_A_EXPLAIN_FAILED_MS, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "failed-count", PGHOT_A_EXPLAIN_FAILED_COUNT, FUZZ_U32, NULL, 0u, 4294967295u },
};
static const struct fuzz_set fuzz_explain_set = { "explain", fuzz_explain_attrs, 42 };

static const struct fuzz_attr fuzz_summary_attrs[] = {
	{ "nid", PGHOT_A_SUMMARY_NID, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "pfn-start", PGHOT_A_SUMMARY_PFN_START, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "pfn-end", PGHOT_A_SUMMARY_PFN_END, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "min-freq", PGHOT_A_SUMMARY_MIN_FREQ, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "cgroup-ino", PGHOT_A_SUMMARY_CGROUP_INO, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "type", PGHOT_A_SUMMARY_TYPE, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "folios", PGHOT_A_SUMMARY_FOLIOS, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "pages", PGHOT_A_SUMMARY_PAGES, FUZZ_BINARY, NULL, 0u, 1u },
};
static const struct fuzz_set fuzz_summary_set = { "summary", fuzz_summary_attrs, 8 };

static const struct fuzz_attr fuzz_cgroup_attrs[] = {
	{ "ino", PGHOT_A_CGROUP_INO, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "promote", PGHOT_A_CGROUP_PROMOTE, FUZZ_U8, NULL, 0u, 1u },
	{ "effective-promote", PGHOT_A_CGROUP_EFFECTIVE_PROMOTE, FUZZ_U8, NULL, 0u, 1u },
	{ "share", PGHOT_A_CGROUP_SHARE, FUZZ_U32, NULL, 1u, 100u },
	{ "effective-share", PGHOT_A_CGROUP_EFFECTIVE_SHARE, FUZZ_U32, NULL, 0u, 4294967295u },
	{ "promoted", PGHOT_A_CGROUP_PROMOTED, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "demoted", PGHOT_A_CGROUP_DEMOTED, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "returned", PGHOT_A_CGROUP_RETURNED, FUZZ_UINT, NULL, 0u, 18446744073709551615u },
	{ "failed", PGHOT_A_CGROUP_FAILED, FUZZ_NEST, &fuzz_failed_set, 0u, 1u },
};
static const struct fuzz_set fuzz_cgroup_set = { "cgroup", fuzz_cgroup_attrs, 9 };

static const struct fuzz_command fuzz_commands[] = {
	{ "info-get", PGHOT_CMD_INFO_GET, &fuzz_info_set, FUZZ_DO, 0x0 },
	{ "source-get", PGHOT_CMD_SOURCE_GET, &fuzz_source_set, FUZZ_DO | FUZZ_DUMP, 0x6 },
	{ "source-set", PGHOT_CMD_SOURCE_SET, &fuzz_source_set, FUZZ_DO, 0x1b26 },
	{ "param-get", PGHOT_CMD_PARAM_GET, &fuzz_param_set, FUZZ_DO, 0x0 },
	{ "param-set", PGHOT_CMD_PARAM_SET, &fuzz_param_set, FUZZ_DO, 0x7fe },
	{ "node-get", PGHOT_CMD_NODE_GET, &fuzz_node_set, FUZZ_DUMP, 0x0 },
	{ "stats-get", PGHOT_CMD_STATS_GET, &fuzz_stats_set, FUZZ_DO, 0x0 },
	{ "heap-get", PGHOT_CMD_HEAP_GET, &fuzz_dump_set, FUZZ_DUMP, 0xe },
	{ "record-get", PGHOT_CMD_RECORD_GET, &fuzz_dump_set, FUZZ_DUMP, 0x3e },
	{ "promoted-get", PGHOT_CMD_PROMOTED_GET, &fuzz_dump_set, FUZZ_DUMP, 0x6 },
	{ "promote", PGHOT_CMD_PROMOTE, &fuzz_promote_set, FUZZ_DO, 0xe },
	{ "reset", PGHOT_CMD_RESET, &fuzz_reset_set, FUZZ_DO, 0x2 },
	{ "config-ntf", PGHOT_CMD_CONFIG_NTF, &fuzz_config_event_set, 0, 0x0 },
	{ "promotion-ntf", PGHOT_CMD_PROMOTION_NTF, &fuzz_promotion_event_set, 0, 0x0 },
	{ "explain", PGHOT_CMD_EXPLAIN, &fuzz_explain_set, FUZZ_DO, 0x1e },
	{ "summary-get", PGHOT_CMD_SUMMARY_GET, &fuzz_summary_set, FUZZ_DUMP, 0x1e },
	{ "cgroup-get", PGHOT_CMD_CGROUP_GET, &fuzz_cgroup_set, FUZZ_DO | FUZZ_DUMP, 0x2 },
	{ "cgroup-set", PGHOT_CMD_CGROUP_SET, &fuzz_cgroup_set, FUZZ_DO, 0x16 },
};

/* Numbers of the specification. */
static const uint64_t fuzz_numbers[] = {
	1,
	6,
	8,
	10,
	50,
	63,
	100,
	256,
	500,
	512,
	1000,
	2000,
	4000,
	4096,
	10000,
	16000,
	60000,
	64000,
	65536,
	100000,
	260000,
	262144,
	600000,
	4194304,
	8388608,
	1073741824,
};
/* clang-format on */

#endif /* PGHOT_E2E_FUZZ_TABLES_H */
