// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The attribute sets of the family as tables, and one decoder that obeys them.
 *
 * An element says what an attribute is called, what type its payload has and
 * where it goes in the structure that the set is decoded into. The same tables
 * name the attributes of a request when the kernel refuses one, and a test
 * compares them with the YNL spec.
 */

#include "family.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <libmnl/libmnl.h>

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* clang-format off */
enum kind {
	K_NONE,		/* a hole in the numbering */
	K_BOOL,		/* u8 that is used as a truth value, to bool */
	K_U32,
	K_S32,
	K_UINT,		/* 4 or 8 bytes, to uint64_t */
	K_PARAM_BOOL,	/* u8, K_U32, K_S32 and K_UINT, to int64_t */
	K_PARAM_U32,
	K_PARAM_S32,
	K_PARAM_UINT,
	K_STRING,	/* to char[size], cut to fit */
	K_NEST,		/* a set once */
	K_NEST_ARRAY,	/* a set each time, to the next of an array of @size */
	K_BINARY,	/* left to the caller */
	K_REQUEST,	/* only requests carry it; the name is all that is used */
};

struct set;

struct attr {
	const char *name;
	enum kind kind;
	size_t offset;
	size_t size;		/* of a string, or elements of an array */
	size_t count_offset;	/* of an array, where its used length is */
	const struct set *nest;
};

struct set {
	const char *name;
	size_t bytes;		/* of the structure */
	unsigned int nr;
	const struct attr *attrs;
};

#define F(type, field, attr_name, attr_kind) \
	{ .name = attr_name, .kind = attr_kind, .offset = offsetof(struct type, field) }
#define F_STRING(type, field, attr_name) \
	{ .name = attr_name, .kind = K_STRING, .offset = offsetof(struct type, field), \
	  .size = sizeof(((struct type *)0)->field) }
#define F_NEST(type, field, attr_name, set) \
	{ .name = attr_name, .kind = K_NEST, .offset = offsetof(struct type, field), \
	  .nest = &(set) }
#define F_ARRAY(type, field, count, attr_name, set) \
	{ .name = attr_name, .kind = K_NEST_ARRAY, \
	  .offset = offsetof(struct type, field), \
	  .size = ARRAY_LEN(((struct type *)0)->field), \
	  .count_offset = offsetof(struct type, count), .nest = &(set) }
#define F_NAME(attr_name, attr_kind) \
	{ .name = attr_name, .kind = attr_kind }
#define SET(set_name, type, array) \
	{ .name = set_name, .bytes = sizeof(struct type), .nr = ARRAY_LEN(array), \
	  .attrs = array }

static const struct attr tier_attrs[] = {
	[PGHOT_A_TIER_NID] = F(pghot_tier, nid, "nid", K_U32),
	[PGHOT_A_TIER_TIER] = F(pghot_tier, tier, "tier", K_S32),
	[PGHOT_A_TIER_TOPTIER] = F(pghot_tier, toptier, "toptier", K_BOOL),
};
static const struct set tier_set = SET("tier", pghot_tier, tier_attrs);

static const struct attr info_attrs[] = {
	[PGHOT_A_INFO_VERSION] = F(pghot_info, version, "version", K_U32),
	[PGHOT_A_INFO_PAGE_SIZE] = F(pghot_info, page_size, "page-size", K_U32),
	[PGHOT_A_INFO_RECORD_BYTES] = F(pghot_info, record_bytes, "record-bytes", K_U32),
	[PGHOT_A_INFO_ENTRY_SIZE] = F(pghot_info, entry_size, "entry-size", K_U32),
	[PGHOT_A_INFO_MEMORY_BYTES] = F(pghot_info, memory_bytes, "memory-bytes", K_UINT),
	[PGHOT_A_INFO_HEAP_CAPACITY] = F(pghot_info, heap_capacity, "heap-capacity", K_U32),
	[PGHOT_A_INFO_SOURCES] = F(pghot_info, sources, "sources", K_U32),
	[PGHOT_A_INFO_TIER] = F_ARRAY(pghot_info, tiers, nr_tiers, "tier", tier_set),
	[PGHOT_A_INFO_RUNNING] = F(pghot_info, running, "running", K_BOOL),
	[PGHOT_A_INFO_BUCKET_MS] = F(pghot_info, bucket_ms, "bucket-ms", K_U32),
};
static const struct set info_set = SET("info", pghot_info, info_attrs);

#define V(attr, attr_name, attr_kind) \
	[attr] = F(pghot_source_values, value[attr], attr_name, attr_kind)
#define VALUE_SET(set_name, array) SET(set_name, pghot_source_values, array); \
	_Static_assert(ARRAY_LEN(array) <= PGHOT_SOURCE_VALUES, "a value for each attribute")

static const struct attr hintfault_attrs[] = {
	V(PGHOT_A_HINTFAULT_HOT_LATENCY_MS, "hot-latency-ms", K_PARAM_U32),
};
static const struct set hintfault_set = VALUE_SET("hintfault", hintfault_attrs);

static const struct attr hwhint_attrs[] = {
	V(PGHOT_A_HWHINT_PMU_TYPE, "pmu-type", K_PARAM_U32),
	V(PGHOT_A_HWHINT_CONFIG, "config", K_PARAM_UINT),
	V(PGHOT_A_HWHINT_CONFIG1, "config1", K_PARAM_UINT),
	V(PGHOT_A_HWHINT_CONFIG2, "config2", K_PARAM_UINT),
	V(PGHOT_A_HWHINT_SAMPLE_PERIOD, "sample-period", K_PARAM_UINT),
	V(PGHOT_A_HWHINT_SAMPLES_PER_SEC, "samples-per-sec", K_PARAM_U32),
	V(PGHOT_A_HWHINT_COUNT_KERNEL, "count-kernel", K_PARAM_BOOL),
	V(PGHOT_A_HWHINT_ISOLATED_CPUS, "isolated-cpus", K_PARAM_BOOL),
};
static const struct set hwhint_set = VALUE_SET("hwhint", hwhint_attrs);

static const struct attr hwhint_counters_attrs[] = {
	V(PGHOT_A_HWHINT_COUNTERS_CURRENT_PERIOD, "current-period", K_PARAM_UINT),
	V(PGHOT_A_HWHINT_COUNTERS_CPUS, "cpus", K_PARAM_U32),
	V(PGHOT_A_HWHINT_COUNTERS_RECEIVED, "received", K_PARAM_UINT),
	V(PGHOT_A_HWHINT_COUNTERS_USER, "user", K_PARAM_UINT),
	V(PGHOT_A_HWHINT_COUNTERS_KERNEL, "kernel", K_PARAM_UINT),
	V(PGHOT_A_HWHINT_COUNTERS_UNADDRESSED, "unaddressed", K_PARAM_UINT),
	V(PGHOT_A_HWHINT_COUNTERS_DROPPED, "dropped", K_PARAM_UINT),
	V(PGHOT_A_HWHINT_COUNTERS_THROTTLED, "throttled", K_PARAM_UINT),
	V(PGHOT_A_HWHINT_COUNTERS_CACHED, "cached", K_PARAM_UINT),
	V(PGHOT_A_HWHINT_COUNTERS_WEIGHT, "weight", K_PARAM_U32),
};
static const struct set hwhint_counters_set =
	VALUE_SET("hwhint-counters", hwhint_counters_attrs);

static const struct attr mmscan_attrs[] = {
	V(PGHOT_A_MMSCAN_SCAN_SIZE_MIB, "scan-size-mib", K_PARAM_U32),
	V(PGHOT_A_MMSCAN_SCAN_PERIOD_MIN_MS, "scan-period-min-ms", K_PARAM_U32),
	V(PGHOT_A_MMSCAN_SCAN_PERIOD_MAX_MS, "scan-period-max-ms", K_PARAM_U32),
	V(PGHOT_A_MMSCAN_SCAN_DELAY_MS, "scan-delay-ms", K_PARAM_U32),
	V(PGHOT_A_MMSCAN_CPU_PERCENT, "cpu-percent", K_PARAM_U32),
};
static const struct set mmscan_set = VALUE_SET("mmscan", mmscan_attrs);

static const struct attr lruscan_attrs[] = {
	V(PGHOT_A_LRUSCAN_INTERVAL_MS, "interval-ms", K_PARAM_U32),
	V(PGHOT_A_LRUSCAN_BUDGET_PAGES, "budget-pages", K_PARAM_U32),
	V(PGHOT_A_LRUSCAN_CPU_PERCENT, "cpu-percent", K_PARAM_U32),
};
static const struct set lruscan_set = VALUE_SET("lruscan", lruscan_attrs);

static const struct attr lruscan_counters_attrs[] = {
	V(PGHOT_A_LRUSCAN_COUNTERS_PASSES, "passes", K_PARAM_UINT),
	V(PGHOT_A_LRUSCAN_COUNTERS_SCANNED, "scanned", K_PARAM_UINT),
	V(PGHOT_A_LRUSCAN_COUNTERS_ACCESSED, "accessed", K_PARAM_UINT),
	V(PGHOT_A_LRUSCAN_COUNTERS_ROUNDS, "rounds", K_PARAM_UINT),
	V(PGHOT_A_LRUSCAN_COUNTERS_ROUND_MS, "round-ms", K_PARAM_U32),
	V(PGHOT_A_LRUSCAN_COUNTERS_MEMCG_CURSOR, "memcg-cursor", K_PARAM_UINT),
};
static const struct set lruscan_counters_set =
	VALUE_SET("lruscan-counters", lruscan_counters_attrs);

static const struct attr source_attrs[] = {
	[PGHOT_A_SOURCE_ID] = F(pghot_source, id, "id", K_U32),
	[PGHOT_A_SOURCE_NAME] = F_STRING(pghot_source, name, "name"),
	[PGHOT_A_SOURCE_AVAILABLE] = F(pghot_source, available, "available", K_BOOL),
	[PGHOT_A_SOURCE_UNAVAILABLE_REASON] =
		F_STRING(pghot_source, unavailable_reason, "unavailable-reason"),
	[PGHOT_A_SOURCE_ENABLED] = F(pghot_source, enabled, "enabled", K_BOOL),
	[PGHOT_A_SOURCE_RECORDED] = F(pghot_source, recorded, "recorded", K_UINT),
	[PGHOT_A_SOURCE_USEFUL] = F(pghot_source, useful, "useful", K_UINT),
	[PGHOT_A_SOURCE_HINTFAULT] = F_NEST(pghot_source, params, "hintfault", hintfault_set),
	[PGHOT_A_SOURCE_HWHINT] = F_NEST(pghot_source, params, "hwhint", hwhint_set),
	[PGHOT_A_SOURCE_HWHINT_COUNTERS] =
		F_NEST(pghot_source, counters, "hwhint-counters", hwhint_counters_set),
	[PGHOT_A_SOURCE_MMSCAN] = F_NEST(pghot_source, params, "mmscan", mmscan_set),
	[PGHOT_A_SOURCE_LRUSCAN] = F_NEST(pghot_source, params, "lruscan", lruscan_set),
	[PGHOT_A_SOURCE_LRUSCAN_COUNTERS] =
		F_NEST(pghot_source, counters, "lruscan-counters", lruscan_counters_set),
	[PGHOT_A_SOURCE_WINDOW_MS] = F(pghot_source, window_ms, "window-ms", K_U32),
	[PGHOT_A_SOURCE_PACE_MS] = F(pghot_source, pace_ms, "pace-ms", K_U32),
};
static const struct set source_set = SET("source", pghot_source, source_attrs);

#define P(attr, attr_name, attr_kind) [attr] = F(pghot_params, value[attr], attr_name, attr_kind)
static const struct attr param_attrs[] = {
	P(PGHOT_A_PARAM_PROMOTE, "promote", K_PARAM_BOOL),
	P(PGHOT_A_PARAM_FREQ_THRESHOLD, "freq-threshold", K_PARAM_U32),
	P(PGHOT_A_PARAM_WINDOW_MS, "window-ms", K_PARAM_U32),
	P(PGHOT_A_PARAM_PROMOTE_RATE_LIMIT_MBPS, "promote-rate-limit-mbps", K_PARAM_U32),
	P(PGHOT_A_PARAM_BATCH_NR, "batch-nr", K_PARAM_U32),
	P(PGHOT_A_PARAM_SLEEP_MS, "sleep-ms", K_PARAM_U32),
	P(PGHOT_A_PARAM_TARGET_NID, "target-nid", K_PARAM_S32),
	P(PGHOT_A_PARAM_HEAP_CAPACITY, "heap-capacity", K_PARAM_U32),
	P(PGHOT_A_PARAM_ADAPTIVE, "adaptive", K_PARAM_BOOL),
	P(PGHOT_A_PARAM_WINDOW_MAX_MS, "window-max-ms", K_PARAM_U32),
};
static const struct set param_set = SET("param", pghot_params, param_attrs);

/* "attribute number is the reason plus 1" */
#define R(attr, attr_name) [attr] = F(pghot_failed, pages[(attr)-1], attr_name, K_UINT)
static const struct attr failed_attrs[] = {
	R(PGHOT_A_FAILED_GONE, "gone"),
	R(PGHOT_A_FAILED_BUSY, "busy"),
	R(PGHOT_A_FAILED_POLICY, "policy"),
	R(PGHOT_A_FAILED_CPUSET, "cpuset"),
	R(PGHOT_A_FAILED_PINNED, "pinned"),
	R(PGHOT_A_FAILED_UNMOVABLE, "unmovable"),
	R(PGHOT_A_FAILED_DIRTY, "dirty"),
	R(PGHOT_A_FAILED_SHARED_EXEC, "shared-exec"),
	R(PGHOT_A_FAILED_NO_MEMORY, "no-memory"),
	R(PGHOT_A_FAILED_MIGRATE, "migrate"),
	R(PGHOT_A_FAILED_CGROUP, "cgroup"),
	R(PGHOT_A_FAILED_SHARE, "share"),
};
_Static_assert(ARRAY_LEN(failed_attrs) == PGHOT_FAIL_REASONS + 1, "every reason has a counter");
static const struct set failed_set = SET("failed", pghot_failed, failed_attrs);

static const struct attr node_attrs[] = {
	[PGHOT_A_NODE_NID] = F(pghot_node, nid, "nid", K_U32),
	[PGHOT_A_NODE_TOPTIER] = F(pghot_node, toptier, "toptier", K_BOOL),
	[PGHOT_A_NODE_TIER] = F(pghot_node, tier, "tier", K_S32),
	[PGHOT_A_NODE_PRESENT_PAGES] = F(pghot_node, present_pages, "present-pages", K_UINT),
	[PGHOT_A_NODE_FREE_PAGES] = F(pghot_node, free_pages, "free-pages", K_UINT),
	[PGHOT_A_NODE_TRACKED_PAGES] = F(pghot_node, tracked_pages, "tracked-pages", K_UINT),
	[PGHOT_A_NODE_REFILL_SECTIONS] = F(pghot_node, refill_sections, "refill-sections", K_U32),
	[PGHOT_A_NODE_HEAP_LENGTH] = F(pghot_node, heap_length, "heap-length", K_U32),
	[PGHOT_A_NODE_HEAP_CAPACITY] = F(pghot_node, heap_capacity, "heap-capacity", K_U32),
	[PGHOT_A_NODE_THRESHOLD] = F(pghot_node, threshold, "threshold", K_U32),
	[PGHOT_A_NODE_HOT] = F(pghot_node, hot, "hot", K_UINT),
	[PGHOT_A_NODE_PROMOTED] = F(pghot_node, promoted, "promoted", K_UINT),
	[PGHOT_A_NODE_PROMOTED_PER_SEC] =
		F(pghot_node, promoted_per_sec, "promoted-per-sec", K_UINT),
	[PGHOT_A_NODE_FAILED] = F_NEST(pghot_node, failed, "failed", failed_set),
	[PGHOT_A_NODE_RATE_LIMITED] = F(pghot_node, rate_limited, "rate-limited", K_BOOL),
	[PGHOT_A_NODE_DROPPED] = F(pghot_node, dropped, "dropped", K_UINT),
	[PGHOT_A_NODE_RECORD_BYTES] = F(pghot_node, record_bytes, "record-bytes", K_UINT),
};
static const struct set node_set = SET("node", pghot_node, node_attrs);

static const struct attr stats_attrs[] = {
	[PGHOT_A_STATS_SOURCE] = F_ARRAY(pghot_stats, sources, nr_sources, "source", source_set),
	[PGHOT_A_STATS_HOT] = F(pghot_stats, hot, "hot", K_UINT),
	[PGHOT_A_STATS_PROMOTED] = F(pghot_stats, promoted, "promoted", K_UINT),
	[PGHOT_A_STATS_FAILED] = F_NEST(pghot_stats, failed, "failed", failed_set),
	[PGHOT_A_STATS_DROPPED_RING] = F(pghot_stats, dropped_ring, "dropped-ring", K_UINT),
	[PGHOT_A_STATS_DROPPED_HEAP] = F(pghot_stats, dropped_heap, "dropped-heap", K_UINT),
	[PGHOT_A_STATS_REFILLED] = F(pghot_stats, refilled, "refilled", K_UINT),
	[PGHOT_A_STATS_PRUNED] = F(pghot_stats, pruned, "pruned", K_UINT),
	[PGHOT_A_STATS_BATCHES] = F(pghot_stats, batches, "batches", K_UINT),
	[PGHOT_A_STATS_RATE_LIMITED] = F(pghot_stats, rate_limited, "rate-limited", K_UINT),
};
static const struct set stats_set = SET("stats", pghot_stats, stats_attrs);

static const struct attr dump_attrs[] = {
	[PGHOT_A_DUMP_NID] = F(pghot_entries, nid, "nid", K_U32),
	[PGHOT_A_DUMP_LIMIT] = F_NAME("limit", K_REQUEST),
	[PGHOT_A_DUMP_MIN_FREQ] = F_NAME("min-freq", K_REQUEST),
	[PGHOT_A_DUMP_PFN_START] = F_NAME("pfn-start", K_REQUEST),
	[PGHOT_A_DUMP_PFN_END] = F_NAME("pfn-end", K_REQUEST),
	[PGHOT_A_DUMP_ENTRY_SIZE] = F(pghot_entries, entry_size, "entry-size", K_U32),
	[PGHOT_A_DUMP_ENTRIES] = F_NAME("entries", K_BINARY),
};
static const struct set dump_set = SET("dump", pghot_entries, dump_attrs);

static const struct attr promote_attrs[] = {
	[PGHOT_A_PROMOTE_PFN] = F_NAME("pfn", K_REQUEST),
	[PGHOT_A_PROMOTE_NID] = F_NAME("nid", K_REQUEST),
	[PGHOT_A_PROMOTE_COUNT] = F_NAME("count", K_REQUEST),
	[PGHOT_A_PROMOTE_ATTEMPTED] = F(pghot_promote_result, attempted, "attempted", K_UINT),
	[PGHOT_A_PROMOTE_PROMOTED] = F(pghot_promote_result, promoted, "promoted", K_UINT),
	[PGHOT_A_PROMOTE_FAILED] = F_NEST(pghot_promote_result, failed, "failed", failed_set),
};
static const struct set promote_set = SET("promote", pghot_promote_result, promote_attrs);

static const struct attr reset_attrs[] = {
	[PGHOT_A_RESET_WHAT] = F_NAME("what", K_REQUEST),
};
static const struct set reset_set = {
	.name = "reset",
	.nr = ARRAY_LEN(reset_attrs),
	.attrs = reset_attrs,
};

static const struct attr config_event_attrs[] = {
	[PGHOT_A_CONFIG_EVENT_PID] = F(pghot_config_event, pid, "pid", K_U32),
	[PGHOT_A_CONFIG_EVENT_UID] = F(pghot_config_event, uid, "uid", K_U32),
	[PGHOT_A_CONFIG_EVENT_COMM] = F_STRING(pghot_config_event, comm, "comm"),
	[PGHOT_A_CONFIG_EVENT_SOURCE] = F_NEST(pghot_config_event, source, "source", source_set),
	[PGHOT_A_CONFIG_EVENT_PARAM] = F_NEST(pghot_config_event, params, "param", param_set),
	[PGHOT_A_CONFIG_EVENT_RESET] = F(pghot_config_event, reset, "reset", K_U32),
};
static const struct set config_event_set =
	SET("config-event", pghot_config_event, config_event_attrs);

static const struct attr promotion_event_attrs[] = {
	[PGHOT_A_PROMOTION_EVENT_KIND] = F(pghot_promotion_event, kind, "kind", K_U32),
	[PGHOT_A_PROMOTION_EVENT_NID] = F(pghot_promotion_event, nid, "nid", K_U32),
	[PGHOT_A_PROMOTION_EVENT_ATTEMPTED] =
		F(pghot_promotion_event, attempted, "attempted", K_UINT),
	[PGHOT_A_PROMOTION_EVENT_PROMOTED] = F(pghot_promotion_event, promoted, "promoted", K_UINT),
	[PGHOT_A_PROMOTION_EVENT_FAILED] =
		F_NEST(pghot_promotion_event, failed, "failed", failed_set),
	[PGHOT_A_PROMOTION_EVENT_THRESHOLD] =
		F(pghot_promotion_event, threshold, "threshold", K_U32),
	[PGHOT_A_PROMOTION_EVENT_HEAP_LENGTH] =
		F(pghot_promotion_event, heap_length, "heap-length", K_U32),
};
static const struct set promotion_event_set =
	SET("promotion-event", pghot_promotion_event, promotion_event_attrs);

static const struct attr explain_attrs[] = {
	[PGHOT_A_EXPLAIN_PFN] = F(pghot_explanation, pfn, "pfn", K_UINT),
	[PGHOT_A_EXPLAIN_PID] = F_NAME("pid", K_REQUEST),
	[PGHOT_A_EXPLAIN_ADDRESS] = F_NAME("address", K_REQUEST),
	[PGHOT_A_EXPLAIN_NID] = F(pghot_explanation, nid, "nid", K_U32),
	[PGHOT_A_EXPLAIN_ORDER] = F(pghot_explanation, order, "order", K_U32),
	[PGHOT_A_EXPLAIN_PAGE_NID] = F(pghot_explanation, page_nid, "page-nid", K_U32),
	[PGHOT_A_EXPLAIN_PAGE_FLAGS] = F(pghot_explanation, page_flags, "page-flags", K_U32),
	[PGHOT_A_EXPLAIN_CGROUP_INO] = F(pghot_explanation, cgroup_ino, "cgroup-ino", K_UINT),
	[PGHOT_A_EXPLAIN_RUNNING] = F(pghot_explanation, running, "running", K_BOOL),
	[PGHOT_A_EXPLAIN_TRACKED] = F(pghot_explanation, tracked, "tracked", K_BOOL),
	[PGHOT_A_EXPLAIN_FREQ] = F(pghot_explanation, freq, "freq", K_U32),
	[PGHOT_A_EXPLAIN_AGE_MS] = F(pghot_explanation, age_ms, "age-ms", K_U32),
	[PGHOT_A_EXPLAIN_SOURCES] = F(pghot_explanation, sources, "sources", K_U32),
	[PGHOT_A_EXPLAIN_WINDOW_MS] = F(pghot_explanation, window_ms, "window-ms", K_U32),
	[PGHOT_A_EXPLAIN_THRESHOLD] = F(pghot_explanation, threshold, "threshold", K_U32),
	[PGHOT_A_EXPLAIN_PLACE] = F(pghot_explanation, place, "place", K_U32),
	[PGHOT_A_EXPLAIN_HOTTER] = F(pghot_explanation, hotter, "hotter", K_U32),
	[PGHOT_A_EXPLAIN_AS_HOT] = F(pghot_explanation, as_hot, "as-hot", K_U32),
	[PGHOT_A_EXPLAIN_HEAP_LENGTH] = F(pghot_explanation, heap_length, "heap-length", K_U32),
	[PGHOT_A_EXPLAIN_TRIES] = F(pghot_explanation, tries, "tries", K_U32),
	[PGHOT_A_EXPLAIN_WAITS] = F(pghot_explanation, waits, "waits", K_U32),
	[PGHOT_A_EXPLAIN_REASON] = F(pghot_explanation, reason, "reason", K_U32),
	[PGHOT_A_EXPLAIN_OTHER_NID] = F(pghot_explanation, other_nid, "other-nid", K_U32),
	[PGHOT_A_EXPLAIN_POLICY_NODES] = F_STRING(pghot_explanation, policy_nodes, "policy-nodes"),
	[PGHOT_A_EXPLAIN_CPUSET_NODES] = F_STRING(pghot_explanation, cpuset_nodes, "cpuset-nodes"),
	[PGHOT_A_EXPLAIN_REFUSED_BY] = F(pghot_explanation, refused_by, "refused-by", K_U32),
	[PGHOT_A_EXPLAIN_MAPPINGS] = F(pghot_explanation, mappings, "mappings", K_U32),
	[PGHOT_A_EXPLAIN_ASKED] = F(pghot_explanation, asked, "asked", K_U32),
	[PGHOT_A_EXPLAIN_REFERENCES] = F(pghot_explanation, references, "references", K_U32),
	[PGHOT_A_EXPLAIN_PARTLY_MAPPED] =
		F(pghot_explanation, partly_mapped, "partly-mapped", K_BOOL),
	[PGHOT_A_EXPLAIN_FREE_PAGES] = F(pghot_explanation, free_pages, "free-pages", K_UINT),
	[PGHOT_A_EXPLAIN_ROOM] = F(pghot_explanation, room, "room", K_BOOL),
	[PGHOT_A_EXPLAIN_PROMOTE] = F(pghot_explanation, promote, "promote", K_BOOL),
	[PGHOT_A_EXPLAIN_RATE_LIMITED] = F(pghot_explanation, rate_limited, "rate-limited", K_BOOL),
	[PGHOT_A_EXPLAIN_PROMOTED_PER_SEC] =
		F(pghot_explanation, promoted_per_sec, "promoted-per-sec", K_UINT),
	[PGHOT_A_EXPLAIN_FULL] = F(pghot_explanation, full, "full", K_BOOL),
	[PGHOT_A_EXPLAIN_EXCHANGE] = F(pghot_explanation, exchange, "exchange", K_U32),
	[PGHOT_A_EXPLAIN_EXCHANGE_PERCENT] =
		F(pghot_explanation, exchange_percent, "exchange-percent", K_U32),
	[PGHOT_A_EXPLAIN_EXCHANGE_PAGES] =
		F(pghot_explanation, exchange_pages, "exchange-pages", K_UINT),
	[PGHOT_A_EXPLAIN_FAILED_REASON] =
		F(pghot_explanation, failed_reason, "failed-reason", K_U32),
	[PGHOT_A_EXPLAIN_FAILED_MS] = F(pghot_explanation, failed_ms, "failed-ms", K_U32),
	[PGHOT_A_EXPLAIN_FAILED_COUNT] = F(pghot_explanation, failed_count, "failed-count", K_U32),
};
static const struct set explain_set = SET("explain", pghot_explanation, explain_attrs);

static const struct attr summary_attrs[] = {
	[PGHOT_A_SUMMARY_NID] = F(pghot_summary_part, nid, "nid", K_U32),
	[PGHOT_A_SUMMARY_PFN_START] = F_NAME("pfn-start", K_REQUEST),
	[PGHOT_A_SUMMARY_PFN_END] = F_NAME("pfn-end", K_REQUEST),
	[PGHOT_A_SUMMARY_MIN_FREQ] = F_NAME("min-freq", K_REQUEST),
	[PGHOT_A_SUMMARY_CGROUP_INO] = F(pghot_summary_part, cgroup_ino, "cgroup-ino", K_UINT),
	[PGHOT_A_SUMMARY_TYPE] = F(pghot_summary_part, type, "type", K_U32),
	[PGHOT_A_SUMMARY_FOLIOS] = F(pghot_summary_part, folios, "folios", K_UINT),
	[PGHOT_A_SUMMARY_PAGES] = F_NAME("pages", K_BINARY),
};
static const struct set summary_set = SET("summary", pghot_summary_part, summary_attrs);

static const struct attr cgroup_attrs[] = {
	[PGHOT_A_CGROUP_INO] = F(pghot_cgroup_state, ino, "ino", K_UINT),
	[PGHOT_A_CGROUP_PROMOTE] = F(pghot_cgroup_state, promote, "promote", K_BOOL),
	[PGHOT_A_CGROUP_EFFECTIVE_PROMOTE] =
		F(pghot_cgroup_state, effective_promote, "effective-promote", K_BOOL),
	[PGHOT_A_CGROUP_SHARE] = F(pghot_cgroup_state, share, "share", K_U32),
	[PGHOT_A_CGROUP_EFFECTIVE_SHARE] =
		F(pghot_cgroup_state, effective_share, "effective-share", K_U32),
	[PGHOT_A_CGROUP_PROMOTED] = F(pghot_cgroup_state, promoted, "promoted", K_UINT),
	[PGHOT_A_CGROUP_DEMOTED] = F(pghot_cgroup_state, demoted, "demoted", K_UINT),
	[PGHOT_A_CGROUP_RETURNED] = F(pghot_cgroup_state, returned, "returned", K_UINT),
	[PGHOT_A_CGROUP_FAILED] = F_NEST(pghot_cgroup_state, failed, "failed", failed_set),
};
static const struct set cgroup_set = SET("cgroup", pghot_cgroup_state, cgroup_attrs);

static const struct set *const sets[] = {
	&tier_set, &info_set, &hintfault_set, &hwhint_set,
	&hwhint_counters_set, &mmscan_set, &lruscan_set, &lruscan_counters_set,
	&source_set, &param_set, &failed_set,
	&node_set, &stats_set, &dump_set, &promote_set, &reset_set,
	&config_event_set, &promotion_event_set, &explain_set, &summary_set,
	&cgroup_set,
};

static const struct set *const command_sets[] = {
	[PGHOT_CMD_INFO_GET] = &info_set,
	[PGHOT_CMD_SOURCE_GET] = &source_set,
	[PGHOT_CMD_SOURCE_SET] = &source_set,
	[PGHOT_CMD_PARAM_GET] = &param_set,
	[PGHOT_CMD_PARAM_SET] = &param_set,
	[PGHOT_CMD_NODE_GET] = &node_set,
	[PGHOT_CMD_STATS_GET] = &stats_set,
	[PGHOT_CMD_HEAP_GET] = &dump_set,
	[PGHOT_CMD_RECORD_GET] = &dump_set,
	[PGHOT_CMD_PROMOTED_GET] = &dump_set,
	[PGHOT_CMD_PROMOTE] = &promote_set,
	[PGHOT_CMD_RESET] = &reset_set,
	[PGHOT_CMD_CONFIG_NTF] = &config_event_set,
	[PGHOT_CMD_PROMOTION_NTF] = &promotion_event_set,
	[PGHOT_CMD_EXPLAIN] = &explain_set,
	[PGHOT_CMD_SUMMARY_GET] = &summary_set,
	[PGHOT_CMD_CGROUP_GET] = &cgroup_set,
	[PGHOT_CMD_CGROUP_SET] = &cgroup_set,
};

/* clang-format on */

/* Walks a stream; what is left behind the last attribute must be less than one. */
struct stream {
	const uint8_t *at;
	size_t left;
};

/* Return: 1 with *attr set, 0 at the end, -EBADMSG. */
static int stream_next(struct stream *s, const struct nlattr **attr)
{
	const struct nlattr *a = (const struct nlattr *)s->at;
	size_t step;

	if (!s->left)
		return 0;
	if (s->left > INT32_MAX || !mnl_attr_ok(a, (int)s->left))
		return -EBADMSG;
	step = MNL_ALIGN(a->nla_len);
	/* The padding of the last one may be missing. */
	if (step > s->left)
		step = s->left;
	s->at += step;
	s->left -= step;
	*attr = a;
	return 1;
}

static int stream_init(struct stream *s, const void *attrs, size_t len)
{
	if ((uintptr_t)attrs % MNL_ALIGNTO)
		return -EBADMSG;
	s->at = attrs;
	s->left = len;
	return 0;
}

static int get_uint(const struct nlattr *attr, uint64_t *value)
{
	switch (mnl_attr_get_payload_len(attr)) {
	case 4:
		*value = mnl_attr_get_u32(attr);
		return 0;
	case 8:
		*value = mnl_attr_get_u64(attr);
		return 0;
	default:
		return -EBADMSG;
	}
}

static void get_string(const struct nlattr *attr, char *dst, size_t size)
{
	const char *src = mnl_attr_get_payload(attr);
	size_t len = strnlen(src, mnl_attr_get_payload_len(attr));

	if (len >= size)
		len = size - 1;
	memcpy(dst, src, len);
	dst[len] = '\0';
}

static int decode_set(const struct set *set, const void *attrs, size_t len, void *out);

static int decode_attr(const struct attr *desc, const struct nlattr *attr, void *out)
{
	size_t bytes = mnl_attr_get_payload_len(attr);
	uint8_t *field = (uint8_t *)out + desc->offset;
	unsigned int *count;
	uint64_t number;

	switch (desc->kind) {
	case K_BOOL:
		if (bytes != 1)
			return -EBADMSG;
		*(bool *)field = mnl_attr_get_u8(attr);
		return 0;
	case K_U32:
	case K_S32:
		if (bytes != 4)
			return -EBADMSG;
		*(uint32_t *)field = mnl_attr_get_u32(attr);
		return 0;
	case K_UINT:
		return get_uint(attr, (uint64_t *)field);
	case K_PARAM_BOOL:
		if (bytes != 1)
			return -EBADMSG;
		*(int64_t *)field = mnl_attr_get_u8(attr);
		return 0;
	case K_PARAM_U32:
		if (bytes != 4)
			return -EBADMSG;
		*(int64_t *)field = mnl_attr_get_u32(attr);
		return 0;
	case K_PARAM_S32:
		if (bytes != 4)
			return -EBADMSG;
		*(int64_t *)field = (int32_t)mnl_attr_get_u32(attr);
		return 0;
	case K_PARAM_UINT:
		if (get_uint(attr, &number))
			return -EBADMSG;
		*(int64_t *)field = (int64_t)number;
		return 0;
	case K_STRING:
		get_string(attr, (char *)field, desc->size);
		return 0;
	case K_NEST:
		return decode_set(desc->nest, mnl_attr_get_payload(attr), bytes, field);
	case K_NEST_ARRAY:
		count = (unsigned int *)((uint8_t *)out + desc->count_offset);
		if (*count == desc->size)
			return -EBADMSG;
		field += *count * desc->nest->bytes;
		(*count)++;
		return decode_set(desc->nest, mnl_attr_get_payload(attr), bytes, field);
	case K_BINARY:
	case K_REQUEST:
	case K_NONE:
		return 0;
	}
	return 0;
}

/* Every structure has its @present first. */
static int decode_set(const struct set *set, const void *attrs, size_t len, void *out)
{
	const struct nlattr *attr;
	struct stream s;
	int err;

	memset(out, 0, set->bytes);
	err = stream_init(&s, attrs, len);
	if (err)
		return err;
	while ((err = stream_next(&s, &attr)) > 0) {
		uint16_t type = mnl_attr_get_type(attr);

		if (type >= set->nr || set->attrs[type].kind == K_NONE)
			continue;
		err = decode_attr(&set->attrs[type], attr, out);
		if (err)
			return err;
		*(uint64_t *)out |= 1ULL << type;
	}
	return err;
}

int pghot_decode_info(const void *attrs, size_t len, struct pghot_info *info)
{
	return decode_set(&info_set, attrs, len, info);
}

int pghot_decode_source(const void *attrs, size_t len, struct pghot_source *src)
{
	return decode_set(&source_set, attrs, len, src);
}

int pghot_decode_params(const void *attrs, size_t len, struct pghot_params *p)
{
	return decode_set(&param_set, attrs, len, p);
}

int pghot_decode_node(const void *attrs, size_t len, struct pghot_node *node)
{
	return decode_set(&node_set, attrs, len, node);
}

int pghot_decode_stats(const void *attrs, size_t len, struct pghot_stats *stats)
{
	return decode_set(&stats_set, attrs, len, stats);
}

int pghot_decode_promote(const void *attrs, size_t len, struct pghot_promote_result *result)
{
	return decode_set(&promote_set, attrs, len, result);
}

int pghot_decode_explanation(const void *attrs, size_t len, struct pghot_explanation *x)
{
	return decode_set(&explain_set, attrs, len, x);
}

int pghot_decode_summary(const void *attrs, size_t len, struct pghot_summary_part *part)
{
	const struct nlattr *attr;
	bool complete = false;
	struct stream s;
	int err;

	err = decode_set(&summary_set, attrs, len, part);
	if (!err)
		err = stream_init(&s, attrs, len);
	if (err)
		return err;
	while ((err = stream_next(&s, &attr)) > 0) {
		if (mnl_attr_get_type(attr) != PGHOT_A_SUMMARY_PAGES)
			continue;
		if (mnl_attr_get_payload_len(attr) != sizeof(part->pages))
			return -EBADMSG;
		/* Aligned for 32 bits, not for 64. */
		memcpy(part->pages, mnl_attr_get_payload(attr), sizeof(part->pages));
		complete = true;
	}
	if (!err && !complete)
		err = -EBADMSG;
	return err;
}

int pghot_decode_cgroup(const void *attrs, size_t len, struct pghot_cgroup_state *cg)
{
	return decode_set(&cgroup_set, attrs, len, cg);
}

int pghot_decode_event(uint8_t cmd, const void *attrs, size_t len, struct pghot_event *ev)
{
	ev->cmd = cmd;
	switch (cmd) {
	case PGHOT_CMD_CONFIG_NTF:
		return decode_set(&config_event_set, attrs, len, &ev->config);
	case PGHOT_CMD_PROMOTION_NTF:
		return decode_set(&promotion_event_set, attrs, len, &ev->promotion);
	default:
		return -EOPNOTSUPP;
	}
}

int pghot_decode_entries(const void *attrs, size_t len, struct pghot_entries *part)
{
	const struct nlattr *attr;
	size_t bytes = 0;
	struct stream s;
	int err;

	err = decode_set(&dump_set, attrs, len, part);
	if (err)
		return err;
	if (!pghot_has(part->present, PGHOT_A_DUMP_ENTRIES))
		return 0;

	err = stream_init(&s, attrs, len);
	if (err)
		return err;
	while ((err = stream_next(&s, &attr)) > 0) {
		if (mnl_attr_get_type(attr) == PGHOT_A_DUMP_ENTRIES) {
			part->data = mnl_attr_get_payload(attr);
			bytes = mnl_attr_get_payload_len(attr);
		}
	}
	if (err)
		return err;
	if (!bytes)
		return 0;
	if (part->entry_size < sizeof(struct pghot_entry) || bytes % part->entry_size)
		return -EBADMSG;
	part->count = bytes / part->entry_size;
	return 0;
}

void pghot_entry_at(const struct pghot_entries *part, size_t i, struct pghot_entry *entry)
{
	/* Payloads are aligned to 4 bytes only, the entry wants 8. */
	memcpy(entry, part->data + i * part->entry_size, sizeof(*entry));
}

uint64_t pghot_failed_total(const struct pghot_failed *failed)
{
	uint64_t sum = 0;

	for (unsigned int i = 0; i < PGHOT_FAIL_REASONS; i++)
		sum += failed->pages[i];
	return sum;
}

static const struct set *command_set(uint8_t cmd)
{
	return cmd < ARRAY_LEN(command_sets) ? command_sets[cmd] : NULL;
}

static const char *set_attr_name(const struct set *set, unsigned int type)
{
	return set && type < set->nr ? set->attrs[type].name : NULL;
}

const char *pghot_attr_by_type(uint8_t cmd, unsigned int type)
{
	return set_attr_name(command_set(cmd), type);
}

int pghot_attr_by_offset(uint8_t cmd, const void *attrs, size_t len, size_t offset,
			 struct pghot_attr_name *out)
{
	const struct set *set = command_set(cmd);
	const uint8_t *target = (const uint8_t *)attrs + offset;
	size_t used = 0;
	struct stream s;

	out->name[0] = '\0';
	if (offset >= len || stream_init(&s, attrs, len))
		return -ENOENT;

	/* Descend: find the attribute that contains the offset until it is it. */
	for (;;) {
		const struct nlattr *attr;
		const uint8_t *payload;
		const char *name;
		uint16_t type;
		int n;

		do {
			if (stream_next(&s, &attr) <= 0)
				return -ENOENT;
		} while (s.at <= target);
		if ((const uint8_t *)attr > target)
			return -ENOENT;

		type = mnl_attr_get_type(attr);
		name = set_attr_name(set, type);
		if (name)
			n = snprintf(out->name + used, sizeof(out->name) - used, "%s%s",
				     used ? "." : "", name);
		else
			n = snprintf(out->name + used, sizeof(out->name) - used, "%s%u",
				     used ? "." : "", type);
		if (n < 0 || (size_t)n >= sizeof(out->name) - used)
			return -ENOENT;
		used += (size_t)n;
		if ((const uint8_t *)attr == target)
			return 0;

		payload = mnl_attr_get_payload(attr);
		set = name ? set->attrs[type].nest : NULL;
		if (!set || payload > target)
			return -ENOENT;
		stream_init(&s, payload, mnl_attr_get_payload_len(attr));
	}
}

static const char *kind_name(enum kind kind)
{
	switch (kind) {
	case K_BOOL:
	case K_PARAM_BOOL:
		return "u8";
	case K_U32:
	case K_PARAM_U32:
		return "u32";
	case K_S32:
	case K_PARAM_S32:
		return "s32";
	case K_UINT:
	case K_PARAM_UINT:
		return "uint";
	case K_STRING:
		return "string";
	case K_NEST:
	case K_NEST_ARRAY:
		return "nest";
	case K_BINARY:
		return "binary";
	case K_REQUEST:
		return "request";
	case K_NONE:
		break;
	}
	return "none";
}

void pghot_attr_each(pghot_attr_fn fn, void *data)
{
	for (size_t i = 0; i < ARRAY_LEN(sets); i++) {
		for (unsigned int type = 0; type < sets[i]->nr; type++) {
			const struct attr *attr = &sets[i]->attrs[type];

			if (attr->kind != K_NONE)
				fn(sets[i]->name, type, attr->name, kind_name(attr->kind), data);
		}
	}
}
